"""Questions about unfinished work with boxes, for the read port."""

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.stock import scanned
from pharmacy_desk.core.stock.drafts import RECEIVING, Unfinished, Waiting, from_body, waiting
from pharmacy_desk.core.stock.scanned import Scanned, WaitingScans, Work


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

    def waiting_scans(self, work: Work) -> list[WaitingScans]:
        """Unfinished counts or moves, the one scanned for longest ago first."""
        found = self._conn.execute(
            "SELECT number, at, operator, body FROM drafts WHERE kind = ? ORDER BY at, number",
            (work.value,),
        ).fetchall()
        return [
            scanned.waiting(row["number"], rows.moment(row["at"]), row["operator"], row["body"])
            for row in found
        ]

    def scanned(self, number: str) -> Scanned | None:
        """What was scanned; None when it is gone, or cannot be read any more."""
        row = self._conn.execute("SELECT body FROM drafts WHERE number = ?", (number,)).fetchone()
        return scanned.from_body(row["body"]) if row else None
