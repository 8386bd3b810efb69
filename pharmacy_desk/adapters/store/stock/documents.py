"""Documents of movements in the ledger: how they are written, and read whole again."""

import json
import sqlite3

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.core.basics.events import hash_fields
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.stock.movement import RECORDED, Movement, MovementKind, MovementLine


def insert_document(conn: sqlite3.Connection, movement: Movement) -> None:
    """A document with its lines, inside the running transaction.

    A receiving keeps its drugs as they are today: the acceptance record of five years ago must
    not change with the catalogue.
    """
    conn.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            movement.number,
            movement.kind.value,
            movement.party,
            movement.reference,
            movement.reason,
            movement.at.isoformat(),
            movement.operator,
            movement.arrived_at.isoformat() if movement.arrived_at else None,
            movement.arrival_celsius,
        ),
    )
    recorded = movement.kind in RECORDED
    conn.executemany(
        "INSERT INTO document_lines(document, line, item, lot, made, expiry, quantity, price_fen,"
        " codes, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                movement.number,
                number,
                line.item.code,
                *rows.batch_columns(line.batch),
                line.quantity,
                line.price_fen,
                facts.as_json(line.codes),
                rows.item_json(line.item) if recorded else None,
            )
            for number, line in enumerate(movement.lines, start=1)
        ),
    )


def drugs_digest(conn: sqlite3.Connection, document: str) -> str:
    """SHA-256 (hex) of the drugs a document was written with, line by line.

    Its event carries it, so that an old acceptance record can be proved.
    """
    kept = conn.execute(
        "SELECT snapshot FROM document_lines WHERE document = ? ORDER BY line", (document,)
    )
    return hash_fields(*(row[0] for row in kept))


def load_document(conn: sqlite3.Connection, number: str) -> Movement | None:
    """A document whole; its drugs as they were then, or as they are now where it kept none."""
    head = conn.execute("SELECT * FROM documents WHERE number = ?", (number,)).fetchone()
    if head is None:
        return None
    found = conn.execute(
        "SELECT item, lot, made, expiry, quantity, price_fen, codes, snapshot FROM document_lines"
        " WHERE document = ? ORDER BY line",
        (number,),
    ).fetchall()
    lines = tuple(
        MovementLine(
            drug_of(conn, row),
            Batch(row["lot"], rows.day(row["made"]), rows.day(row["expiry"])),
            row["quantity"],
            tuple(json.loads(row["codes"])),
            row["price_fen"],
        )
        for row in found
    )
    return Movement(
        number=head["number"],
        kind=MovementKind(head["kind"]),
        at=rows.moment(head["at"]),
        operator=head["operator"],
        party=head["party"],
        reference=head["reference"],
        reason=head["reason"],
        lines=lines,
        arrived_at=rows.moment(head["arrived_at"]) if head["arrived_at"] else None,
        arrival_celsius=head["arrival_celsius"],
    )


def drug_of(conn: sqlite3.Connection, row: sqlite3.Row) -> Item:
    """The drug of a document's line (`item`, `snapshot`); one that is gone has only its code."""
    if row["snapshot"]:
        return rows.item_from_json(row["snapshot"])
    return facts.find_item(conn, row["item"]) or Item(row["item"], row["item"])
