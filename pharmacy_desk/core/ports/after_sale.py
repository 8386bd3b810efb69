"""What becomes of sold boxes, as the counter sees the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.ports.sales import ReturnSlip
from pharmacy_desk.core.sale.refund import CameBack, ReturnDocument
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.sold_there import Gap, SoldThere


class ReturnsLedger(Protocol):
    """Sold boxes that come back."""

    def came_back(self, sale: str) -> tuple[CameBack, ...]:
        """What has come back of a sale, in the order of its documents."""
        ...

    def sold_uncoded_line(self, document: str, item: str, price_fen: int) -> OutboxLine | None:
        """The upload line into which a sale's goods without a code of this price went."""
        ...

    def post_return(
        self, actor: Actor, document: ReturnDocument, lines: Sequence[OutboxLine]
    ) -> bool:
        """Post a whole return; False, and nothing done, when part of it came back before."""
        ...

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        """Put a sold box back on the shelf by a return document; False when it was taken back.

        `approval` is the manager's, and written with it.
        """
        ...


class SoldThereLedger(Protocol):
    """What the platform says was sold or settled elsewhere."""

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
