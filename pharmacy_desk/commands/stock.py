"""Commands about boxes outside a sale: where a recall's boxes are."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.home import Home

_DONE, _BAD_USE = 0, 2
# Tables that `import` takes besides the catalogue (contracts, section 6).
IMPORTS = ("stock", "delivery", "packs", "codes", "map")


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
        mappings = reader.map_in_use()
    write_table(arguments.file, "三码映射", map_export(mappings))
    found = {"written": len(mappings), "file": str(arguments.file)}
    told = f"{len(mappings)} mappings written to {arguments.file}"
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else told)
    return _DONE


def _recall(arguments: argparse.Namespace, home: Home) -> int:
    from pharmacy_desk.adapters.store.stock.recall import Marks, trace

    if not (arguments.lot or arguments.drug or arguments.supplier):
        print("recall takes --lot, --drug or --supplier, or several of them.", file=sys.stderr)
        return _BAD_USE
    marks = Marks(arguments.lot, arguments.drug, arguments.supplier)
    found = trace(home.ledger, marks)
    if arguments.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return _DONE
    for title, boxes in (("here", found.here), ("sold", found.sold), ("gone", found.gone)):
        print(f"{title}: {len(boxes)}")
        for one in boxes:
            words = (one.code, one.name, one.lot or "-", one.state, one.document, one.at)
            print("  " + "  ".join(words))
    return _DONE
