"""The bare operations everything is measured against, in as little Python as does them."""

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

_TABLE = "bench_bare"


class BareLedger:
    """One indexed look-up, one fsync'd insert, in the ledger's own file on another connection."""

    def __init__(self, path: Path) -> None:
        self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._conn.execute("PRAGMA busy_timeout=5000")
        self._conn.execute("PRAGMA synchronous=FULL")
        # As rarely as ours: whoever folds the log in pays for both.
        self._conn.execute("PRAGMA wal_autocheckpoint=8000")
        mode = self._conn.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            raise AssertionError(f"the ledger is in WAL mode, not {mode}")
        self._conn.execute(
            f"CREATE TABLE IF NOT EXISTS {_TABLE}"
            "(id INTEGER PRIMARY KEY, code TEXT NOT NULL, at TEXT NOT NULL)"
        )

    def look_up(self, code: str) -> bool:
        """Whether a box with this code is sold or reserved, by the key of the claims."""
        found = self._conn.execute("SELECT sale FROM claims WHERE code = ?", (code,))
        return found.fetchone() is not None

    def insert(self, code: str) -> None:
        """One row on the disk when this returns."""
        self._conn.execute(
            f"INSERT INTO {_TABLE}(code, at) VALUES (?, ?)", (code, "2026-01-01T00:00:00+08:00")
        )

    def events_after(self, counter: str, epoch: str, seq: int) -> list[tuple[int, str, str]]:
        """(number, kind, code) of a chain's events behind event `seq`, in their order."""
        return self._conn.execute(
            "SELECT seq, kind, code FROM events WHERE counter = ? AND epoch = ? AND seq > ?"
            " ORDER BY seq",
            (counter, epoch, seq),
        ).fetchall()

    def head(self, counter: str, epoch: str) -> int:
        """The number of a chain's newest event."""
        found = self._conn.execute(
            "SELECT max(seq) FROM events WHERE counter = ? AND epoch = ?", (counter, epoch)
        )
        return int(found.fetchone()[0])

    def close(self) -> None:
        """Leave the file as a ledger: without the table that served here."""
        self._conn.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        self._conn.close()


@contextlib.contextmanager
def bare_ledger(path: Path) -> Iterator[BareLedger]:
    """A `BareLedger`, cleaned up."""
    ledger = BareLedger(path)
    try:
        yield ledger
    finally:
        ledger.close()


class BareDesk:
    """A queue with one worker: takes a code, looks it up, inserts it, tells that it is done."""

    def __init__(self, ledger: BareLedger, done: Callable[[], None]) -> None:
        self._ledger = ledger
        self._done = done
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="bare", daemon=True)
        self._thread.start()

    def scan(self, code: str) -> None:
        """Hand over one code."""
        self._queue.put(code)

    def stop(self) -> None:
        """End the worker."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (code := self._queue.get()) is not None:
            self._ledger.look_up(code)
            self._ledger.insert(code)
            self._done()
