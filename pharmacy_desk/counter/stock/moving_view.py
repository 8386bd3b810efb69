"""What a moving session shows: the document in hand, and what became of the last scan or wish."""

from dataclasses import dataclass
from typing import TypeAlias

from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.moving import NOTHING, MovedBox, MoveLack, Moving
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter.stock.answers import MoveAnswer
from pharmacy_desk.counter.stock.kept_view import Kept
from pharmacy_desk.counter.stock.opened import PackOpened


@dataclass(frozen=True, slots=True)
class Sighted:
    """One thing was scanned; `why` it is not in the document, None when it is."""

    seen: SeenBox
    why: WhyNot | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """It is not posted: this lacks, the first of it first."""

    missing: tuple[MoveLack, ...]


@dataclass(frozen=True, slots=True)
class PostingMove:
    """The document is on its way, or waits for a second person."""

    kind: MovementKind


Answer: TypeAlias = Sighted | PackOpened | Lacking | PostingMove | MoveAnswer | Kept


@dataclass(frozen=True, slots=True)
class Behind:
    """A box, an item or a file's row that was not moved, with its reason's word."""

    key: str
    box: MovedBox | None
    why: str


@dataclass(frozen=True, slots=True)
class MovingView:
    """The document as a screen draws it, and the answer to what was scanned or wished last.

    `posted` are the documents posted last, of which `posted_kind` tells what they did.
    """

    moving: Moving = NOTHING
    behind: tuple[Behind, ...] = ()
    posted: tuple[str, ...] = ()
    posted_kind: MovementKind = MovementKind.TRANSFER_OUT
    answer: Answer | None = None
