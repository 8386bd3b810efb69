"""What became of what another till told or asked; the values are the contract's reasons."""

from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.core.sale.ticket import Ticket


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
