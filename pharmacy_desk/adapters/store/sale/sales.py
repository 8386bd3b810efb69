"""Sales in the ledger: every step one transaction, every code one unique row."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from pharmacy_desk.adapters.store.base import facts, proofs, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.tenders import taken_json, told_taken
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.sale.basket import Basket, set_state
from pharmacy_desk.adapters.store.sale.carried import Carried
from pharmacy_desk.adapters.store.sale.persons import SalePersons
from pharmacy_desk.adapters.store.sale.prescriptions import Prescriptions
from pharmacy_desk.adapters.store.sale.register import Register
from pharmacy_desk.adapters.store.sale.settlements import Settlements, keep_covers, told_covers
from pharmacy_desk.adapters.store.sale.sold import Sold
from pharmacy_desk.adapters.store.sale.tickets import Tickets
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.sale.sale import Cover, Sale, SaleState
from pharmacy_desk.core.sale.ticket import TillTold
from pharmacy_desk.core.upload.outbox import OutboxLine


@reads_rows
class Sales(Part):
    """The part of the ledger that holds sales from their opening to their payment."""

    def __init__(
        self,
        chain: Chain,
        *,
        basket: Basket,
        carried: Carried,
        settlements: Settlements,
        persons: SalePersons,
        register: Register,
        prescriptions: Prescriptions,
        sold: Sold,
        tickets: Tickets,
    ) -> None:
        super().__init__(chain)
        self._basket = basket
        self._carried = carried
        self._settlements = settlements
        self._persons = persons
        self._register = register
        self._prescriptions = prescriptions
        self._sold = sold
        self._tickets = tickets

    def open_sale(self, actor: Actor) -> Sale:
        """A new open sale; the unique index allows one per counter.

        After a jump of the clock it is the first one of a new epoch.
        """
        if self._chain.clock_jumped():
            self._chain.begin_epoch(actor, "jumped")
            self._carried.carry_over(actor)
        with self.transaction() as conn:
            number = self._chain.next_document()
            stamp = actor.at.isoformat()
            conn.execute(
                "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at)"
                " VALUES (?, ?, 'open', ?, ?, ?)",
                (number, self.origin.counter, actor.operator, stamp, stamp),
            )
            self.append(actor.event(EventKind.SALE_OPENED, document=number))
        return Sale(number, SaleState.OPEN, self.origin.counter, actor.operator, actor.at)

    def unprinted(self, since: datetime) -> tuple[str, ...]:
        """Paid sales since then whose receipt was neither printed nor failed to print."""
        found = self._conn.execute(
            "SELECT number FROM sales s WHERE paid_at >= ? AND NOT EXISTS (SELECT 1 FROM events e"
            " WHERE e.document = s.number AND e.code IS NULL"
            " AND e.kind IN ('receipt_printed', 'print_failed')) ORDER BY paid_at",
            (since.isoformat(),),
        )
        return tuple(row["number"] for row in found)

    def load_sale(self, number: str) -> Sale | None:
        """The sale as the ledger holds it."""
        return facts.load_sale(self._conn, number)

    def find_sale(self, text: str) -> Sale | None:
        """A sale by its number or its last digits."""
        number = facts.find_sale(self._conn, text)
        return self.load_sale(number) if number else None

    def current_sale(self) -> Sale | None:
        """The open sale of this counter."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE state = 'open' AND counter = ?",
            (self.origin.counter,),
        ).fetchone()
        return self.load_sale(row["number"]) if row else None

    def held_sales(self) -> tuple[Sale, ...]:
        """Held sales, oldest first."""
        return facts.held_sales(self._conn)

    def hold(self, actor: Actor, sale: str) -> None:
        """Put the sale aside."""
        self._change_state(actor, sale, SaleState.HELD, EventKind.SALE_HELD)

    def resume(self, actor: Actor, sale: str) -> None:
        """Take the sale up again."""
        self._change_state(actor, sale, SaleState.OPEN, EventKind.SALE_RESUMED)

    def void(self, actor: Actor, sale: str, expired: bool = False, reason: str = "") -> None:
        """End the sale; its codes are free again, and what was sealed of its person is destroyed.

        The ticket of another till that it stands for is cancelled with it, for this reason.

        Never one that the insurance may have settled: its boxes are the customer's then.
        """
        if self._settlements.undecided_settlement(sale):
            raise AssertionError("what may be settled is not voided")
        kind = EventKind.HOLD_EXPIRED if expired else EventKind.SALE_VOIDED
        with self.transaction():
            self._basket.release(actor, sale, "hold_expired" if expired else "void")
            self._persons.forget(actor, sale, kind.value)
            set_state(self._conn, sale, SaleState.VOIDED, actor.at)
            self._tickets.cancel_with(actor, sale, reason)
            self.append(actor.event(kind, None, sale))

    def pay(
        self,
        actor: Actor,
        sale: Sale,
        lines: Sequence[OutboxLine],
        approval: Event | None = None,
        register_until: date | None = None,
        till: TillTold | None = None,
    ) -> None:
        """Sale, final codes, events and outbox in one transaction (invariant 3).

        So is what goes into the register, kept until then; None where no rule wants one. `till` is
        what another till told that was paid for it; its ticket ends with it.

        It is open, or was put aside while its settlement was not known.
        """
        if sale.paid_at != actor.at or sale.payment is None:
            raise AssertionError("a sale is paid at this moment and in a way")
        with self.transaction() as conn:
            self._mark_paid(sale, actor.at)
            if till:
                self._tickets.settle_with(actor, sale, till)
            self._finish_boxes(sale)
            self._settlements.settled_with(actor, sale)
            self._prescriptions.dispense_with(actor, sale)
            self._sold.part_with(actor, sale)
            if register_until:
                self._register.enter(actor, sale, register_until)
            insert_lines(conn, lines, actor.at)
            if approval:
                self.append(approval)
            payload = _paid(conn, sale, lines)
            self.append(actor.event(EventKind.SALE_PAID, document=sale.number, payload=payload))

    def _mark_paid(self, sale: Sale, at: datetime) -> None:
        """The sale's row: what was paid, how, and with which settlement."""
        settled = sale.settlement
        changed = self._conn.execute(
            "UPDATE sales SET state = 'paid', changed_at = ?, paid_at = ?, payment = ?,"
            " total_fen = ?, tendered_fen = ?, setl_id = ?, mdtrt_id = ?, fund_fen = ?,"
            " account_fen = ?, cash_fen = ?, upload_serial = ?, taken = ?"
            " WHERE number = ? AND (state = 'open' OR state = 'held' AND (origin = 'till' OR EXISTS"
            " (SELECT 1 FROM settlements t WHERE t.sale = number"
            " AND t.state IN ('asked', 'unknown'))))",
            (
                at.isoformat(),
                at.isoformat(),
                sale.payment,
                sale.total_fen,
                sale.tendered_fen,
                settled.setl_id if settled else None,
                settled.mdtrt_id if settled else None,
                settled.fund_fen if settled else None,
                settled.account_fen if settled else None,
                settled.cash_fen if settled else None,
                sale.upload_serial,
                taken_json(sale.taken),
                sale.number,
            ),
        )
        if changed.rowcount != 1:
            raise WorldError(Fault.LEDGER_DAMAGED, detail=f"sale {sale.number} is not to be paid")

    def _finish_boxes(self, sale: Sale) -> None:
        """Its codes are final, its lines keep the drug as it was sold."""
        claims.become_final(self._conn, sale.number)
        self._conn.execute(
            "UPDATE sale_entries SET state = iif(state = 'live', 'final', 'units_sold')"
            " WHERE sale = ? AND state IN ('live', 'units')",
            (sale.number,),
        )
        self._conn.executemany(
            "UPDATE sale_lines SET snapshot = ? WHERE sale = ? AND line = ?",
            [(rows.item_json(line.item), sale.number, line.number) for line in sale.lines],
        )
        keep_covers(self._conn, sale.number, _covers(sale))

    def _change_state(self, actor: Actor, sale: str, state: SaleState, kind: EventKind) -> None:
        with self.transaction():
            set_state(self._conn, sale, state, actor.at)
            self.append(actor.event(kind, None, sale))

    def printed_before(self, document: str) -> bool:
        """True when this receipt was printed already."""
        row = self._conn.execute(
            "SELECT 1 FROM events WHERE document = ? AND code IS NULL AND kind = ? LIMIT 1",
            (document, EventKind.RECEIPT_PRINTED.value),
        ).fetchone()
        return row is not None


def _covers(sale: Sale) -> dict[int, Cover]:
    return {line.number: line.cover for line in sale.lines if line.cover}


def _paid(conn: sqlite3.Connection, sale: Sale, lines: Sequence[OutboxLine]) -> dict[str, object]:
    """What the event of a payment holds; asked for once everything else is written."""
    payload: dict[str, object] = {
        "payment": sale.payment,
        "total_fen": sale.total_fen,
        "codes": list(sale.codes()),
        "boxes": sale.box_count,
        "setl_id": sale.settlement.setl_id if sale.settlement else None,
        "proof": proofs.sale_proof(conn, sale.number),
        **proofs.uploads(conn, lines),
    }
    if covers := _covers(sale):
        payload["covers"] = told_covers(covers)
        payload["insured_fen"] = sale.insured_fen
    if sale.taken is not None:
        payload["taken"] = told_taken(sale.taken)
    if sale.no_code_numbers():
        payload["no_code"] = list(sale.no_code_numbers())
    return payload
