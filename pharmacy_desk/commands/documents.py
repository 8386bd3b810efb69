"""The command about a posted document: what it moved, and its files for other programs."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import Fault, WorldError

if TYPE_CHECKING:
    from pharmacy_desk.core.stock.movement import Movement

_DONE = 0


def add_commands(add: Callable[..., Any], home_of: Callable[[argparse.Namespace], Home]) -> None:
    """Add the command to the parser."""

    def document(arguments: argparse.Namespace) -> int:
        return _document(arguments, home_of(arguments))

    made = add("document", document, "show a posted document, or write it as a file")
    made.add_argument("number")
    made.add_argument("--file", type=Path, help="its goods: codes, lots, dates (CSV or XLSX)")
    made.add_argument("--record", type=Path, help="its acceptance record (CSV or XLSX)")


def _document(arguments: argparse.Namespace, home: Home) -> int:
    """Print a document; write what was asked for. Raises `WorldError` when there is none."""
    from pharmacy_desk.adapters.store.base.database import world_errors
    from pharmacy_desk.adapters.store.reading import Reader
    from pharmacy_desk.core.stock.files.document_file import document_table
    from pharmacy_desk.wiring.files import save_records, save_table

    with world_errors(home.ledger), contextlib.closing(Reader(home.ledger)) as reader:
        document = reader.documents.movement(arguments.number)
        if document is None:
            raise WorldError(Fault.NO_SUCH_DOCUMENT, number=arguments.number)
        lines = reader.documents.acceptance(reader.documents.receiving_of(document.number))
    if arguments.file:
        settings = home.load_settings()
        store = settings.text("store.name") or settings.text("store.code")
        save_table(arguments.file, document.kind.value, document_table(document, store))
    if arguments.record:
        save_records(arguments.record, lines)
    if arguments.json:
        print(json.dumps(_told(document), ensure_ascii=False, indent=2))
        return _DONE
    print(f"{document.kind.value}  {document.number}  {document.party}  {document.reference}")
    for line in document.lines:
        print(f"  {line.item.code}  {line.item.name}  {line.batch.lot or '-'}  {line.quantity}")
    return _DONE


def _told(document: Movement) -> dict[str, object]:
    """A document as `--json` tells it."""
    from pharmacy_desk.core.stock.files.document_file import uncoded

    return {
        "number": document.number,
        "kind": document.kind.value,
        "at": document.at.isoformat(),
        "party": document.party or None,
        "reference": document.reference or None,
        "lines": [
            {
                "item": line.item.code,
                "name": line.item.name,
                "lot": line.batch.lot,
                "made": line.batch.made.isoformat() if line.batch.made else None,
                "expiry": line.batch.expiry.isoformat() if line.batch.expiry else None,
                "quantity": line.quantity,
                "codes": list(line.codes),
            }
            for line in document.lines
        ],
        "uncoded": uncoded(document),
    }
