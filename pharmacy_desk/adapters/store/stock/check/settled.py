"""Prove the marks of codes settled elsewhere: each is what the code's last such event says."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import epoch_order

_ELSEWHERE = "code_settled_elsewhere"


def settled(conn: sqlite3.Connection) -> Iterator[str]:
    """Replay what the platform said of codes, and compare with the marks."""
    ranks = epoch_order(conn)
    last: dict[str, tuple[int, int, str, str]] = {}
    found = conn.execute(
        "SELECT code, epoch, seq, kind, at FROM events"
        " WHERE kind IN ('code_settled_elsewhere', 'code_settled_here')"
    )
    for code, epoch, seq, kind, at in found:
        last[code] = max(last.get(code, (-1, 0, "", "")), (ranks.get(epoch, 0), seq, kind, at))
    told = {code: at for code, (_, _, kind, at) in last.items() if kind == _ELSEWHERE}
    kept = dict(
        conn.execute("SELECT code, settled_at FROM boxes WHERE settled_at IS NOT NULL").fetchall()
    )
    for code in sorted(told.keys() | kept.keys()):
        if told.get(code) != kept.get(code):
            yield (
                f"settled: code {code} is kept as settled elsewhere {kept.get(code) or 'never'},"
                f" its events say {told.get(code) or 'never'}"
            )
