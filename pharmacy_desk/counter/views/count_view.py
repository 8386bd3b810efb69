"""What a counting session shows, the shelf by drug, and what becomes of scans and wishes."""

from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.count import Count, Sight
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter.views.kept_view import Kept
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer


@dataclass(frozen=True, slots=True)
class Ready:
    """Nothing is scanned yet."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """One thing was scanned."""

    sight: Sight
    seen: SeenBox


@dataclass(frozen=True, slots=True)
class Equal:
    """The shelf is as the ledger says."""


@dataclass(frozen=True, slots=True)
class Differs:
    """It is not posted yet: a person says once more that it is so."""

    missing: int
    surplus: int


@dataclass(frozen=True, slots=True)
class Recounted:
    """What should be there was asked of the ledger anew."""


Answer: TypeAlias = Ready | Sighted | PackOpened | Equal | Differs | Recounted | MoveAnswer | Kept


@dataclass(frozen=True, slots=True)
class CountView:
    """The shelf as a screen draws it; `posting` its differences, or waiting for a second person."""

    counts: tuple[Count, ...] = ()
    scanned: frozenset[str] = frozenset()
    posting: bool = False
