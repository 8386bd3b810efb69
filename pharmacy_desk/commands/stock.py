"""Commands about boxes outside a sale: where a recall's boxes are."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pharmacy_desk.adapters.home import Home

if TYPE_CHECKING:
    from pharmacy_desk.core.stock.recall import Traced

_DONE, _BAD_USE = 0, 2
# Tables that `import` takes besides the catalogue (contracts, section 6).
IMPORTS = ("stock", "delivery", "packs", "codes", "map", "limits", "sales")


# The parts of a recall, each read box by box.
Parts: TypeAlias = "Iterator[tuple[str, Iterator[Traced]]]"


def add_commands(add: Callable[..., Any], home_of: Callable[[argparse.Namespace], Home]) -> None:
    """Add the commands to the parser."""

    def recall(arguments: argparse.Namespace) -> int:
        return _recall(arguments, home_of(arguments))

    def export(arguments: argparse.Namespace) -> int:
        return _export_map(arguments, home_of(arguments))

    out = add("export", export, "write a table")
    out.add_argument("what", choices=("map",))
    out.add_argument("file", type=Path, help="CSV or XLSX by its name")
    made = add("recall", recall, "tell where the boxes of a lot, a drug or a supplier are")
    made.add_argument("--lot", help="lot number")
    made.add_argument("--drug", help="item code, name, approval number, barcode, identification")
    made.add_argument("--supplier", help="the supplier's name")


def _export_map(arguments: argparse.Namespace, home: Home) -> int:
    """Write every mapping in use; an older file of the name is replaced only by a whole one."""
    from contextlib import closing

    from pharmacy_desk.adapters.files.records import write_table
    from pharmacy_desk.adapters.store.base.database import world_errors
    from pharmacy_desk.adapters.store.reading import Reader
    from pharmacy_desk.core.stock.files.map_file import map_export

    with world_errors(home.ledger), closing(Reader(home.ledger)) as reader:
        mappings = reader.map.in_use()
    write_table(arguments.file, "三码映射", map_export(mappings))
    found = {"written": len(mappings), "file": str(arguments.file)}
    told = f"{len(mappings)} mappings written to {arguments.file}"
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else told)
    return _DONE


def _recall(arguments: argparse.Namespace, home: Home) -> int:
    from pharmacy_desk.adapters.store.stock.recall import Marks, traced

    if not (arguments.lot or arguments.drug or arguments.supplier):
        print("recall takes --lot, --drug or --supplier, or several of them.", file=sys.stderr)
        return _BAD_USE
    marks = Marks(arguments.lot, arguments.drug, arguments.supplier)
    tell = _tell_json if arguments.json else _tell_people
    with traced(home.ledger, marks) as found:
        tell(found)
    return _DONE


def _tell_json(found: Parts) -> None:
    """One document, a box a line, written while it is read: a million boxes are never held."""
    out = sys.stdout
    out.write("{")
    for place, (where, boxes) in enumerate(found):
        out.write(f'{"," if place else ""}\n  "{where}": [')
        before = "\n    "
        for box in boxes:
            out.write(before + json.dumps(box.as_json(), ensure_ascii=False))
            before = ",\n    "
        out.write("]" if before == "\n    " else "\n  ]")
    out.write("\n}\n")


def _tell_people(found: Parts) -> None:
    for where, boxes in found:
        count = 0
        for count, box in enumerate(boxes, start=1):
            words = (box.code, box.name, box.lot or "-", box.state, box.document, box.at)
            print(f"{count:7}  {'  '.join(words)}")
        print(f"{where}: {count}")
