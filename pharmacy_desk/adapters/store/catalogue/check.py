"""Prove the catalogue: a drug is what the last event that tells one of its cells says of it."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.core.catalogue.by_hand import cells_of

_BATCH = ("lot", "made", "expiry")


def drugs(conn: sqlite3.Connection) -> Iterator[str]:
    """Every drug that was added or changed since that is told is as it was left."""
    told = _told(conn)
    kept = {item.code: item for item in facts.items_by_code(conn, list(told))}
    for code, cells in told.items():
        item = kept.get(code)
        if item is None:
            yield f"drug: {code} was added or changed, and is not in the list"
            continue
        now = cells_of(item)
        for column in sorted(cells):
            if now.get(column) != cells[column]:
                yield f"drug: the {column} of {code} is not what its last event tells"
    yield from _strays(conn)


def _told(conn: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """What events tell of each drug by now, column by column.

    A lot counts only behind an event that tells the drug's lot: lists did not tell theirs once.
    """
    rank = epoch_order(conn)
    found = conn.execute(
        "SELECT epoch, seq, kind, payload FROM events"
        " WHERE kind IN ('drug_added', 'drug_changed', 'batch_set')"
    ).fetchall()
    told: dict[str, dict[str, str]] = {}
    for _, _, kind, payload in sorted(found, key=lambda row: (rank.get(row[0], 0), row[1])):
        said = json.loads(payload)
        if kind == "drug_added":
            told[said["item"]] = dict(said["cells"])
        elif kind == "drug_changed":
            cells = told.setdefault(said["item"], {})
            cells.update({column: pair[1] for column, pair in said["changes"].items()})
        else:
            cells = told.get(said["item"], {})
            cells.update({column: said[column] or "" for column in _BATCH if column in cells})
    return told


def _strays(conn: sqlite3.Connection) -> Iterator[str]:
    """Who brought a drug in, and that it is to be completed, is told by an event."""
    unknown = conn.execute(
        "SELECT added_at, added_by FROM items WHERE added_at IS NOT NULL EXCEPT"
        " SELECT at, operator FROM events WHERE kind IN ('catalogue_imported', 'drug_added')"
    )
    for row in unknown:
        yield f"drug: no event tells of drugs that {row[1]} brought into the list at {row[0]}"
    marked = conn.execute(
        "SELECT code FROM items WHERE incomplete AND code NOT IN (SELECT"
        " json_extract(payload, '$.item') FROM events WHERE kind = 'drug_added')"
    )
    for row in marked:
        yield f"drug: {row[0]} is to be completed, and no event tells that it was added by hand"
