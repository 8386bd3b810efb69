"""Electronic prescriptions (电子处方流转) as the counter sees them."""

from typing import Protocol

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.prescription import RxOrder
from pharmacy_desk.core.upload.message import Sender


@dataclass(frozen=True, slots=True)
class RxFound:
    """The prescription behind a token, downloaded: what it says, and what it is marked with."""

    order: RxOrder


@dataclass(frozen=True, slots=True)
class RxNotFound:
    """There is none to be dispensed behind this token, in the platform's words."""

    words: str


@dataclass(frozen=True, slots=True)
class RxNotReached:
    """No answer that could be read; nothing was changed by the question."""

    why: str


class ElectronicRx(Protocol):
    """Looks electronic prescriptions up and downloads them, in one question that changes nothing.

    That one was dispensed is told through the outbox, as every upload: a lost answer is asked
    about (invariant 4).
    """

    def look_up(
        self, token: str, sender: Sender, msgid: str
    ) -> RxFound | RxNotFound | RxNotReached:
        """The prescription of this token, as the patient shows it."""
        ...
