"""The no-code library (无码库): boxes that need a trace code and carry none.

Insured sales settle only with the code scanned since 2025-07-01; what was bought earlier without a
code goes to a library and may settle for now (facts on the trade, section 1). An entry names the
goods by drug and lot, how many boxes there are, why they have no code, and what proves when they
were bought. A manager approves it; sales use it up.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.stock.facts import Recall

# From this day on an insured box needs its code: goods bought on it or later come with one.
CODES_SINCE = date(2025, 7, 1)
# A pallet is 1 000 boxes or so; ten of them without codes are a typing error.
MOST_BOXES = 9999


class NoCodeState(StrEnum):
    """Where an entry stands. Only an approved one gives boxes; a closed one never again."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CLOSED = "closed"


class NoCodeReason(StrEnum):
    """Why the boxes have no code that can be scanned."""

    MADE_BEFORE = "made_before"
    NOT_REQUIRED = "not_required"
    LABEL_LOST = "label_lost"
    NOT_READABLE = "not_readable"
    OTHER = "other"


class CloseReason(StrEnum):
    """Why an entry gives no more boxes."""

    COUNTED = "counted"
    HAVE_CODES = "have_codes"
    GONE = "gone"
    MISTAKE = "mistake"


class Flaw(StrEnum):
    """Why an entry is not kept as it was filled in."""

    DRUG = "drug"
    NEEDS_NONE = "needs_none"
    LOT = "lot"
    DATES = "dates"
    QUANTITY = "quantity"
    BOUGHT_ON = "bought_on"
    EVIDENCE = "evidence"


class Bar(StrEnum):
    """Why an entry gives no box for this sale."""

    NOT_FOUND = "not_found"
    NOT_APPROVED = "not_approved"
    APPROVED_BEFORE = "approved_before"
    CLOSED = "closed"
    USED_UP = "used_up"
    OTHER_DRUG = "other_drug"
    EXPIRED = "expired"
    RECALLED = "recalled"
    NOTHING_LACKING = "nothing_lacking"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as a person fills it in. `evidence` is free text: invoice number, picture name."""

    item: str
    batch: Batch
    quantity: int
    reason: NoCodeReason
    bought_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class NoCodeEntry:
    """One entry of the library; quantities are smallest packs. `approver` is a manager's number."""

    number: str
    item: str
    batch: Batch
    quantity: int
    used: int
    reason: NoCodeReason
    bought_on: date
    evidence: str
    state: NoCodeState
    at: datetime
    operator: str
    approver: str | None = None

    @property
    def left(self) -> int:
        """Boxes that can still be taken."""
        return self.quantity - self.used


@dataclass(frozen=True, slots=True)
class NoCodeRow:
    """One entry in a list, with its drug in words."""

    entry: NoCodeEntry
    name: str
    spec: str
    rank: int


@dataclass(frozen=True, slots=True)
class NoCodeBox:
    """A box in a sale that stands on an entry of the library instead of a trace code.

    `entry` is its place in the order of scanning, `number` the entry of the library.
    """

    entry: int
    number: str
    batch: Batch
    bought_on: date


@dataclass(frozen=True, slots=True)
class NoCodeSold:
    """A box that was sold without a code and is still the customer's, by its place in a sale."""

    sale: str
    entry: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Term:
    """The day of a payment, and the last day on which the region settles without a code.

    Without a last day the region has not set one: the national text says "for now".
    """

    today: date
    until: date | None = None

    def insured(self, bought_on: date) -> bool:
        """Whether a box bought on that day may be settled by the insurance without its code."""
        in_time = self.until is None or self.today <= self.until
        return bought_on < CODES_SINCE and in_time


@dataclass(frozen=True, slots=True)
class Share:
    """How much was sold without a code: boxes from the library, of boxes that needed one."""

    taken: int
    needed: int

    @property
    def per_mille(self) -> int:
        """The share in thousandths, rounded up: one box in ten thousand is not nothing."""
        return -(-self.taken * 1000 // self.needed) if self.needed else 0


def flaw(draft: Draft, item: Item | None, today: date) -> Flaw | None:
    """The first thing that keeps an entry from being kept; None when it may be."""
    if item is None:
        return Flaw.DRUG
    if not item.needs_code:
        return Flaw.NEEDS_NONE
    if not draft.batch.lot:
        return Flaw.LOT
    made, expiry = draft.batch.made, draft.batch.expiry
    # Every upload line carries both dates (facts on platforms, 2.5 rows 20 and 21).
    if made is None or expiry is None or made >= expiry:
        return Flaw.DATES
    if not 1 <= draft.quantity <= MOST_BOXES:
        return Flaw.QUANTITY
    if not made <= draft.bought_on <= today:
        return Flaw.BOUGHT_ON
    return None if draft.evidence.strip() else Flaw.EVIDENCE


def bar(entry: NoCodeEntry, item: Item, today: date, recalls: Sequence[Recall] = ()) -> Bar | None:
    """Why an entry gives no box of this drug today; None when it does.

    Expiry and recall hold for a box without a code as for any other. How the sale is paid is not
    asked here: the gate looks at that when it is known.
    """
    if entry.state is not NoCodeState.APPROVED:
        return Bar.CLOSED if entry.state is NoCodeState.CLOSED else Bar.NOT_APPROVED
    if entry.item != item.code:
        return Bar.OTHER_DRUG
    if entry.left < 1:
        return Bar.USED_UP
    if entry.batch.expiry and entry.batch.expiry < today:
        return Bar.EXPIRED
    if any(recall.holds("", item, entry.batch, None) for recall in recalls):
        return Bar.RECALLED
    return None
