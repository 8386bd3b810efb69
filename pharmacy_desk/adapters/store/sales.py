"""Sales in the ledger: every step one transaction, every code one unique row."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pharmacy_desk.adapters.store import facts, rows
from pharmacy_desk.adapters.store.chain import Chain
from pharmacy_desk.adapters.store.outbox import insert_lines
from pharmacy_desk.core.drugs import Item
from pharmacy_desk.core.errors import Fault, WorldError
from pharmacy_desk.core.events import Event, EventKind
from pharmacy_desk.core.judge import BoxFacts, Earlier, Verdict
from pharmacy_desk.core.outbox import OutboxLine
from pharmacy_desk.core.ports import ReturnSlip, Undone
from pharmacy_desk.core.sale import Sale, SaleState
from pharmacy_desk.core.scan import RawScan, Reading


class Sales(Chain):
    """The part of the ledger that holds sales and reservations."""

    def open_sale(self, at: datetime, operator: str) -> Sale:
        """A new open sale; the unique index allows one per counter."""
        with self.transaction() as conn:
            number = self._next_document()
            stamp = at.isoformat()
            conn.execute(
                "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at)"
                " VALUES (?, ?, 'open', ?, ?, ?)",
                (number, self.origin.counter, operator, stamp, stamp),
            )
            self.append(Event(EventKind.SALE_OPENED, at, operator, document=number))
        return Sale(number, SaleState.OPEN, self.origin.counter, operator, at)

    def load_sale(self, number: str) -> Sale | None:
        """The sale as the ledger holds it."""
        return facts.load_sale(self._conn, number)

    def current_sale(self) -> Sale | None:
        """The open sale of this counter."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE state = 'open' AND counter = ?",
            (self.origin.counter,),
        ).fetchone()
        return self.load_sale(row["number"]) if row else None

    def held_sales(self) -> tuple[Sale, ...]:
        """Held sales, oldest first."""
        found = self._conn.execute(
            "SELECT number FROM sales WHERE state = 'held' ORDER BY changed_at"
        ).fetchall()
        sales = (self.load_sale(row["number"]) for row in found)
        return tuple(sale for sale in sales if sale)

    def facts(self, reading: Reading) -> BoxFacts:
        """What is known about a reading."""
        return facts.box_facts(self._conn, reading)

    def ask_item(self, sale: str, item: Item, boxes: int, at: datetime, operator: str) -> None:
        """Add `boxes` to what is asked for of `item`."""
        with self.transaction():
            line = self._line_for(sale, item)
            self._add_entry(sale, line, None, boxes, (None, None, None), at)
            payload: dict[str, object] = {"item": item.code, "line": line, "boxes": boxes}
            self.append(Event(EventKind.ITEM_ASKED, at, operator, None, sale, payload))

    def reserve(
        self, sale: str, verdict: Verdict, raw: RawScan, at: datetime, operator: str
    ) -> Earlier | None:
        """Reserve the code; the constraint decides, never a look before it (invariant 2)."""
        reading, item = verdict.reading, verdict.item
        if item is None or reading.code is None:
            raise AssertionError("only a recognised box of a known drug is reserved")
        batch = (
            reading.lot,
            reading.made.isoformat() if reading.made else None,
            reading.expiry.isoformat() if reading.expiry else None,
        )
        try:
            with self.transaction():
                line = self._line_for(sale, item)
                self._add_entry(sale, line, reading.code, 0, batch, at)
                payload: dict[str, object] = {
                    "item": item.code,
                    "line": line,
                    "verdict": verdict.name.value,
                    "raw": raw.data.hex(),
                    "port": raw.port,
                    "scanned_at": raw.at.isoformat(),
                }
                self.append(
                    Event(EventKind.BOX_RESERVED, at, operator, reading.code, sale, payload)
                )
        except WorldError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                return facts.earlier(self._conn, reading.code)
            raise
        return None

    def undo_last(self, sale: str, at: datetime, operator: str) -> Undone | None:
        """Take back the last box or asked quantity."""
        with self.transaction() as conn:
            row = conn.execute(
                "SELECT e.entry, e.code, e.asked, l.item, l.snapshot, e.line FROM sale_entries e"
                " JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
                " WHERE e.sale = ? AND e.state = 'live' ORDER BY e.entry DESC LIMIT 1",
                (sale,),
            ).fetchone()
            if row is None:
                return None
            conn.execute(
                "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?",
                (sale, row["entry"]),
            )
            kind = EventKind.BOX_RELEASED if row["code"] else EventKind.ASK_UNDONE
            payload: dict[str, object] = {"line": row["line"], "why": "undo"}
            if not row["code"]:
                payload["boxes"] = row["asked"]
            self.append(Event(kind, at, operator, row["code"], sale, payload))
            return Undone(row["code"], rows.item_from_json(row["snapshot"]).name)

    def remove_line(self, sale: str, line: int, at: datetime, operator: str) -> None:
        """Take a whole line out; each of its codes is released by an event of its own."""
        with self.transaction():
            self._release(sale, "line_removed", at, operator, line)
            payload: dict[str, object] = {"line": line}
            self.append(Event(EventKind.LINE_REMOVED, at, operator, None, sale, payload))

    def hold(self, sale: str, at: datetime, operator: str) -> None:
        """Put the sale aside."""
        self._change_state(sale, SaleState.HELD, EventKind.SALE_HELD, at, operator)

    def resume(self, sale: str, at: datetime, operator: str) -> None:
        """Take the sale up again."""
        self._change_state(sale, SaleState.OPEN, EventKind.SALE_RESUMED, at, operator)

    def void(self, sale: str, at: datetime, operator: str, expired: bool = False) -> None:
        """End the sale; its codes are free again."""
        kind = EventKind.HOLD_EXPIRED if expired else EventKind.SALE_VOIDED
        with self.transaction():
            self._release(sale, "hold_expired" if expired else "void", at, operator)
            self._set_state(sale, SaleState.VOIDED, at)
            self.append(Event(kind, at, operator, None, sale))

    def pay(self, sale: Sale, lines: Sequence[OutboxLine], operator: str) -> None:
        """Sale, final codes, events and outbox in one transaction (invariant 3)."""
        at = sale.paid_at
        if at is None or sale.payment is None:
            raise AssertionError("a sale is paid at a moment and in a way")
        settled = sale.settlement
        with self.transaction() as conn:
            changed = conn.execute(
                "UPDATE sales SET state = 'paid', changed_at = ?, paid_at = ?, payment = ?,"
                " total_fen = ?, tendered_fen = ?, setl_id = ?, mdtrt_id = ?, fund_fen = ?,"
                " account_fen = ?, cash_fen = ?, upload_serial = ?"
                " WHERE number = ? AND state = 'open'",
                (
                    at.isoformat(),
                    at.isoformat(),
                    sale.payment.value,
                    sale.total_fen,
                    sale.tendered_fen,
                    settled.setl_id if settled else None,
                    settled.mdtrt_id if settled else None,
                    settled.fund_fen if settled else None,
                    settled.account_fen if settled else None,
                    settled.cash_fen if settled else None,
                    sale.upload_serial,
                    sale.number,
                ),
            )
            if changed.rowcount != 1:
                raise WorldError(Fault.LEDGER_DAMAGED, detail=f"sale {sale.number} is not open")
            conn.execute(
                "UPDATE sale_entries SET state = 'final' WHERE sale = ? AND state = 'live'",
                (sale.number,),
            )
            payload: dict[str, object] = {
                "payment": sale.payment.value,
                "total_fen": sale.total_fen,
                "codes": list(sale.codes()),
                "boxes": sale.box_count,
                "setl_id": settled.setl_id if settled else None,
                "uploads": [line.key for line in lines],
            }
            self.append(Event(EventKind.SALE_PAID, at, operator, None, sale.number, payload))
            insert_lines(conn, lines, at)

    def return_box(
        self, slip: ReturnSlip, line: OutboxLine | None, at: datetime, operator: str
    ) -> bool:
        """End the final row of a code by a return document, with its outbox line."""
        with self.transaction() as conn:
            ended = conn.execute(
                "UPDATE sale_entries SET state = 'returned'"
                " WHERE sale = ? AND code = ? AND state = 'final'",
                (slip.sale, slip.code),
            )
            if ended.rowcount != 1:
                return False
            conn.execute(
                "INSERT INTO returns(number, sale, code, reason, at, operator)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (slip.number, slip.sale, slip.code, slip.reason, at.isoformat(), operator),
            )
            payload: dict[str, object] = {
                "sale": slip.sale,
                "reason": slip.reason,
                "uploads": [line.key] if line else [],
            }
            self.append(
                Event(EventKind.BOX_RETURNED, at, operator, slip.code, slip.number, payload)
            )
            insert_lines(conn, [line] if line else [], at)
        return True

    def _line_for(self, sale: str, item: Item) -> int:
        row = self._conn.execute(
            "SELECT l.line FROM sale_lines l WHERE l.sale = ? AND l.item = ? AND EXISTS"
            " (SELECT 1 FROM sale_entries e WHERE e.sale = l.sale AND e.line = l.line"
            " AND e.state = 'live')",
            (sale, item.code),
        ).fetchone()
        if row:
            return int(row["line"])
        top = self._conn.execute("SELECT max(line) FROM sale_lines WHERE sale = ?", (sale,))
        line = int(top.fetchone()[0] or 0) + 1
        self._conn.execute(
            "INSERT INTO sale_lines(sale, line, item, price_fen, snapshot) VALUES (?, ?, ?, ?, ?)",
            (sale, line, item.code, item.price_fen, rows.item_json(item)),
        )
        return line

    def _add_entry(
        self,
        sale: str,
        line: int,
        code: str | None,
        asked: int,
        batch: tuple[str | None, str | None, str | None],
        at: datetime,
    ) -> None:
        top = self._conn.execute("SELECT max(entry) FROM sale_entries WHERE sale = ?", (sale,))
        entry = int(top.fetchone()[0] or 0) + 1
        self._conn.execute(
            "INSERT INTO sale_entries(sale, entry, line, code, asked, state, lot, made, expiry, at)"
            " VALUES (?, ?, ?, ?, ?, 'live', ?, ?, ?, ?)",
            (sale, entry, line, code, asked, *batch, at.isoformat()),
        )

    def _release(
        self, sale: str, why: str, at: datetime, operator: str, line: int | None = None
    ) -> None:
        found = self._conn.execute(
            "SELECT entry, code, line FROM sale_entries WHERE sale = ? AND state = 'live'"
            " AND (?2 IS NULL OR line = ?2) ORDER BY entry",
            (sale, line),
        ).fetchall()
        for row in found:
            self._conn.execute(
                "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?",
                (sale, row["entry"]),
            )
            if row["code"]:
                payload: dict[str, object] = {"line": row["line"], "why": why}
                self.append(Event(EventKind.BOX_RELEASED, at, operator, row["code"], sale, payload))

    def _change_state(
        self, sale: str, state: SaleState, kind: EventKind, at: datetime, operator: str
    ) -> None:
        with self.transaction():
            self._set_state(sale, state, at)
            self.append(Event(kind, at, operator, None, sale))

    def _set_state(self, sale: str, state: SaleState, at: datetime) -> None:
        self._conn.execute(
            "UPDATE sales SET state = ?, changed_at = ? WHERE number = ?",
            (state.value, at.isoformat(), sale),
        )
