"""Gifts and online orders in the ledger: which line an entry stands on, and for whom a sale is.

A drug that is sold and given away in one sale has two lines. Making a gift moves entries from the
paid line to the other, and leaves a mark in their order, so that undo takes it back by its turn.
"""

import json
import sqlite3
from collections.abc import Sequence

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.sale.online import OnlineOrder

# The state of an entry that only marks a move: no box, nothing asked.
MARK = "gift"


@reads_rows
class Gifts(Part):
    """The part of the ledger that turns lines into gifts and back, and keeps a sale's order."""

    def newest_entry(self, sale: str) -> tuple[int, int] | None:
        """(entry, line) of the box, or the number asked for, that came last and is still there."""
        row = self._conn.execute(
            "SELECT entry, line FROM sale_entries WHERE sale = ? AND state IN ('live', 'units')"
            " ORDER BY entry DESC LIMIT 1",
            (sale,),
        ).fetchone()
        return (row["entry"], row["line"]) if row else None

    def turn_gift(self, actor: Actor, sale: str, line: int, entry: int | None) -> int:
        """Move one entry, or all of a line, to its gift or paid side; the line they are on now."""
        with self.transaction() as conn:
            row = conn.execute(
                "SELECT item, gift FROM sale_lines WHERE sale = ? AND line = ?", (sale, line)
            ).fetchone()
            gift = not row["gift"]
            there = self._twin(sale, row["item"], gift)
            found = self._live(sale, line, entry)
            ask = self._spare_ask(sale, line, entry) if entry is not None else None
            mark = conn.execute(
                "SELECT max(entry) + 1 FROM sale_entries WHERE sale = ?", (sale,)
            ).fetchone()[0]
            conn.execute(
                "INSERT INTO sale_entries(sale, entry, line, asked, state, at)"
                " VALUES (?, ?, ?, 0, ?, ?)",
                (sale, mark, there, MARK, actor.at.isoformat()),
            )
            if ask is not None and entry is not None:
                self._carry_ask(sale, ask, entry)
            payload = {"item": row["item"], "from": line, "to": there, "ask": ask, "mark": mark}
            self._move(actor=actor, sale=sale, entries=found, told=payload, gift=gift)
        return there

    def undo_mark(self, actor: Actor, sale: str, mark: int) -> bool:
        """Take back the move that a mark stands for; False when none of its entries is left."""
        row = self._conn.execute(
            "SELECT kind, payload FROM events WHERE document = ? AND code IS NULL"
            " AND kind IN (?, ?) AND json_extract(payload, '$.mark') = ?",
            (sale, EventKind.GIFT_MADE.value, EventKind.GIFT_TAKEN_BACK.value, mark),
        ).fetchone()
        self._conn.execute(
            "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ?", (sale, mark)
        )
        told = json.loads(row["payload"])
        left = {entry["entry"] for entry in self._live(sale, told["to"], None)}
        found = [entry for entry in told["entries"] if entry in left]
        if not found:
            return False
        if told["ask"] is not None:
            self._carry_ask(sale, found[0], told["ask"])
        payload = {"item": told["item"], "from": told["to"], "to": told["from"], "undo": True}
        gift = row["kind"] == EventKind.GIFT_TAKEN_BACK
        rows = [entry for entry in self._live(sale, told["to"], None) if entry["entry"] in found]
        self._move(actor=actor, sale=sale, entries=rows, told=payload, gift=gift)
        return True

    def _move(
        self,
        actor: Actor,
        sale: str,
        entries: Sequence[sqlite3.Row],
        told: dict[str, object],
        gift: bool,
    ) -> None:
        """Put entries on the line `to`, with the event that says so."""
        self._conn.executemany(
            "UPDATE sale_entries SET line = ? WHERE sale = ? AND entry = ?",
            [(told["to"], sale, entry["entry"]) for entry in entries],
        )
        payload: dict[str, object] = told | {
            "entries": [entry["entry"] for entry in entries],
            "codes": [entry["code"] for entry in entries if entry["code"]],
        }
        kind = EventKind.GIFT_MADE if gift else EventKind.GIFT_TAKEN_BACK
        self.append(actor.event(kind=kind, document=sale, payload=payload))

    def _live(self, sale: str, line: int, entry: int | None) -> list[sqlite3.Row]:
        return self._conn.execute(
            "SELECT entry, code FROM sale_entries WHERE sale = ?1 AND line = ?2 AND state = 'live'"
            " AND (?3 IS NULL OR entry = ?3) ORDER BY entry",
            (sale, line, entry),
        ).fetchall()

    def _twin(self, sale: str, item: str, gift: bool) -> int:
        """The whole-box line of an item on the other side; a new one at the end if it has none."""
        row = self._conn.execute(
            "SELECT line FROM sale_lines WHERE sale = ? AND item = ? AND gift = ? AND NOT split"
            " ORDER BY line DESC LIMIT 1",
            (sale, item, int(gift)),
        ).fetchone()
        if row:
            return int(row["line"])
        made = self._conn.execute(
            "INSERT INTO sale_lines(sale, line, item, price_fen, split, gift)"
            " SELECT ?1, (SELECT max(line) + 1 FROM sale_lines WHERE sale = ?1), code,"
            " iif(?3, 0, price_fen), 0, ?3 FROM items WHERE code = ?2 RETURNING line",
            (sale, item, int(gift)),
        ).fetchone()
        return int(made[0])

    def _spare_ask(self, sale: str, line: int, entry: int) -> int | None:
        """The entry that asked for this box, when no other box is left to fill it.

        Without it a box that was asked for and then given away would be lacking on both sides.
        """
        rows = self._conn.execute(
            "SELECT entry, code, no_code, asked FROM sale_entries"
            " WHERE sale = ? AND line = ? AND state = 'live' ORDER BY entry",
            (sale, line),
        ).fetchall()
        boxes = [row["entry"] for row in rows if row["code"] or row["no_code"]]
        asks = [row["entry"] for row in rows if row["asked"] and row["entry"] != entry]
        asked = sum(row["asked"] for row in rows)
        return asks[-1] if entry in boxes and asks and asked == len(boxes) else None

    def _carry_ask(self, sale: str, source: int, target: int) -> None:
        """One asked box is counted with another entry."""
        for entry, more in ((source, -1), (target, 1)):
            self._conn.execute(
                "UPDATE sale_entries SET asked = asked + ? WHERE sale = ? AND entry = ?",
                (more, sale, entry),
            )

    # --- online orders --------------------------------------------------------------------

    def set_order(self, actor: Actor, sale: str, order: OnlineOrder | None) -> None:
        """Say which online order a sale is picked for; None takes it back."""
        platform, number = (order.platform, order.number) if order else (None, None)
        with self.transaction() as conn:
            conn.execute(
                "UPDATE sales SET order_platform = ?, order_number = ? WHERE number = ?",
                (platform, number, sale),
            )
            payload: dict[str, object] = {"platform": platform, "number": number}
            self.append(actor.event(kind=EventKind.ORDER_SET, document=sale, payload=payload))

    def order_taken(self, order: OnlineOrder, but: str) -> str | None:
        """The newest sale, other than `but` and not voided, that has this order already."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE order_number = ? AND order_platform = ?"
            " AND state <> 'voided' AND number <> ? ORDER BY opened_at DESC LIMIT 1",
            (order.number, order.platform, but),
        ).fetchone()
        return row["number"] if row else None
