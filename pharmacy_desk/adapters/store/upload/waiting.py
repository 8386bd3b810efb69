"""What waits in the outbox, read batch by batch on a read-only connection (`WaitingLines`)."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.store.base import database, rows
from pharmacy_desk.core.upload.outbox import Channel, LineState, QueuedLine

# New lines first: those in doubt ask before they send, and there may be many of them.
_ORDER = (LineState.QUEUED, LineState.UNKNOWN)
_ORIGINAL = "original_key"


class OutboxQueue:
    """One channel's queue in its order; each call opens a connection and closes it."""

    def __init__(self, path: Path, channel: Channel = Channel.NATIONAL) -> None:
        self._path = path
        self._channel = channel

    def due_lines(
        self, now: datetime, everything: bool, behind: QueuedLine | None, most: int
    ) -> tuple[QueuedLine, ...]:
        """Lines to work on, those behind the last one read; a document's lines stay together.

        A return waits until its sale is at the platform, and the next sale of a box until its
        return is there.
        """
        with (
            database.damage(self._path),
            contextlib.closing(database.open_reader(self._path)) as conn,
        ):
            conn.execute("BEGIN")  # one state of the ledger for all questions
            back = _on_their_way_back(conn, self._channel)
            found: list[QueuedLine] = []
            for queued in _in_order(conn, self._channel, now, everything, behind):
                if len(found) >= most and queued.line.document != found[-1].line.document:
                    break
                if not _must_wait(conn, queued, back):
                    found.append(queued)
            return tuple(found)


def _in_order(
    conn: sqlite3.Connection,
    channel: Channel,
    now: datetime,
    everything: bool,
    behind: QueuedLine | None,
) -> Iterator[QueuedLine]:
    """Queued and unknown lines along their index.

    A line changed in the future tells of a clock that was set back: it is due.
    """
    first = _ORDER.index(behind.state) if behind else 0
    for state in _ORDER[first:]:
        last = behind if behind and behind.state is state else None
        place = (
            (last.created_at.isoformat(), last.line.document, last.line.line)
            if last
            else ("", "", 0)
        )
        cursor = conn.execute(
            # `state <> 'accepted'` names the index of what is open: years of sales are not read.
            "SELECT * FROM outbox WHERE channel = ?7 AND state = ?1 AND state <> 'accepted'"
            " AND waiting IS NULL AND (created_at, document, line) > (?4, ?5, ?6)"
            " AND (?2 OR due_at <= ?3 OR changed_at > ?3) ORDER BY created_at, document, line",
            (state.value, int(everything), now.isoformat(), *place, channel.value),
        )
        yield from map(rows.outbox_of, cursor)


def _on_their_way_back(conn: sqlite3.Connection, channel: Channel) -> dict[str, str]:
    """Codes of returns on their way, each with when what it takes back was queued.

    One whose sale was refused takes nothing back. What waits is always younger than what it waits
    for: no circle.
    """
    found = conn.execute(
        "SELECT c.value AS code, min(s.created_at) AS sold FROM outbox r"
        f" JOIN outbox s ON s.key = json_extract(r.words, '$.{_ORIGINAL}')"
        " JOIN json_each(r.codes) c WHERE r.channel = ? AND r.state <> 'accepted'"
        f" AND json_extract(r.words, '$.{_ORIGINAL}') IS NOT NULL"
        " AND r.state <> 'refused' AND s.state <> 'refused' GROUP BY c.value",
        (channel.value,),
    )
    return {row["code"]: row["sold"] for row in found}


def _must_wait(conn: sqlite3.Connection, queued: QueuedLine, back: dict[str, str]) -> bool:
    original = queued.line.words.get(_ORIGINAL)
    if original is not None:
        sale = conn.execute("SELECT state FROM outbox WHERE key = ?", (original,)).fetchone()
        return sale is not None and sale["state"] != LineState.ACCEPTED.value
    queued_at = queued.created_at.isoformat()
    return any(back[code] < queued_at for code in queued.line.codes if code in back)
