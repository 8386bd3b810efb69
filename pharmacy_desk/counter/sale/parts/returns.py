"""Goods of a paid sale that come back: kept apart, or put back on the shelf (撤销). Desk lane."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Approval
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.sales import ReturnSlip, SalesLedger
from pharmacy_desk.core.sale.refund import Wanted
from pharmacy_desk.core.sale.restore import RestoreRefusal, restore_refusal
from pharmacy_desk.core.sale.sale import Box, Line, Sale
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.upload.message import return_line
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid, not_restored, returned
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.goods_back import GoodsBack
from pharmacy_desk.counter.sale.keeper import Keeper


class Returns:
    """Takes sold goods back, and lets a box be sold again where a manager says so."""

    def __init__(
        self,
        *,
        who: AtCounter,
        sales: SalesLedger,
        basket: BasketLedger,
        returns: ReturnsLedger,
        boxes: BoxLedger,
        outbox: OutboxLedger,
        events: EventLedger,
        keeper: Keeper,
        back: GoodsBack,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
    ) -> None:
        self._who = who
        self._sales = sales
        self._basket = basket
        self._returns = returns
        self._boxes = boxes
        self._outbox = outbox
        self._events = events
        self._keeper = keeper
        self._back = back
        self._clock = clock
        self._settings = settings
        self._profile = profile

    def take_back(self, receipt: str, code: str, reason: str) -> ReturnAnswer:
        """Return one box of a paid sale, to be kept apart."""
        return returned(self._back.take_box(self._who.actor(), receipt, code, reason), code)

    def take_goods_back(self, receipt: str, wanted: Sequence[Wanted], reason: str) -> ReturnAnswer:
        """Return any goods of a paid sale by one document, to be kept apart."""
        return returned(self._back.take(self._who.actor(), receipt, wanted, reason))

    def restorable(self, receipt: str, code: str) -> tuple[Sale, Line, Box] | RestoreRefusal:
        """The sold box that may go back on the shelf (撤销), or why it may not."""
        sale, now = self._sales.find_sale(receipt), self._clock.now()
        allowed = self._settings().flag("sale.same_day_restore")
        refused = restore_refusal(sale, code, now, allowed=allowed)
        if refused or sale is None:
            return refused or RestoreRefusal.NO_RECEIPT
        claim, record = self._basket.earlier(code), self._boxes.record(code)
        if claim is None or claim.state is not ClaimState.FINAL or claim.sale != sale.number:
            return RestoreRefusal.BEFORE
        if record and record.settled_at:
            return RestoreRefusal.SETTLED_ELSEWHERE
        line = next(ln for ln in sale.lines if any(box.code == code for box in ln.boxes))
        return sale, line, next(box for box in line.boxes if box.code == code)

    def put_back(self, receipt: str, code: str, reason: str, approval: Approval) -> ReturnAnswer:
        """Put a sold box back on the shelf, if nothing speaks against it by now."""
        found = self.restorable(receipt, code)
        if isinstance(found, RestoreRefusal):
            return not_restored(found, code)
        now = self._clock.now()
        slip, posted = self._slip(*found, reason, now)
        if not self._returns.restore_box(slip, posted, approval.event(now, slip.number), now):
            return not_restored(RestoreRefusal.BEFORE, code)
        self._keeper.tell_unheard()
        return ReturnAnswer(ReturnDid.PUT_BACK, code, slip.number, on_shelf=True)

    def _slip(
        self, sale: Sale, line: Line, box: Box, reason: str, at: datetime
    ) -> tuple[ReturnSlip, OutboxLine | None]:
        """The return document of one box, and its upload line if its sale was uploaded."""
        reason = kept(reason, at.date())
        sold = self._outbox.sold_line(sale.number, box.code)
        number, posted = self._events.take_document(), None
        if sold is not None:
            posted = return_line(
                number=number,
                sale=sale,
                line=line,
                codes=(box.code,),
                sold=sold,
                reason=reason,
                at=at,
                sender=self._who.sender(),
                profile=self._profile,
            )
        batch = line.item.batch_of(box.batch)
        return ReturnSlip(
            number=number,
            sale=sale.number,
            code=box.code,
            reason=reason,
            item=line.item.code,
            batch=batch,
        ), posted
