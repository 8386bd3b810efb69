"""Prove what was typed on into another till: only boxes that were reserved before."""

import sqlite3
from collections.abc import Iterator


def typed_on(conn: sqlite3.Connection) -> Iterator[str]:
    """No code was typed on that its sale had not taken in first."""
    early = conn.execute(
        "SELECT t.code, t.document FROM events t WHERE t.kind = 'code_typed' AND NOT EXISTS"
        " (SELECT 1 FROM events r WHERE r.code = t.code AND r.document = t.document"
        " AND r.kind = 'box_reserved' AND r.counter = t.counter AND r.epoch = t.epoch"
        " AND r.seq < t.seq)"
    )
    for row in early:
        yield f"state: code {row[0]} was typed on before sale {row[1]} had it"
