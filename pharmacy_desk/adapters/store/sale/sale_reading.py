"""Questions about sales: one by its number, its end or its order, and those that are paid."""

from datetime import timedelta

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.sale.returns import came_back
from pharmacy_desk.adapters.store.sale.rx_reading import PrescriptionReader
from pharmacy_desk.core.sale.refund import OpenedReceipt, pieces
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, SaleOrigin, SaleState
from pharmacy_desk.core.sale.sales_list import SalesFilter, SalesSum, SoldRow, SumBy

# A drug as it was sold; of a sale by a very old program, as the catalogue has it.
_NAME = "coalesce(json_extract(l.snapshot, '$.name'), i.name, l.item)"
_PINYIN = "coalesce(json_extract(l.snapshot, '$.pinyin'), i.pinyin, '')"
# What of a line's entries counts, as `core/sale/sale.py: Line.quantity` counts it.
_ENTRIES = (
    "FROM sale_entries e WHERE e.sale = l.sale AND e.line = l.line"
    " AND e.state NOT IN ('ended', 'gift')"
)
_UNITS = (
    f"(SELECT coalesce(sum(e.units), 0) {_ENTRIES} AND e.code IS NOT NULL AND e.no_code IS NULL)"
)
_BOXES = (
    f"max((SELECT coalesce(sum(e.asked), 0) {_ENTRIES} AND e.no_code IS NULL),"
    f" (SELECT count(*) {_ENTRIES} AND (e.code IS NOT NULL OR e.no_code IS NOT NULL)))"
)
# A moment is kept with the store's own offset, so its first ten characters are its day.
_SUM_KEYS = {
    SumBy.DAY: "substr(s.paid_at, 1, 10)",
    SumBy.CLERK: "s.operator",
    SumBy.DRUG: "l.item",
    SumBy.PAYMENT: "s.payment",
}


