"""Prove that every row can be read: cells of their column's type, rows as values of the trade.

Damage that shows nowhere else stops a sale at the counter: here every table is walked through the
same decoders that the counter uses.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from pharmacy_desk.adapters.store.base import database, facts, rows
from pharmacy_desk.adapters.store.people.duty import all_entries
from pharmacy_desk.adapters.store.people.people import all_people
from pharmacy_desk.adapters.store.sale.settlements import asked_of
from pharmacy_desk.adapters.store.sale.shifts import closing_of
from pharmacy_desk.adapters.store.sale.undoings import undo_of
from pharmacy_desk.adapters.store.stock.documents import load_document
from pharmacy_desk.adapters.store.stock.no_code import find_entry
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import MapState, PackLevel
from pharmacy_desk.core.people.sealing import SealedKind
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from pharmacy_desk.core.sale.past import FindingKind

_TYPES = {"TEXT": "text", "INTEGER": "integer", "BLOB": "blob"}


def values(conn: sqlite3.Connection) -> Iterator[str]:
    """Every cell is of its column's type, and null only where it may be."""
    for table in _tables(conn):
        columns = conn.execute(f"PRAGMA table_info({_name(table)})").fetchall()
        wrong = " OR ".join(_wrong(column) for column in columns if column["type"] in _TYPES)
        count = conn.execute(f"SELECT count(*) FROM {_name(table)} WHERE {wrong}").fetchone()[0]
        if count:
            yield f"row: {count} rows of {table} hold what their columns never hold"


def readable(conn: sqlite3.Connection) -> Iterator[str]:
    """Every row becomes a value of the trade, as at the counter."""
    for table in _tables(conn):
        decode = _DECODERS.get(table)
        for row in conn.execute(f"SELECT * FROM {_name(table)}"):
            try:
                if decode:
                    decode(conn, row)
            except (sqlite3.Error, *database.UNREADABLE) as error:
                yield f"row: {table} {str(row[0])[:60]!r} cannot be read ({type(error).__name__})"


def _wrong(column: sqlite3.Row) -> str:
    """A condition that holds for a cell its column never holds."""
    allowed = [_TYPES[column["type"]]]
    if not (column["notnull"] or column["pk"]):
        allowed.append("null")
    listed = ", ".join(f"'{kind}'" for kind in allowed)
    return f"typeof({_name(column['name'])}) NOT IN ({listed})"


def _tables(conn: sqlite3.Connection) -> list[str]:
    found = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_sqlite_migrations'"
    )
    return [row[0] for row in found]


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _event(_: sqlite3.Connection, row: sqlite3.Row) -> None:
    rows.moment(row["at"])
    if not isinstance(json.loads(row["payload"]), dict):
        raise TypeError("a payload is an object")


def _person(conn: sqlite3.Connection, _: sqlite3.Row) -> None:
    all_people(conn)


def _recall(_: sqlite3.Connection, row: sqlite3.Row) -> None:
    rows.moment(row["opened_at"])
    rows.moment(row["closed_at"] or row["opened_at"])


_DECODERS: dict[str, Callable[[sqlite3.Connection, sqlite3.Row], Any]] = {
    "events": _event,
    "items": lambda conn, row: facts.items_by_code(conn, [row["code"]]),
    "identifications": lambda _, row: (
        MapState(row["state"]),
        PackLevel(row["level"]),
        rows.moment(row["at"]),
    ),
    "lots": lambda _, row: (rows.day(row["made"]), rows.day(row["expiry"])),
    "stock": lambda _, row: (rows.day(row["made"]), rows.day(row["expiry"])),
    "sales": lambda conn, row: facts.load_sale(conn, row["number"]),
    "returns": lambda _, row: rows.moment(row["at"]),
    "settlements": lambda _, row: (
        asked_of(row),
        rows.moment(row["at"]),
        rows.moment(row["changed_at"]),
    ),
    "undoings": lambda _, row: (undo_of(row), rows.moment(row["at"])),
    "outbox": lambda _, row: rows.outbox_of(row),
    "messages": lambda _, row: (list(json.loads(row["keys"])), rows.moment(row["at"])),
    "operators": _person,
    "shifts": lambda _, row: rows.moment(row["opened_at"]),
    "closings": closing_of,
    "duty": lambda _, row: rows.moment(row["since"]),
    "staff_register": lambda conn, _: all_entries(conn),
    "staff_points": lambda conn, _: all_entries(conn),
    "boxes": lambda conn, row: facts.box_record(conn, row["code"]),
    "documents": lambda conn, row: load_document(conn, row["number"]),
    "recalls": _recall,
    "no_code": lambda conn, row: find_entry(conn, row["number"]),
    "sealed_records": lambda _, row: (
        SealedKind(row["kind"]),
        rows.moment(row["at"]),
        rows.day(row["kept_until"]),
    ),
    "limit_lists": lambda _, row: (rows.moment(row["at"]), rows.day(row["as_of"])),
    "limit_rules": lambda _, row: (LimitKind(row["kind"]), Fraction(row["pack_days"] or 1)),
    "limit_texts": lambda _, row: LimitKind(row["kind"]),
    "limit_hits": lambda _, row: (
        LimitKind(row["kind"]),
        LimitMode(row["mode"]),
        PaymentKind(row["payment"]),
        rows.moment(row["at"]),
    ),
    "past_sales": lambda _, row: rows.moment(row["at"]),
    "past_findings": lambda _, row: FindingKind(row["kind"]),
    "drafts": lambda _, row: (json.loads(row["body"]), rows.moment(row["at"])),
}
