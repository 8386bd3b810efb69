"""Commands about boxes outside a sale: where a recall's boxes are."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from pharmacy_desk.adapters.home import Home

_DONE, _BAD_USE = 0, 2
# Tables that `import` takes besides the catalogue (contracts, section 6).
IMPORTS = ("stock", "delivery", "packs", "codes")


def add_commands(add: Callable[..., Any], home_of: Callable[[argparse.Namespace], Home]) -> None:
    """Add the commands to the parser."""

    def recall(arguments: argparse.Namespace) -> int:
        return _recall(arguments, home_of(arguments))

    made = add("recall", recall, "tell where the boxes of a lot, a drug or a supplier are")
    made.add_argument("--lot", help="lot number")
    made.add_argument("--drug", help="item code, name, approval number, barcode, identification")
    made.add_argument("--supplier", help="the supplier's name")


def _recall(arguments: argparse.Namespace, home: Home) -> int:
    from pharmacy_desk.adapters.store.recall import trace

    if not (arguments.lot or arguments.drug or arguments.supplier):
        print("recall takes --lot, --drug or --supplier, or several of them.", file=sys.stderr)
        return _BAD_USE
    found = trace(home.ledger, arguments.lot, arguments.drug, arguments.supplier)
    if arguments.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return _DONE
    for title, boxes in (("here", found.here), ("sold", found.sold), ("gone", found.gone)):
        print(f"{title}: {len(boxes)}")
        for one in boxes:
            words = (one.code, one.name, one.lot or "-", one.state, one.document, one.at)
            print("  " + "  ".join(words))
    return _DONE
