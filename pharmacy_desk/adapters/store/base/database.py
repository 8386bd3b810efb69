"""Open the ledger's file: pragmas, refusals with a reason, failures as sentences."""

import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pharmacy_desk.adapters.store.base import fence, fixed_medium, schema
from pharmacy_desk.core.basics.errors import Fault, WorldError

_LOG = logging.getLogger(__name__)
# What reading a row raises whose cells are not what they should be.
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
)
_FAULTS = {
    sqlite3.SQLITE_FULL: Fault.DISK_FULL,
    sqlite3.SQLITE_READONLY: Fault.HOME_NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: Fault.HOME_NOT_WRITABLE,
    sqlite3.SQLITE_PERM: Fault.HOME_NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: Fault.HOME_NOT_WRITABLE,
    sqlite3.SQLITE_BUSY: Fault.HOME_IN_USE,
    sqlite3.SQLITE_LOCKED: Fault.HOME_IN_USE,
}
# An input error of a file that ends too early, or that the file system calls torn.
_TORN = (sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
# A reader or a second process holds a lock for milliseconds; five seconds means trouble.
_BUSY_MS = 5000
# Folding the log in writes pages all over the file, 10 ms and more in a large one: a quiet counter
# does it (`Chain.tidy`), a busy one only when the log has grown to 32 MB, after some 1 300 scans.
_CHECKPOINT_PAGES = 8000


def is_current(path: Path) -> bool:
    """True when the file is there with today's schema. Raises `WorldError` for a newer one."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    with world_errors(path):
        conn = connect(str(path))
        try:
            return schema.is_current(conn)
        finally:
            conn.close()


def open_writer(path: Path) -> sqlite3.Connection:
    """The one writing connection, to a file that `upgrade` has seen; transactions are written out.

    WAL with `synchronous=FULL`: a commit has reached the disk when it returns (invariant 1).
    Raises `WorldError` (damaged file, read-only or full disk).
    """
    with world_errors(path):
        conn = connect(str(path))
        try:
            make_durable(conn)
        except BaseException:
            conn.close()
            raise
        conn.isolation_level = None
        conn.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        return conn


def make_durable(conn: sqlite3.Connection) -> None:
    """Pragmas of every writing connection."""
    conn.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for lists, commands and searches; sees whole transactions only."""
    with world_errors(path):
        if not path.exists():
            raise WorldError(Fault.FILE_MISSING, path=str(path))
        conn = connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        if fixed_medium.is_fixed(path) and not _reads(conn):
            conn.close()
            conn = fixed_medium.open_fixed(path, partial(connect, uri=True))
        conn.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        conn.execute("PRAGMA query_only=ON")
        return conn


def _reads(conn: sqlite3.Connection) -> bool:
    """False where SQLite lacks a file beside the ledger and cannot make it."""
    try:
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False
    return True


def connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection with named columns."""
    # One thread uses a connection at a time by construction (lanes); the check would only forbid
    # closing it from the thread that stops the lane.
    conn = sqlite3.connect(target, uri=uri, check_same_thread=False)
    conn.row_factory = sqlite3.Row
    return conn


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """The same, and rows that cannot be read as what they should be are a damaged ledger.

    For what only reads rows and makes values of them. What was wrong goes to the log.
    """
    try:
        with world_errors(path):
            yield
    except UNREADABLE as error:
        raise unreadable(error, path) from error


def unreadable(error: Exception, path: Path) -> WorldError:
    """A row that cannot be read, with what to do; its trace goes to the log."""
    _LOG.info("a row of %s cannot be read", path, exc_info=error)
    return WorldError(Fault.LEDGER_DAMAGED, path=str(path), detail=type(error).__name__)


@contextmanager
def world_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's failures into `WorldError` with what to do."""
    try:
        yield
    except WorldError:
        raise
    except (sqlite3.Error, OSError) as error:
        raise world_error(error, path) from error


def world_error(error: sqlite3.Error | OSError, path: Path) -> WorldError:
    """A failure of SQLite or the file system with what to do."""
    if isinstance(error, sqlite3.Error):
        _, refused, where = str(error).partition(fence.REFUSAL)
        if refused:
            return WorldError(Fault.PERSON_NUMBER, where=where)
        return WorldError(_fault(error), path=str(path), detail=str(error))
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    fault = Fault.DISK_FULL if full else Fault.HOME_NOT_WRITABLE
    return WorldError(fault, path=str(path), detail=error.strerror or str(error))


def _fault(error: sqlite3.Error) -> Fault:
    """By SQLite's own code: its words may quote what stands in a damaged row."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code in _TORN:
        return Fault.LEDGER_DAMAGED
    return _FAULTS.get(code & 0xFF, Fault.LEDGER_DAMAGED)
