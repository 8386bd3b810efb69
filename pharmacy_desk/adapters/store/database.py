"""Open the ledger's file: pragmas, migrations with a copy before them, refusals with a reason."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from pharmacy_desk.adapters.store.migrations import SCHEMA_NAMES, migrations
from pharmacy_desk.core.errors import Fault, WorldError

# A reader or a second process holds a lock for milliseconds; five seconds means trouble.
_BUSY_MS = 5000


def open_writer(path: Path) -> Database:
    """The one writing connection, schema brought up to date.

    WAL with `synchronous=FULL`: a commit has reached the disk when it returns (invariant 1).
    Raises `WorldError` (newer database, damaged file, read-only or full disk).
    """
    with world_errors(path):
        fresh = not path.exists() or path.stat().st_size == 0
        db = Database(_connect(str(path)), execute_plugins=False)
        conn = db.conn
        try:
            conn.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            conn.execute("PRAGMA journal_mode=WAL")
            conn.execute("PRAGMA synchronous=FULL")
            conn.execute("PRAGMA foreign_keys=ON")
            _refuse_newer(db)
            if not fresh and migrations.pending(db):
                _copy_before_upgrade(conn, path)
            migrations.apply(db)
        except BaseException:
            conn.close()
            raise
        return db


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for lists, commands and searches; sees whole transactions only."""
    with world_errors(path):
        if not path.exists():
            raise WorldError(Fault.FILE_MISSING, path=str(path))
        conn = _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        conn.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        conn.execute("PRAGMA query_only=ON")
        return conn


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    # One thread uses a connection at a time by construction (lanes); the check would only forbid
    # closing it from the thread that stops the lane.
    conn = sqlite3.connect(target, uri=uri, check_same_thread=False)
    conn.row_factory = sqlite3.Row
    return conn


def _refuse_newer(db: Database) -> None:
    unknown = [m.name for m in migrations.applied(db) if m.name not in SCHEMA_NAMES]
    if unknown:
        raise WorldError(Fault.LEDGER_NEWER, schema=unknown[-1])


def _copy_before_upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """A whole copy beside the ledger before its schema changes; WAL is folded in first."""
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy2(path, path.with_suffix(".before-upgrade.db"))


@contextmanager
def world_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's failures into `WorldError` with what to do."""
    try:
        yield
    except WorldError:
        raise
    except sqlite3.Error as error:
        raise WorldError(_fault(str(error).lower()), path=str(path), detail=str(error)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        fault = Fault.DISK_FULL if full else Fault.HOME_NOT_WRITABLE
        raise WorldError(fault, path=str(path), detail=error.strerror or str(error)) from error


def _fault(message: str) -> Fault:
    if "full" in message:
        return Fault.DISK_FULL
    if "readonly" in message or "unable to open" in message or "disk i/o" in message:
        return Fault.HOME_NOT_WRITABLE
    if "locked" in message or "busy" in message:
        return Fault.HOME_IN_USE
    return Fault.LEDGER_DAMAGED
