"""Prove what is kept of work on files: no draft outlives its document, the rest equals the log."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import epoch_order


def drafts(conn: sqlite3.Connection) -> Iterator[str]:
    """A draft whose last document is posted must be gone, and every draft must be readable."""
    done = conn.execute(
        "SELECT d.number, e.document FROM drafts d JOIN events e"
        " ON e.kind = 'document_posted' AND json_extract(e.payload, '$.draft') = d.number"
    )
    for row in done:
        yield f"draft: {row[0]} is still there, document {row[1]} has ended it"
    for row in conn.execute("SELECT number FROM drafts WHERE NOT json_valid(body)"):
        yield f"draft: {row[0]} cannot be read"


def learned_headers(conn: sqlite3.Connection) -> Iterator[str]:
    """Learned header names are what the events say of them, the last one counting."""
    ranks = epoch_order(conn)
    told: dict[tuple[str, str], tuple[int, int, str]] = {}
    for epoch, seq, payload in conn.execute(
        "SELECT epoch, seq, payload FROM events WHERE kind = 'headers_learned'"
    ):
        said = json.loads(payload)
        for header, column in said["names"].items():
            key = (said["party"], header)
            told[key] = max(told.get(key, (-1, 0, "")), (ranks.get(epoch, 0), seq, column))
    kept = {
        (row[0], row[1]): row[2]
        for row in conn.execute("SELECT party, header, field FROM learned_headers")
    }
    for key in sorted(kept.keys() | told.keys()):
        said_last = told.get(key, (0, 0, None))[2]
        if kept.get(key) != said_last:
            yield (
                f"headers: {key[1]} of {key[0]} is kept as {kept.get(key)},"
                f" its event says {said_last}"
            )


def supplier_drugs(conn: sqlite3.Connection) -> Iterator[str]:
    """The drug that a supplier's words mean is what their last event says."""
    ranks = epoch_order(conn)
    told: dict[tuple[str, ...], tuple[int, int, str]] = {}
    for epoch, seq, payload in conn.execute(
        "SELECT epoch, seq, payload FROM events WHERE kind = 'supplier_drug_learned'"
    ):
        said = json.loads(payload)
        key = tuple(said[part] for part in ("party", "name", "spec", "maker"))
        told[key] = max(told.get(key, (-1, 0, "")), (ranks.get(epoch, 0), seq, said["item"]))
    kept = {
        tuple(row[:4]): row[4]
        for row in conn.execute("SELECT party, name, spec, maker, item FROM supplier_drugs")
    }
    for key in sorted(kept.keys() | told.keys()):
        said_last = told.get(key, (0, 0, None))[2]
        if kept.get(key) != said_last:
            yield (
                f"supplier's drug: {' '.join(key)} is kept as {kept.get(key)},"
                f" its event says {said_last}"
            )
