"""What a moving session shows, the document in hand, and what becomes of scans and wishes."""

from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.moving import NOTHING, MovedBox, MoveLack, Moving
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter.views.kept_view import Kept
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer


@dataclass(frozen=True, slots=True)
class Sighted:
    """One thing was scanned; `why` it is not in the document, None when it is."""

    seen: SeenBox
    why: WhyNot | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """It is not posted: this lacks, the first of it first."""

    missing: tuple[MoveLack, ...]


Answer: TypeAlias = Sighted | PackOpened | Lacking | MoveAnswer | Kept


@dataclass(frozen=True, slots=True)
class Behind:
    """A box, an item or a file's row that was not moved, with its reason's word."""

    key: str
    box: MovedBox | None
    why: str


@dataclass(frozen=True, slots=True)
class MovingView:
    """The document as a screen draws it; `posting` it, or waiting for a second person.

    `posted` are the documents posted last, of which `posted_kind` tells what they did.
    """

    moving: Moving = NOTHING
    behind: tuple[Behind, ...] = ()
    posted: tuple[str, ...] = ()
    posted_kind: MovementKind = MovementKind.TRANSFER_OUT
    posting: bool = False
