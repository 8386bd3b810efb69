"""How many boxes of a drug are asked for: typed at the search, changed on a line by + and −."""

import re
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Line

# A wholesaler's pallet is no counter sale: more boxes of one drug are a typing error.
MOST_BOXES = 999
# The star of a keyboard, of an input method, and the sign of multiplication. No letter x: names
# and codes have that.
_BEHIND = re.compile(r"(.*\S)\s*[*＊×]\s*(\d{0,3})")
_BEFORE = re.compile(r"(\d{1,3})\s*[*＊×]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is searched for, and how many boxes of it; None where no number was typed."""

    text: str
    boxes: int | None = None


def typed(text: str) -> Counted:
    """`name*5`, `5*name` and `code*5` as text and number; a star still without one is passed over.

    A number nobody buys stays in the text, so that nothing is found and nothing is added.
    """
    plain = text.strip()
    before, behind = _BEFORE.fullmatch(plain), _BEHIND.fullmatch(plain)
    if behind and not (before and not behind[2]):
        return _counted(plain, behind[1], behind[2])
    return _counted(plain, before[2], before[1]) if before else Counted(plain)


def _counted(whole: str, text: str, number: str) -> Counted:
    if not number:
        return Counted(text)
    return Counted(text, int(number)) if int(number) else Counted(whole)


class CountRefusal(StrEnum):
    """Why a line's number stays what it is."""

    NOTHING_THERE = "nothing_there"
    UNITS = "units"
    GIFT = "gift"
    SCANNED = "scanned"
    LAST = "last"
    TOO_MANY = "too_many"


def asked_after(line: Line, step: int) -> int | CountRefusal:
    """What is asked for once a line has `step` boxes more, or fewer; or why that is not to be.

    Boxes in hand are counted by their codes: no number goes below them.
    """
    if line.split:
        return CountRefusal.UNITS
    if line.gift:
        return CountRefusal.GIFT
    wanted = line.quantity + step
    if wanted < len(line.every_box):
        return CountRefusal.SCANNED
    if wanted < 1:
        return CountRefusal.LAST
    return CountRefusal.TOO_MANY if wanted > MOST_BOXES else wanted
