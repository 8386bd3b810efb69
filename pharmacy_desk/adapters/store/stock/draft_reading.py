"""Questions about unfinished receivings, for the read port."""

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.stock.drafts import RECEIVING, Unfinished, Waiting, from_body, waiting


@reads_rows
class DraftReader(ReadPart):
    """What waits unfinished."""

    def waiting(self) -> list[Waiting]:
        """Unfinished receivings, the one worked on last first."""
        found = self._conn.execute(
            "SELECT number, at, operator, body FROM drafts WHERE kind = ? ORDER BY at DESC, number",
            (RECEIVING,),
        ).fetchall()
        return [
            waiting(row["number"], rows.moment(row["at"]), row["operator"], row["body"])
            for row in found
        ]

    def unfinished(self, number: str) -> Unfinished | None:
        """An unfinished receiving; None when it is gone, or cannot be read any more."""
        row = self._conn.execute("SELECT body FROM drafts WHERE number = ?", (number,)).fetchone()
        if row is None:
            return None
        return from_body(row["body"], lambda code: facts.find_item(self._conn, code))
