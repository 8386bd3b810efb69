"""Wishes about the shift and the day, from any thread, done on the desk lane."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.shifts import ShiftLedger
from pharmacy_desk.core.sale.shift import Closing, Count, is_sum
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DayAnswer, DayDid
from pharmacy_desk.counter.lanes import Lane, answered, flat
from pharmacy_desk.counter.paper.answers import PrintAnswer, PrintDid
from pharmacy_desk.counter.sale.open_sale import OpenSale

# Number and PIN of somebody who signs.
Signature = tuple[str, str]


class DayWishes:
    """Opens and closes shifts, closes days, and has what was closed printed."""

    def __init__(
        self,
        *,
        lane: Lane,
        shifts: ShiftLedger,
        people: PeopleLedger,
        open_sale: OpenSale,
        post: Callable[[news.News], None],
        print_closing: Callable[[Closing], Future[PrintAnswer]],
    ) -> None:
        self._lane = lane
        self._shifts = shifts
        self._people = people
        self._open_sale = open_sale
        self._post = post
        self._print = print_closing

    def show(self) -> Future[news.DayShown]:
        """Tell how the shift and the day stand."""
        return self._lane.wish(self._tell)

    def open_shift(self, float_fen: int) -> Future[DayAnswer]:
        """Begin a shift with so much in the drawer."""

        def job() -> DayAnswer:
            if self._shifts.current_shift():
                return DayAnswer(DayDid.ALREADY_OPEN)
            if not is_sum(float_fen):
                return DayAnswer(DayDid.BAD_SUM)
            shift = self._shifts.open_shift(self._open_sale.who.actor(), float_fen)
            self._tell()
            return DayAnswer(DayDid.OPENED, shift.number)

        return self._lane.wish(job)

    def close_shift(
        self, counted_fen: int, pin: str = "", taker: Signature | None = None
    ) -> Future[DayAnswer]:
        """End the shift with what was counted; who hands over and who takes over sign by PIN.

        Who works at the counter hands over; without a PIN of theirs nobody has signed for it.
        """

        def job() -> DayAnswer:
            if not is_sum(counted_fen):
                return DayAnswer(DayDid.BAD_SUM)
            if self._shifts.current_shift() is None:
                return DayAnswer(DayDid.NO_SHIFT)
            giver = self._open_sale.who.operator
            hands = self._signed((giver, pin) if pin else None)
            takes = self._signed(taker)
            for signed in (hands, takes):
                if isinstance(signed, DayDid):
                    return DayAnswer(signed)
            if takes == giver:
                return DayAnswer(DayDid.SAME_PERSON)
            count = Count(counted_fen, giver, str(takes or ""), signed=bool(hands))
            closing = self._shifts.close_shift(self._open_sale.who.actor(), count)
            return self._closed(DayDid.CLOSED, closing)

        return self._lane.wish(job)

    def close_day(self) -> Future[DayAnswer]:
        """Close the day: a sale after it belongs to the next."""

        def job() -> DayAnswer:
            closing = self._shifts.close_day(self._open_sale.who.actor())
            return self._closed(DayDid.DAY_CLOSED, closing)

        return self._lane.wish(job)

    def print_again(self, number: str) -> Future[PrintAnswer]:
        """Print a closed shift or day once more."""

        def job() -> Future[PrintAnswer]:
            closing = self._shifts.closing(number)
            if closing is None:
                return answered(PrintAnswer(PrintDid.NOT_THERE, number))
            return self._print(closing)

        return flat(self._lane.wish(job))

    def _closed(self, what: DayDid, closing: Closing | None) -> DayAnswer:
        if closing is None:
            return DayAnswer(DayDid.NO_SHIFT)
        self._print(closing)
        self._tell()
        return DayAnswer(what, closing.number, closing)

    def _signed(self, signature: Signature | None) -> str | DayDid | None:
        """Who signed, nobody, or why the signature does not count."""
        if signature is None:
            return None
        proved = self._people.prove(self._open_sale.who.actor(), *signature)
        return DayDid(proved) if isinstance(proved, str) else proved.id

    def _tell(self) -> news.DayShown:
        shown = news.DayShown(
            shift=self._shifts.current_shift(),
            in_shift=self._shifts.shift_totals(),
            in_day=self._shifts.day_totals(self._open_sale.who.actor()),
            pending=self._shifts.pending(),
            closings=self._shifts.closings(_LISTED),
        )
        self._post(shown)
        return shown


# Closed shifts and days in sight: some three weeks of both.
_LISTED = 60
