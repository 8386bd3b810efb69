"""The outbox in the ledger: lines for the platform, and messages kept before they are sent."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.facts import as_json
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.ports.doors import Sealer, StoredMessage
from pharmacy_desk.core.upload.outbox import LineState, OutboxLine, QueuedLine

# Codes of returns on their way, and when what they take back was queued. One whose sale was
# refused takes nothing back. What waits is always younger than what it waits for: no circle.
_BACK = (
    "WITH back AS MATERIALIZED (SELECT c.value AS code, s.created_at AS sold"
    " FROM outbox r JOIN outbox s ON s.key = json_extract(r.words, '$.original_key')"
    " JOIN json_each(r.codes) c WHERE r.state <> 'accepted' AND r.state <> 'refused'"
    " AND s.state <> 'refused') "
)


def insert_lines(conn: sqlite3.Connection, lines: Sequence[OutboxLine], at: datetime) -> None:
    """Queue lines inside the caller's transaction; a key can be queued only once."""
    stamp = at.isoformat()
    conn.executemany(
        "INSERT INTO outbox(key, document, line, infno, item, words, codes, waiting, state,"
        " attempts, due_at, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued',"
        " 0, ?, ?, ?)",
        [
            (
                line.key,
                line.document,
                line.line,
                line.infno,
                line.item,
                as_json(line.words),
                as_json(line.codes),
                line.waiting.value if line.waiting else None,
                stamp,
                stamp,
                stamp,
            )
            for line in lines
        ],
    )


