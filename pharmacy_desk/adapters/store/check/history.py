"""Say what is missing of the past, until a person has decided about it."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import past
from pharmacy_desk.core.basics.history import missing_from


def history(conn: sqlite3.Connection) -> Iterator[str]:
    """The gap that was found at a start and that nobody has decided about."""
    row = conn.execute("SELECT value FROM home WHERE name = ?", (past.MISSING,)).fetchone()
    if row:
        missing = missing_from(row[0])
        since = missing.since.isoformat() if missing.since else "the beginning"
        yield f"history: {missing.loss.value} missing since {since}, and nobody has decided yet"
