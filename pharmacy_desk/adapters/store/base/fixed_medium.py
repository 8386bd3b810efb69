"""Read a ledger from a medium nobody can write to: a DVD, a snapshot, a read-only mount.

SQLite reads a file in WAL mode only with an index beside it (`-shm`), which it cannot make there.
Where no writer can be, it is told that the file never changes. A write-ahead log that a kill left
behind holds the newest sales, and a file that never changes has none: both are copied and folded
together elsewhere.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from pharmacy_desk.core.basics.errors import Fault, WorldError

Connect = Callable[[str], sqlite3.Connection]


def is_fixed(path: Path) -> bool:
    """True for a file on a medium that is mounted read-only (never on Windows: it does not say)."""
    if os.name == "nt":
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def open_fixed(path: Path, connect: Connect) -> sqlite3.Connection:
    """A connection to such a file; `connect` opens a URI.

    Raises `WorldError` when the file changes while it is copied: it is written from elsewhere.
    """
    path = path.resolve()
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return connect(f"{path.as_uri()}?immutable=1")
    with tempfile.TemporaryDirectory(prefix="pharmacy-desk-") as folder:
        before = _state(path, log)
        copy = Path(folder) / path.name
        for source in (path, log):
            shutil.copyfile(source, copy.with_name(source.name))
        if _state(path, log) != before:
            raise WorldError(Fault.HOME_IN_USE, path=str(path))
        folding = connect(copy.as_uri())
        folding.execute("PRAGMA journal_mode=DELETE").fetchall()
        folding.close()
        conn = connect(f"{copy.as_uri()}?immutable=1")
        # Once read from, the file is open: its name may go, and its bytes with the connection.
        conn.execute("SELECT 1 FROM sqlite_master").fetchall()
        return conn


def _state(*files: Path) -> list[tuple[int, int]]:
    told = [file.stat() for file in files]
    return [(one.st_size, one.st_mtime_ns) for one in told]
