"""Questions about the outbox: how it stands, and its lines in pages."""

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.upload.outbox import (
    EVERY_LINE,
    LineState,
    QueuedLine,
    QueueFilter,
    QueueSummary,
    Which,
)

# What needs a person comes first.
_QUEUE_ORDER = (
    LineState.REFUSED,
    LineState.UNKNOWN,
    LineState.SENDING,
    LineState.QUEUED,
    LineState.ACCEPTED,
)


@reads_rows
class OutboxReader(ReadPart):
    """What is on its way to the platform."""

    def queue(self) -> QueueSummary:
        """How the outbox stands, in lines."""
        counts = {
            row["state"]: row["n"]
            for row in self._conn.execute(
                "SELECT state, count(*) n FROM outbox WHERE state <> 'accepted' GROUP BY state"
            )
        }
        total = self._conn.execute("SELECT count(*) FROM outbox").fetchone()[0]
        row = self._conn.execute(
            "SELECT min(created_at) oldest, sum(waiting IS NOT NULL) waiting FROM outbox"
            " WHERE state <> 'accepted' AND state IN ('queued', 'unknown', 'sending')"
        ).fetchone()
        return QueueSummary(
            accepted=total - sum(counts.values()),
            queued=counts.get("queued", 0) + counts.get("sending", 0),
            refused=counts.get("refused", 0),
            unknown=counts.get("unknown", 0),
            waiting=row["waiting"] or 0,
            oldest=rows.moment(row["oldest"]) if row["oldest"] else None,
        )

    def lines(
        self,
        behind: QueuedLine | None = None,
        limit: int = 500,
        wanted: QueueFilter = EVERY_LINE,
    ) -> list[QueuedLine]:
        """Outbox lines: what needs a person first, then what waits, then the newest done.

        `behind` is the last one read. Open lines come by their next try, the latest first.
        """
        first = _QUEUE_ORDER.index(behind.state) if behind else 0
        found: list[QueuedLine] = []
        for state in _QUEUE_ORDER[first:]:
            if not wanted.which.has(state):
                continue
            last = behind if behind and behind.state is state else None
            found += self._run(state, last, limit - len(found), wanted)
            if len(found) == limit:
                break
        return found

    def _run(
        self, state: LineState, last: QueuedLine | None, limit: int, wanted: QueueFilter
    ) -> list[QueuedLine]:
        """Lines of one state, read backwards along the index of that state."""
        done = state is LineState.ACCEPTED
        column = "changed_at" if done else "due_at"
        moment = (last.changed_at if done else last.due_at).isoformat() if last else "9"
        # The state of done lines stands in the question itself: their index is of these only.
        condition = "state = 'accepted'" if done else "state = :state AND state <> 'accepted'"
        if wanted.which is Which.WAITING:
            condition += " AND waiting IS NOT NULL"
        if wanted.first:
            condition += " AND substr(created_at, 1, 10) >= :first"
        if wanted.last:
            condition += " AND substr(created_at, 1, 10) <= :last"
        if done and wanted.first:  # the index ends the search: a line is done after it came to be
            condition += " AND changed_at >= :first"
        found = self._conn.execute(
            f"SELECT * FROM outbox WHERE {condition} AND ({column}, key) < (:moment, :key)"
            f" ORDER BY {column} DESC, key DESC LIMIT :limit",
            {
                "state": state.value,
                "first": wanted.first.isoformat() if wanted.first else "",
                "last": wanted.last.isoformat() if wanted.last else "",
                "moment": moment,
                "key": last.line.key if last else "",
                "limit": limit,
            },
        )
        return [rows.outbox_of(row) for row in found]

    def refused_keys(self) -> list[str]:
        """Keys of all lines the platform refused."""
        found = self._conn.execute(
            "SELECT key FROM outbox WHERE state = 'refused' AND state <> 'accepted'"
        )
        return [row["key"] for row in found]

    def lines_of(self, document: str) -> list[QueuedLine]:
        """Outbox lines of one document."""
        found = self._conn.execute(
            "SELECT * FROM outbox WHERE document = ? ORDER BY line", (document,)
        ).fetchall()
        return [rows.outbox_of(row) for row in found]
