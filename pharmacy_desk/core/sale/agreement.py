"""The store's agreement with the insurance: whether it is designated, from when and until when."""

from datetime import date
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class NotInForce(StrEnum):
    """Why a store may not settle on a day."""

    NOT_DESIGNATED = "not_designated"
    NOT_BEGUN = "not_begun"
    OVER = "over"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the store has told of it; a day that nobody told sets no bound.

    The bounds are days that still belong to it. A suspension without an end lasts.
    """

    designated: bool = True
    begins: date | None = None
    ends: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None

    def speaks_against(self, today: date) -> NotInForce | None:
        """Why nothing may be settled today; None where nothing is known against it."""
        if not self.designated:
            return NotInForce.NOT_DESIGNATED
        if self.begins and today < self.begins:
            return NotInForce.NOT_BEGUN
        if self.ends and today > self.ends:
            return NotInForce.OVER
        begun = self.suspended_from is not None and today >= self.suspended_from
        ended = self.suspended_until is not None and today > self.suspended_until
        return NotInForce.SUSPENDED if begun and not ended else None


# What a store is taken to have until it says otherwise.
IN_FORCE = Agreement()
