"""The hash-chained event log and the one transaction everything is written in."""

import contextlib
import logging
import os
import secrets
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from pharmacy_desk.adapters.outside_mark import (
    Mark,
    OutsideMark,
    mark_file,
    same_run,
    this_run,
)
from pharmacy_desk.adapters.store.base import database, fence, heads, past
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import GENESIS, Event, EventKind, canonical, chain_hash
from pharmacy_desk.core.basics.history import Loss, Missing, missing_from
from pharmacy_desk.core.basics.numbers import EPOCH_ALPHABET, EPOCH_CHARS, IDS_A_SECOND, Origin
from pharmacy_desk.core.ports.doors import HeadKey
from pharmacy_desk.core.scanning.persons import held_in

_LOG = logging.getLogger(__name__)
# A sale or two; folding in less would only wear the disk.
_WORTH_FOLDING = 20
# Epoch and number of the head as JSON: about 40 characters, twice that for good measure.
_MARK_BYTES = 80
# Clocks are corrected by a second or two all the time; more than this set back is worth a note.
_CLOCK_SLACK = timedelta(seconds=5)


@reads_rows
class Chain:
    """Appends events to this counter's chain; the one that every writing part is given.

    On opening it draws a new epoch unless the mark outside the home proves that nothing but this
    file, at this place and in this run of the machine, has written since. What is `missing` of the
    past stays so until a person decides about it.
    """

    def __init__(
        self,
        actor: Actor,
        path: Path,
        counter: str,
        place: str,
        head_key: Callable[[], HeadKey] | None = None,
    ) -> None:
        # Makes the key that signs the head, when first wanted; without it nothing is signed.
        self.head_key = head_key
        self._path = path
        self._mark = path.with_suffix(".head")
        self.conn: sqlite3.Connection = database.open_writer(path)
        self._mark_file: int | None = None
        self._outside = OutsideMark(mark_file(place, path))
        self._unfolded = 0
        self._key: HeadKey | None = None
        self._signed: tuple[str, int] = ("", 0)
        self.has_packs = False
        self.has_past = False
        self._document_seq = 0
        self._seq = 0
        self._hash = GENESIS
        self._last_at: datetime | None = None
        self.newest_id = ""
        self.missing: Missing | None = None
        self.origin = Origin(counter, "")
        self._before: tuple[Origin, int, str, datetime | None, int] = (
            self.origin,
            0,
            GENESIS,
            None,
            0,
        )
        self._today = actor.at.date()
        try:
            fence.watch(self.conn, self._today)
            self._enter_epoch(actor, counter)
        except BaseException:
            self.conn.close()
            self._outside.close()
            raise

    def close(self) -> None:
        """Sign the head, fold the write-ahead log in and close the file."""
        with contextlib.suppress(WorldError):  # a full disk: what was signed last stands
            self.sign_head()
        with contextlib.suppress(sqlite3.Error):  # a full disk: the log is folded in next time
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.conn.close()
        self._outside.close()
        if self._mark_file is not None:
            os.close(self._mark_file)
            self._mark_file = None

    def tidy(self) -> None:
        """Sign the head, fold the write-ahead log in: for a moment when nobody scans."""
        self.sign_head()
        if self._unfolded >= _WORTH_FOLDING:
            self._unfolded = 0
            self.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def sign_head(self) -> None:
        """Sign the newest event, if it is not signed yet. Raises `WorldError`."""
        if self.head_key is not None and self._signed != (self.origin.epoch, self._seq):
            with self.transaction():
                self._sign()

    def _sign(self) -> None:
        """Write the signature of the head inside the running transaction.

        Without a key nothing is signed until the next start: the sale is not lost for that.
        """
        if self.head_key is None:
            return
        counter, epoch = self.origin.counter, self.origin.epoch
        try:
            self._key = self._key or self.head_key()
            value = heads.signed_row(self._key, counter, epoch, self._seq, self._hash)
        except WorldError as error:
            _LOG.info("the head is not signed: %s", error.fault.value)
            self.head_key = None
            return
        self.keep_row(self.conn, heads.row_name(counter), value)
        self._signed = (epoch, self._seq)

    def _unsigned(self) -> int:
        epoch, seq = self._signed
        return self._seq - seq if epoch == self.origin.epoch else self._seq

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._path

    def transaction(self) -> "_Transaction":
        """Everything inside reaches the disk together, or nothing does and memory forgets it.

        Raises `WorldError` when the disk or the file fails.
        """
        return _Transaction(self)

    def begin(self) -> sqlite3.Connection:
        """Begin a transaction (use `transaction`)."""
        self._before = self.origin, self._seq, self._hash, self._last_at, self._document_seq
        try:
            self.conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise database.world_error(error, self._path) from error
        return self.conn

    def commit(self) -> None:
        """End a transaction: what it wrote is on the disk when this returns."""
        try:
            if self.head_key is not None and self._unsigned() >= heads.SIGN_EVERY:
                self._sign()
            self.conn.execute("COMMIT")
        except sqlite3.Error as error:
            self.roll_back()
            raise database.world_error(error, self._path) from error
        self._unfolded += 1
        if (self.origin, self._seq) != self._before[:2]:
            self.remember()

    def roll_back(self) -> None:
        """End a transaction as if it had never begun."""
        if self.conn.in_transaction:  # some failures have ended it already
            self.conn.execute("ROLLBACK")
        self.origin, self._seq, self._hash, self._last_at, self._document_seq = self._before
        self._signed = ("", 0)  # perhaps not: it is signed again

    def append(self, event: Event) -> str:
        """Chain one event inside the running transaction; its id."""
        if self._last_at and event.at < self._last_at - _CLOCK_SLACK:
            doubt: dict[str, object] = {
                "clock": event.at.isoformat(),
                "before": self._last_at.isoformat(),
            }
            self._last_at = None
            self.append(Event(EventKind.CLOCK_DOUBTFUL, event.at, event.operator, payload=doubt))
        if held_in(event.payload, self._today, fence.SPARED_IN_EVENTS):
            raise WorldError(Fault.PERSON_NUMBER, where=event.kind.value)
        seq = self._seq + 1
        payload = canonical(event.payload)
        at = event.at.isoformat()
        digest = chain_hash(self._hash, self.origin, seq, event, payload)
        self.conn.execute(
            "INSERT INTO events(counter, epoch, seq, at, kind, code, document, operator, payload,"
            " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.origin.counter,
                self.origin.epoch,
                seq,
                at,
                event.kind.value,
                event.code,
                event.document,
                event.operator,
                payload,
                bytes.fromhex(digest),
            ),
        )
        self._seq, self._hash, self._last_at = seq, digest, event.at
        return f"{self.origin.counter}-{self.origin.epoch}-{seq}"

    @property
    def next_event(self) -> str:
        """Where the next event will stand, in one word: `N01K7QF2M-118`."""
        return f"N{self.origin.counter}{self.origin.epoch}-{self._seq + 1}"

    def note(self, event: Event) -> None:
        """Append one event in a transaction of its own."""
        with self.transaction():
            self.append(event)

    def take_document(self) -> str:
        """The next document number, taken for good in a transaction of its own."""
        with self.transaction():
            return self.next_document()

    def next_document(self) -> str:
        """The next document number; taken for good once the running transaction commits."""
        self._document_seq += 1
        self.conn.execute(
            "INSERT OR REPLACE INTO home(name, value) VALUES (?, ?)",
            (f"documents.{self.origin.counter}.{self.origin.epoch}", str(self._document_seq)),
        )
        return self.origin.document(self._document_seq)

    def clock_jumped(self) -> bool:
        """True when the wall clock has jumped while we ran, as in a machine that was put aside."""
        return not same_run(self._told.run, this_run())

    def _enter_epoch(self, actor: Actor, counter: str) -> None:
        known = dict(self.conn.execute("SELECT name, value FROM home").fetchall())
        mark, run = self._outside.read(), this_run()
        self.origin = Origin(counter, known.get(f"epoch.{counter}", ""))
        self._load_head()
        self._signed = heads.signed_place(known.get(heads.row_name(counter)))
        loss = past.lost(self.conn, self._path, mark)
        whole = not loss and past.unbroken(self.conn, self._path, mark, run)
        since = mark.since if mark else self._first_sale(actor.at)
        self._told = Mark(
            nonce=secrets.token_hex(16),
            epoch="",
            seq=0,
            hash="",
            at="",
            since=since,
            msgid="",
            boot=run.boot,
            offset_s=run.offset_s,
        )
        self._note_missing(known, loss, mark, actor.at)
        self.newest_id = mark.msgid if mark else ""
        if self.origin.epoch and whole:
            key = f"documents.{counter}.{self.origin.epoch}"
            self._document_seq = int(known.get(key, "0"))
            with self.transaction() as conn:
                self.keep_row(conn, past.NONCE, self._told.nonce)
                conn.execute("DELETE FROM home WHERE name = ?", (past.RESTORED,))
            self.remember()
        else:
            why = "restored" if loss else "moved" if known else "new"
            self.begin_epoch(actor, why)

    def begin_epoch(self, actor: Actor, why: str) -> None:
        """Draw a new epoch: from here on no number, key or id can be one of another copy's."""
        previous = {"epoch": self.origin.epoch, "seq": self._seq, "hash": self._hash}
        self._told = self._told._replace(**this_run()._asdict())
        counter = self.origin.counter
        with self.transaction() as conn:
            self.origin = Origin(counter, _draw_epoch())
            self._seq, self._hash, self._document_seq = 0, GENESIS, 0
            self.keep_row(conn, f"epoch.{counter}", self.origin.epoch)
            self.keep_row(conn, past.NONCE, self._told.nonce)
            conn.execute("DELETE FROM home WHERE name = ?", (past.RESTORED,))
            # Of the newest second that the lost part may have sent in, no message id is free.
            if self.newest_id:
                conn.execute(
                    "INSERT OR REPLACE INTO message_ids(second, first, used) VALUES (?, 0, ?)",
                    (self.newest_id[:-2], IDS_A_SECOND),
                )
            if self.missing:
                self.keep_row(conn, past.MISSING, self.missing.as_json())
            # The other copy may send the same lines: each is asked about before it is sent.
            # Lines that wait for a lot were never sent and stay as they are.
            conn.execute(
                "UPDATE outbox SET state = 'unknown'"
                " WHERE state IN ('queued', 'sending') AND waiting IS NULL"
            )
            payload: dict[str, object] = {"why": why, "previous": previous}
            self.append(actor.event(EventKind.HOME_OPENED, payload=payload))

    def _note_missing(
        self, known: dict[str, str], loss: Loss | None, mark: Mark | None, now: datetime
    ) -> None:
        """What is missing stays said until somebody decided; the first that was found counts."""
        if past.MISSING in known:
            self.missing = missing_from(known[past.MISSING])
        elif loss is Loss.LEDGER:
            since = datetime.fromisoformat(mark.since) if mark and mark.since else None
            self.missing = Missing(loss, since, now)
        elif loss:
            self.missing = Missing(loss, self._last_at, now)

    def decide_missing(
        self, actor: Actor, reason: str, proved: bool, settings: bool = False
    ) -> tuple[str, ...]:
        """A person goes on without what is missing: an event says who and why; what it was.

        `proved` is whether they have shown who they are, `settings` that those were lost too. From
        then on the platform is asked what was sold in the missing time.
        """
        missing = self.missing
        lost = (*((missing.loss.value,) if missing else ()), *(("settings",) if settings else ()))
        since = missing.since.isoformat() if missing and missing.since else None
        payload: dict[str, object] = {
            "missing": list(lost),
            "since": since,
            "reason": reason,
            "proved": proved,
        }
        with self.transaction() as conn:
            conn.execute("DELETE FROM home WHERE name = ?", (past.MISSING,))
            if missing:
                self.keep_row(conn, past.TO_ASK, missing.as_json())
            self.append(actor.event(EventKind.HISTORY_ACCEPTED, payload=payload))
        self.missing = None
        return lost

    def remember_settings(self, settings: str) -> None:
        """Keep the settings in force, for the day when their file is lost."""
        with self.transaction() as conn:
            self.keep_row(conn, past.SETTINGS, settings)

    def _first_sale(self, now: datetime) -> str:
        row = self.conn.execute("SELECT min(paid_at) FROM sales").fetchone()
        return str(row[0] or now.isoformat())

    def keep_row(self, conn: sqlite3.Connection, name: str, value: str) -> None:
        """Keep one value of the home, inside the running transaction."""
        conn.execute("INSERT OR REPLACE INTO home(name, value) VALUES (?, ?)", (name, value))

    def _load_head(self) -> None:
        row = self.conn.execute(
            "SELECT seq, hash, at FROM events WHERE counter = ? AND epoch = ?"
            " ORDER BY seq DESC LIMIT 1",
            (self.origin.counter, self.origin.epoch),
        ).fetchone()
        self._seq = row["seq"] if row else 0
        self._hash = row["hash"].hex() if row else GENESIS
        self._last_at = datetime.fromisoformat(row["at"]) if row else None

    def remember(self) -> None:
        """Leave the head beside the ledger and outside: an older file in its place then shows."""
        at = self._last_at.isoformat() if self._last_at else ""
        epoch = self.origin.epoch
        self._outside.write(
            self._told._replace(
                epoch=epoch, seq=self._seq, hash=self._hash, at=at, msgid=self.newest_id
            )
        )
        # One small write at a fixed place, with blanks over what a longer one left.
        mark = f'{{"epoch": "{epoch}", "seq": {self._seq}}}'.ljust(_MARK_BYTES)
        try:
            if self._mark_file is None:
                self._mark_file = os.open(self._mark, os.O_WRONLY | os.O_CREAT, 0o600)
            os.lseek(self._mark_file, 0, os.SEEK_SET)
            os.write(self._mark_file, mark.encode("ascii"))
        except OSError as error:  # what was committed stands; only a restore may go unnoticed
            _LOG.info("the head mark was not written: %s", error.strerror)


class _Transaction:
    """One transaction of the chain; a class because every scan goes through it."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def __enter__(self) -> sqlite3.Connection:
        return self._chain.begin()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._chain.commit()
        else:
            self._chain.roll_back()
            if isinstance(error, (sqlite3.Error, OSError)):
                raise database.world_error(error, self._chain.path) from error


def _draw_epoch() -> str:
    return "".join(secrets.choice(EPOCH_ALPHABET) for _ in range(EPOCH_CHARS))
