"""Prove sealed records: each is the one its event tells, and is gone only where that was told."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import in_order
from pharmacy_desk.adapters.store.base.proofs import sealed_proof


def sealed(conn: sqlite3.Connection) -> Iterator[str]:
    """Every record was kept by an event, with these bytes, and dropped by one."""
    kept: dict[str, tuple[object, object, object]] = {}
    dropped: set[str] = set()
    for kind, _, said in in_order(conn, ("sealed_kept", "sealed_dropped")):
        if kind == "sealed_dropped":
            dropped.add(said["record"])
        else:
            kept[said["record"]] = said["kind"], said["until"], said["proof"]
    rows = {row["reference"]: row for row in conn.execute("SELECT * FROM sealed_records")}
    for reference in sorted(kept.keys() ^ rows.keys()):
        yield f"sealed: record {reference} has a row or an event, not both"
    for reference in sorted(kept.keys() & rows.keys()):
        row = rows[reference]
        gone = row["wrapped_key"] is None and row["sealed"] is None and row["dropped_at"]
        if (reference in dropped) is not bool(gone):
            yield f"sealed: record {reference} is gone or there, its events say otherwise"
        elif (row["kind"], row["kept_until"]) != kept[reference][:2]:
            yield f"sealed: record {reference} is kept otherwise than its events say"
        elif not gone and sealed_proof(row["wrapped_key"], row["sealed"]) != kept[reference][2]:
            yield f"sealed: record {reference} is not what was sealed"
