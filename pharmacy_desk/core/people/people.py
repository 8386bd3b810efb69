"""People at the counter: roles, rights, approvals, wrong PINs and badges. Pure rules.

Sources: the list of roles (营业员, 药师, 店长, 信息员) and what each may do; what a box's moves ask
of a role stands in `core/stock/custody.py`. What everybody at a counter does all day (sell, put on
hold, receive, take back) has no row here: the ledger says who did it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.scanning import persons
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind, Reading, normalise, visible


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who works at the counter. `role` is one of 营业员, 药师, 店长, 信息员."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the list of people: who it is, and how the person may sign in.

    `locked_until` is the end of a lock-out, `tries` the wrong PINs in a row.
    """

    operator: Operator
    active: bool = True
    has_badge: bool = False
    tries: int = 0
    locked_until: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """True while wrong PINs keep this number out."""
        return self.locked_until is not None and is_locked(self.locked_until, now)


# --- rights ---------------------------------------------------------------------------------


class Right(StrEnum):
    """What not everybody may do by themselves."""

    SETTINGS = "settings"
    PEOPLE = "people"
    IMPORT = "import"
    DRUGS = "drugs"
    END_RECALL = "end_recall"
    PRICE_DOWN = "price_down"
    PRICE_UP = "price_up"
    REGISTER = "register"


class Subject(StrEnum):
    """What a second person may be asked to approve."""

    GATE = "gate"
    REPEAT = "repeat"
    MOVEMENT = "movement"
    RESTORE = "restore"
    NO_CODE = "no_code"
    RIGHT = "right"


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.SETTINGS: frozenset({Role.MANAGER, Role.INFORMATION}),
    Right.PEOPLE: frozenset({Role.MANAGER}),
    Right.IMPORT: frozenset({Role.PHARMACIST, Role.MANAGER, Role.INFORMATION}),
    # A drug by hand carries a price that nobody else has set.
    Right.DRUGS: frozenset({Role.PHARMACIST, Role.MANAGER, Role.INFORMATION}),
    # Holding a bad lot back is never wrong, so anybody may; letting it out again is a decision.
    Right.END_RECALL: frozenset({Role.PHARMACIST, Role.MANAGER}),
    # Money that is not taken can be taken by hand; a store says by setting how much others than the
    # manager may take off (`core/sale/prices.py`). More than the label says is never asked alone.
    Right.PRICE_DOWN: frozenset({Role.MANAGER}),
    Right.PRICE_UP: frozenset({Role.MANAGER}),
    # Names and identity numbers in the clear, on paper or in a table.
    Right.REGISTER: frozenset({Role.MANAGER}),
}
APPROVERS: dict[Subject, frozenset[Role]] = {
    Subject.GATE: frozenset({Role.MANAGER}),
    Subject.REPEAT: frozenset({Role.MANAGER}),
    Subject.MOVEMENT: frozenset({Role.MANAGER}),
    Subject.RESTORE: frozenset({Role.MANAGER}),
    # An entry of the no-code library opens an insured settlement without a code.
    Subject.NO_CODE: frozenset({Role.MANAGER}),
    Subject.RIGHT: frozenset({Role.MANAGER}),
}


def may_do(role: str, right: Right) -> bool:
    """Whether a person of this role may do it without asking."""
    return any(role == allowed.value for allowed in RIGHTS[right])


def may_approve(role: str, subject: Subject) -> bool:
    """Whether a person of this role may approve it for somebody else."""
    return any(role == allowed.value for allowed in APPROVERS[subject])


# --- approvals ------------------------------------------------------------------------------

