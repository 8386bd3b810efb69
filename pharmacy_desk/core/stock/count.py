"""Stock-take (盘点): what was scanned on a shelf beside what the ledger says should be there.

Only drugs that were scanned are compared: a shelf is counted, never the whole store at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.receiving import SeenBox

# Not on the shelf by the ledger, and nowhere else either: it is posted as surplus.
_ABSENT = (None, BoxState.MISSING)


class Sight(StrEnum):
    """What a scanned thing is to the shelf that is counted."""

    RIGHT = "right"
    SURPLUS = "surplus"
    NOT_FOR_SALE = "not_for_sale"
    TWICE = "twice"
    DRUG_CHOSEN = "drug_chosen"
    UNKNOWN_DRUG = "unknown_drug"
    NOT_TRACE = "not_trace"


# Boxes of an outer pack that have to be looked at one by one.
DOUBTFUL = frozenset({Sight.NOT_FOR_SALE, Sight.UNKNOWN_DRUG, Sight.NOT_TRACE})


@dataclass(frozen=True, slots=True)
class ScannedBox:
    """One box on the shelf: its drug, and where the ledger had it when it was scanned."""

    item: str
    state: BoxState | None


@dataclass(frozen=True, slots=True)
class Count:
    """One drug of the shelf: by the ledger, scanned of these, and scanned besides them."""

    item: Item
    expected: int
    right: int
    surplus: int

    @property
    def missing(self) -> int:
        """On the shelf by the ledger and not scanned."""
        return max(0, self.expected - self.right)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf being counted: its drugs and boxes by their codes, as they were scanned."""

    items: Mapping[str, Item]
    boxes: Mapping[str, ScannedBox]

    def without(self, posted: "Shelf") -> "Shelf":
        """What was scanned since: the boxes that are not posted, and their drugs."""
        boxes = {code: box for code, box in self.boxes.items() if code not in posted.boxes}
        open_ = {box.item for box in boxes.values()} | (self.items.keys() - posted.items.keys())
        return Shelf({code: one for code, one in self.items.items() if code in open_}, boxes)


EMPTY = Shelf({}, {})


def look(shelf: Shelf, seen: SeenBox) -> tuple[Sight, Shelf]:
    """What a scanned thing is, and the shelf with it."""
    item = seen.item
    if item is None and seen.reading.is_trace:
        return Sight.UNKNOWN_DRUG, shelf
    if item is None or not (seen.reading.is_trace or item.needs_code):
        return Sight.NOT_TRACE, shelf
    shelf = replace(shelf, items={**shelf.items, item.code: item})
    if not seen.reading.is_trace:
        return Sight.DRUG_CHOSEN, shelf
    if seen.code in shelf.boxes:
        return Sight.TWICE, shelf
    box = ScannedBox(item.code, seen.state)
    shelf = replace(shelf, boxes={**shelf.boxes, seen.code: box})
    if seen.state is BoxState.ON_SHELF:
        return Sight.RIGHT, shelf
    return (Sight.SURPLUS if seen.state in _ABSENT else Sight.NOT_FOR_SALE), shelf


def counts(shelf: Shelf, expected: Mapping[str, int]) -> tuple[Count, ...]:
    """Its drugs: those with missing boxes first, then surplus, then what is as it should be."""
    right, surplus = dict.fromkeys(shelf.items, 0), dict.fromkeys(shelf.items, 0)
    for box in shelf.boxes.values():
        if box.state is BoxState.ON_SHELF:
            right[box.item] += 1
        elif box.state in _ABSENT:
            surplus[box.item] += 1
    found = [
        Count(item, expected.get(code, 0), right[code], surplus[code])
        for code, item in shelf.items.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.missing, not one.surplus, one.item.name)))


def differences(of: Iterable[Count]) -> tuple[int, int]:
    """Boxes missing and boxes too much."""
    found = tuple(of)
    return sum(one.missing for one in found), sum(one.surplus for one in found)
