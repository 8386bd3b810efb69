"""The register of special compound preparations in the ledger, written with the payment."""

from datetime import date, datetime

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.proofs import register_proof
from pharmacy_desk.adapters.store.people.sealed import Sealed
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.sealing import SealedKind
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.special import Bought, register_entries


@reads_rows
class Register(Part):
    """The part of the ledger that writes who bought what must be written down."""

    def __init__(self, chain: Chain, sealed: Sealed) -> None:
        super().__init__(chain)
        self._sealed = sealed

    def enter(self, actor: Actor, sale: Sale, keep_until: date) -> None:
        """Inside a payment: an entry for each lot, and the buyer's record is the register's now."""
        entries, person = register_entries(sale), sale.person
        record = person.record if person and person.proved else None
        if not entries or record is None:
            return
        self._conn.executemany(
            "INSERT INTO register_entries(sale, line, part, item, name, spec, maker, lot, quantity,"
            " unit, record, at, operator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    sale.number,
                    one.line,
                    one.part,
                    one.item,
                    one.name,
                    one.spec,
                    one.maker,
                    one.lot,
                    one.quantity,
                    one.unit,
                    record,
                    actor.at.isoformat(),
                    actor.operator,
                )
                for one in entries
            ],
        )
        self._sealed.prolong(actor, record, SealedKind.REGISTER, keep_until)
        payload: dict[str, object] = {
            "record": record,
            "entries": len(entries),
            "proof": register_proof(self._conn, sale.number),
        }
        self.append(actor.event(EventKind.REGISTER_ENTERED, document=sale.number, payload=payload))

    def bought(self, fingerprint: str, since: datetime) -> tuple[Bought, ...]:
        """What a person bought of these drugs since then, the newest first."""
        found = self._conn.execute(
            "SELECT r.at, r.sale, r.name, r.quantity, r.unit FROM sale_persons p"
            " JOIN register_entries r ON r.sale = p.sale"
            " WHERE p.fingerprint = ? AND r.at >= ? ORDER BY r.at DESC, r.line, r.part",
            (fingerprint, since.isoformat()),
        )
        return tuple(
            Bought(
                datetime.fromisoformat(row["at"]),
                row["sale"],
                row["name"],
                row["quantity"],
                row["unit"],
            )
            for row in found
        )
