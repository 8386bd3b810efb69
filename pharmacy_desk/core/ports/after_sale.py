"""What becomes of sold boxes, as the clerk sees the ledger; `Ledger` takes it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.sold_there import Gap, SoldThere

if TYPE_CHECKING:
    from pharmacy_desk.core.ports.doors import ReturnSlip


class AfterSaleLedger(Protocol):
    """Boxes that go back on the shelf, and codes that somebody else has settled."""

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        """Put a sold box back on the shelf by a return document; False when it was taken back.

        `approval` is the manager's, and written with it.
        """
        ...

    def settle_elsewhere(
        self, lines: Sequence[OutboxLine], words: Mapping[str, str], msgid: str | None, at: datetime
    ) -> None:
        """Refuse lines whose codes were settled elsewhere, by the platform's words for each.

        From then on their codes say so whenever they are scanned.
        """
        ...

    def gap_to_ask(self) -> Gap | None:
        """The days that a person has accepted as missing and nobody has asked about yet."""
        ...

    def mark_sold_there(
        self, sold: Sequence[SoldThere], left: Gap, infno: str, at: datetime
    ) -> Gap:
        """Mark what the platform has as sold and the ledger has not; what is left to be asked."""
        ...

    def end_asking(self, at: datetime, *, asked: bool) -> None:
        """The platform was asked about all of the missing time, or cannot be asked."""
        ...
