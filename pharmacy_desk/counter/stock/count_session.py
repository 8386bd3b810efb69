"""Stock-take (盘点) as a session of the counter: scan a shelf, post what is missing and too much.

Every method runs on the desk lane. The counter sells meanwhile: what should be there is asked of
the ledger as a drug is scanned, after every sale and movement, and once more before it is posted.
What was scanned is on the disk before it is told: a kill loses no box whose answer was shown.
"""

from collections.abc import Callable, Iterable, Sequence

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.stock_book import StockBook
from pharmacy_desk.core.scanning.recognise import recognise_code
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock import count as core
from pharmacy_desk.core.stock.count import Shelf, Sight
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.core.stock.scanned import Scanned, Work
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.scan_draft import ScanDraft
from pharmacy_desk.counter.stock.wishes import StockWishes
from pharmacy_desk.counter.views import count_view as view
from pharmacy_desk.counter.views.kept_view import TakenUp
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer, NotMoved, when_decided


class CountSession:
    """The shelf that is counted; every wish has an answer, and every change is told as a view."""

    def __init__(
        self,
        book: StockBook,
        keeper: StockWishes,
        clock: Clock,
        post: Callable[[news.News], None],
    ) -> None:
        self._book = book
        self._keeper = keeper
        self._clock = clock
        self._draft = ScanDraft(Work.COUNT, book, keeper)
        self._post = post
        self._warned: tuple[int, int] | None = None
        self._expected: dict[str, int] = {}
        self._posting = False
        self.shelf: Shelf = core.EMPTY

    def scan(self, reading: Reading, number: int) -> view.Answer:
        """A thing was scanned: what it is by the ledger, and what it is to the shelf."""
        self._warned = None
        seen = self._book.seen(reading)
        if seen.outer and seen.inner:
            taken = sum(self._look(box) not in core.DOUBTFUL for box in seen.inner)
            return self._tell(PackOpened(taken, len(seen.inner)), scan=number)
        return self._tell(view.Sighted(self._look(seen), seen), scan=number)

    def _look(self, seen: SeenBox) -> Sight:
        sight, self.shelf = core.look(self.shelf, seen)
        if seen.item and seen.item.code in self.shelf.items:
            # Of this drug alone: a scan must not wait for the count of a whole wall of drugs.
            self._ask((seen.item.code,))
        return sight

    def recount(self) -> view.Answer:
        """Something was sold or moved meanwhile."""
        if self.shelf.items:
            self._ask(self.shelf.items)
            self._show()
        return view.Recounted()

    def forget(self) -> view.Answer:
        """Drop all that was scanned."""
        self.shelf, self._warned = core.EMPTY, None
        return self._tell(view.Ready())

    def offer(self) -> view.Answer | None:
        """What waits unfinished, where nothing is in hand."""
        return None if self.shelf.items else self._draft.offer()

    def take_up(self) -> view.Answer:
        """Go on with a stock-take that waits; where its boxes are the ledger is asked anew."""
        found = self._draft.take_up(self._scanned())
        if not isinstance(found, tuple):
            return self._tell(found)
        waiting, scanned = found
        drugs = (self._book.item(code) for code in scanned.items)
        self.shelf = core.Shelf({item.code: item for item in drugs if item}, {})
        self._warned = None
        today = self._clock.now().date()
        for code in scanned.codes:
            self.shelf = core.look(self.shelf, self._book.seen(recognise_code(code, today)))[1]
        self._ask(self.shelf.items)
        return self._tell(TakenUp(waiting))

    def post(self) -> view.Answer:
        """Post the differences; asks once more when there are any."""
        if not self.shelf.items:
            return self._tell(view.Ready())
        self._ask(self.shelf.items)
        differs = core.differences(self._counts())
        if differs == (0, 0):
            return self._tell(view.Equal())
        if differs != self._warned:
            self._warned = differs
            return self._tell(view.Differs(*differs))
        self._warned = None
        self._set_posting(True)
        posted = self.shelf
        try:
            answer = self._keeper.stock_take(tuple(posted.boxes), (), frozenset(posted.items))
        except WorldError:
            self._set_posting(False)
            raise
        when_decided(
            answer, lambda moved: self._posted(posted, moved), lambda: self._set_posting(False)
        )
        return answer

    def _set_posting(self, posting: bool) -> None:
        self._posting = posting
        self._show()

    def take_file(self, codes: Sequence[str], unread: Sequence[NotMoved]) -> MoveAnswer:
        """A file names what was scanned on a shelf: posted at once, beside what is in hand."""
        answer = self._keeper.stock_take(codes, tuple(unread), frozenset())
        when_decided(answer, self._keeper.announce)
        return answer

    def _posted(self, posted: Shelf, moved: MoveAnswer) -> None:
        """The differences are answered: what was scanned since is still in hand."""
        if moved.number:
            self.shelf = self.shelf.without(posted)
            self._ask(self.shelf.items)
        # Where its draft stays behind it is looked at anew before anybody goes on with it.
        self._draft.keep(self._scanned())
        self._set_posting(False)
        self._keeper.announce(moved)

    def _ask(self, items: Iterable[str]) -> None:
        self._expected |= {item: self._book.shelf_count(item) for item in items}

    def _counts(self) -> tuple[core.Count, ...]:
        return core.counts(self.shelf, self._expected)

    def _tell(self, answer: view.Answer, scan: int = 0) -> view.Answer:
        """Bring it to the disk, then tell it; a failure is the answer then."""
        told = self._draft.keep(self._scanned()) or answer
        self._show(told if scan else None, scan)
        return told

    def _scanned(self) -> Scanned:
        return Scanned(tuple(self.shelf.boxes), tuple(self.shelf.items))

    def _show(self, answer: view.Answer | None = None, scan: int = 0) -> None:
        shown = view.CountView(self._counts(), frozenset(self.shelf.boxes), self._posting)
        self._post(news.CountShown(shown, scan, answer))