@reads_rows
class SaleReader(ReadPart):
    """What was sold."""

    @property
    def prescriptions(self) -> PrescriptionReader:
        """What prescriptions are kept."""
        return PrescriptionReader(self._path, self._conn)

    def sale(self, number: str) -> Sale | None:
        """A sale by its number."""
        return facts.load_sale(self._conn, number)

    def find_sale(self, text: str) -> str | None:
        """The number of a sale by whole number or by its last digits (the newest one)."""
        return facts.find_sale(self._conn, text)

    def sale_of_order(self, number: str) -> str | None:
        """The newest sale for an online order, or a till's ticket, of this number; none voided."""
        return facts.sale_of_order(self._conn, number)

    def held(self) -> tuple[Sale, ...]:
        """Held sales, the oldest first, as they are numbered to be taken up."""
        return facts.held_sales(self._conn)

    def receipt(self, number: str) -> OpenedReceipt | None:
        """A paid sale opened: all it sold, and what of it has come back."""
        sale = facts.load_sale(self._conn, number)
        if sale is None or sale.state is not SaleState.PAID:
            return None
        return OpenedReceipt(sale, pieces(sale, came_back(self._conn, number)))

    def listed(self, wanted: SalesFilter, behind: SoldRow | None, limit: int) -> list[SoldRow]:
        """Paid sales that a filter lets through, the newest first, behind the last one read."""
        condition, values = _condition(wanted)
        last = (behind.paid_at.isoformat(), behind.number) if behind else ("9", "")
        found = self._conn.execute(
            "SELECT s.number, s.paid_at, s.counter, s.operator, s.payment, s.total_fen,"
            " (SELECT count(*) FROM sale_entries e WHERE e.sale = s.number AND e.code IS NOT NULL"
            "  AND e.state NOT IN ('ended', 'gift')) AS codes,"
            f" (SELECT {_NAME} FROM sale_lines l LEFT JOIN items i ON i.code = l.item"
            "  WHERE l.sale = s.number ORDER BY l.line LIMIT 1) AS drug,"
            " (SELECT count(*) FROM sale_lines l WHERE l.sale = s.number) AS drugs,"
            " (SELECT coalesce(sum(r.quantity), 0) FROM returns r WHERE r.sale = s.number) AS back,"
            " (SELECT count(l.list_fen) FROM sale_lines l WHERE l.sale = s.number) AS repriced,"
            " s.ticket, s.origin"
            f" FROM sales s WHERE {condition} AND (s.paid_at, s.number) < (?, ?)"
            " ORDER BY s.paid_at DESC, s.number DESC LIMIT ?",
            (*values, *last, limit),
        )
        return [
            SoldRow(
                number=row["number"],
                paid_at=rows.moment(row["paid_at"]),
                counter=row["counter"],
                operator=row["operator"],
                payment=PaymentKind(row["payment"]),
                total_fen=row["total_fen"],
                codes=row["codes"],
                drug=row["drug"] or "",
                drugs=row["drugs"],
                back=row["back"],
                repriced=row["repriced"],
                origin=SaleOrigin(row["origin"]),
                ticket=row["ticket"] or "",
            )
            for row in found
        ]

    def listed_sum(self, wanted: SalesFilter) -> tuple[int, int, int]:
        """How many sales a filter lets through, their fen together, and what came back of them."""
        condition, values = _condition(wanted)
        row = self._conn.execute(
            "SELECT count(*), coalesce(sum(s.total_fen), 0), coalesce(sum((SELECT"
            " sum(r.refund_fen) FROM returns r WHERE r.sale = s.number)), 0)"
            f" FROM sales s WHERE {condition}",
            values,
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def sums(self, wanted: SalesFilter, by: SumBy) -> list[SalesSum]:
        """The sales that a filter lets through, added up: days the newest first, else by money."""
        condition, values = _condition(wanted)
        order = "key DESC" if by is SumBy.DAY else "total DESC, key"
        found = self._conn.execute(
            "SELECT key, max(name) AS name, count(DISTINCT sale) AS sales,"
            " sum(iif(split, 0, quantity)) AS boxes, sum(iif(split, quantity, 0)) AS units,"
            " sum(quantity * price_fen) AS total, sum(back) AS back FROM ("
            f"SELECT {_SUM_KEYS[by]} AS key, l.sale AS sale, l.split AS split,"
            f" coalesce(i.name, {_NAME}) AS name, l.price_fen AS price_fen,"
            f" iif(l.split, {_UNITS}, {_BOXES}) AS quantity,"
            " (SELECT coalesce(sum(r.refund_fen), 0) FROM returns r"
            "  WHERE r.sale = l.sale AND r.sale_line = l.line) AS back"
            " FROM sales s JOIN sale_lines l ON l.sale = s.number"
            f" LEFT JOIN items i ON i.code = l.item WHERE {condition}"
            f") GROUP BY key ORDER BY {order}",
            values,
        )
        return [
            SalesSum(
                key=row["key"],
                sales=row["sales"],
                boxes=row["boxes"],
                units=row["units"],
                total_fen=row["total"],
                back_fen=row["back"],
                name=row["name"] if by is SumBy.DRUG else "",
            )
            for row in found
        ]

    def paid_sales(self) -> list[str]:
        """Numbers of paid sales in order of payment."""
        found = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL ORDER BY paid_at, number"
        )
        return [row["number"] for row in found]

    def last_paid(self) -> str | None:
        """The number of the newest paid sale."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL"
            " ORDER BY paid_at DESC, number DESC LIMIT 1"
        ).fetchone()
        return row["number"] if row else None


def _condition(wanted: SalesFilter) -> tuple[str, list[object]]:
    """The filter as a condition on `sales s`, with its values.

    Text is a part of a name, the beginning of pinyin, the end of a receipt's number, or the whole
    of a code, a clerk's number or an item's. It is a pattern only after its wildcards are escaped.
    """
    parts, values = ["s.paid_at IS NOT NULL"], list[object]()
    if wanted.first:
        parts.append("s.paid_at >= ?")
        values.append(wanted.first.isoformat())
    if wanted.last:
        parts.append("s.paid_at < ?")
        values.append((wanted.last + timedelta(days=1)).isoformat())
    if wanted.payment:
        parts.append("s.payment = ?")
        values.append(wanted.payment.value)
    name, text = _safe(wanted.text.strip()), "".join(wanted.text.split())
    if text:
        parts.append(
            "(s.operator = ? OR s.number LIKE ? ESCAPE '\\' OR s.order_number = ?"
            " OR s.ticket = ?"
            " OR EXISTS (SELECT 1 FROM sale_entries e WHERE e.code = ? AND e.sale = s.number)"
            " OR EXISTS (SELECT 1 FROM sale_lines l LEFT JOIN items i ON i.code = l.item"
            f" WHERE l.sale = s.number AND (l.item = ? OR {_NAME} LIKE ? ESCAPE '\\'"
            f" OR {_PINYIN} LIKE ? ESCAPE '\\')))"
        )
        values += [text, f"%{_safe(text)}", text, text, text, text, f"%{name}%", f"{name}%"]
    return " AND ".join(parts), values


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
