"""Questions about recalls: those in force, and the boxes one names, in pages."""

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.stock import recall
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.core.stock.recall import Found, Looked, OpenRecall


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

    def look_for(self, key: str, value: str) -> Looked:
        """How many boxes a recall by lot, drug, supplier or code names."""
        return recall.look(self._conn, recall.Marks(**{key: value}))

    def recalled(self, looked: Looked, behind: Found | None, limit: int) -> list[Found]:
        """The boxes of a recall in pages: here, sold on which receipt, gone."""
        assert isinstance(looked, recall.LookedRuns)  # it comes from `look_for` above
        return recall.page(self._conn, looked, behind, limit)
