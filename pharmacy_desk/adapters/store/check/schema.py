"""Prove the schema: tables, indexes and triggers are those the program's migrations make.

Looked at by their text, not by their names: a guard that was replaced under its own name by one
that guards nothing is found, and so is anything that was put in beside them.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache

from sqlite_utils import Database

from pharmacy_desk.adapters.store.base import schema
from pharmacy_desk.adapters.store.migrations import migrations


def constraints(conn: sqlite3.Connection) -> Iterator[str]:
    """Compare with a fresh database that has been through the same migrations."""
    ours = _made_by(schema.applied(conn))
    there = _schema(conn)
    for name in sorted(ours.keys() | there.keys()):
        if name not in there:
            yield f"schema: the {ours[name][0]} {name} is missing"
        elif name not in ours:
            yield f"schema: the {there[name][0]} {name} is not of this program"
        elif ours[name] != there[name]:
            yield f"schema: the {there[name][0]} {name} is not as this program makes it"


@cache
def _made_by(names: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    behind = next((name for name in schema.SCHEMA_NAMES if name not in names), None)
    conn = sqlite3.connect(":memory:")
    try:
        migrations.apply(Database(conn, execute_plugins=False), stop_before=behind)
        return _schema(conn)
    finally:
        conn.close()


def _schema(conn: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    """(type, table, text without blanks and quotes) by name; SQLite's own tables left out."""
    found = conn.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
        " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {str(name): (kind, table, _plain(sql)) for kind, name, table, sql in found}


def _plain(sql: str) -> str:
    return "".join(sql.split()).replace('"', "")
