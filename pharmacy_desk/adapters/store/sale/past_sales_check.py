"""Prove the old system's sales: every piece is as its event tells it."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.sale.past_sales import digest, kept_digests

_HELD = (
    "number, file, name, last_row, done, rows, findings, first_day, last_day, at, operator, digest"
)
_TOLD = (
    "json_extract(payload, '$.chunk'), json_extract(payload, '$.digest'),"
    " json_extract(payload, '$.name'), json_extract(payload, '$.last_row'),"
    " json_extract(payload, '$.done'), json_extract(payload, '$.rows'),"
    " json_extract(payload, '$.findings'), json_extract(payload, '$.first_day'),"
    " json_extract(payload, '$.last_day')"
)


def past_sales(conn: sqlite3.Connection) -> Iterator[str]:
    """Pieces, their rows and findings are those that were imported, and no others."""
    told = {
        row[0]: tuple(row)[1:]
        for row in conn.execute(
            f"SELECT {_TOLD}, at, operator, json_extract(payload, '$.proof') FROM events"
            " WHERE kind = 'sales_imported'"
        )
    }
    held = {row[0]: tuple(row)[1:] for row in conn.execute(f"SELECT {_HELD} FROM past_chunks")}
    made = kept_digests(conn)
    for number in sorted(told.keys() | held.keys() | made.keys()):
        if number not in told:
            yield f"past: no event tells of piece {number}"
        elif number not in held:
            yield f"past: piece {number} was imported and is missing"
        elif told[number] != held[number]:
            yield f"past: piece {number} is not as its event tells it"
        elif made.get(number, digest([], [])) != held[number][-1]:
            yield f"past: the rows of piece {number} are not those that were imported"
