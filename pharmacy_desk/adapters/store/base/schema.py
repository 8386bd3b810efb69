"""Which schema a ledger has, told in plain SQL so that nothing heavy is loaded at every start."""

import sqlite3

from pharmacy_desk.core.basics.errors import Fault, WorldError

# Names of all migrations this program knows, in order; a database with others is newer than us.
SCHEMA_NAMES = ("m001_ledger", "m002_custody", "m006_queue")


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
    """True when nothing has to be brought up to date. Raises `WorldError` for a newer file."""
    there = applied(conn)
    unknown = [name for name in there if name not in SCHEMA_NAMES]
    if unknown:
        raise WorldError(Fault.LEDGER_NEWER, schema=unknown[-1])
    return there == SCHEMA_NAMES
