"""Texts of the practice scanner's samples: what their marks stand for.

`{stock:8436282}` is a box of that identification from the practice shelf, `{again}` the last box
once more, `{fresh}` and `{fresh:8436282}` a serial, or a whole code, that was never used.
"""

import re
import secrets

_SERIAL_DIGITS = 13
_STOCK = re.compile(r"\{stock:(\w+)\}")
_FRESH = re.compile(r"\{(?:fresh|stock)(?::(\w+))?\}")
AGAIN = "{again}"


def stocked(text: str) -> str | None:
    """The identification whose next box on the shelf a sample is; None for other samples."""
    found = _STOCK.fullmatch(text)
    return found.group(1) if found else None


def filled(text: str) -> str:
    """A sample with a serial of its own for each mark, also where the shelf is empty."""
    return _FRESH.sub(lambda mark: (mark.group(1) or "") + _serial(), text)


def new_code(identification: str) -> str:
    """A code of this identification that was never used."""
    return identification + _serial()


def _serial() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_SERIAL_DIGITS))
