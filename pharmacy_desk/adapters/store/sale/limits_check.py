"""Prove the lists of limits, and what was said by them: every row is backed by an event."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.sale.limits import digest

_TOLD = (
    "SELECT document, at, operator, json_extract(payload, '$.item'),"
    " json_extract(payload, '$.kind'), json_extract(payload, '$.payment'),"
    " json_extract(payload, '$.mode'), json_extract(payload, '$.amount_fen'),"
    " json_extract(payload, '$.version') FROM events WHERE kind = 'limit_told'"
)
_HELD = "SELECT sale, at, operator, item, kind, payment, mode, amount_fen, version FROM limit_hits"


def limits(conn: sqlite3.Connection) -> Iterator[str]:
    """Lists are as they were imported; what sales were told is what events tell."""
    yield from _lists(conn)
    for row in conn.execute(f"{_HELD} EXCEPT {_TOLD}"):
        yield f"limit: no event tells what sale {row[0]} was told of {row[3]} ({row[4]})"
    for row in conn.execute(f"{_TOLD} EXCEPT {_HELD}"):
        yield f"limit: what sale {row[0]} was told of {row[3]} ({row[4]}) is missing"


def _lists(conn: sqlite3.Connection) -> Iterator[str]:
    told = {
        row[0]: tuple(row)[1:]
        for row in conn.execute(
            "SELECT json_extract(payload, '$.list'), json_extract(payload, '$.name'),"
            " json_extract(payload, '$.as_of'), at, operator, json_extract(payload, '$.digest')"
            " FROM events WHERE kind = 'limits_imported'"
        )
    }
    held = {
        row[0]: tuple(row)[1:]
        for row in conn.execute("SELECT number, name, as_of, at, operator, digest FROM limit_lists")
    }
    for number in sorted(told.keys() | held.keys()):
        if number not in told:
            yield f"limit: no event tells of list {number}"
        elif number not in held:
            yield f"limit: list {number} was imported and is missing"
        elif told[number] != held[number]:
            yield f"limit: list {number} is not as its event tells it"
        elif digest(conn, number) != held[number][-1]:
            yield f"limit: the rows of list {number} are not those that were imported"
    strays = conn.execute(
        "SELECT list FROM limit_rules UNION SELECT list FROM limit_texts"
        " EXCEPT SELECT number FROM limit_lists"
    )
    for row in strays:
        yield f"limit: rows of a list {row[0]} that was never imported"
