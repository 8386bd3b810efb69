"""What became of a wish about who may do something here: the lock, a right, the register, a lesson.

Each answer comes by the future of its wish. Where a second person is asked first, it comes once
somebody has said yes, or nobody will.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.lessons import Progress
from pharmacy_desk.core.people.people import Right


class LockDid(StrEnum):
    """What became of locking the counter; `NOBODY`: nobody could sign in again."""

    LOCKED = "locked"
    ALREADY = "already_locked"
    NOBODY = "nobody_to_sign_in"


@dataclass(frozen=True, slots=True)
class LockAnswer:
    """How the counter stands after a wish to lock it."""

    what: LockDid

    @property
    def locked(self) -> bool:
        """True when only a sign-in opens it again."""
        return self.what is not LockDid.NOBODY


class RightDid(StrEnum):
    """Whether somebody may do what a right names: by the role, or by a second person's yes."""

    ALLOWED = "allowed"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """Whether it may be done; who wished does it."""

    what: RightDid
    right: Right

    @property
    def allowed(self) -> bool:
        """True when it may be done."""
        return self.what is RightDid.ALLOWED


class RegisterDid(StrEnum):
    """Whether sealed records of the register (专册) were opened."""

    OPENED = "opened"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """The records that were opened, with name and identity number, for who asked alone."""

    what: RegisterDid
    opened: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)


class LessonDid(StrEnum):
    """What became of a wish about a lesson (上课); `NOT_ASKED_FOR`: no lesson wants this now."""

    BEGUN = "begun"
    LEFT = "left"
    COUNTED = "counted"
    NOT_ASKED_FOR = "not_asked_for"


@dataclass(frozen=True, slots=True)
class LessonAnswer:
    """The lesson in hand after it; None: none is."""

    what: LessonDid
    progress: Progress | None = None
