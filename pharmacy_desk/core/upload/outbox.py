"""The outbox: what waits for the platform, in which state, and when it is tried again."""

import hashlib
from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class Channel(StrEnum):
    """Where a line goes. Each channel has an order and a pace of its own.

    `TILL` lines are another till's to send: never sent from here, only asked about.
    """

    NATIONAL = "national"
    TILL = "till"


class LineState(StrEnum):
    """State of one uploaded line. A timeout is `unknown`, never a failure (invariant 4)."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Waiting(StrEnum):
    """Why a queued line is not even due."""

    NO_LOT = "NO_LOT"
    TOO_LONG = "TOO_LONG"


class Which(StrEnum):
    """Lines that a person looks for; `NOT_THERE` are all that the platform has not confirmed."""

    ALL = "all"
    NOT_THERE = "not_there"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    ACCEPTED = "accepted"

    def has(self, state: LineState) -> bool:
        """True when lines of this state may be among them."""
        match self:
            case Which.ALL:
                return True
            case Which.NOT_THERE:
                return state is not LineState.ACCEPTED
            case Which.WAITING:
                return state is LineState.QUEUED
            case _:
                return state.value == self.value


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Lines of these states that came to be on these days, both included."""

    which: Which = Which.ALL
    first: date | None = None
    last: date | None = None


EVERY_LINE = QueueFilter()


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One line that the platform must hear of. `words` are our field words, not the wire's."""

    key: str
    document: str
    line: int
    infno: str
    item: str
    words: dict[str, str]
    codes: tuple[str, ...]
    waiting: Waiting | None = None
    channel: Channel = Channel.NATIONAL


@dataclass(frozen=True, slots=True)
class QueuedLine:
    """An outbox line as the ledger holds it, with what has happened to it."""

    line: OutboxLine
    state: LineState
    attempts: int
    due_at: datetime
    created_at: datetime
    changed_at: datetime
    message_id: str | None
    platform_words: str | None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a line: its state, the platform's words, when it is looked at again.

    `msgid` is the message it was in; `tries` is added to the tries counted when it was sent.
    """

    key: str
    state: LineState
    words: str
    due_at: datetime
    msgid: str | None
    tries: int = 0


def backoff_s(attempts: int, first_s: float, most_s: float, salt: str) -> float:
    """Seconds until the next try: doubling from `first_s` to `most_s`, spread by ±20 %.

    The spread comes from `salt` (store and counter), so that the counters of a town do not all
    knock in the same second when a line returns, and a test can foretell it.
    """
    digest = hashlib.sha256(f"{salt}/{attempts}".encode()).digest()
    spread = 0.8 + 0.4 * digest[0] / 255
    doubled = first_s * float(2 ** min(max(attempts - 1, 0), 16))
    return min(most_s, doubled) * spread


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """Outbox in lines, with the age of the oldest one that still waits."""

    accepted: int = 0
    queued: int = 0
    refused: int = 0
    unknown: int = 0
    waiting: int = 0
    oldest: datetime | None = None

    @property
    def open(self) -> int:
        """Lines the platform has not confirmed yet."""
        return self.queued + self.unknown
