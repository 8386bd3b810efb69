"""Shifts and days as the counter sees them in the ledger."""

from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.sale.shift import Closing, Count, Pending, Shift, Totals


class ShiftLedger(Protocol):
    """The open shift, what was sold since, and what was closed; each step one transaction."""

    def current_shift(self) -> Shift | None:
        """The open shift of this counter."""
        ...

    def open_shift(self, actor: Actor, float_fen: int) -> Shift:
        """Begin a shift with so much in the drawer; there is no other open one."""
        ...

    def shift_totals(self) -> Totals:
        """The sums of the open shift so far; nothing while none is open."""
        ...

    def day_totals(self, actor: Actor) -> Totals:
        """The sums since the last close of a day."""
        ...

    def pending(self) -> Pending:
        """What is not at its end yet."""
        ...

    def close_shift(self, actor: Actor, count: Count) -> Closing | None:
        """End the open shift with what was counted; None while none is open."""
        ...

    def close_day(self, actor: Actor) -> Closing:
        """Close the day: what is paid from here on belongs to the next one."""
        ...

    def closing(self, number: str) -> Closing | None:
        """What was closed under this number."""
        ...

    def closings(self, most: int) -> tuple[Closing, ...]:
        """What was closed last, the newest first."""
        ...