class Outbox(Chain):
    """The part of the ledger that holds what the platform must hear."""

    sealer: Sealer

    def due_lines(self, now: datetime, everything: bool) -> tuple[QueuedLine, ...]:
        """Lines to work on: queued or unknown, due (or all), not waiting for a person.

        `state <> 'accepted'` lets SQLite use the index of what is open, not read years of sales.
        A line changed in the future tells of a clock that was set back: it is due. A return waits
        until its sale is at the platform, and the next sale of a box until its return is there.
        """
        found = self._conn.execute(
            _BACK + "SELECT * FROM outbox o WHERE state <> 'accepted'"
            " AND state IN ('queued', 'unknown') AND waiting IS NULL"
            " AND (?1 OR due_at <= ?2 OR changed_at > ?2) AND NOT EXISTS (SELECT 1 FROM outbox s"
            " WHERE s.key = json_extract(o.words, '$.original_key') AND s.state <> 'accepted')"
            " AND (json_extract(o.words, '$.original_key') IS NOT NULL OR NOT EXISTS (SELECT 1"
            "  FROM json_each(o.codes) c JOIN back b ON b.code = c.value"
            "  AND b.sold < o.created_at))"
            " ORDER BY state = 'unknown', created_at, document, line",
            (int(everything), now.isoformat()),
        ).fetchall()
        return tuple(rows.outbox_of(row) for row in found)

    def store_message(self, message: StoredMessage, at: datetime) -> None:
        """Keep the message, sealed, and mark its lines as being sent."""
        wrapped_key, sealed = self.sealer.seal(message.body)
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR IGNORE INTO messages(msgid, infno, document, keys, wrapped_key, sealed,"
                " at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    message.msgid,
                    message.infno,
                    message.document,
                    as_json(message.keys),
                    wrapped_key,
                    sealed,
                    at.isoformat(),
                ),
            )
            conn.executemany(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, msgid = ?,"
                " changed_at = ? WHERE key = ?",
                [(message.msgid, at.isoformat(), key) for key in message.keys],
            )

    def message(self, msgid: str) -> StoredMessage | None:
        """A stored message with its exact body."""
        row = self._conn.execute("SELECT * FROM messages WHERE msgid = ?", (msgid,)).fetchone()
        if row is None or row["wrapped_key"] is None:
            return None
        body = self.sealer.open(row["wrapped_key"], row["sealed"])
        keys = tuple(json.loads(row["keys"]))
        return StoredMessage(row["msgid"], row["infno"], row["document"], keys, body)

    def last_msgid(self) -> str | None:
        """The newest message id; ids of one counter sort by time and count."""
        row = self._conn.execute("SELECT value FROM home WHERE name = 'last_msgid'").fetchone()
        return str(row["value"]) if row else None

    def take_msgid(self, msgid: str) -> None:
        """Remember the newest message id for good: it is never given out again."""
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO home(name, value) VALUES ('last_msgid', ?)", (msgid,)
            )
        self._msgid = msgid
        self._remember()

    def settle_lines(
        self,
        states: dict[str, tuple[LineState, str]],
        msgid: str | None,
        due_at: datetime,
        at: datetime,
        asked: bool = False,
    ) -> None:
        """Write what became of lines; accepted and refused ones also go into the log."""
        with self.transaction():
            self._write_states(states, msgid, due_at, at, asked)
            for key, (state, _) in states.items():
                if state is LineState.ACCEPTED:
                    self._clear_mark(key, at)

    def _write_states(
        self,
        states: dict[str, tuple[LineState, str]],
        msgid: str | None,
        due_at: datetime,
        at: datetime,
        asked: bool = False,
    ) -> None:
        """The same inside the running transaction."""
        for key, (state, words) in states.items():
            self._conn.execute(
                "UPDATE outbox SET state = ?, platform_words = ?, due_at = ?, changed_at = ?,"
                " attempts = attempts + ? WHERE key = ? AND state <> 'accepted'",
                (state.value, words, due_at.isoformat(), at.isoformat(), int(asked), key),
            )
        final = {
            key: {"state": state.value, "words": words}
            for key, (state, words) in states.items()
            if state in (LineState.ACCEPTED, LineState.REFUSED)
        }
        if final:
            payload: dict[str, object] = {"lines": final, "msgid": msgid}
            document = self._document_of(next(iter(final)))
            self.append(Event(EventKind.UPLOAD_SETTLED, at, "", None, document, payload))

    def _clear_mark(self, key: str, at: datetime) -> None:
        """The platform took the line after all: its codes are not settled elsewhere any more."""
        cleared = self._conn.execute(
            "UPDATE boxes SET settled_at = NULL, settled_words = NULL"
            " WHERE settled_at IS NOT NULL AND code IN"
            " (SELECT c.value FROM outbox o, json_each(o.codes) c WHERE o.key = ?1)"
            # A count or a return that names the code says nothing about its sale.
            " AND EXISTS (SELECT 1 FROM events e WHERE e.code = boxes.code AND e.kind = ?2"
            " AND json_extract(e.payload, '$.line') = ?1) RETURNING code",
            (key, EventKind.CODE_SETTLED_ELSEWHERE.value),
        ).fetchall()
        for row in cleared:
            payload: dict[str, object] = {"line": key}
            kind = EventKind.CODE_SETTLED_HERE
            self.append(Event(kind, at, "", row["code"], self._document_of(key), payload))

    def requeue(self, keys: Sequence[str], at: datetime, operator: str) -> int:
        """Let refused lines be tried again: asked about first, then sent as a new message."""
        with self.transaction() as conn:
            done = [
                key
                for key in keys
                if conn.execute(
                    "UPDATE outbox SET state = 'unknown', msgid = NULL, due_at = ?, changed_at = ?"
                    " WHERE key = ? AND state = 'refused'",
                    (at.isoformat(), at.isoformat(), key),
                ).rowcount
            ]
            if done:
                payload: dict[str, object] = {"keys": done}
                self.append(Event(EventKind.UPLOAD_RETRIED, at, operator, payload=payload))
        return len(done)

    def sold_line(self, document: str, code: str) -> OutboxLine | None:
        """The upload line a sold code went into, as it stands now."""
        row = self._conn.execute(
            "SELECT o.* FROM outbox o, json_each(o.codes) c WHERE o.document = ? AND c.value = ?",
            (document, code),
        ).fetchone()
        return rows.outbox_of(row).line if row else None

    def recover_sending(self, at: datetime) -> int:
        """Lines caught between sending and answer by a kill: unknown, to be asked about."""
        with self.transaction() as conn:
            changed = conn.execute(
                "UPDATE outbox SET state = 'unknown', due_at = ?, changed_at = ?"
                " WHERE state <> 'accepted' AND state = 'sending'",
                (at.isoformat(), at.isoformat()),
            )
            return changed.rowcount

    def _document_of(self, key: str) -> str | None:
        row = self._conn.execute("SELECT document FROM outbox WHERE key = ?", (key,)).fetchone()
        return row["document"] if row else None
