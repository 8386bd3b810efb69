"""A look at a ledger's file past the program: plain SQL on a connection of its own.

What the program says it has written is judged by the file; nothing of the program is used here.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any


def rows(ledger: Path, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
    """What the file holds now; the connection can only read."""
    with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        return conn.execute(sql, values).fetchall()


def row(ledger: Path, sql: str, values: Sequence[Any] = ()) -> Any:
    """The first row of it; None when there is none."""
    return next(iter(rows(ledger, sql, values)), None)


def write(ledger: Path, sql: str, values: Sequence[Any] = ()) -> None:
    """Change the file behind the program's back, as somebody with a tool could."""
    with closing(sqlite3.connect(ledger)) as conn, conn:
        conn.execute(sql, values)
