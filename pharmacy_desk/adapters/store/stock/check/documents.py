"""Prove documents: head, lines, moves, upload lines, units and recalls agree with their events."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

from pharmacy_desk.core.stock.custody import Move
from pharmacy_desk.core.stock.movement import MOVES

_MOVES = tuple(move.value for move in Move)
_MOVING = frozenset(kind.value for kind in MOVES)


def documents(conn: sqlite3.Connection) -> Iterator[str]:
    """Every document is whole: what its event counts stands in its lines, and its boxes moved."""
    told = conn.execute(
        "SELECT e.document, e.payload, d.kind FROM events e LEFT JOIN documents d"
        " ON d.number = e.document WHERE e.kind = 'document_posted' ORDER BY e.document"
    )
    for number, payload, kind in told:
        if kind is None:
            yield f"document: {number} was posted and is missing"
            continue
        codes, boxes = _lines(conn, number)
        said = json.loads(payload)
        if (said.get("boxes"), said.get("codes")) != (boxes, sum(codes.values())):
            yield f"document: {number} holds other boxes than its event counts"
        if kind in _MOVING and _moved(conn, number) != codes:
            yield f"document: {number} names other boxes than its events moved"
        if not _queued(conn, said.get("uploads", ())):
            yield f"document: {number} lacks a line that was queued with it"
        if _told(conn, number) - codes:
            yield f"document: the platform is told codes that {number} does not hold"
    yield from _stray_lines(conn)


def _lines(conn: sqlite3.Connection, number: str) -> tuple[Counter[str], int]:
    """Codes of a document's lines, and its boxes with and without a code."""
    found = conn.execute(
        "SELECT codes, quantity FROM document_lines WHERE document = ?", (number,)
    ).fetchall()
    return (
        Counter(code for codes, _ in found for code in json.loads(codes)),
        sum(quantity for _, quantity in found),
    )


def _moved(conn: sqlite3.Connection, number: str) -> Counter[str]:
    """Boxes whose events carry the document's number; by their own index, not the document's."""
    marks = ", ".join("?" * len(_MOVES))
    found = conn.execute(
        "SELECT c.value FROM document_lines l, json_each(l.codes) c JOIN events e"
        f" ON e.code = c.value AND e.document = l.document AND e.kind IN ({marks})"
        " WHERE l.document = ?",
        (*_MOVES, number),
    )
    return Counter(row[0] for row in found)


def _told(conn: sqlite3.Connection, number: str) -> Counter[str]:
    found = conn.execute(
        "SELECT c.value FROM outbox o, json_each(o.codes) c WHERE o.document = ?", (number,)
    )
    return Counter(row[0] for row in found)


def _queued(conn: sqlite3.Connection, keys: list[str]) -> bool:
    there = (conn.execute("SELECT 1 FROM outbox WHERE key = ?", (key,)).fetchone() for key in keys)
    return all(there)


def _stray_lines(conn: sqlite3.Connection) -> Iterator[str]:
    strays = conn.execute(
        "SELECT DISTINCT l.document FROM document_lines l LEFT JOIN documents d"
        " ON d.number = l.document WHERE d.number IS NULL"
    )
    for row in strays:
        yield f"document: {row[0]} has lines and no head"


def units(conn: sqlite3.Connection) -> Iterator[str]:
    """Units left of an opened box: those of a whole one without the sold and the reserved."""
    found = conn.execute(
        "SELECT b.code, b.units_left, max(e.units + e.left_over), sum(e.units) FROM boxes b"
        " JOIN (SELECT code, json_extract(payload, '$.units') AS units,"
        "   json_extract(payload, '$.left') AS left_over FROM events WHERE kind = 'units_sold') e"
        " ON e.code = b.code WHERE b.state IN ('opened', 'used_up') GROUP BY b.code"
    ).fetchall()
    reserved = dict(
        conn.execute(
            "SELECT e.code, sum(e.units) FROM sales s JOIN sale_entries e ON e.sale = s.number"
            " WHERE s.state IN ('open', 'held') AND e.state = 'units' GROUP BY e.code"
        ).fetchall()
    )
    for code, left, whole, sold in found:
        # The first sale of units told how many were left of a whole box; later ones tell fewer.
        rest = whole - sold - reserved.get(code, 0)
        if left != rest:
            yield f"custody: box {code} has {left} units left, its sales leave {rest}"


def recalls(conn: sqlite3.Connection) -> Iterator[str]:
    """A recall is in force from the event that opened it to the event that ended it."""
    told: dict[str, tuple[object, ...]] = {}
    for number, payload, at, operator in conn.execute(
        "SELECT document, payload, at, operator FROM events WHERE kind = 'recall_opened'"
    ):
        said = json.loads(payload)
        told[number] = (said["key"], said["value"], said["reason"], at, operator, None)
    for number, at in conn.execute("SELECT document, at FROM events WHERE kind = 'recall_closed'"):
        told[number] = (*told.get(number, ())[:5], at)
    kept = {
        row[0]: tuple(row)[1:]
        for row in conn.execute(
            "SELECT number, key, value, reason, opened_at, operator, closed_at FROM recalls"
        )
    }
    for number in sorted(told.keys() | kept.keys()):
        if kept.get(number) != told.get(number):
            yield f"recall: {number} is not as its events say"
