"""What the counter tells the window and the rehearsal: values, posted after the disk has them."""

from datetime import datetime
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.duty import Entry, OnDuty
from pharmacy_desk.core.people.lessons import Progress
from pharmacy_desk.core.people.people import ApprovalRefusal, Operator, Person, Request
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.sale.shift import Closing, Pending, Shift, Totals
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.sale.ticket import Ticket
from pharmacy_desk.core.scanning.scan import RawScan, Reading
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.no_code import NoCodeState
from pharmacy_desk.core.upload.slip import Slip
from pharmacy_desk.counter.answers import PayAnswer, PersonAnswer, ReturnAnswer
from pharmacy_desk.counter.guard_view import GuardView
from pharmacy_desk.counter.views import count_view, moving_view, receiving_view
from pharmacy_desk.counter.views.count_view import CountView
from pharmacy_desk.counter.views.moving_view import MovingView
from pharmacy_desk.counter.views.receiving_view import ReceivingView


@dataclass(frozen=True, slots=True)
class Judged:
    """A scan was judged; `sale` is the sale after it. `scan_number` counts scans since start.

    `split` holds the codes that a merged read can only be cut into, for a person to take or not;
    `port` is the scanner's name, `chosen` the line a person has the keyboard on.
    """

    verdict: Verdict
    sale: Sale | None
    scan_number: int
    at: datetime
    chosen: int | None = None
    answered: bool = False
    port: str = ""
    split: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanFailed:
    """A scan could not be kept: nothing was reserved. `error` says why."""

    scan_number: int
    error: Exception


@dataclass(frozen=True, slots=True)
class ScanArrived:
    """A scanner delivered something, whatever it is: `port` is its name. Told behind its answer."""

    port: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A scan was taken by a screen that looks things up; nothing was sold."""

    reading: Reading
    scan_number: int


@dataclass(frozen=True, slots=True)
class ReceivingShown:
    """How the receiving in hand stands.

    `answer` is what became of the scan of this number; after a wish there is neither: the one who
    wished has the answer.
    """

    view: ReceivingView
    scan_number: int = 0
    answer: receiving_view.Answer | None = None


@dataclass(frozen=True, slots=True)
class CountShown:
    """How the shelf that is counted stands; the rest as of `ReceivingShown`."""

    view: CountView
    scan_number: int = 0
    answer: count_view.Answer | None = None


@dataclass(frozen=True, slots=True)
class MovingShown:
    """How the document in hand stands; the rest as of `ReceivingShown`."""

    view: MovingView
    scan_number: int = 0
    answer: moving_view.Answer | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A scan was only tried, for the scanner assistant: as received, and what it was."""

    raw: RawScan
    reading: Reading
    scan_number: int


@dataclass(frozen=True, slots=True)
class GuardShown:
    """How the guard before another till stands, and what became of the scan of this number."""

    view: GuardView
    scan_number: int = 0


@dataclass(frozen=True, slots=True)
class SaleChanged:
    """The open sale is now this one (None: no sale is open); so many are held.

    `chosen` is the line a person has the keyboard on, by its number.
    """

    sale: Sale | None
    held: int
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class GateLooked:
    """What stops the way of paying that was chosen, as the sale stands now.

    `sale` tells who would pay each of its lines.
    `reminders` are told and stop nothing.
    """

    sale: Sale
    payment: PaymentKind
    refusals: tuple[Refusal, ...]
    reminders: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoEnded:
    """What became of the undoing of an insured sale that nobody waited for."""

    answer: ReturnAnswer


@dataclass(frozen=True, slots=True)
class TenderShown:
    """A payment code was scanned while a payment is armed: by it the rest is paid.

    The code itself is kept nowhere.
    """

    kind: TenderKind
    scan_number: int


@dataclass(frozen=True, slots=True)
class PayStarted:
    """The settlement is being asked; scans wait until it has answered."""

    sale: Sale
    payment: PaymentKind


@dataclass(frozen=True, slots=True)
class Paid:
    """The sale is on the disk with its outbox lines."""

    sale: Sale


@dataclass(frozen=True, slots=True)
class PayEnded:
    """What a payment came to that no wish waits for.

    It was asked about again after a kill or a lost answer, or its settlement could not be undone.
    """

    answer: PayAnswer


@dataclass(frozen=True, slots=True)
class Returned:
    """Goods were taken back by a document, or a box put back on the shelf (`restored`).

    `code` is a single box's; empty for several goods, and for those without one.
    """

    number: str
    code: str
    restored: bool = False


