"""Prove tickets: each is what its events say, and stands where they left it."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import events_in_order
from pharmacy_desk.core.basics.events import canonical

_KINDS = ("ticket_opened", "ticket_cancelled", "ticket_carried", "till_settled")


def tickets(conn: sqlite3.Connection) -> Iterator[str]:
    """Each ticket was told by its event, belongs to the sale it opened, and ended as told."""
    told: dict[str, tuple[str, str]] = {}
    ended: dict[str, tuple[str, str]] = {}
    moved: dict[str, str] = {}
    tills: set[str] = set()
    for row in events_in_order(conn, _KINDS):
        sale, kind, said = row["document"], row["kind"], json.loads(row["payload"])
        tills.add(sale)
        if kind == "ticket_opened":
            told[said["ticket"]] = (sale, canonical(said))
        elif kind == "ticket_carried":
            moved[said["ticket"]] = sale
        else:
            state = "settled" if kind == "till_settled" else "cancelled"
            if said["ticket"]:
                ended[said["ticket"]] = (state, canonical(said))
    kept = {
        row[0]: tuple(row)[1:]
        for row in conn.execute("SELECT number, sale, told, state, ended FROM tickets")
    }
    for number in sorted(told.keys() | kept.keys()):
        if number not in told or number not in kept:
            yield f"ticket: {number} has a row or an event, not both"
            continue
        sale, text = told[number]
        state, end = ended.get(number, ("open", None))
        if kept[number] != (moved.get(number, sale), text, state, end):
            yield f"ticket: {number} is not what its events say"
    yield from _origins(conn, tills, kept)
    yield from _learned(conn)


def _origins(
    conn: sqlite3.Connection, tills: set[str], kept: dict[str, tuple[object, ...]]
) -> Iterator[str]:
    """A sale is another till's exactly where its events say so, and carries its ticket."""
    numbers = {str(row[0]): number for number, row in kept.items()}
    for number, origin, ticket in conn.execute("SELECT number, origin, ticket FROM sales"):
        if (origin == "till") is not (number in tills):
            yield f"ticket: sale {number} is kept as of {origin}"
        if number in numbers and ticket != numbers[number]:
            yield f"ticket: sale {number} does not carry its ticket {numbers[number]}"


def _learned(conn: sqlite3.Connection) -> Iterator[str]:
    """What a till's names stand for is what was said last."""
    said = {
        told["barcode"]: (told["item"], row["at"], row["operator"])
        for row in events_in_order(conn, ("till_item_learned",))
        for told in (json.loads(row["payload"]),)
    }
    kept = {
        row[0]: tuple(row)[1:]
        for row in conn.execute("SELECT key, item, at, operator FROM till_items")
    }
    for key in sorted(said.keys() | kept.keys()):
        if said.get(key) != kept.get(key):
            yield f"ticket: what the till calls {key} is kept as another drug than its event says"
