"""The fence around the ledger's file: no text with a person's number gets into a table.

What people type, files hold and platforms say is masked or refused long before. This is the one
place behind all of that which a new field cannot go round: every column of text is watched unless
it stands in the lists below, and a row that holds a person's number is not written. The triggers
are the connection's own (`TEMP`): nothing of them lies in the file.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.scanning.persons import held_in, names_person

# Said by a trigger; `database` makes the sentence of it.
REFUSAL = "a number of a person in "
_FORM = "form and length are the program's own"
_EVENTS = "checked by `Chain.append`, before it is hashed"
_COPIED = "copied from the catalogue, which is watched"
# A drug that could not be imported could not be sold: its codes are the store's own.
_OWN_CODES = "the store's own article codes and the trade's barcodes"
_LISTED = "codes and values of a published list, in forms of their own"
# A trigger a row would take longer than all the rest of it.
_MILLIONS = "a million rows of a file; each text is masked as it is read (`core.sale.past_file`)"
_REFERENCE = "drawn at random by the program"
_TRACE = "trace codes are no person's"
# Columns of these names hold the same everywhere.
OWN = frozenset(
    {
        "at",
        "opened_at",
        "changed_at",
        "paid_at",
        "closed_at",
        "due_at",
        "created_at",
        "arrived_at",
        "settled_at",
        "locked_until",
        "made",
        "expiry",
        "bought_on",
        "state",
        "kind",
        "counter",
        "epoch",
        "number",
        "sale",
        "document",
        "infno",
        "msgid",
        "channel",
        "waiting",
        "payment",
        "rx",
        # Staff numbers are watched where they are given (`operators.id`): nobody is locked out
        # later.
        "operator",
        "added_at",
        "added_by",
        "approver",
        # References to sealed records are random, a fingerprint is a keyed digest.
        "record",
        "bearer_record",
        "fingerprint",
        "kept_until",
        "dropped_at",
    }
)
SPARED: Mapping[str, str] = {
    "home.name": _FORM,
    "home.value": _FORM,
    "events.code": _TRACE,
    "events.operator": _EVENTS,
    "events.payload": _EVENTS,
    "items.code": _OWN_CODES,
    "barcodes.barcode": _OWN_CODES,
    "barcodes.item": _OWN_CODES,
    "lots.item": _OWN_CODES,
    "identifications.item": _OWN_CODES,
    "stock.item": _OWN_CODES,
    "sale_lines.item": _OWN_CODES,
    "boxes.item": _OWN_CODES,
    "no_code.item": _OWN_CODES,
    "document_lines.item": _OWN_CODES,
    "outbox.item": _OWN_CODES,
    "sale_lines.snapshot": _COPIED,
    "document_lines.snapshot": _COPIED,
    "limit_rules.code": _LISTED,
    "limit_rules.value": _LISTED,
    "limit_texts.value": _LISTED,
    "limit_rules.pack_days": _FORM,
    "limit_lists.as_of": _FORM,
    "limit_lists.digest": _FORM,
    "limit_hits.item": _OWN_CODES,
    "limit_hits.mode": _FORM,
    "claims.code": _TRACE,
    "unheard.code": _TRACE,
    "unheard.word": _FORM,
    "unheard.to_sale": _FORM,
    "sale_entries.code": _TRACE,
    "returns.code": _TRACE,
    "boxes.code": _TRACE,
    "packs.code": _TRACE,
    "packs.parent": _TRACE,
    "outbox.codes": _TRACE,
    "document_lines.codes": _TRACE,
    "message_ids.second": _FORM,
    "outbox.key": _FORM,
    "messages.keys": _FORM,
    "sales.upload_serial": _FORM,
    "sealed_records.reference": _FORM,
    "operators.pin_hash": _FORM,
    "operators.badge_hash": _FORM,
    "sale_entries.no_code": _FORM,
    "sales.prescription": _REFERENCE,
    "prescriptions.id": _REFERENCE,
    "prescriptions.sealed": _REFERENCE,
    "prescriptions.salt": _REFERENCE,
    "prescription_lines.prescription": _REFERENCE,
    "prescription_lines.item": _OWN_CODES,
    "dispensings.prescription": _REFERENCE,
    "till_items.key": _OWN_CODES,
    "till_items.item": _OWN_CODES,
    "past_chunks.file": _FORM,
    "past_chunks.digest": _FORM,
    "past_chunks.first_day": _FORM,
    "past_chunks.last_day": _FORM,
    "past_sales.code": _TRACE,
    "past_sales.item": _MILLIONS,
    "past_sales.name": _MILLIONS,
    "past_sales.setl_id": _MILLIONS,
    "past_findings.code": _TRACE,
}
# Columns of JSON, and what in them is the program's own or stands in catalogue and settings.
JSON_COLUMNS: Mapping[str, frozenset[str]] = {
    "outbox.words": frozenset(
        {
            "key",
            "original_key",
            "document",
            "visit_serial",
            "item_code",
            "item_name",
            "insurance_code",
            "barcode",
            "rx_number",
            "code",
            "download",
            "reviewer",
            "dispenser",
            "checker",
            "maker",
            "approval",
            "pharmacist",
            "pharmacist_cert",
            "operator_name",
        }
    ),
    "drafts.body": frozenset({"code", "codes", "item"}),
    "tickets.told": frozenset({"item", "barcode"}),
    "tickets.ended": frozenset(),
}
# Names in the payload of an event that are the program's own, or a scan that was looked at; staff
# numbers, as above; and digests, which may look like anything by chance.
SPARED_IN_EVENTS = frozenset(
    {
        "raw",
        "record",
        "codes",
        "uploads",
        "line",
        "keys",
        "msgid",
        "drugs",
        "hash",
        "item",
        "port",
        "id",
        "asker",
        "approver",
        "reviewer",
        "barcode",
        "barcodes",
        "rx",
        "proof",
        "digest",
        "pin_proof",
        "name_proof",
        "upload_proofs",
    }
)


def watch(conn: sqlite3.Connection, today: date) -> None:
    """Watch every column of text of this connection; `today` bounds birth dates."""

    def person_in(column: str, text: object) -> bool:
        if not isinstance(text, str):
            return False
        spared = JSON_COLUMNS.get(column)
        return names_person(text, today) if spared is None else _in_json(text, today, spared)

    conn.create_function("person_in", 2, person_in)
    for table, columns in watched(conn).items():
        if columns:
            conn.execute(_trigger(table, columns, "INSERT"))
        for column in columns:
            # One by one: an old row that holds a number may still be changed elsewhere.
            conn.execute(_trigger(table, [column], f"UPDATE OF {column}"))


def _in_json(text: str, today: date, spared: frozenset[str]) -> bool:
    try:
        return held_in(json.loads(text), today, spared)
    except (ValueError, RecursionError):
        return names_person(text, today)


def watched(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """The watched columns of every table of ours."""
    tables = conn.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        " AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite_*'"
    ).fetchall()
    found = {}
    for (table,) in tables:
        rows = conn.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        found[table] = [
            name
            for name, type_ in rows
            if type_ == "TEXT" and name not in OWN and f"{table}.{name}" not in SPARED
        ]
    return found


def _trigger(table: str, columns: list[str], on: str) -> str:
    """Names come from our own schema. Short texts are let through without asking."""
    asked = " OR ".join(
        f"(length(NEW.{name}) > 8 AND person_in('{table}.{name}', NEW.{name}))" for name in columns
    )
    name = on.replace(" ", "_")
    return (
        f"CREATE TEMP TRIGGER watch_{table}_{name} BEFORE {on} ON main.{table} WHEN {asked}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}{table}'); END"
    )
