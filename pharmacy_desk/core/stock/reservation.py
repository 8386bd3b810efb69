"""What the keeper of reservations answers about a code, and what it is told of one.

Three answers and no fourth: the code is yours, somebody has or had it, or nobody can say now.
What became of a claim is told until the keeper has heard it.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.facts import Earlier


@dataclass(frozen=True, slots=True)
class Claim:
    """A sale's claim on one code: which sale of which counter, who made it, and when."""

    code: str
    sale: str
    counter: str
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Yours:
    """Nobody speaks against this sale having the code."""


@dataclass(frozen=True, slots=True)
class TakenBy:
    """Somebody has or had the code: whom, when, at which counter."""

    earlier: Earlier


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The keeper does not answer: who it is, and since when it has been silent."""

    since: datetime
    keeper: str


class Word(StrEnum):
    """What the keeper is told of a code that a sale has had; the values stand in the ledger."""

    RELEASED = "released"
    SOLD = "sold"
    GIVEN_BACK = "given_back"
    ON_SALE = "on_sale"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True)
class Unheard:
    """One thing the keeper has not heard yet; `id` is its place in the order it happened.

    `to` is the sale that an unpaid one goes on as, when it was carried over.
    """

    id: int
    word: Word
    sale: str
    code: str
    to: str = ""


Answer: TypeAlias = Yours | TakenBy | NotKnown
