"""The outbox in the ledger: lines for the platform, and messages kept before they are sent."""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.facts import as_json
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.numbers import IDS_A_SECOND, message_second, message_tails
from pharmacy_desk.core.ports.doors import Sealer
from pharmacy_desk.core.ports.outbox import StoredMessage
from pharmacy_desk.core.scanning.persons import masked
from pharmacy_desk.core.upload.outbox import Became, LineState, OutboxLine


def insert_lines(conn: sqlite3.Connection, lines: Sequence[OutboxLine], at: datetime) -> None:
    """Queue lines inside the caller's transaction; a key can be queued only once."""
    stamp = at.isoformat()
    conn.executemany(
        "INSERT INTO outbox(key, document, line, infno, item, words, codes, waiting,"
        " channel, state, attempts, due_at, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, 'queued', 0, ?, ?, ?)",
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
                line.channel.value,
                stamp,
                stamp,
                stamp,
            )
            for line in lines
        ],
    )


@reads_rows
class Outbox(Part):
    """The part of the ledger that holds what the platform must hear."""

    def __init__(self, chain: Chain, sealer: Sealer) -> None:
        super().__init__(chain)
        self._sealer = sealer

    def store_messages(self, messages: Sequence[StoredMessage], at: datetime) -> None:
        """Keep the messages, sealed, and mark their lines as being sent, in one transaction."""
        sealed = [self._sealer.seal(message.body) for message in messages]
        stamp = at.isoformat()
        with self.transaction() as conn:
            conn.executemany(
                "INSERT OR IGNORE INTO messages(msgid, infno, document, keys, wrapped_key, sealed,"
                " at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (one.msgid, one.infno, one.document, as_json(one.keys), *kept, stamp)
                    for one, kept in zip(messages, sealed, strict=True)
                ],
            )
            conn.executemany(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, msgid = ?,"
                " changed_at = ? WHERE key = ?",
                [(one.msgid, stamp, key) for one in messages for key in one.keys],
            )

    def message(self, msgid: str) -> StoredMessage | None:
        """A stored message with its exact body."""
        row = self._conn.execute("SELECT * FROM messages WHERE msgid = ?", (msgid,)).fetchone()
        if row is None or row["wrapped_key"] is None:
            return None
        body = self._sealer.open(row["wrapped_key"], row["sealed"])
        keys = tuple(json.loads(row["keys"]))
        return StoredMessage(row["msgid"], row["infno"], row["document"], keys, body)

    def take_msgids(self, at: datetime, counter: str, count: int) -> tuple[str, ...]:
        """Tails of message ids that were never given out: of this second, or of the last before.

        How many of a second are used is kept for good, so that a clock that comes to the same
        second twice gives no id twice. Where a second begins to count is drawn, so that two copies
        of a home that send in the same second seldom use the same id.
        """
        tails: list[str] = []
        with self.transaction() as conn:
            while len(tails) < count:
                second = message_second(at, counter)
                row = conn.execute(
                    "SELECT first, used FROM message_ids WHERE second = ?", (second,)
                ).fetchone()
                first, used = tuple(row) if row else (secrets.randbelow(IDS_A_SECOND), 0)
                taken = message_tails(second, first, used, count - len(tails))
                tails += taken
                conn.execute(
                    "INSERT OR REPLACE INTO message_ids(second, first, used) VALUES (?, ?, ?)",
                    (second, first, used + len(taken)),
                )
                at -= timedelta(seconds=1)
        self._chain.newest_id = max(tails)
        self._chain.remember()
        return tuple(tails)

    def settle_lines(self, became: Sequence[Became], at: datetime) -> None:
        """Write what became of lines; accepted and refused ones also go into the log."""
        with self.transaction():
            self.write_states(became, at)
            for one in became:
                if one.state is LineState.ACCEPTED:
                    self._clear_mark(one.key, at)

    def write_states(self, became: Sequence[Became], at: datetime) -> None:
        """The same inside the running transaction; each message's lines have an event.

        Nobody's number is kept of what was said.
        """
        became = [replace(one, words=masked(one.words, at.date())) for one in became]
        events: dict[tuple[str | None, str | None], dict[str, object]] = {}
        for one in became:
            self._conn.execute(
                "UPDATE outbox SET state = ?1, platform_words = ?, due_at = ?, changed_at = ?,"
                " attempts = attempts + ?, msgid = ? WHERE key = ? AND state <> 'accepted'"
                # What has come into doubt meanwhile, as by a new epoch, is asked about first.
                " AND (?1 <> 'queued' OR state = 'sending')",
                (
                    one.state.value,
                    one.words,
                    one.due_at.isoformat(),
                    at.isoformat(),
                    one.tries,
                    one.msgid,
                    one.key,
                ),
            )
            if one.state in (LineState.ACCEPTED, LineState.REFUSED):
                final = events.setdefault((self._document_of(one.key), one.msgid), {})
                final[one.key] = {"state": one.state.value, "words": one.words}
        for (document, msgid), lines in events.items():
            payload: dict[str, object] = {"lines": lines, "msgid": msgid}
            self.append(
                Event(
                    kind=EventKind.UPLOAD_SETTLED,
                    at=at,
                    operator="",
                    code=None,
                    document=document,
                    payload=payload,
                )
            )

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
            self.append(
                Event(
                    kind=kind,
                    at=at,
                    operator="",
                    code=row["code"],
                    document=self._document_of(key),
                    payload=payload,
                )
            )

    def requeue(self, actor: Actor, keys: Sequence[str]) -> int:
        """Let refused lines be tried again: asked about first, then sent as a new message."""
        with self.transaction() as conn:
            done = [
                key
                for key in keys
                if conn.execute(
                    "UPDATE outbox SET state = 'unknown', msgid = NULL, due_at = ?, changed_at = ?"
                    " WHERE key = ? AND state = 'refused'",
                    (actor.at.isoformat(), actor.at.isoformat(), key),
                ).rowcount
            ]
            if done:
                payload: dict[str, object] = {"keys": done}
                self.append(actor.event(EventKind.UPLOAD_RETRIED, payload=payload))
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
