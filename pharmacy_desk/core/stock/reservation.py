"""What the keeper of reservations answers about a code, and what it is told of one.

Three answers and no fourth: the code is yours, somebody has or had it, or nobody can say now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

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


Answer: TypeAlias = Yours | TakenBy | NotKnown
