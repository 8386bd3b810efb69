"""What lies in a sale, in the ledger: each step one transaction, each code one unique row."""

import sqlite3
from datetime import datetime

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.sale.gifts import MARK, Gifts
from pharmacy_desk.adapters.store.stock.no_code import NoCodeLibrary
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.people.free_text import kept_scan
from pharmacy_desk.core.ports.basket import Undone
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box, Sale, SaleState
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import Claim


@reads_rows
class Basket(Part):
    """The part of the ledger that holds reservations and what was asked for."""

    def __init__(self, chain: Chain, *, gifts: Gifts, no_code: NoCodeLibrary) -> None:
        super().__init__(chain)
        self._gifts = gifts
        self._no_code = no_code

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code."""
        return facts.earlier(self._conn, code, past=self._chain.has_past)

    def ask_item(self, actor: Actor, sale: str, item: Item, boxes: int) -> None:
        """Add `boxes` to what is asked for of `item`."""
        with self.transaction():
            line = self._line_for(sale, item)
            self._ask(actor, sale=sale, line=line, item=item, boxes=boxes, price_fen=item.price_fen)

    def _ask(
        self, actor: Actor, *, sale: str, line: int, item: Item, boxes: int, price_fen: int
    ) -> None:
        """The entry that asks for boxes on a line, with its event."""
        entry = Box(self.next_entry(sale), "", NO_BATCH)
        self._add_entry(sale, line, entry, boxes, actor.at)
        payload: dict[str, object] = {
            "item": item.code,
            "line": line,
            "boxes": boxes,
            "price_fen": price_fen,
        }
        self.append(actor.event(kind=EventKind.ITEM_ASKED, document=sale, payload=payload))

    def open_line(self, actor: Actor, sale: str, item: Item, boxes: int, price_fen: int) -> int:
        """Inside a transaction: a new line that asks for `boxes` at this price; its number."""
        line = self._next_line(sale)
        self._add_line(sale, line, item, price_fen)
        self._ask(actor, sale=sale, line=line, item=item, boxes=boxes, price_fen=price_fen)
        return line

    def ask_less(self, actor: Actor, sale: str, line: int, boxes: int) -> None:
        """Take `boxes` off what is asked for on a line, the newest first.

        An entry that asked for nothing else has ended, as by undo; its event tells the number.
        """
        with self.transaction() as conn:
            left = boxes
            for row in conn.execute(
                "SELECT entry, asked, code IS NULL AND no_code IS NULL AS bare FROM sale_entries"
                " WHERE sale = ? AND line = ? AND state = 'live' AND asked > 0"
                " ORDER BY entry DESC",
                (sale, line),
            ).fetchall():
                less = min(left, row["asked"])
                state = "ended" if row["bare"] and less == row["asked"] else "live"
                conn.execute(
                    "UPDATE sale_entries SET state = ?, asked = asked - ?"
                    " WHERE sale = ? AND entry = ?",
                    (state, less if state == "live" else 0, sale, row["entry"]),
                )
                left -= less
            payload: dict[str, object] = {"line": line, "why": "fewer", "boxes": boxes - left}
            self.append(actor.event(kind=EventKind.ASK_UNDONE, document=sale, payload=payload))

    def reprice(
        self,
        actor: Actor,
        sale: str,
        line: int,
        price_fen: int,
        reason: str,
        approver: str = "",
    ) -> None:
        """Let one of a line cost `price_fen`, with the event that says so; see `ports.basket`."""
        with self.transaction() as conn:
            row = conn.execute(
                "SELECT item, price_fen, list_fen FROM sale_lines WHERE sale = ? AND line = ?",
                (sale, line),
            ).fetchone()
            before = row["price_fen"] if row["list_fen"] is None else row["list_fen"]
            changed = price_fen != before
            conn.execute(
                "UPDATE sale_lines SET price_fen = ?, list_fen = ?, price_reason = ?"
                " WHERE sale = ? AND line = ?",
                (
                    price_fen,
                    before if changed else None,
                    reason if changed else None,
                    sale,
                    line,
                ),
            )
            payload: dict[str, object] = {
                "item": row["item"],
                "line": line,
                "list_fen": before,
                "from_fen": row["price_fen"],
                "price_fen": price_fen,
                "reason": reason,
            }
            if approver:
                payload["approver"] = approver
            self.append(actor.event(kind=EventKind.LINE_REPRICED, document=sale, payload=payload))

    def reserve(
        self,
        actor: Actor,
        sale: Sale,
        verdict: Verdict,
        raw: RawScan,
        line: int | None = None,
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
        box = _box(sale.last_entry + 1, reading.code, verdict, units=units, typed=typed)
        place = sale.last_line + 1 if line is None else line
        opened = record is not None and record.state is BoxState.OPENED
        payload = _reserved(item, place, verdict, raw, box)
        if line is None:
            payload["price_fen"] = _price(item, split=units is not None)
        payload |= {"reviewer": reviewer} if reviewer else {}
        told = actor.event(EventKind.BOX_RESERVED, box.code, sale.number, payload)
        if self._chain.has_past and not opened:
            before = facts.sold_before(self._conn, box.code)
            if before:  # its row is no claim, so no constraint would speak
                return before
        try:
            with self.transaction() as conn:
                made = Claim(box.code, sale.number, self.origin.counter, actor.operator, actor.at)
                claims.claim(conn, made, box, opened=opened)
                if line is None:
                    price_fen = _price(item, split=units is not None)
                    self._add_line(sale.number, place, item, price_fen, split=units is not None)
                state = "units" if opened else "live"
                self._add_entry(sale.number, place, box, asked=0, at=actor.at, state=state)
                if opened:
                    self.take_units(box.code, units or 0)
                self.append(told)
        except WorldError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                taken = facts.earlier(self._conn, reading.code)
                if taken:
                    return taken
            raise
        return sale.with_box(place, item, box)

    def take_units(self, code: str, units: int) -> None:
        """Take units of an opened box; the table's own rule forbids more than are left."""
        self._conn.execute(
            "UPDATE boxes SET units_left = units_left - ? WHERE code = ?", (units, code)
        )

    def undo_last(self, actor: Actor, sale: str) -> Undone | None:
        """Take back the last box, asked quantity, or gift."""
        with self.transaction():
            return self._undo_newest(actor, sale)

    def _undo_newest(self, actor: Actor, sale: str) -> Undone | None:
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
            if self._gifts.undo_mark(actor, sale, row["entry"]):
                return Undone(None, row["name"], gift=True)
            return self._undo_newest(actor, sale)
        conn.execute(
            "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?",
            (sale, row["entry"]),
        )
        if row["state"] == "units":
            self.take_units(row["code"], -row["units"])
        elif row["code"]:
            claims.let_go(conn, sale, (row["code"],))
        if row["no_code"]:
            self._no_code.give_back(actor, sale, row, "undo")
            return Undone(None, row["name"])
        kind = EventKind.BOX_RELEASED if row["code"] else EventKind.ASK_UNDONE
        payload: dict[str, object] = {"line": row["line"], "why": "undo"}
        if not row["code"]:
            payload["boxes"] = row["asked"]
        self.append(actor.event(kind=kind, code=row["code"], document=sale, payload=payload))
        return Undone(row["code"], row["name"])

    def remove_line(self, actor: Actor, sale: str, line: int) -> None:
        """Take a whole line out; each of its codes is released by an event of its own."""
        with self.transaction():
            self.release(actor, sale, "line_removed", line)
            payload: dict[str, object] = {"line": line}
            self.append(actor.event(kind=EventKind.LINE_REMOVED, document=sale, payload=payload))

    def _line_for(self, sale: str, item: Item) -> int:
        """The paid line of an item that anything stands on; a new one where there is none.

        One whose only box was given away holds an entry still, of no box and nothing asked.
        """
        row = self._conn.execute(
            "SELECT l.line FROM sale_lines l WHERE l.sale = ? AND l.item = ? AND EXISTS"
            " (SELECT 1 FROM sale_entries e WHERE e.sale = l.sale AND e.line = l.line"
            " AND e.state = 'live' AND (e.code IS NOT NULL OR e.no_code IS NOT NULL"
            " OR e.asked > 0)) AND NOT l.split AND NOT l.gift",
            (sale, item.code),
        ).fetchone()
        if row:
            return int(row["line"])
        line = self._next_line(sale)
        self._add_line(sale, line, item, item.price_fen)
        return line

    def _next_line(self, sale: str) -> int:
        top = self._conn.execute("SELECT max(line) FROM sale_lines WHERE sale = ?", (sale,))
        return int(top.fetchone()[0] or 0) + 1

    def _add_line(
        self, sale: str, line: int, item: Item, price_fen: int, *, split: bool = False
    ) -> None:
        """A new line at the end."""
        self._conn.execute(
            "INSERT INTO sale_lines(sale, line, item, price_fen, split) VALUES (?, ?, ?, ?, ?)",
            (sale, line, item.code, price_fen, int(split)),
        )

    def next_entry(self, sale: str) -> int:
        """The number that the next entry of a sale gets."""
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
                sale,
                box.entry,
                line,
                box.code or None,
                asked,
                state,
                *rows.batch_columns(box.batch),
                at.isoformat(),
                box.units,
                int(box.typed),
            ),
        )

    def release(self, actor: Actor, sale: str, why: str, line: int | None = None) -> None:
        """Inside a transaction: end what is live in a sale, or in one line of it."""
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
                self.take_units(row["code"], -row["units"])
            elif row["code"]:
                claims.let_go(self._conn, sale, (row["code"],))
            if row["no_code"]:
                self._no_code.give_back(actor, sale, row, why)
            if row["code"]:
                payload: dict[str, object] = {"line": row["line"], "why": why}
                self.append(
                    actor.event(
                        kind=EventKind.BOX_RELEASED,
                        code=row["code"],
                        document=sale,
                        payload=payload,
                    )
                )


def _box(entry: int, code: str, verdict: Verdict, *, units: int | None, typed: bool) -> Box:
    """The box that a verdict lets in: its lot as it is told, else as it came in."""
    record = verdict.record
    told = Batch(verdict.reading.lot, verdict.reading.made, verdict.reading.expiry)
    return Box(
        entry=entry,
        code=code,
        batch=told.over(record.batch) if record else told,
        units=units,
        typed=typed,
        received=record is not None,
        not_known=verdict.not_known,
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


def set_state(conn: sqlite3.Connection, sale: str, state: SaleState, at: datetime) -> None:
    """Bring a sale to a state, inside the running transaction."""
    conn.execute(
        "UPDATE sales SET state = ?, changed_at = ? WHERE number = ?",
        (state.value, at.isoformat(), sale),
    )
