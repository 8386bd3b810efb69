"""What another till may ask of the counter, and what it is answered (contracts, section 7)."""

from collections.abc import Sequence
from concurrent.futures import Future
from enum import StrEnum
from typing import Protocol

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.core.sale.ticket import Ticket, TicketEnd, TicketOrder


class DeskState(StrEnum):
    """Whether the counter takes scans: nobody has signed in, or a payment is under way."""

    READY = "ready"
    BUSY = "busy"
    LOCKED = "locked"


class CallFault(StrEnum):
    """Why a call was not even looked at."""

    BAD_BODY = "BAD_BODY"
    BAD_FIELD = "BAD_FIELD"
    BAD_TOKEN = "BAD_TOKEN"
    FOREIGN_PAGE = "FOREIGN_PAGE"
    TOO_MANY = "TOO_MANY"
    NO_SUCH_CALL = "NO_SUCH_CALL"
    NO_SUCH_CODE = "NO_SUCH_CODE"
    FAILED = "FAILED"


class TicketDid(StrEnum):
    """What a ticket's call did, or why it did nothing (contracts, section 7)."""

    OPENED = "OPENED"
    THERE = "THERE"
    SETTLED = "SETTLED"
    CANCELLED = "CANCELLED"
    MATCHED = "MATCHED"
    # The same number was told before with another content.
    DIFFERS = "DIFFERS"
    NO_TICKET = "NO_TICKET"
    # It is settled or cancelled, and stays so.
    ENDED = "ENDED"
    PERSON_NUMBER = "PERSON_NUMBER"
    UNKNOWN_ITEM = "UNKNOWN_ITEM"
    MISSING_CODES = "MISSING_CODES"
    NOT_PAYABLE = "NOT_PAYABLE"
    GATE = "GATE"
    NO_SETTLEMENT = "NO_SETTLEMENT"
    SPLIT_WRONG = "SPLIT_WRONG"
    LOCKED = "LOCKED"
    BUSY = "BUSY"

    @property
    def refused(self) -> bool:
        """True when nothing was done."""
        return self not in _DONE


_DONE = frozenset(
    {
        TicketDid.OPENED,
        TicketDid.THERE,
        TicketDid.SETTLED,
        TicketDid.CANCELLED,
        TicketDid.MATCHED,
    }
)


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """A ticket as it is now; `differs` names what was told otherwise before.

    `refusals` are the gate's that stop it, `doubts` the boxes among its codes that may not be sold.
    """

    what: TicketDid
    ticket: Ticket | None = None
    differs: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketScan:
    """What a scan that the till handed on came to; `line` is the till's own number of its line."""

    what: TicketDid
    verdict: Verdict | None = None
    line: int | str | None = None


@dataclass(frozen=True, slots=True)
class NotBack:
    """A code that was not taken back, and why."""

    code: str
    why: ReturnRefusal


@dataclass(frozen=True, slots=True)
class TicketReturn:
    """Codes of a settled ticket that came back, under which document, and which did not.

    A code that this ticket has returned before is among the `returned`; asked for again, all of
    them are under the document they came back with.
    """

    what: TicketDid
    document: str = ""
    returned: tuple[str, ...] = ()
    refused: tuple[NotBack, ...] = ()


class TillDesk(Protocol):
    """The counter as another till speaks to it, from any thread.

    Every call may come again, after a crash on either side, and gets the same answer.
    """

    def open(self, order: TicketOrder) -> Future[TicketAnswer]:
        """The till tells a sale; its codes are captured from now on."""
        ...

    def look(self, number: str) -> Future[TicketAnswer]:
        """How a ticket stands."""
        ...

    def scan(self, number: str, text: str) -> Future[TicketScan]:
        """The till hands on what its own scanner read for this ticket."""
        ...

    def settle(self, number: str, end: TicketEnd) -> Future[TicketAnswer]:
        """The till has been paid: its codes are final and queued."""
        ...

    def cancel(self, number: str, reason: str) -> Future[TicketAnswer]:
        """The till has dropped the sale: its codes are free again."""
        ...

    def take_back(self, number: str, codes: Sequence[str], reason: str) -> Future[TicketReturn]:
        """Boxes of a settled ticket come back."""
        ...

    def state(self) -> Future[DeskState]:
        """Whether the counter takes scans now."""
        ...

    def wrong_token(self) -> Future[None]:
        """Somebody on this machine has tried wrong tokens: it is written down."""
        ...


class TillWords(Protocol):
    """What a till is told for the person in front of it, in the program's language."""

    def verdict(self, verdict: Verdict) -> str:
        """What became of a scan, and what to do."""
        ...

    def refusal(self, refusal: Refusal, drug: str) -> str:
        """Why the gate speaks against a payment; `drug` is whose line it is, empty for none."""
        ...

    def did(self, what: TicketDid) -> tuple[str, str]:
        """Why nothing was done, and what to do."""
        ...

    def fault(self, what: CallFault) -> tuple[str, str]:
        """Why a call was not taken, and what to do."""
        ...

    def world(self, error: WorldError) -> str:
        """What went wrong with a file, and what to do."""
        ...

    def no_columns(self, missing: Sequence[str], found: Sequence[str]) -> str:
        """Which columns a file lacks, and which it has instead."""
        ...

    def bad_row(self, row: BadRow) -> str:
        """Why a row of a file cannot be taken."""
        ...

    def row(self, row: BadRow) -> str:
        """Why a row of a query cannot be taken."""
        ...

    def not_back(self, why: ReturnRefusal) -> str:
        """Why a code was not taken back."""
        ...
