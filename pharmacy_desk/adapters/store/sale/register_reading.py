"""Reading the register of special compound preparations: masked, never what is sealed."""

import sqlite3
from datetime import date, timedelta

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.sale.register_record import RegisterRow

_ROWS = (
    "SELECT r.*, p.masked, p.name_masked, s.dropped_at, o.name AS clerk FROM register_entries r"
    " LEFT JOIN sale_persons p ON p.sale = r.sale"
    " LEFT JOIN sealed_records s ON s.reference = r.record"
    " LEFT JOIN operators o ON o.id = r.operator"
)


@reads_rows
class RegisterReader(ReadPart):
    """Who bought what must be written down, as far as it may be shown."""

    def entered(
        self, since: date, until: date, behind: RegisterRow | None, limit: int
    ) -> list[RegisterRow]:
        """Entries from the first day to the last, the oldest first; `behind` is the last read."""
        place = (
            (behind.at.isoformat(), behind.receipt, behind.line, behind.part)
            if behind
            else ("", "", 0, 0)
        )
        found = self._conn.execute(
            f"{_ROWS} WHERE r.at >= ? AND r.at < ?"
            " AND (r.at, r.sale, r.line, r.part) > (?, ?, ?, ?)"
            " ORDER BY r.at, r.sale, r.line, r.part LIMIT ?",
            (since.isoformat(), (until + timedelta(days=1)).isoformat(), *place, limit),
        )
        return [_row(row) for row in found]


def _row(row: sqlite3.Row) -> RegisterRow:
    return RegisterRow(
        at=rows.moment(row["at"]),
        receipt=row["sale"],
        line=row["line"],
        part=row["part"],
        name_masked=row["name_masked"] or "",
        masked=row["masked"] or "",
        name=row["name"],
        spec=row["spec"],
        maker=row["maker"],
        lot=row["lot"] or "",
        quantity=row["quantity"],
        unit=row["unit"],
        clerk=row["clerk"] or row["operator"],
        record=row["record"],
        dropped=row["dropped_at"] is not None,
    )
