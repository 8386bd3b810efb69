"""The commands about pictures: `decode` and `test-card`. Loads the reader and Qt when asked to."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.core.basics.errors import WorldError

_DONE = 0


def add_commands(add: Callable[..., Any], sentence: Callable[[WorldError], str]) -> None:
    """Add both to the parser; `sentence` puts a failure of the world into words."""

    def decode(arguments: argparse.Namespace) -> int:
        decode_pictures(arguments.image, arguments.expect, sentence)
        return _DONE

    pictures = add("decode", decode, "read the codes in pictures, one JSON line a picture")
    pictures.add_argument("--expect", type=_count, metavar="N", help="boxes in each picture")
    pictures.add_argument("image", type=Path, nargs="+")
    card = add("test-card", _test_card, "write the card that proves a scanner, A4")
    card.add_argument("--pdf", type=Path, required=True)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number of boxes is not negative")
    return number


def decode_pictures(
    images: list[Path], expect: int | None, sentence: Callable[[WorldError], str]
) -> None:
    """Print what each picture holds, one line a picture, also for one that cannot be read.

    A line has the keys of the contract (section 2): file, codes, unread, ms. `places` are the
    corners of what was located but not read; `error` is the sentence about a picture that could
    not be opened, else null.
    """
    from pharmacy_desk.adapters.scanners.pictures.reader import read_file
    from pharmacy_desk.core.scanning.tray import entry

    today = SystemClock().now().date()
    for image in images:
        told: dict[str, object] = {
            "file": str(image),
            "codes": [],
            "unread": 0,
            "places": [],
            "ms": None,
            "error": None,
        }
        try:
            tray = read_file(image, expect, today).tray
        except WorldError as error:
            told["error"] = sentence(error)
            print(told["error"], file=sys.stderr)
        else:
            told |= {
                "codes": [entry(symbol, today) for symbol in tray.symbols],
                "unread": len(tray.unread),
                "places": [[list(corner) for corner in place] for place in tray.unread],
                "ms": round(tray.ms, 1),
            }
        print(json.dumps(told), flush=True)


def _test_card(arguments: argparse.Namespace) -> int:
    from pharmacy_desk.gui.scanning.test_card import save_pdf
    from pharmacy_desk.wiring.look import make_application

    make_application("zh_CN")
    save_pdf(arguments.pdf)
    return _DONE