@dataclass(frozen=True, slots=True)
class MapChanged:
    """The three-code map says something else of this identification now."""

    identification: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt left for the printer; `where` names the file or the address."""

    number: str
    where: str


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """A receipt was not printed; the sale stands, and it can be printed again."""

    number: str
    error: Exception


@dataclass(frozen=True, slots=True)
class ScannerState:
    """A scanner's state: a word of `ScannerWord`."""

    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class LineState:
    """A line to the outside: `upload` or `settlement`, up or down since when."""

    name: str
    up: bool
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Documents of one kind were posted, and moved so many boxes."""

    kind: MovementKind
    documents: tuple[str, ...]
    boxes: int


@dataclass(frozen=True, slots=True)
class RecallChanged:
    """A recall was opened, or ended."""

    number: str


@dataclass(frozen=True, slots=True)
class NoCodeChanged:
    """An entry of the no-code library is in this state now."""

    number: str
    state: NoCodeState


@dataclass(frozen=True, slots=True)
class NoCodeTaken:
    """A box of the no-code library is in the sale's line."""

    number: str
    line: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at the counter from now on, by PIN or badge."""

    operator: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class BadgeScanned:
    """A person's badge was scanned; `refused` is `needs_pin` or `locked_out` when it is not enough.

    Where it is enough, `SignedIn` was posted before.
    """

    operator: str
    name: str
    refused: str
    scan_number: int


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person's card or code was scanned at the step that asks for one: whom the sale is for."""

    answer: PersonAnswer
    scan_number: int


@dataclass(frozen=True, slots=True)
class SlipShown:
    """The slip of the insurance's terminal was scanned, or its file came, while it was asked for.

    `scan_number` is 0 where it came as a file.
    """

    slip: Slip
    scan_number: int = 0


@dataclass(frozen=True, slots=True)
class ScannedWhileLocked:
    """A scan came to a locked counter: it went nowhere, and stays in the ring."""

    scan_number: int
    port: str


@dataclass(frozen=True, slots=True)
class CounterLocked:
    """The counter is locked; not `locked` says that it cannot be: nobody could sign in."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Enrolling:
    """A badge that is enrolled was scanned: `scans` of two count; `refused` says what was wrong."""

    operator: str
    scans: int
    refused: str = ""
    scan_number: int = 0


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """Who works here, and how, has changed."""

    operator: str


@dataclass(frozen=True, slots=True)
class DayShown:
    """How the open shift and the day stand, what waits still, and what was closed last."""

    shift: Shift | None
    in_shift: Totals
    in_day: Totals
    pending: Pending
    closings: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class DutyShown:
    """Who has signed on as pharmacist, what the staff register holds, and everybody it may name."""

    on_duty: tuple[OnDuty, ...]
    register: tuple[Entry, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ApprovalWanted:
    """Something waits for a second person."""

    request: Request


@dataclass(frozen=True, slots=True)
class ApprovalAnswered:
    """`request` waits no more: a second person (`approver`) said yes, or it was put away.

    `ended` tells why it was put away: nobody said yes, or it has changed meanwhile.
    """

    request: Request
    approver: str = ""
    ended: ApprovalRefusal | None = None


@dataclass(frozen=True, slots=True)
class LessonShown:
    """How a lesson in training stands for the person at the counter; None: none is in hand."""

    person: Operator
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class TicketChanged:
    """A ticket of another till came, was captured for, or ended."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The outbox has moved; screens that show it read it again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The world failed (`WorldError`) or we have a bug: one sentence, counter stays open."""

    error: Exception


News: TypeAlias = (
    Judged
    | TicketChanged
    | ScanFailed
    | ScanArrived
    | LookedUp
    | SlipShown
    | ReceivingShown
    | CountShown
    | MovingShown
    | Tried
    | GuardShown
    | SaleChanged
    | GateLooked
    | UndoEnded
    | TenderShown
    | PayStarted
    | Paid
    | PayEnded
    | Returned
    | MapChanged
    | Moved
    | RecallChanged
    | NoCodeChanged
    | NoCodeTaken
    | SignedIn
    | BadgeScanned
    | PersonShown
    | ScannedWhileLocked
    | CounterLocked
    | Enrolling
    | PeopleChanged
    | DutyShown
    | DayShown
    | ApprovalWanted
    | ApprovalAnswered
    | LessonShown
    | Printed
    | PrintFailed
    | ScannerState
    | LineState
    | QueueChanged
    | Trouble
)
