"""How the guard stands, and what became of the last scan or key: what its strip shows."""

from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.sale.guarding import NotTyped, TillEnd
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import SaleAnswer


class GuardDid(StrEnum):
    """What became of a scan, or of a key of the strip.

    `ASK_PAYMENT`: the till's receipt was scanned and told no payment; `ASK_KIND`: the insurance
    paid, and which of its kinds is asked.
    """

    TYPED = "typed"
    PASSED = "passed"
    HELD = "held"
    REFUSED = "refused"
    NOT_TYPED = "not_typed"
    SEEN_THERE = "seen_there"
    ASK_PAYMENT = "ask_payment"
    ASK_KIND = "ask_kind"
    NOTHING_OPEN = "nothing_open"


@dataclass(frozen=True, slots=True)
class GuardView:
    """How the guard stands.

    `untyped` are boxes of the open sale that may not stand in the till, the oldest first; `why`
    says what came between; `end` is the till's receipt that nobody has told the payment of yet.
    `answer` is what a key of the strip came to: a box taken back, a sale ended or put aside.
    """

    sale: Sale | None = None
    what: GuardDid | None = None
    verdict: Verdict | None = None
    why: NotTyped | None = None
    untyped: tuple[str, ...] = ()
    end: TillEnd | None = None
    answer: SaleAnswer | TicketAnswer | None = None
