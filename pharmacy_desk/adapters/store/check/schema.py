"""Prove the schema: tables, indexes and triggers are those the program's migrations make.

Looked at by their text, not by their names: a guard that was replaced under its own name by one
that guards nothing is found, and so is anything that was put in beside them.
"""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import schema, upgrade


def constraints(conn: sqlite3.Connection) -> Iterator[str]:
    """Compare with a fresh database that has been through the same migrations."""
    ours = _by_name(upgrade.made_by(schema.applied(conn)))
    there = _by_name(schema.parts(conn))
    for name in sorted(ours.keys() | there.keys()):
        if name not in there:
            yield f"schema: the {ours[name][0]} {name} is missing"
        elif name not in ours:
            yield f"schema: the {there[name][0]} {name} is not of this program"
        elif ours[name] != there[name]:
            yield f"schema: the {there[name][0]} {name} is not as this program makes it"


def _by_name(parts: schema.Parts) -> dict[str, tuple[str, str, str]]:
    return {name: (kind, *part) for (kind, name), part in parts.items()}
