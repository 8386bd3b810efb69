"""Reading what sales were told of limits, and what followed."""

from collections import Counter
from datetime import timedelta

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from pharmacy_desk.core.sale.limits_told import Days, Followed, LimitSum, LimitTold

# The line is in the sale still; what was taken out has no entry that has not ended.
_THERE = (
    "EXISTS (SELECT 1 FROM sale_lines l JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"
    " AND e.state <> 'ended' WHERE l.sale = h.sale AND l.item = h.item)"
)
# A line that insurance does not pay stands in an insured sale as the customer's own.
_OWN = (
    "EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale = h.sale AND l.item = h.item"
    " AND l.cover IN ('own', 'barred'))"
)
_FOLLOWED = (
    "CASE WHEN s.state = 'voided' THEN 'cancelled' WHEN s.state IS NOT 'paid' THEN 'open'"
    f" WHEN NOT {_THERE} THEN 'taken_out'"
    f" WHEN h.payment <> 'self' AND (s.payment = 'self' OR {_OWN}) THEN 'self_paid'"
    " ELSE 'paid' END"
)
_NAME = (
    "coalesce((SELECT json_extract(l.snapshot, '$.name') FROM sale_lines l WHERE l.sale = h.sale"
    " AND l.item = h.item AND l.snapshot <> ''), (SELECT i.name FROM items i"
    " WHERE i.code = h.item), h.item)"
)
_FROM = " FROM limit_hits h LEFT JOIN sales s ON s.number = h.sale WHERE h.at >= ? AND h.at < ?"
_KEY = "(h.at, h.sale, h.item, h.kind, h.payment)"


@reads_rows
class LimitReader(ReadPart):
    """How often limits were told of, and what followed."""

    def told_limits(self, days: Days, behind: LimitTold | None, limit: int) -> list[LimitTold]:
        """What sales were told on these days, the newest first, behind the last one read."""
        last = (
            (behind.at.isoformat(), behind.sale, behind.item, behind.kind, behind.payment)
            if behind
            else ("9", "", "", "", "")
        )
        found = self._conn.execute(
            f"SELECT h.*, {_NAME} AS drug, {_FOLLOWED} AS followed{_FROM} AND {_KEY} <"
            " (?, ?, ?, ?, ?) ORDER BY h.at DESC, h.sale DESC, h.item DESC, h.kind DESC,"
            " h.payment DESC LIMIT ?",
            (*_bounds(days), *last, limit),
        )
        return [
            LimitTold(
                at=rows.moment(row["at"]),
                sale=row["sale"],
                item=row["item"],
                drug=row["drug"],
                kind=LimitKind(row["kind"]),
                mode=LimitMode(row["mode"]),
                payment=PaymentKind(row["payment"]),
                amount_fen=row["amount_fen"],
                version=row["version"],
                operator=row["operator"],
                followed=Followed(row["followed"]),
            )
            for row in found
        ]

    def sums(self, days: Days) -> list[LimitSum]:
        """The same by kind of limit, the most frequent first."""
        found = self._conn.execute(
            f"SELECT kind, followed, count(*), sum(amount_fen) FROM (SELECT h.kind AS kind,"
            f" h.amount_fen AS amount_fen, {_FOLLOWED} AS followed{_FROM}) GROUP BY kind, followed",
            _bounds(days),
        ).fetchall()
        times, fen = Counter[str](), Counter[str]()
        followed: dict[str, dict[Followed, int]] = {}
        for kind, what, count, amount in found:
            times[kind] += count
            fen[kind] += amount
            followed.setdefault(kind, {})[Followed(what)] = count
        return [
            LimitSum(LimitKind(kind), count, fen[kind], followed[kind])
            for kind, count in times.most_common()
        ]


def _bounds(days: Days) -> tuple[str, str]:
    """A moment is kept with the store's own offset: its first ten characters are its day."""
    last = (days.last + timedelta(days=1)).isoformat() if days.last else "9"
    return (days.first.isoformat() if days.first else ""), last
