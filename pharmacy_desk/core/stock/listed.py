"""Rows of the lists of the stock: documents, their codes, what is on the shelves."""

from datetime import date, datetime

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.movement import MovementKind


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list. `boxes` counts smallest packs, coded or not."""

    number: str
    kind: MovementKind
    at: datetime
    party: str
    reference: str
    reason: str
    operator: str
    boxes: int


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """One code of a document, or (`code` None) a line without codes.

    `line` and `place` tell where it stands and where the next page begins. `found_by` is the
    document by which a box of a loss was found again.
    """

    line: int
    place: int
    item: str
    name: str
    batch: Batch
    quantity: int
    code: str | None
    found_by: str | None = None


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """Lots whose drug or lot holds this text, and which expire on `until` or before."""

    text: str = ""
    until: date | None = None


EVERY_LOT = ShelfFilter()


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """How many boxes of a drug and lot are here: on the shelf, opened, and put aside."""

    item: str
    name: str
    spec: str
    lot: str
    expiry: date | None
    shelf: int
    opened: int
    aside: int
