"""Prove shifts and closed days: each is what its events say, and its sums are its documents'."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.sale.shifts import sums
from pharmacy_desk.core.basics.events import canonical, hash_fields
from pharmacy_desk.core.sale.shift import told_totals

# What documents say for good; what the insurance told of one may be told anew.
_LASTING = ("sales", "total_fen", "boxes", "codes", "payments", "tenders", "refund_fen", "returns")


def shifts(conn: sqlite3.Connection) -> Iterator[str]:
    """Each shift was opened, and is closed, by an event of its own."""
    told = {
        number: (operator, at, json.loads(payload)["float_fen"])
        for number, operator, at, payload in _events(conn, "shift_opened")
    }
    ended = {number for number, *_ in _events(conn, "shift_closed")}
    kept = {row["number"]: row for row in conn.execute("SELECT * FROM shifts")}
    for number in sorted(told.keys() | kept.keys()):
        row = kept.get(number)
        there = row and (row["opened_by"], row["opened_at"], row["float_fen"])
        if there != told.get(number) or (row and bool(row["closed"]) is not (number in ended)):
            yield f"shift: {number} is not what its events say"


def closings(conn: sqlite3.Connection) -> Iterator[str]:
    """Each close is the one its event told, of the documents it names, and adds up to them."""
    told = {
        (number, kind.partition("_")[0]): (operator, at, json.loads(payload))
        for kind in ("shift_closed", "day_closed")
        for number, operator, at, payload in _events(conn, kind)
    }
    kept = {(row["number"], row["kind"]): row for row in conn.execute("SELECT * FROM closings")}
    for key in sorted(told.keys() | kept.keys()):
        row, said = kept.get(key), told.get(key)
        if row is None or said is None:
            yield f"{key[1]}: close {key[0]} has a row or an event, not both"
            continue
        operator, at, payload = said
        proof = payload.pop("documents_proof")
        if (row["operator"], row["at"], row["told"]) != (operator, at, canonical(payload)):
            yield f"{key[1]}: close {key[0]} is not what its event says"
        yield from _documents(conn, key, payload["totals"], proof)
    stray = conn.execute(
        "SELECT document FROM closed_documents d WHERE NOT EXISTS (SELECT 1 FROM closings c"
        " WHERE c.number = d.closing AND c.kind = d.kind)"
    )
    for row in stray:
        yield f"close: document {row[0]} is in a close that is not there"


def _documents(
    conn: sqlite3.Connection, key: tuple[str, str], told: dict[str, object], proof: str
) -> Iterator[str]:
    numbers = [
        row[0]
        for row in conn.execute(
            "SELECT document FROM closed_documents WHERE closing = ? AND kind = ?", key
        )
    ]
    if hash_fields(*sorted(numbers)) != proof:
        yield f"{key[1]}: close {key[0]} holds other documents than its event says"
        return
    sold = {row[0] for row in conn.execute("SELECT number FROM sales WHERE paid_at IS NOT NULL")}
    sales = [number for number in numbers if number in sold]
    again = told_totals(sums(conn, sales, [one for one in numbers if one not in sold]))
    if any(again[name] != told[name] for name in _LASTING):
        yield f"{key[1]}: close {key[0]} does not add up to its documents"


def _events(conn: sqlite3.Connection, kind: str) -> list[tuple[str, str, str, str]]:
    rank = epoch_order(conn)
    found = conn.execute(
        "SELECT document, operator, at, payload, epoch, seq FROM events WHERE kind = ?", (kind,)
    ).fetchall()
    found.sort(key=lambda row: (rank.get(row["epoch"], 0), row["seq"]))
    return [(row["document"], row["operator"], row["at"], row["payload"]) for row in found]
