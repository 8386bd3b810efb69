"""A chain's own database: one query gives its open tickets, another its drug list.

Through SQLAlchemy, whichever engine it is; the driver is IT's to install. Nothing is ever written
there: the statement is looked at before it is sent (`sql_reading`), the connection is opened to
read only where the engine can, and what was begun is rolled back. A query that hangs is given up
after its time, and no second one is begun beside it.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from pharmacy_desk.adapters.given_files import read_text
from pharmacy_desk.adapters.till.sql_reading import as_sent, asked_for, cell, only_reads
from pharmacy_desk.core.basics.errors import Fault, WorldError

_MOST_STATEMENT = 100_000
_PIECE = 1_000
# What makes a session read only, and how long a statement may take there, by the engine's name.
_BEGIN: dict[str, tuple[str, ...]] = {
    "sqlite": ("PRAGMA query_only = ON",),
    "postgresql": ("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = {ms}"),
    "mysql": ("SET SESSION TRANSACTION READ ONLY", "SET SESSION max_execution_time = {ms}"),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY", "SET SESSION max_statement_time = {s}"),
    "oracle": ("SET TRANSACTION READ ONLY",),
    "mssql": ("SET LOCK_TIMEOUT {ms}",),
}
Rows = list[tuple[int, list[str]]]
T = TypeVar("T")


class SqlDoor:
    """Asks the database; each question has its time, and runs on a thread of its own."""

    def __init__(self, url: str, password: str | None, *, seconds: float = 20.0) -> None:
        self._seconds = seconds
        self._engine = _engine(url, password)
        self._connection: Connection | None = None
        self._under_way: threading.Thread | None = None

    def rows(self, file: Path, most: int, since: datetime | None = None) -> Rows:
        """The table that the query in `file` gives: its header and rows, numbered as in a file.

        `since` is what it gets for `:since`. Raises `WorldError`, with everything that is wrong.
        """
        statement = read_text(file, _MOST_STATEMENT)
        wanted = asked_for(statement)
        if not only_reads(statement) or wanted - ({"since"} if since else set()):
            raise WorldError(Fault.SQL_NOT_READING, path=str(file))
        # The clock of the shop, as its own programs write it down.
        given = {"since": since.replace(tzinfo=None)} if since and wanted else {}
        return self._in_time(lambda: self._ask(as_sent(statement), given, most))

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        if self._under_way and self._under_way.is_alive():
            self._break_off()

    def _ask(self, statement: str, given: dict[str, Any], most: int) -> Rows:
        times = {"ms": int(self._seconds * 1000), "s": int(self._seconds)}
        try:
            with self._engine.connect() as connection:
                self._connection = connection
                for one in _BEGIN.get(self._name(), ()):
                    connection.exec_driver_sql(one.format_map(times))
                found = connection.execute(text(statement).bindparams(**given))
                rows: Rows = [(1, [str(name) for name in found.keys()])]  # noqa: SIM118 - no mapping
                while part := found.fetchmany(_PIECE):
                    if len(rows) + len(part) > most:
                        raise WorldError(Fault.SQL_TOO_MANY, most=most)
                    rows += [
                        (len(rows) + place + 1, [cell(value) for value in row])
                        for place, row in enumerate(part)
                    ]
                connection.rollback()
                return rows
        except (SQLAlchemyError, OSError, ValueError) as error:
            raise WorldError(Fault.SQL_FAILED, detail=_said(error)) from error
        finally:
            self._connection = None

    def _name(self) -> str:
        """The engine as it is spoken to; a MariaDB may be reached as a MySQL."""
        dialect = self._engine.dialect
        return "mariadb" if getattr(dialect, "is_mariadb", False) else str(dialect.name)

    def _in_time(self, job: Callable[[], T]) -> T:
        """Raises `WorldError` when it takes too long; it is broken off as far as the driver can."""
        if self._under_way and self._under_way.is_alive():
            raise WorldError(Fault.SQL_SLOW, seconds=int(self._seconds))
        answer: Future[T] = Future()
        thread = threading.Thread(target=_run, args=(job, answer), name="till-sql", daemon=True)
        self._under_way = thread
        thread.start()
        try:
            return answer.result(timeout=self._seconds)
        except NotInTime:
            self._break_off()
            raise WorldError(Fault.SQL_SLOW, seconds=int(self._seconds)) from None

    def _break_off(self) -> None:
        """By the driver's own way where it has one, else by closing the line to it."""
        connection = self._connection
        if connection is None:  # it is still being made
            return
        with contextlib.suppress(Exception):  # it may have ended meanwhile, in its own way
            driver = connection.connection.driver_connection
            ways = (getattr(driver, name, None) for name in ("interrupt", "cancel", "close"))
            next(way for way in ways if way)()


def _run(job: Callable[[], T], answer: "Future[T]") -> None:
    try:
        answer.set_result(job())
    except Exception as error:  # noqa: BLE001 - the top of this thread; raised where it is waited for
        answer.set_exception(error)


def _engine(url: str, password: str | None) -> Engine:
    """Raises `WorldError` for an address that is none, or whose driver is not installed."""
    try:
        told = make_url(url)
        if told.get_backend_name() == "sqlite":
            return create_engine("sqlite://", creator=lambda: _read_only(told), poolclass=NullPool)
        if password:
            told = told.set(password=password)
        return create_engine(told, poolclass=NullPool, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise WorldError(Fault.SQL_NO_DRIVER, detail=_said(error)) from error


def _read_only(url: URL) -> sqlite3.Connection:
    file = Path(url.database or "").absolute()
    # Interrupted from another thread when its time is over.
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _said(error: Exception) -> str:
    """The driver's own first line: without statement and parameters, and no longer than a line."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0][:200] if said else type(error).__name__
