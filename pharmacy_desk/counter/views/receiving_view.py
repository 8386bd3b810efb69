"""What a receiving session shows, its state, and what becomes of scans and wishes."""

from collections.abc import Mapping
from typing import TypeAlias

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.acceptance import Doubt, Missing
from pharmacy_desk.core.stock.drafts import Unfinished, Waiting
from pharmacy_desk.core.stock.receiving import Arrival, Receiving, Tally
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.counter.views.opened import PackOpened


@dataclass(frozen=True, slots=True)
class Ready:
    """A receiving begins, as its note says or without one."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One box was scanned."""

    arrival: Arrival


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A box was scanned by mistake."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class NothingToRefuse:
    """There is no box that could be refused."""


@dataclass(frozen=True, slots=True)
class BoxRefused:
    """A box goes back, in writing."""

    reason: str


@dataclass(frozen=True, slots=True)
class LotKept:
    """Lot and dates of a row are told."""

    name: str
    lot: str


@dataclass(frozen=True, slots=True)
class WhichDrug:
    """A supplier's words fit no drug exactly: is it one of the `likely`?"""

    words: SupplierWords
    likely: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NoneLikely:
    """No drug is like these words of a supplier."""

    words: SupplierWords


@dataclass(frozen=True, slots=True)
class DrugNamed:
    """These words mean this drug, for this supplier's later deliveries too."""

    words: SupplierWords
    item: Item


@dataclass(frozen=True, slots=True)
class StillScanned:
    """Another note was wanted while boxes of this one are not posted."""

    boxes: int


@dataclass(frozen=True, slots=True)
class NotKept:
    """What changed did not reach the disk; it is still in hand."""

    error: WorldError
    boxes: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """It is not posted: this lacks, the first of it first."""

    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It is not posted yet: a person says once more that it is so."""

    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Posted:
    """The documents are on the disk: boxes moved, boxes refused, and those that stayed behind."""

    documents: tuple[str, ...]
    moved: int
    back: int
    stayed: int


@dataclass(frozen=True, slots=True)
class NotPosted:
    """None of these could be posted."""

    stayed: int


@dataclass(frozen=True, slots=True)
class PostFailed:
    """The world failed; the documents before stand."""

    error: WorldError


@dataclass(frozen=True, slots=True)
class PutAside:
    """It waits for later."""


@dataclass(frozen=True, slots=True)
class NothingToPutAside:
    """Nothing is being received."""


@dataclass(frozen=True, slots=True)
class Offered:
    """These wait unfinished: what shall become of them?"""

    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class NothingWaits:
    """None waits."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One that waited goes on."""

    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One that waited cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Discarded:
    """One that waited is forgotten."""

    waiting: Waiting


@dataclass(frozen=True, slots=True)
class NotDiscarded:
    """The disk did not let it go."""

    error: WorldError


@dataclass(frozen=True, slots=True)
class RowChosen:
    """A box that could be of several lots is of this row's from now on; None: it is asked."""

    row: int | None


Answer: TypeAlias = (
    Ready
    | RowChosen
    | Arrived
    | PackOpened
    | TakenOut
    | NothingToRefuse
    | BoxRefused
    | LotKept
    | WhichDrug
    | NoneLikely
    | DrugNamed
    | StillScanned
    | NotKept
    | Lacking
    | Doubtful
    | Posted
    | NotPosted
    | PostFailed
    | PutAside
    | NothingToPutAside
    | Offered
    | NothingWaits
    | TakenUp
    | Unreadable
    | Discarded
    | NotDiscarded
)


@dataclass(frozen=True, slots=True)
class ReceivingView:
    """A receiving as a screen draws it.

    `begun` counts the receivings that were taken up: another number means another form. `stayed`
    are codes, items and file rows that were not posted with their reason's word. `refusable` is
    the code scanned last if it may be refused, `touched` the row it belongs to. `documents` are
    those posted last, `posting` counts boxes whose documents are on their way.
    """

    unfinished: Unfinished
    tallies: tuple[Tally, ...]
    begun: int
    stayed: Mapping[str, str]
    refusable: str = ""
    touched: int | None = None
    documents: tuple[str, ...] = ()
    posting: int = 0

    @property
    def receiving(self) -> Receiving:
        """The receiving itself."""
        return self.unfinished.receiving