# One line on a screen and in a printed list.
MOST_REASON_CHARS = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What waits for a second person.

    `what` is the word of the thing: gate reasons joined by `,`, a verdict, a kind of movement or a
    right. `subject` and `what` are kept in the event; `name` (a drug, a party, a number) and
    `boxes` only tell the second person what it is about. `author` is who wrote down what another
    one asks for: that is their own too.
    """

    subject: Subject
    what: str
    asker: Operator
    name: str = ""
    boxes: int = 0
    code: str | None = None
    document: str | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's yes: who asked, who approved, and why."""

    request: Request
    approver: str
    reason: str

    def event(self, at: datetime, document: str | None = None) -> Event:
        """The event that tells it, to be written with what it allows."""
        request = self.request
        payload: dict[str, object] = {
            "subject": request.subject.value,
            "what": request.what,
            "asker": request.asker.id,
            "approver": self.approver,
            "reason": self.reason,
        }
        number = document or request.document
        kind = EventKind.APPROVAL_GIVEN
        return Event(
            kind=kind,
            at=at,
            operator=request.asker.id,
            code=request.code,
            document=number,
            payload=payload,
        )


class ApprovalRefusal(StrEnum):
    """Why an approval was not taken."""

    NOTHING = "nothing_to_approve"
    NO_REASON = "no_reason"
    PERSONAL_REASON = "personal_reason"
    CHANGED = "changed"
    OWN = "own_approval"
    ROLE = "role_too_low"
    BAD_PIN = "bad_pin"
    LOCKED_OUT = "locked_out"
    DROPPED = "not_approved"


def reason_problem(reason: str, today: date) -> ApprovalRefusal | None:
    """Why a reason cannot be kept: it is empty, or holds a person's code (design, invariant 9)."""
    if not reason:
        return ApprovalRefusal.NO_REASON
    whole = any(recognise_text(word, today).is_personal for word in (reason, *reason.split()))
    held = whole or persons.names_person(reason, today, prose=True)
    return ApprovalRefusal.PERSONAL_REASON if held else None


def clean_reason(reason: str) -> str:
    """A reason as it is kept: one line of plain text."""
    return visible(normalise(reason), MOST_REASON_CHARS)


# --- PINs -----------------------------------------------------------------------------------

# Four digits are guessed at a counter in a slow hour; six take a day of typing.
LEAST_PIN = 6
MOST_PIN = 30
# Five wrong PINs in a row lock a number for five minutes, the next five for ten, and so on.
MOST_TRIES, _LOCKED, _LONGEST = 5, timedelta(minutes=5), timedelta(days=1)


def pin_problem(pin: str) -> str | None:
    """Why this cannot be a PIN: `short` or `plain` (one digit, or 123456); None when it can."""
    if len(pin) < LEAST_PIN or not pin.isascii() or not pin.isdigit():
        return "short"
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return "plain" if steps in ({0}, {1}, {-1}) else None


def locked_until(tries: int, now: datetime) -> datetime | None:
    """Until when a number is locked after so many wrong PINs in a row; None when it is not."""
    if tries < MOST_TRIES or tries % MOST_TRIES:
        return None
    # 2 to the 20th five minutes are ten years: more than the longest lock, and no huge number.
    doubled = min(tries // MOST_TRIES - 1, 20)
    return now + min(_LOCKED * (1 << doubled), _LONGEST)


def is_locked(until: datetime, now: datetime) -> bool:
    """True before the end of a lock-out; one that is too far off was set by a wrong clock."""
    return now < until <= now + 2 * _LONGEST


# --- badges ---------------------------------------------------------------------------------

# No 0 O 1 I L: a badge may have to be told over the phone.
_BADGE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# 16 characters of 31 are 79 bits: nobody guesses one. 18 with the mark, so never the 20 of a
# trace code.
_BADGE_MARK, _BADGE_CHARS = "OP", 16
# A card's own text: shorter ones are staff numbers that stand on every list.
_LEAST_BADGE, _MOST_BADGE = 6, 64


def make_badge(draw: Callable[[str], str]) -> str:
    """The text of a new badge; `draw` takes one character of an alphabet at random."""
    return _BADGE_MARK + "".join(draw(_BADGE_ALPHABET) for _ in range(_BADGE_CHARS))


def badge_text(reading: Reading) -> str | None:
    """The text of what may be a badge: an unknown code, nothing of a box, a person or money."""
    if reading.kind is not Kind.UNKNOWN or reading.code_needs_map or reading.is_personal:
        return None
    text = normalise(reading.text)
    return text if _LEAST_BADGE <= len(text) <= _MOST_BADGE else None
