"""The order in which a counter's epochs began: each names the one before it, clocks may lie."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any


def epoch_order(conn: sqlite3.Connection) -> dict[str, int]:
    """Each epoch's place, beginning with 1.

    Its opening event comes first in an epoch, or second where a doubtful clock had to be told.
    """
    before: dict[str, str] = {}
    for epoch, payload in conn.execute(
        "SELECT epoch, payload FROM events WHERE seq <= 2 AND kind = 'home_opened' ORDER BY seq"
    ):
        before.setdefault(epoch, json.loads(payload).get("previous", {}).get("epoch", ""))

    def age(epoch: str, seen: int = 0) -> int:
        known = epoch in before and seen < len(before)
        return 1 + age(before[epoch], seen + 1) if known else 0

    return {epoch: age(epoch) for epoch in before}


def in_order(
    conn: sqlite3.Connection, kinds: Sequence[str]
) -> list[tuple[str, str | None, dict[str, Any]]]:
    """(kind, document, payload) of events of some kinds, in the order they were written."""
    ranks = epoch_order(conn)
    found = conn.execute(
        "SELECT epoch, seq, kind, document, payload FROM events"
        f" WHERE kind IN ({', '.join('?' * len(kinds))})",
        tuple(kinds),
    ).fetchall()
    found.sort(key=lambda row: (ranks.get(row["epoch"], 0), row["seq"]))
    return [(row["kind"], row["document"], json.loads(row["payload"])) for row in found]


def events_in_order(conn: sqlite3.Connection, kinds: tuple[str, ...]) -> list[sqlite3.Row]:
    """Events of some kinds in the order in which they were written."""
    marks = ", ".join("?" * len(kinds))
    ranks = epoch_order(conn)
    found = conn.execute(
        "SELECT document, kind, payload, epoch, seq, operator, at FROM events"
        f" WHERE kind IN ({marks})",
        kinds,
    ).fetchall()
    return sorted(found, key=lambda row: (ranks.get(row["epoch"], 0), row["seq"]))
