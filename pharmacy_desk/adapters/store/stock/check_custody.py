"""Prove custody: where each box is said to be is where its own events leave it."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.stock.documents import drugs_digest
from pharmacy_desk.core.stock.custody import BoxState, Move, after

_MOVES = {move.value: move for move in Move}


def custody(conn: sqlite3.Connection) -> Iterator[str]:
    """Replay the moves of every box that has a record, and compare."""
    ranks = epoch_order(conn)
    codes = conn.execute("SELECT code, state FROM boxes ORDER BY code")
    for code, state in codes:
        moves = _moves(conn, code, ranks)
        lived: BoxState | None = None
        for move in moves:
            then = after(lived, move)
            if then is None:
                yield f"custody: box {code}: {move.value} after {lived.value if lived else 'none'}"
                break
            lived = then
        else:
            if lived is None or lived.value != state:
                told = lived.value if lived else "nothing"
                yield f"custody: box {code} is kept as {state}, its events say {told}"
    yield from _drugs(conn)
    strays = conn.execute(
        "SELECT d.number FROM documents d LEFT JOIN events e ON e.document = d.number"
        " AND e.code IS NULL AND e.kind = 'document_posted' WHERE e.seq IS NULL"
    )
    for row in strays:
        yield f"custody: document {row[0]} has no event"


def _drugs(conn: sqlite3.Connection) -> Iterator[str]:
    """The drugs of a receiving are those its event was written with."""
    told = conn.execute(
        "SELECT document, json_extract(payload, '$.drugs') FROM events"
        " WHERE kind = 'document_posted' AND json_extract(payload, '$.drugs') IS NOT NULL"
    )
    for document, digest in told:
        if drugs_digest(conn, document) != digest:
            yield f"custody: the drugs of document {document} are not those of its event"


def _moves(conn: sqlite3.Connection, code: str, ranks: dict[str, int]) -> list[Move]:
    """A box's moves in order: its own events, and the payment of the sales it was in."""
    own = conn.execute(
        "SELECT epoch, seq, kind, document FROM events WHERE code = ?", (code,)
    ).fetchall()
    told = [
        (ranks.get(epoch, 0), seq, _MOVES[kind]) for epoch, seq, kind, _ in own if kind in _MOVES
    ]
    sales = {document for _, _, kind, document in own if kind == "box_reserved"}
    for sale in sales:
        told += [
            (ranks.get(epoch, 0), seq, Move.SELL)
            for epoch, seq in conn.execute(
                "SELECT e.epoch, e.seq FROM events e, json_each(e.payload, '$.codes') j"
                " WHERE e.document = ? AND e.code IS NULL AND e.kind = 'sale_paid'"
                " AND j.value = ? AND NOT EXISTS (SELECT 1 FROM sale_entries s"
                " WHERE s.sale = e.document AND s.code = j.value AND s.units IS NOT NULL)",
                (sale, code),
            )
        ]
    return [move for _, _, move in sorted(told, key=lambda one: one[:2])]
