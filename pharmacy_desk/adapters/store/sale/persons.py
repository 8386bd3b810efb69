"""The persons of sales in the ledger: masked, with a reference to what is sealed of them.

An event names nobody: it carries the reference and a salted digest of the row. With the record
the salt and what is masked go too; the chain still verifies.
"""

import secrets
import sqlite3
from datetime import date, datetime

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.proofs import person_proof
from pharmacy_desk.adapters.store.base.rows import person_of
from pharmacy_desk.adapters.store.people.sealed import Sealed
from pharmacy_desk.adapters.store.sale.register import Register
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.identity import masked_name
from pharmacy_desk.core.people.sealing import SealedData, SealedKind
from pharmacy_desk.core.sale.person import InsuredFacts, Relation, SalePerson
from pharmacy_desk.core.sale.special import Bought

_SALT_BYTES = 16
_REPLACED = "replaced"


@reads_rows
class SalePersons(Part):
    """The part of the ledger that knows who a sale is for."""

    def __init__(self, chain: Chain, sealed: Sealed, register: Register) -> None:
        super().__init__(chain)
        self._register = register
        self._sealed = sealed
        sealed.when_dropped(self._blank)

    def fingerprint(self, number: str) -> str:
        """The keyed hash by which a person is known again in this home."""
        return self._sealed.fingerprint(number)

    def bought(self, fingerprint: str, since: datetime) -> tuple[Bought, ...]:
        """What a person bought by the register since then, the newest first."""
        return self._register.bought(fingerprint, since)

    def see(
        self, actor: Actor, sale: str, person: SalePerson, sealed: SealedData, keep_until: date
    ) -> SalePerson:
        """The person of an unpaid sale from now on."""
        with self.transaction():
            before = self._row(sale)
            if before and before["record"]:
                self._sealed.drop(actor, before["record"], _REPLACED)
            record = None
            if sealed:
                record = self._sealed.keep(actor, SealedKind.PERSON, sealed, keep_until)
            self._put(actor, sale, person, record)
            self._tell(actor, sale, EventKind.PERSON_SEEN, {"kind": person.kind, "record": record})
        row = self._row(sale)
        return person_of(row) if row else person

    def tell_bearer(
        self, actor: Actor, sale: str, relation: Relation | None, name: str, keep_until: date
    ) -> None:
        """Whether the person herself stands there, or who buys for her."""
        with self.transaction() as conn:
            before = self._row(sale)
            if before is None:
                self._put(actor, sale, SalePerson(), None)
            elif before["bearer_record"]:
                self._sealed.drop(actor, before["bearer_record"], _REPLACED)
            record = None
            if name:
                data = {"name": name}
                record = self._sealed.keep(actor, SealedKind.PERSON, data, keep_until)
            conn.execute(
                "UPDATE sale_persons SET bearer = 1, relation = ?, bearer_record = ?,"
                " bearer_name = ?, salt = ? WHERE sale = ?",
                (relation, record, masked_name(name), secrets.token_bytes(_SALT_BYTES), sale),
            )
            told: dict[str, object] = {"relation": relation, "record": record}
            self._tell(actor, sale, EventKind.BEARER_TOLD, told)

    def forget(self, actor: Actor, sale: str, why: str) -> None:
        """The sale is for nobody any more: what was sealed of her is destroyed."""
        row = self._row(sale)
        if row is None:
            return
        with self.joined():
            for record in (row["record"], row["bearer_record"]):
                if record:
                    self._sealed.drop(actor, record, why)
            self._leave(actor, sale, why)

    def carry(self, actor: Actor, old: str, new: str) -> None:
        """Inside a transaction: an unpaid sale goes on under a new number, for the same person."""
        if self._row(old) is None:
            return
        names = (
            "kind, record, masked, name_masked, sex, age, fingerprint, insured, area, other_area,"
            " insurance_type, person_type, suspended, bearer, relation, bearer_record,"
            " bearer_name, salt, at"
        )
        self._conn.execute(
            f"INSERT INTO sale_persons(sale, {names}) SELECT ?, {names} FROM sale_persons"
            " WHERE sale = ?",
            (new, old),
        )
        self._leave(actor, old, "carried_over")
        row = self._conn.execute(
            "SELECT kind, record FROM sale_persons WHERE sale = ?", (new,)
        ).fetchone()
        told = {"kind": row["kind"], "record": row["record"]}
        self._tell(actor, new, EventKind.PERSON_SEEN, told)

    def _leave(self, actor: Actor, sale: str, why: str) -> None:
        self._conn.execute("DELETE FROM sale_persons WHERE sale = ?", (sale,))
        payload: dict[str, object] = {"why": why}
        self.append(actor.event(EventKind.PERSON_FORGOTTEN, document=sale, payload=payload))

    def _put(self, actor: Actor, sale: str, person: SalePerson, record: str | None) -> None:
        """The row; who buys for her stays as it was told."""
        told = person.insured or InsuredFacts()
        self._conn.execute(
            "INSERT INTO sale_persons(sale, kind, record, masked, name_masked, sex, age,"
            " fingerprint, insured, area, other_area, insurance_type, person_type, suspended,"
            " bearer, salt, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"
            " ON CONFLICT(sale) DO UPDATE SET kind = excluded.kind, record = excluded.record,"
            " masked = excluded.masked, name_masked = excluded.name_masked, sex = excluded.sex,"
            " age = excluded.age, fingerprint = excluded.fingerprint,"
            " insured = excluded.insured, area = excluded.area,"
            " other_area = excluded.other_area, insurance_type = excluded.insurance_type,"
            " person_type = excluded.person_type, suspended = excluded.suspended,"
            " salt = excluded.salt, at = excluded.at",
            (
                sale,
                person.kind,
                record,
                person.masked,
                person.name_masked,
                person.sex,
                person.age,
                person.fingerprint,
                int(person.insured is not None),
                told.area,
                told.other_area,
                told.insurance_type,
                told.person_type,
                told.suspended,
                secrets.token_bytes(_SALT_BYTES),
                actor.at.isoformat(),
            ),
        )

    def _tell(self, actor: Actor, sale: str, kind: EventKind, told: dict[str, object]) -> None:
        payload = {**told, "proof": person_proof(self._conn, sale)}
        self.append(actor.event(kind, document=sale, payload=payload))

    def _row(self, sale: str) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._conn.execute(
            "SELECT * FROM sale_persons WHERE sale = ?", (sale,)
        ).fetchone()
        return found

    def _blank(self, record: str) -> None:
        """What the rows still show of a person whose record is destroyed goes with it."""
        self._conn.execute(
            "UPDATE sale_persons SET masked = '', name_masked = '', sex = NULL, age = NULL,"
            " fingerprint = NULL, salt = NULL WHERE record = ?",
            (record,),
        )
        self._conn.execute(
            "UPDATE sale_persons SET bearer_name = '', salt = NULL WHERE bearer_record = ?",
            (record,),
        )
