"""Duty and the staff register as the counter sees them in the ledger."""

from datetime import datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.duty import Entry, Points


class DutyLedger(Protocol):
    """Who is on duty, what was entered of whom; each change is one transaction with its event."""

    def signed_on(self) -> tuple[tuple[str, datetime], ...]:
        """The numbers of those who have signed on and not off, each with since when."""
        ...

    def sign_on(self, actor: Actor, person: str) -> bool:
        """Somebody is on duty from now on, or signs on anew; False when nothing was changed."""
        ...

    def sign_off(self, actor: Actor, person: str) -> bool:
        """Somebody is on duty no more; False when they were not."""
        ...

    def entries(self) -> tuple[Entry, ...]:
        """The staff register, by number."""
        ...

    def keep_entry(self, actor: Actor, entry: Entry) -> None:
        """Enter licence and state of a person; notices stay as they are."""
        ...

    def enter_points(self, actor: Actor, person: str, points: Points) -> bool:
        """Enter a notice; False when one of this number is entered for the person already."""
        ...

    def withdraw_points(self, actor: Actor, person: str, notice: str) -> bool:
        """Take a notice out that was entered wrongly or is lifted; False when there is none."""
        ...
