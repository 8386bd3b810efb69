"""Reading split sales for their record: by day, or of one box."""

import json
import sqlite3
from datetime import date, datetime, timedelta

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.split_record import SplitRow

# A day's sales are found by their index, a sale's lines and entries by their keys.
_ROWS = (
    "SELECT s.paid_at, s.number, e.entry, e.code, e.units, e.lot, e.expiry, l.item, l.snapshot"
    " FROM sales s JOIN sale_lines l ON l.sale = s.number AND l.split"
    " JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"
    " AND e.units IS NOT NULL AND e.state <> 'ended'"
)
_ORDER = " ORDER BY s.paid_at, s.number, e.entry"


@reads_rows
class SplitReader(ReadPart):
    """What was sold of opened boxes."""

    def sold(self, since: date, until: date, behind: SplitRow | None, limit: int) -> list[SplitRow]:
        """Units sold from the first day to the last, the oldest first; `behind` is the last read.

        A moment is kept with the store's own offset, so its first ten characters are its day.
        """
        place = (
            (behind.sold_at.isoformat(), behind.receipt, behind.entry) if behind else ("", "", 0)
        )
        found = self._conn.execute(
            f"{_ROWS} WHERE s.paid_at >= ? AND s.paid_at < ?"
            " AND (s.paid_at, s.number, e.entry) > (?, ?, ?)" + _ORDER + " LIMIT ?",
            (since.isoformat(), (until + timedelta(days=1)).isoformat(), *place, limit),
        ).fetchall()
        return [self._split_row(row) for row in found]

    def of(self, code: str) -> list[SplitRow]:
        """Every time units were sold of this box, the oldest first."""
        sales = self._conn.execute(
            "SELECT DISTINCT document FROM events WHERE code = ? AND kind = 'units_sold'",
            (code,),
        ).fetchall()
        found: list[sqlite3.Row] = []
        for sale in sales:
            found += self._conn.execute(
                f"{_ROWS} WHERE s.number = ? AND e.code = ?", (sale["document"], code)
            ).fetchall()
        found.sort(key=lambda row: (row["paid_at"], row["number"], row["entry"]))
        return [self._split_row(row) for row in found]

    def _split_row(self, row: sqlite3.Row) -> SplitRow:
        item = self._sold_item(row)
        splitter, reviewer = self._who(row["code"], row["number"], row["entry"])
        return SplitRow(
            opened_on=self._opened_on(row),
            name=item.name,
            spec=item.spec,
            lot=row["lot"] or "",
            maker=item.maker,
            expiry=rows.day(row["expiry"]),
            units=row["units"],
            unit=item.split_unit,
            sold_at=rows.moment(row["paid_at"]),
            splitter=self._name(splitter),
            reviewer=self._name(reviewer),
            code=row["code"],
            receipt=row["number"],
            entry=row["entry"],
        )

    def _sold_item(self, row: sqlite3.Row) -> Item:
        if row["snapshot"]:
            return rows.item_from_json(row["snapshot"])
        return facts.items_by_code(self._conn, [row["item"]])[0]

    def _opened_on(self, row: sqlite3.Row) -> date:
        """The day the box was opened; a box whose opening is not told was opened by this sale."""
        opened = self._conn.execute(
            "SELECT min(at) FROM events WHERE code = ? AND kind = 'box_opened'", (row["code"],)
        ).fetchone()
        return datetime.fromisoformat(opened[0] or row["paid_at"]).date()

    def _who(self, code: str, sale: str, entry: int) -> tuple[str, str]:
        """Who took the units out of the box, and who checked it.

        Entries of a box in a sale and the events of their scans stand in the same order.
        """
        entries = self._conn.execute(
            "SELECT entry FROM sale_entries WHERE sale = ? AND code = ? ORDER BY entry",
            (sale, code),
        ).fetchall()
        place = [one["entry"] for one in entries].index(entry)
        told = self._conn.execute(
            "SELECT operator, payload FROM events WHERE code = ? AND document = ?"
            " AND kind = 'box_reserved' ORDER BY at, seq LIMIT 1 OFFSET ?",
            (code, sale, place),
        ).fetchone()
        if told is None:
            return "", ""
        return told["operator"], str(json.loads(told["payload"]).get("reviewer", ""))

    def _name(self, person: str) -> str:
        row = self._conn.execute("SELECT name FROM operators WHERE id = ?", (person,)).fetchone()
        return str(row["name"]) if row else person
