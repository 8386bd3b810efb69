"""Sales in the ledger: every step one transaction, every code one unique row."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pharmacy_desk.adapters.store.base import facts, proofs, rows
from pharmacy_desk.adapters.store.sale.gifts import MARK, Gifts
from pharmacy_desk.adapters.store.sale.settlements import Settlements
from pharmacy_desk.adapters.store.sale.sold import Sold
from pharmacy_desk.adapters.store.stock.no_code import NoCodeLibrary
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.people.free_text import kept_scan
from pharmacy_desk.core.ports.doors import Undone
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box, Sale, SaleState
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.upload.outbox import OutboxLine


class Sales(Sold, NoCodeLibrary, Gifts, Settlements):
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
        found = self._conn.execute(
            "SELECT number FROM sales WHERE state = 'held' ORDER BY changed_at"
        ).fetchall()
        sales = (self.load_sale(row["number"]) for row in found)
        return tuple(sale for sale in sales if sale)

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code."""
        return facts.earlier(self._conn, code)

    def ask_item(self, sale: str, item: Item, boxes: int, at: datetime, operator: str) -> None:
        """Add `boxes` to what is asked for of `item`."""
        with self.transaction():
            line = self._line_for(sale, item)
            entry = Box(self._next_entry(sale), "", NO_BATCH)
            self._add_entry(sale, line, entry, boxes, at)
            payload: dict[str, object] = {
                "item": item.code, "line": line, "boxes": boxes, "price_fen": item.price_fen,
            }  # fmt: skip
            self.append(Event(EventKind.ITEM_ASKED, at, operator, None, sale, payload))

    def reserve(
        self,
        sale: Sale,
        verdict: Verdict,
        raw: RawScan,
        at: datetime,
        operator: str,
        units: int | None = None,
        typed: bool = False,
        reviewer: str = "",
    ) -> Sale | Earlier:
        """Reserve the code; the constraint decides, never a look before it (invariant 2).

        With `units` a box is opened, or that many are taken of an opened one; `reviewer` is the
        second person of a split sale (复核人).
        """
        reading, item, record = verdict.reading, verdict.item, verdict.record
        if item is None or reading.code is None:
            raise AssertionError("only a recognised box of a known drug is reserved")
        batch = Batch(reading.lot, reading.made, reading.expiry)
        if record:
            batch = batch.over(record.batch)
        there, entry = sale.line_for(item.code, split=units is not None), sale.last_entry + 1
        received = record is not None
        box = Box(
            entry, reading.code, batch, units, typed, received=received, not_known=verdict.not_known
        )
        opened = record is not None and record.state is BoxState.OPENED
        try:
            with self.transaction():
                line = there.number if there else sale.last_line + 1
                if there is None:
                    self._add_line(sale.number, line, item, split=units is not None)
                self._add_entry(sale.number, line, box, 0, at, "units" if opened else "live")
                if opened:
                    self._take_units(box.code, units or 0)
                payload = _reserved(item, line, verdict, raw, box)
                if there is None:
                    payload["price_fen"] = _price(item, split=units is not None)
                if reviewer:
                    payload["reviewer"] = reviewer
                self.append(
                    Event(EventKind.BOX_RESERVED, at, operator, reading.code, sale.number, payload)
                )
        except WorldError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                taken = facts.earlier(self._conn, reading.code)
                if taken:
                    return taken
            raise
        return sale.with_box(line, item, box)

    def _take_units(self, code: str, units: int) -> None:
        """Take units of an opened box; the table's own rule forbids more than are left."""
        self._conn.execute(
            "UPDATE boxes SET units_left = units_left - ? WHERE code = ?", (units, code)
        )

    def undo_last(self, sale: str, at: datetime, operator: str) -> Undone | None:
        """Take back the last box, asked quantity, or gift."""
        with self.transaction():
            return self._undo_newest(sale, at, operator)

    def _undo_newest(self, sale: str, at: datetime, operator: str) -> Undone | None:
        conn = self._conn
        row = conn.execute(
            "SELECT e.entry, e.code, e.asked, e.line, e.state, e.units, e.no_code, i.name"
            " FROM sale_entries e"
            " JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
            " JOIN items i ON i.code = l.item"
            " WHERE e.sale = ? AND e.state IN ('live', 'units', 'gift')"
            " ORDER BY e.entry DESC LIMIT 1",
            (sale,),
        ).fetchone()
        if row is None:
            return None
        if row["state"] == MARK:
            if self._undo_mark(sale, row["entry"], at, operator):
                return Undone(None, row["name"], gift=True)
            return self._undo_newest(sale, at, operator)
        conn.execute(
            "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?",
            (sale, row["entry"]),
        )
        if row["state"] == "units":
            self._take_units(row["code"], -row["units"])
        if row["no_code"]:
            self._give_back(sale, row, "undo", at, operator)
            return Undone(None, row["name"])
        kind = EventKind.BOX_RELEASED if row["code"] else EventKind.ASK_UNDONE
        payload: dict[str, object] = {"line": row["line"], "why": "undo"}
        if not row["code"]:
            payload["boxes"] = row["asked"]
        self.append(Event(kind, at, operator, row["code"], sale, payload))
        return Undone(row["code"], row["name"])

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

    def pay(
        self,
        sale: Sale,
        lines: Sequence[OutboxLine],
        operator: str,
        approval: Event | None = None,
    ) -> None:
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
                "UPDATE sale_entries SET state = iif(state = 'live', 'final', 'units_sold')"
                " WHERE sale = ? AND state IN ('live', 'units')",
                (sale.number,),
            )
            conn.executemany(
                "UPDATE sale_lines SET snapshot = ? WHERE sale = ? AND line = ?",
                [(rows.item_json(line.item), sale.number, line.number) for line in sale.lines],
            )
            self._settled_with(sale, at, operator)
            self._part_with(sale, at, operator)
            insert_lines(conn, lines, at)
            payload: dict[str, object] = {
                "payment": sale.payment.value,
                "total_fen": sale.total_fen,
                "codes": list(sale.codes()),
                "boxes": sale.box_count,
                "setl_id": settled.setl_id if settled else None,
                "proof": proofs.sale_proof(conn, sale.number),
                **proofs.uploads(conn, lines),
            }
            if sale.no_code_numbers():
                payload["no_code"] = list(sale.no_code_numbers())
            if approval:
                self.append(approval)
            self.append(Event(EventKind.SALE_PAID, at, operator, None, sale.number, payload))

    def _line_for(self, sale: str, item: Item) -> int:
        row = self._conn.execute(
            "SELECT l.line FROM sale_lines l WHERE l.sale = ? AND l.item = ? AND EXISTS"
            " (SELECT 1 FROM sale_entries e WHERE e.sale = l.sale AND e.line = l.line"
            " AND e.state = 'live') AND NOT l.split AND NOT l.gift",
            (sale, item.code),
        ).fetchone()
        if row:
            return int(row["line"])
        top = self._conn.execute("SELECT max(line) FROM sale_lines WHERE sale = ?", (sale,))
        line = int(top.fetchone()[0] or 0) + 1
        self._add_line(sale, line, item)
        return line

    def _add_line(self, sale: str, line: int, item: Item, *, split: bool = False) -> None:
        """A new line at the end."""
        self._conn.execute(
            "INSERT INTO sale_lines(sale, line, item, price_fen, split) VALUES (?, ?, ?, ?, ?)",
            (sale, line, item.code, _price(item, split=split), int(split)),
        )

    def _next_entry(self, sale: str) -> int:
        top = self._conn.execute("SELECT max(entry) FROM sale_entries WHERE sale = ?", (sale,))
        return int(top.fetchone()[0] or 0) + 1

    def _add_entry(
        self, sale: str, line: int, box: Box, asked: int, at: datetime, state: str = "live"
    ) -> None:
        """One entry: a box by its code, or a number of boxes asked for (no code)."""
        self._conn.execute(
            "INSERT INTO sale_entries(sale, entry, line, code, asked, state, lot, made, expiry, at,"
            " units, typed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                sale, box.entry, line, box.code or None, asked, state,
                *rows.batch_columns(box.batch), at.isoformat(), box.units, int(box.typed),
            ),
        )  # fmt: skip

    def _release(
        self, sale: str, why: str, at: datetime, operator: str, line: int | None = None
    ) -> None:
        found = self._conn.execute(
            "SELECT entry, code, line, state, units, no_code FROM sale_entries WHERE sale = ?"
            " AND state IN ('live', 'units')"
            " AND (?2 IS NULL OR line = ?2) ORDER BY entry",
            (sale, line),
        ).fetchall()
        for row in found:
            self._conn.execute(
                "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?",
                (sale, row["entry"]),
            )
            if row["state"] == "units":
                self._take_units(row["code"], -row["units"])
            if row["no_code"]:
                self._give_back(sale, row, why, at, operator)
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


def _reserved(item: Item, line: int, verdict: Verdict, raw: RawScan, box: Box) -> dict[str, object]:
    """What the event of a reservation says beside its code and its sale."""
    payload: dict[str, object] = {
        "item": item.code,
        "line": line,
        "verdict": verdict.name.value,
        "raw": kept_scan(raw.data, raw.at.date()).hex(),
        "port": raw.port,
        "scanned_at": raw.at.isoformat(),
        "batch": rows.batch_columns(box.batch),
    }
    if box.units is not None:
        payload["units"] = box.units
    if box.typed:
        payload["typed"] = True
    if box.not_known:
        payload["not_known"] = {
            "since": box.not_known.since.isoformat(),
            "keeper": box.not_known.keeper,
        }
    return payload


def _price(item: Item, *, split: bool) -> int:
    """What a line of it costs: a line of units has the price of one."""
    return item.unit_price_fen if split else item.price_fen
