"""What was scanned for a stock-take or a document, as it is kept on the disk until it is posted.

Only trace codes and item codes are kept, no person's data. Where a box is, the ledger is asked anew
when the work goes on: meanwhile it may have been sold, or moved by the very document.
"""

import json
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class Work(StrEnum):
    """What the boxes are scanned for; the values stand in the ledger."""

    COUNT = "count"
    MOVING = "moving"


@dataclass(frozen=True, slots=True)
class Scanned:
    """Codes in the order of their scans.

    `items` are a shelf's drugs by item code, also those of which no box was found; `movement` is
    what the document does.
    """

    codes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    movement: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was scanned that would be missed."""
        return not (self.codes or self.items)


@dataclass(frozen=True, slots=True)
class WaitingScans:
    """Unfinished work in a list: when and by whom it was scanned for last, and how many boxes."""

    number: str
    at: datetime
    operator: str
    boxes: int


def to_body(scanned: Scanned) -> str:
    """The scans as JSON."""
    told = {"codes": scanned.codes, "item": scanned.items, "movement": scanned.movement}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_body(body: str) -> Scanned | None:
    """The scans again; None when the body is damaged."""
    try:
        told = json.loads(body)
        codes, items = (tuple(map(str, told[key])) for key in ("codes", "item"))
        return Scanned(codes, items, str(told["movement"]))
    except (ValueError, KeyError, TypeError):
        return None


def waiting(number: str, at: datetime, operator: str, body: str) -> WaitingScans:
    """A draft's line in a list; one whose body is damaged has no boxes to tell."""
    scanned = from_body(body)
    return WaitingScans(number, at, operator, len(scanned.codes) if scanned else 0)
