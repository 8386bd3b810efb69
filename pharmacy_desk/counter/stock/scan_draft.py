"""What a session has scanned, kept on the disk before its answer is told: a kill loses no box.

Every method runs on the desk lane. What is in hand has a number of its own; whatever a life before
has left waits beside it until somebody takes it up.
"""

from uuid import uuid4

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.ports.stock_book import StockBook
from pharmacy_desk.core.stock.scanned import Scanned, WaitingScans, Work
from pharmacy_desk.counter.stock.wishes import StockWishes
from pharmacy_desk.counter.views.kept_view import NothingWaits, NotKept, Offered, Unreadable


class ScanDraft:
    """The draft of what is in hand, and those that wait."""

    def __init__(self, work: Work, book: StockBook, keeper: StockWishes) -> None:
        self._work = work
        self._book = book
        self._keeper = keeper
        self._number = ""  # under which it is kept; empty while nothing is worth it
        self._kept = Scanned()  # as it lies on the disk

    def keep(self, scanned: Scanned) -> NotKept | None:
        """Bring what differs from the disk there; after a failure it is tried again."""
        try:
            if scanned.empty and self._number:
                self._keeper.drop_draft(self._number)
                self._number = ""
            elif not scanned.empty and scanned != self._kept:
                self._number = self._number or uuid4().hex
                self._keeper.keep_scans(self._number, self._work, scanned)
        except WorldError as error:
            return NotKept(error, len(scanned.codes))
        self._kept = scanned
        return None

    def offer(self) -> Offered | None:
        """What waits, the one scanned for longest ago first."""
        found = self._waiting()
        return Offered(found[0], len(found) - 1) if found else None

    def take_up(
        self, in_hand: Scanned
    ) -> tuple[WaitingScans, Scanned] | NotKept | NothingWaits | Unreadable:
        """Go on with the next that waits; what was in hand waits in its place."""
        failure = self.keep(in_hand)
        if failure:
            return failure
        found = self._waiting()
        if not found:
            return NothingWaits()
        one = found[0]
        scanned = self._book.scanned(one.number)
        if scanned is None:
            self._keeper.drop_draft(one.number)
            return Unreadable()
        self._number, self._kept = one.number, scanned
        return one, scanned

    def _waiting(self) -> list[WaitingScans]:
        """Those behind the one in hand first, so that every one comes in its turn."""
        every = self._book.waiting_scans(self._work)
        numbers = [one.number for one in every]
        here = numbers.index(self._number) if self._number in numbers else -1
        return every[here + 1 :] + every[: max(here, 0)]
