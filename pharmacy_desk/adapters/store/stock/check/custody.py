"""Prove custody: where each box is said to be is where its own events leave it."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.stock.documents import drugs_digest
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.custody import BoxState, Move, after

_MOVES = {move.value: move for move in Move}
# Kinds that may be the first to tell of a box's drug or lot, and told neither in older events.
_TELLING = ("box_returned", "box_restored", "units_sold", "code_settled_elsewhere")


@dataclass(slots=True)
class _Box:
    """A box as its events leave it."""

    state: BoxState | None = None
    item: str = ""
    lot: str | None = None
    made: str | None = None
    expiry: str | None = None
    party: str = ""
    known: bool = True
    """False when an event of an older program does not tell all it wrote."""

    def learn(self, kind: str, told: dict[str, Any]) -> None:
        """What one event says of drug, lot and supplier; what is known stays known."""
        if kind in _TELLING and "item" not in told:
            self.known = False
        if kind == "code_settled_elsewhere" and self.item:
            return  # it tells the drug of a box that had no record only
        self.item = told.get("item") or self.item
        self.party = told.get("party") or self.party
        self.lot = told.get("lot") or self.lot
        self.made = told.get("made") or self.made
        self.expiry = told.get("expiry") or self.expiry

    def differs(self, row: sqlite3.Row) -> str | None:
        """The first field that is kept otherwise."""
        fields = ("item", "lot", "made", "expiry", "party") if self.known else ()
        return next((name for name in fields if getattr(self, name) != row[name]), None)


def custody(conn: sqlite3.Connection) -> Iterator[str]:
    """Replay the moves of every box that has a record, and compare."""
    ranks = epoch_order(conn)
    boxes = conn.execute("SELECT code, state, item, lot, made, expiry, party FROM boxes")
    for row in boxes:
        yield from _replay(conn, row, ranks)
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


def _replay(conn: sqlite3.Connection, row: sqlite3.Row, ranks: dict[str, int]) -> Iterator[str]:
    """What one box's events say against what is kept of it."""
    code, box = row["code"], _Box()
    for kind, payload in _events(conn, code, ranks):
        if kind in _MOVES:
            then = after(box.state, _MOVES[kind])
            if then is None:
                lived = box.state.value if box.state else "none"
                yield f"custody: box {code}: {kind} after {lived}"
                return
            box.state = then
        if kind == "code_settled_elsewhere" and box.state is None:
            box.state = BoxState.SOLD  # sold where we do not know it from
        if payload is not None and (kind in _MOVES or kind in _TELLING):
            box.learn(kind, json.loads(payload))
    if box.state is None or box.state.value != row["state"]:
        told = box.state.value if box.state else "nothing"
        yield f"custody: box {code} is kept as {row['state']}, its events say {told}"
    other = box.differs(row)
    if other:
        said = getattr(box, other) or "nothing"
        yield f"custody: {other} of box {code} is {row[other] or 'nothing'}, its events say {said}"


def _events(
    conn: sqlite3.Connection, code: str, ranks: dict[str, int]
) -> list[tuple[str, str | None]]:
    """(kind, payload) of a box in order: its own events, and the payment of sales it was in."""
    own = conn.execute(
        "SELECT epoch, seq, kind, document, payload FROM events WHERE code = ?", (code,)
    ).fetchall()
    told: list[tuple[int, int, str, str | None]] = [
        (ranks.get(row["epoch"], 0), row["seq"], row["kind"], row["payload"])
        for row in own
        if row["kind"] != Move.SELL.value
    ]
    sales = {row["document"] for row in own if row["kind"] == "box_reserved"}
    for sale in sales:
        told += [
            (ranks.get(epoch, 0), seq, Move.SELL.value, None)
            for epoch, seq in conn.execute(
                "SELECT e.epoch, e.seq FROM events e, json_each(e.payload, '$.codes') j"
                " WHERE e.document = ? AND e.code IS NULL AND e.kind = 'sale_paid'"
                " AND j.value = ? AND NOT EXISTS (SELECT 1 FROM sale_entries s"
                " WHERE s.sale = e.document AND s.code = j.value AND s.units IS NOT NULL"
                " AND s.state <> 'ended')",
                (sale, code),
            )
        ]
    return [(kind, payload) for _, _, kind, payload in sorted(told, key=lambda one: one[:2])]
