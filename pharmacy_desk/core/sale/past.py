"""The till's past: sales of the system that stood here before, known by their codes alone.

They are history of another system: in no sum, no close and no upload. What they do is to stand
against a code that comes again, and to be looked up. A row that contradicts another, or our own
ledger, is a finding: it is kept with what it says, and told.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from pharmacy_desk.core.basics.values import dataclass


class PastKind(StrEnum):
    """A step of a box in the old system, as its time line names it."""

    SOLD = "past_sold"
    RETURNED = "past_returned"


class FindingKind(StrEnum):
    """What is wrong with a row: the reason that the report and the ledger name it by.

    `SAME_AS_OURS` stands in our own ledger as sold or in a sale, `ON_SHELF` as here for sale;
    `SOLD_TWICE` has no return between two sales, `RETURN_ALONE` no sale before the return;
    `OTHER_DRUG` is another drug than the three-code map knows the code for; `UNREAD` could not be
    taken for what stands in it.
    """

    SAME_AS_OURS = "same_as_ours"
    ON_SHELF = "on_shelf"
    SOLD_TWICE = "sold_twice"
    RETURN_ALONE = "return_alone"
    OTHER_DRUG = "other_drug"
    UNREAD = "unread"


class PastRow(NamedTuple):
    """One code of one row, in the order its columns are kept.

    A tuple, for files hold a million of them. `at` is the moment as told, in ISO's form and the
    counter's own time; midnight where only the day was told. `item` is the old system's own code
    of the drug, else its barcode. What was not told is empty, a price None.
    """

    row: int
    code: str
    at: str
    returned: int
    number: str
    item: str
    name: str
    price_fen: int | None
    payment: str
    setl_id: str
    operator: str


class PastStep(NamedTuple):
    """What became of a code at a moment: the part of its row that the others are held against."""

    row: int
    at: str
    returned: int
    number: str
    operator: str


class Finding(NamedTuple):
    """A row that contradicts: its number in the file, the code, why, and against what."""

    row: int
    code: str
    kind: FindingKind
    words: str


@dataclass(frozen=True, slots=True)
class PastProgress:
    """How far a file was taken before: its last row that is in, and whether that was its end."""

    last_row: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class PastFile:
    """A file by its content: its digest tells it again, its name is for people."""

    digest: str
    name: str


def standing(steps: Iterable[PastStep]) -> PastStep | None:
    """The sale by which a code is sold, by all its steps in the order of time; None: it is free.

    A sale and a return of one moment (often only the day is told) leave it as it was, in whatever
    order the file lists them.
    """
    sold: PastStep | None = None
    for sales, returns in _moments(steps):
        if len(sales) > len(returns):
            sold = sales[-1]
        elif len(sales) < len(returns):
            sold = None
    return sold


def contradictions(code: str, steps: Iterable[PastStep]) -> list[Finding]:
    """Sales without a return between them, and returns without a sale before them."""
    found: list[Finding] = []
    sold: PastStep | None = None
    for sales, returns in _moments(steps):
        spare = len(sales) - len(returns)
        before = [sold] if sold else []
        for first, second in zip([*before, *sales], [*before, *sales][1:], strict=False):
            if spare + len(before) > 1 and first.number != second.number:
                words = words_of(told_by(first.number, first.at), told_by(second.number, second.at))
                found.append(Finding(second.row, code, FindingKind.SOLD_TWICE, words))
        if spare + len(before) < 0:
            words = told_by(returns[-1].number, returns[-1].at)
            found.append(Finding(returns[-1].row, code, FindingKind.RETURN_ALONE, words))
        if spare:
            sold = sales[-1] if spare > 0 else None
    return found


def words_of(*parts: str) -> str:
    """What a finding tells, apart by a sign that no number of a person has inside."""
    return " · ".join(part for part in parts if part)


def told_by(number: str, at: str, *against: str) -> str:
    """A sale or return by its number and day, and against what it stands."""
    return words_of(number, at[:10], *against)


def _moments(
    steps: Iterable[PastStep],
) -> Iterable[tuple[Sequence[PastStep], Sequence[PastStep]]]:
    """The sales and the returns of each moment."""
    for _, together in groupby(steps, key=lambda step: step.at):
        here = list(together)
        yield [one for one in here if not one.returned], [one for one in here if one.returned]
