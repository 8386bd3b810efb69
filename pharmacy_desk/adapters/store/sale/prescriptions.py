"""Prescriptions in the ledger: kept once, dispensed in the transaction of the sale that takes."""

import secrets
import sqlite3
from collections.abc import Collection, Sequence
from datetime import date

from pharmacy_desk.adapters.store.base import facts, proofs
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.people.sealed import Sealed
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.sealing import SealedData, SealedKind
from pharmacy_desk.core.sale.dispensing import dispensed
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription, RxOrder
from pharmacy_desk.core.sale.sale import Sale

# 16 bytes: nobody guesses one, so an event that names it tells nothing of a person.
_REFERENCE_BYTES = 16


@reads_rows
class Prescriptions(Part):
    """The part of the ledger that keeps prescriptions and what was dispensed on them."""

    def __init__(self, chain: Chain, sealed: Sealed) -> None:
        super().__init__(chain)
        self._sealed = sealed

    def keep_prescription(
        self,
        actor: Actor,
        sale: str,
        order: RxOrder,
        drugs: tuple[Prescribed, ...],
        keep_until: date,
    ) -> Prescription:
        """Keep what was told and put it to an open sale; one that was dispensed on as it is.

        So is one that was downloaded, where its number is typed as a paper's: it would not be told
        as dispensed any more.
        """
        with self.transaction() as conn:
            known = self.find_prescription(order.number, order.institution, sale)
            reference = known.id if known else "RX" + secrets.token_hex(_REFERENCE_BYTES)
            typed_over = known is not None and known.electronic and not order.download
            if known is None or (known.untouched and not typed_over):
                sealed = self._seal(actor, order, keep_until) or (known.sealed if known else None)
                self._keep(actor, conn, reference, order=order, drugs=drugs, sealed=sealed)
            self._set(actor, sale, reference)
            kept = facts.load_prescription(conn, reference, sale)
        if kept is None:
            raise AssertionError("what was kept is there")
        return kept

    def set_prescription(self, actor: Actor, sale: str, prescription: str | None) -> None:
        """Put a kept prescription to an open sale; None takes it off."""
        with self.transaction():
            self._set(actor, sale, prescription)

    def find_prescription(self, number: str, institution: str, sale: str) -> Prescription | None:
        """The kept one of this number and institution, as the open sale `sale` would have it."""
        row = self._conn.execute(
            "SELECT id FROM prescriptions WHERE number = ? AND institution = ?",
            (number, institution),
        ).fetchone()
        return facts.load_prescription(self._conn, row["id"], sale) if row else None

    def open_sealed(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        """Diagnosis and picture of a kept one, and the event that tells who opened them."""
        return self._sealed.open(actor, reference, why)

    def dispense_with(self, actor: Actor, sale: Sale) -> None:
        """Inside a payment: what its lines take of its prescription, and never more than is left.

        The prescription is read anew: another sale may have taken of it since.
        """
        if sale.prescription is None:
            return
        now = facts.load_prescription(self._conn, sale.prescription.id, sale.number)
        if now != sale.prescription:
            raise AssertionError("a sale is paid with its prescription as it is now")
        taken = dispensed(sale)
        self._conn.executemany(
            "INSERT INTO dispensings(sale, line, prescription, rx_line, packs)"
            " VALUES (?, ?, ?, ?, ?)",
            [(sale.number, d.sale_line, now.id, d.rx_line, d.packs) for d in taken],
        )
        payload: dict[str, object] = {
            "rx": now.id,
            "packs": [[d.sale_line, d.rx_line, d.packs] for d in taken],
        }
        self.append(actor.event(EventKind.RX_DISPENSED, document=sale.number, payload=payload))

    def take_back(self, actor: Actor, sale: str, lines: Collection[int]) -> None:
        """Inside an undoing: what these lines of a paid sale took is left again."""
        found = self._conn.execute(
            "SELECT line, rx_line, packs, prescription FROM dispensings WHERE sale = ?"
            " ORDER BY line, rx_line",
            (sale,),
        )
        back = [row for row in found.fetchall() if row["line"] in lines]
        if not back:
            return
        self._conn.executemany(
            "DELETE FROM dispensings WHERE sale = ? AND line = ? AND rx_line = ?",
            [(sale, row["line"], row["rx_line"]) for row in back],
        )
        payload: dict[str, object] = {
            "rx": back[0]["prescription"],
            "packs": [[row["line"], row["rx_line"], row["packs"]] for row in back],
        }
        self.append(actor.event(EventKind.RX_TAKEN_BACK, document=sale, payload=payload))

    def _seal(self, actor: Actor, order: RxOrder, keep_until: date) -> str | None:
        """The reference of what tells of the patient; None where nothing does."""
        told: dict[str, str | bytes] = {}
        if order.diagnosis:
            told["diagnosis"] = order.diagnosis
        if order.picture:
            told["picture"] = order.picture
        if not told:
            return None
        return self._sealed.keep(actor, SealedKind.PRESCRIPTION, told, keep_until)

    def _keep(
        self,
        actor: Actor,
        conn: sqlite3.Connection,
        reference: str,
        order: RxOrder,
        drugs: Sequence[Prescribed],
        sealed: str | None,
    ) -> None:
        told = order.checkers
        conn.execute(
            "INSERT OR REPLACE INTO prescriptions(id, number, institution, area, prescriber,"
            " issued, reviewer, dispenser, checker, download, sealed, salt, at, operator)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reference,
                order.number,
                order.institution,
                order.area,
                order.prescriber,
                order.issued.isoformat() if order.issued else "",
                told.reviewer,
                told.dispenser,
                told.checker,
                order.download,
                sealed,
                secrets.token_hex(_REFERENCE_BYTES),
                actor.at.isoformat(),
                actor.operator,
            ),
        )
        conn.execute("DELETE FROM prescription_lines WHERE prescription = ?", (reference,))
        conn.executemany(
            "INSERT INTO prescription_lines(prescription, line, item, name, insurance_code,"
            " quantity) VALUES (?, ?, ?, ?, ?, ?)",
            [(reference, d.line, d.item, d.name, d.insurance_code, d.quantity) for d in drugs],
        )
        payload: dict[str, object] = {
            "rx": reference,
            "proof": proofs.prescription_proof(conn, reference),
        }
        self.append(actor.event(EventKind.RX_KEPT, payload=payload))

    def _set(self, actor: Actor, sale: str, prescription: str | None) -> None:
        self._conn.execute(
            "UPDATE sales SET prescription = ? WHERE number = ?", (prescription, sale)
        )
        payload: dict[str, object] = {"rx": prescription}
        self.append(actor.event(EventKind.RX_SET, document=sale, payload=payload))
