"""Questions about recalls: those in force, and the boxes one names, in pages."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.stock import recall
from pharmacy_desk.core.stock.facts import Recall


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A recall in force: since when, and by whom."""

    recall: Recall
    at: datetime
    operator: str


@reads_rows
class RecallReader(ReadPart):
    """What is called back."""

    def in_force(self) -> list[OpenRecall]:
        """Recalls in force, the newest first."""
        found = self._conn.execute(
            "SELECT number, key, value, reason, opened_at, operator FROM recalls"
            " WHERE closed_at IS NULL ORDER BY opened_at DESC, number DESC"
        )
        return [
            OpenRecall(Recall(*tuple(row)[:4]), rows.moment(row["opened_at"]), row["operator"])
            for row in found
        ]

    def look_for(self, key: str, value: str) -> recall.Looked:
        """How many boxes a recall by lot, drug, supplier or code names, and how they are read."""
        return recall.look(self._conn, recall.Marks(**{key: value}))

    def found(
        self, looked: recall.Looked, behind: recall.Found | None, limit: int
    ) -> list[recall.Found]:
        """The boxes of a recall in pages: here, sold on which receipt, gone."""
        return recall.page(self._conn, looked, behind, limit)
