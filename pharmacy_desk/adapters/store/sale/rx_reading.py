"""Questions about kept prescriptions: one by its number, and the list of them."""

import sqlite3
from datetime import timedelta

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.rx_list import RxFilter, RxRow


@reads_rows
class PrescriptionReader(ReadPart):
    """What prescriptions are kept, and what of each is left."""

    def by_number(self, number: str, sale: str) -> Prescription | None:
        """The newest one of this number, as the open sale `sale` would have it."""
        row = self._conn.execute(
            "SELECT id FROM prescriptions WHERE number = ? ORDER BY at DESC LIMIT 1", (number,)
        ).fetchone()
        return facts.load_prescription(self._conn, row["id"], sale) if row else None

    def listed(self, wanted: RxFilter, behind: RxRow | None, limit: int) -> list[RxRow]:
        """Those a filter lets through, the newest first, behind the last one read."""
        condition, values = _condition(wanted)
        last = (behind.at.isoformat(), behind.prescription.id) if behind else ("9", "")
        found = self._conn.execute(
            f"SELECT p.id, p.at FROM prescriptions p WHERE {condition} AND (p.at, p.id) < (?, ?)"
            " ORDER BY p.at DESC, p.id DESC LIMIT ?",
            (*values, *last, limit),
        ).fetchall()
        return [made for row in found if (made := self._row(row))]

    def listed_count(self, wanted: RxFilter) -> int:
        """How many a filter lets through."""
        condition, values = _condition(wanted)
        question = f"SELECT count(*) FROM prescriptions p WHERE {condition}"
        return int(self._conn.execute(question, values).fetchone()[0])

    def _row(self, row: sqlite3.Row) -> RxRow | None:
        known = facts.load_prescription(self._conn, row["id"], "")
        sales = self._conn.execute(
            "SELECT DISTINCT sale FROM dispensings WHERE prescription = ? ORDER BY sale",
            (row["id"],),
        )
        receipts = tuple(sale["sale"] for sale in sales)
        return RxRow(known, rows.moment(row["at"]), receipts) if known else None


def _condition(wanted: RxFilter) -> tuple[str, list[object]]:
    """The filter as a condition on `prescriptions p`, with its values; wildcards are escaped."""
    parts, values = ["1"], list[object]()
    if wanted.first:
        parts.append("p.at >= ?")
        values.append(wanted.first.isoformat())
    if wanted.last:
        parts.append("p.at < ?")
        values.append((wanted.last + timedelta(days=1)).isoformat())
    text = wanted.text.strip()
    if text:
        safe = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append(
            "(p.number LIKE ? ESCAPE '\\' OR p.prescriber LIKE ? ESCAPE '\\'"
            " OR p.institution LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM prescription_lines l"
            " WHERE l.prescription = p.id AND (l.item = ? OR l.name LIKE ? ESCAPE '\\')))"
        )
        values += [f"%{safe}%", f"%{safe}%", f"%{safe}%", text, f"%{safe}%"]
    return " AND ".join(parts), values
