"""Questions about the no-code library (无码库): its entries, what fits a box, how much is sold."""

from datetime import date, timedelta

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.stock.no_code import entry_of
from pharmacy_desk.core.catalogue.drugs import Category, Item
from pharmacy_desk.core.stock.no_code import Bar, NoCodeEntry, NoCodeRow, NoCodeSold, Share, bar

_NEED_CODE = tuple(c.value for c in Category if Item("", "", category=c).needs_code)
# What waits for a manager comes first, what is closed last.
_RANK = "CASE n.state WHEN 'proposed' THEN 0 WHEN 'approved' THEN 1 ELSE 2 END"


@reads_rows
class NoCodeReader(ReadPart):
    """What stands in the no-code library."""

    def entries(self, behind: NoCodeRow | None, limit: int) -> list[NoCodeRow]:
        """Entries that wait for a manager, then approved ones, then closed; the newest first."""
        last = (behind.rank, behind.entry.at.isoformat(), behind.entry.number) if behind else None
        found = self._conn.execute(
            f"SELECT * FROM (SELECT n.*, {_RANK} AS rank, coalesce(i.name, n.item) AS name,"
            " coalesce(i.spec, '') AS spec FROM no_code n LEFT JOIN items i ON i.code = n.item)"
            " WHERE rank > ?1 OR (rank = ?1 AND (at, number) < (?2, ?3))"
            " ORDER BY rank, at DESC, number DESC LIMIT ?4",
            (*(last or (-1, "", "")), limit),
        )
        return [NoCodeRow(entry_of(row), row["name"], row["spec"], row["rank"]) for row in found]

    def approved_for(self, item: Item, today: date) -> list[tuple[NoCodeEntry, Bar | None]]:
        """Approved entries of a drug with boxes left, and why one gives none; the oldest first."""
        found = self._conn.execute(
            "SELECT * FROM no_code WHERE item = ? AND state = 'approved' AND used < quantity"
            " ORDER BY expiry, number",
            (item.code,),
        ).fetchall()
        recalls = facts.open_recalls(self._conn)
        entries = [entry_of(row) for row in found]
        return [(entry, bar(entry, item, today, recalls)) for entry in entries]

    def sold(self, number: str, limit: int) -> list[NoCodeSold]:
        """Boxes of an entry that were sold and not brought back, the newest first."""
        found = self._conn.execute(
            # By lot, whose index is worded so: entries are many, those of a lot few.
            "SELECT s.number, e.entry, s.paid_at FROM no_code n JOIN sale_entries e"
            " ON e.lot = n.lot AND e.no_code = n.number JOIN sales s ON s.number = e.sale"
            " WHERE n.number = ? AND e.state = 'final' AND e.state IN ('final', 'units_sold')"
            " ORDER BY s.paid_at DESC, s.number, e.entry LIMIT ?",
            (number, limit),
        ).fetchall()
        return [NoCodeSold(row[0], row[1], rows.moment(row[2])) for row in found]

    def share(self, first: date, last: date) -> Share:
        """Boxes sold from the library, of boxes sold that needed a code, from day to day."""
        marks = ", ".join("?" * len(_NEED_CODE))
        row = self._conn.execute(
            "SELECT coalesce(sum(taken), 0), coalesce(sum(needed), 0) FROM (SELECT"
            " sum(e.no_code IS NOT NULL) AS taken, max(sum(e.asked),"
            "  sum(e.code IS NOT NULL OR e.no_code IS NOT NULL)) AS needed"
            " FROM sales s JOIN sale_lines l ON l.sale = s.number"
            " JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"
            " WHERE s.paid_at >= ? AND s.paid_at < ? AND NOT l.split AND e.state <> 'ended'"
            f" AND json_extract(l.snapshot, '$.category') IN ({marks})"
            " GROUP BY l.sale, l.line)",
            (first.isoformat(), (last + timedelta(days=1)).isoformat(), *_NEED_CODE),
        ).fetchone()
        return Share(row[0], row[1])
