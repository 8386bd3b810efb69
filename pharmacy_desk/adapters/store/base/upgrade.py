"""Bring a ledger's schema up to date, with a copy before. Loaded only when there is work for it."""

import shutil
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pharmacy_desk.adapters.store.base import database, schema
from pharmacy_desk.adapters.store.migrations import IN_ORDER
from pharmacy_desk.core.basics.errors import Fault, WorldError


def bring_up_to_date(path: Path) -> None:
    """Apply what is missing; a file that holds anything is copied beside itself first.

    Raises `WorldError` (newer database, one of no release, damaged file, read-only or full disk).
    """
    with database.damage(path):
        fresh = not path.exists() or path.stat().st_size == 0
        conn = database.connect(str(path))
        try:
            if not fresh:
                _refuse_of_no_release(conn)
            database.make_durable(conn)
            if schema.applied(conn) == schema.SCHEMA_NAMES:
                return
            if not fresh:
                _copy_before_upgrade(conn, path)
            _migrations().apply(Database(conn, execute_plugins=False))
        finally:
            conn.close()


@cache
def made_by(names: tuple[str, ...]) -> schema.Parts:
    """What the migrations up to these make of a fresh database."""
    behind = next((name for name in schema.SCHEMA_NAMES if name not in names), None)
    conn = sqlite3.connect(":memory:")
    try:
        _migrations().apply(Database(conn, execute_plugins=False), stop_before=behind)
        return schema.parts(conn)
    finally:
        conn.close()


def _refuse_of_no_release(conn: sqlite3.Connection) -> None:
    """A ledger that lacks a table, column or index its migrations make is opened by no program.

    What was put in beside them hinders nothing; the check tells of it.
    """
    if schema.is_current(conn):
        return
    names = schema.applied(conn)
    there = schema.parts(conn)
    for key, part in sorted(made_by(names).items()):
        if names and key[0] in ("table", "index") and there.get(key) != part:
            raise WorldError(Fault.LEDGER_OF_NO_RELEASE, schema=names[-1], part=key[1])


def _migrations() -> Migrations:
    """The migrations as their library applies them, each in a transaction with its name."""
    made = Migrations("pharmacy_desk")
    for name, sql in IN_ORDER:
        made(name=name)(_step(name, sql))
    return made


def _step(name: str, sql: str) -> Any:
    def step(db: Any) -> None:
        for statement in _statements(sql):
            db.conn.execute(statement)

    step.__name__ = name
    return step


def _statements(script: str) -> list[str]:
    """Single statements of a script; a trigger's body keeps its inner semicolon."""
    found: list[str] = []
    held = ""
    for part in script.split(";"):
        held = f"{held};{part}" if held else part
        if "CREATE TRIGGER" in held and not held.rstrip().endswith("END"):
            continue
        if held.strip():
            found.append(held.strip())
        held = ""
    return found


def _copy_before_upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """A whole copy beside the ledger before its schema changes; WAL is folded in first."""
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy2(path, path.with_suffix(".before-upgrade.db"))
