"""Prove prescriptions: each is as it was kept, stands where it was put, and is taken once."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.epochs import epoch_order


def prescriptions(conn: sqlite3.Connection) -> Iterator[str]:
    """Rows, sales and dispensings equal their events; nothing is dispensed beyond its quantity."""
    yield from _kept(conn)
    yield from _put(conn)
    yield from _dispensed(conn)
    over = conn.execute(
        "SELECT d.prescription, d.rx_line, sum(d.packs) AS packs, l.quantity FROM dispensings d"
        " LEFT JOIN prescription_lines l ON l.prescription = d.prescription AND l.line = d.rx_line"
        " GROUP BY d.prescription, d.rx_line HAVING sum(d.packs) > coalesce(l.quantity, 0)"
    )
    for row in over:
        yield f"prescription: {row[0]} line {row[1]} is dispensed {row[2]} of {row[3]}"


def _kept(conn: sqlite3.Connection) -> Iterator[str]:
    told = {row["rx"]: row["proof"] for row in _in_order(conn, "rx_kept")}
    kept = {row[0] for row in conn.execute("SELECT id FROM prescriptions")}
    for reference in sorted(kept - told.keys()):
        yield f"prescription: {reference} has no event"
    for reference, proof in sorted(told.items()):
        if reference not in kept:
            yield f"prescription: {reference} is missing"
        elif proofs.prescription_proof(conn, reference) != proof:
            yield f"prescription: {reference} is not as it was kept"


def _put(conn: sqlite3.Connection) -> Iterator[str]:
    last = {row["document"]: row["rx"] for row in _in_order(conn, "rx_set")}
    kept = {
        row[0]: row[1]
        for row in conn.execute(
            "SELECT number, prescription FROM sales WHERE prescription IS NOT NULL"
        )
    }
    for sale in sorted(last.keys() | kept.keys()):
        if last.get(sale) != kept.get(sale):
            yield f"prescription: sale {sale} is kept with another one than its events say"


def _in_order(conn: sqlite3.Connection, kind: str) -> list[sqlite3.Row]:
    """Events of a kind as they were written, what they name, and the digest they carry."""
    ranks = epoch_order(conn)
    found = conn.execute(
        "SELECT document, json_extract(payload, '$.rx') AS rx,"
        " json_extract(payload, '$.proof') AS proof, epoch, seq FROM events WHERE kind = ?",
        (kind,),
    ).fetchall()
    return sorted(found, key=lambda row: (ranks.get(row["epoch"], 0), row["seq"]))


def _dispensed(conn: sqlite3.Connection) -> Iterator[str]:
    # A sale takes once; what came back of it is taken back after that.
    told = _packs(conn, "rx_dispensed") - _packs(conn, "rx_taken_back")
    kept = {
        tuple(row)
        for row in conn.execute("SELECT sale, prescription, line, rx_line, packs FROM dispensings")
    }
    for sale in sorted({str(row[0]) for row in told ^ kept}):
        yield f"prescription: what sale {sale} took is not what its event says"


def _packs(conn: sqlite3.Connection, kind: str) -> set[tuple[object, ...]]:
    """(sale, prescription, line, its line, packs) of every event of a kind."""
    found = conn.execute("SELECT document, payload FROM events WHERE kind = ?", (kind,))
    return {
        (row["document"], said["rx"], *place)
        for row in found
        for said in (json.loads(row["payload"]),)
        for place in said["packs"]
    }
