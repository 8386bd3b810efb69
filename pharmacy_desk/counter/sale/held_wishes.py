"""Wishes about a sale as a whole: put aside (挂单), taken up again, cancelled."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.customer_wishes import Guard
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale


class HeldWishes:
    """Puts the open sale aside and takes one up; `change` posts how it stands then."""

    def __init__(
        self,
        *,
        lane: Lane,
        open_sale: OpenSale,
        desk: Desk,
        unless_locked: Guard,
        change: Callable[[Callable[[], SaleAnswer]], Future[SaleAnswer]],
        changed: Callable[[], object],
    ) -> None:
        self._lane = lane
        self._open_sale = open_sale
        self._desk = desk
        self._unless_locked = unless_locked
        self._change = change
        self._changed = changed

    def hold(self) -> Future[SaleAnswer]:
        """Put the sale aside, also while its settlement is asked for or not known."""

        def job() -> SaleAnswer:
            sale, settling = self._open_sale.sale, self._desk.paying
            if not self._open_sale.held.hold():
                return SaleAnswer(SaleDid.NOTHING_TO_HOLD)
            self._desk.sale_ended()
            self._changed()
            # What was scanned while it was being asked for is the next customer's.
            self._desk.waiting.release()
            return SaleAnswer(SaleDid.HELD_SETTLING if settling else SaleDid.HELD, sale=sale)

        return self._unless_locked(job)

    def waiting(self) -> Future[tuple[tuple[Sale, bool], ...]]:
        """Held sales, the oldest first, and whether each waits for the insurance's answer."""
        return self._lane.wish(self._open_sale.held.waiting)

    def resume(self, place: int) -> Future[SaleAnswer]:
        """Take up a held sale (1 = oldest)."""

        def job() -> SaleAnswer:
            if not self._open_sale.held.resume(place):
                return SaleAnswer(SaleDid.NOTHING_TO_RESUME)
            self._desk.sale_ended()
            doubts = self._open_sale.gate.doubts()
            return SaleAnswer(SaleDid.RESUMED, sale=self._open_sale.sale, doubts=doubts)

        return self._change(job)

    def void(self) -> Future[SaleAnswer]:
        """Cancel the whole sale."""

        def job() -> SaleAnswer:
            if not self._open_sale.ending.void():
                return SaleAnswer(SaleDid.NOTHING_TO_VOID)
            self._desk.sale_ended()
            return SaleAnswer(SaleDid.VOIDED)

        return self._change(job)
