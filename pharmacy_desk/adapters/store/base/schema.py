"""Which schema a ledger has, told in plain SQL so that nothing heavy is loaded at every start."""

import hashlib
import sqlite3

from pharmacy_desk.adapters.store.migrations import IN_ORDER
from pharmacy_desk.core.basics.errors import Fault, WorldError

# Names of all migrations this program knows, in order; a database with others is newer than us.
SCHEMA_NAMES = tuple(name for name, _ in IN_ORDER)
# What `digest` tells of a ledger that all of them have made; a test makes one and compares.
# A ledger with another is looked at part by part before it is opened or refused.
DIGEST = "2d98d594c7f5bc74"

# (table, text without blanks and quotes) by kind and name.
Parts = dict[tuple[str, str], tuple[str, str]]


def applied(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the migrations a file has been through; none for a new file."""
    table = conn.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()
    if table is None:
        return ()
    found = conn.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = 'pharmacy_desk' ORDER BY rowid"
    )
    return tuple(row[0] for row in found)


def is_current(conn: sqlite3.Connection) -> bool:
    """True when nothing has to be brought up to date. Raises `WorldError` for a newer file.

    Migrations went by their names before they were frozen: a ledger made by a program between
    two releases may carry today's names and lack a column.
    """
    there = applied(conn)
    unknown = [name for name in there if name not in SCHEMA_NAMES]
    if unknown:
        raise WorldError(Fault.LEDGER_NEWER, schema=unknown[-1])
    return there == SCHEMA_NAMES and digest(conn) == DIGEST


def digest(conn: sqlite3.Connection) -> str:
    """Of the tables and indexes; a guard that is missing is for the check to find."""
    held = sorted((key, part) for key, part in parts(conn).items() if key[0] in ("table", "index"))
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def parts(conn: sqlite3.Connection) -> Parts:
    """Every table, index and trigger but SQLite's own."""
    found = conn.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
        " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {(str(kind), str(name)): (table, _plain(sql)) for kind, name, table, sql in found}


def _plain(sql: str) -> str:
    return "".join(sql.split()).replace('"', "")
