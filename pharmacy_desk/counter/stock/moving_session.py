"""Moves (出入库) as a session of the counter: choose what happens, scan the boxes, post it all.

Every method runs on the desk lane. What was scanned is on the disk before it is told: a kill loses
no box whose answer was shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.stock_book import StockBook
from pharmacy_desk.core.scanning.recognise import recognise_code
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.moving import NOTHING, MovedBox, Moving, lacking, why_not
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.core.stock.scanned import Scanned, Work
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.scan_draft import ScanDraft
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from pharmacy_desk.counter.views import moving_view as view
from pharmacy_desk.counter.views.kept_view import TakenUp
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer, NotMoved, when_decided


class MovingSession:
    """The document in hand; every wish has an answer, and every change is told as a view."""

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
        self._draft = ScanDraft(Work.MOVING, book, keeper)
        self._post = post
        self._view = view.MovingView()

    @property
    def moving(self) -> Moving:
        """The document in hand."""
        return self._view.moving

    def scan(self, reading: Reading, number: int) -> view.Answer | None:
        """A thing was scanned: what it is by the ledger, and whether it may make the move."""
        self._view = replace(self._view, behind=())
        seen = self._book.seen(reading)
        if seen.outer and seen.inner:
            taken = sum(self._take(box) is None for box in seen.inner)
            return self._tell(PackOpened(taken, len(seen.inner)), scan=number)
        return self._tell(view.Sighted(seen, self._take(seen)), scan=number)

    def _take(self, seen: SeenBox) -> WhyNot | None:
        """Put a box into the document; why not, when it is not put there."""
        why = why_not(self.moving, seen)
        if why is None:
            name = seen.item.name if seen.item else ""
            box = MovedBox(seen.code, name, seen.batch.lot or "", seen.state)
            self._set((*self.moving.boxes, box))
        return why

    def choose(self, kind: MovementKind) -> view.Answer | None:
        """What the document does; its boxes stay."""
        self._view = replace(self._view, moving=replace(self.moving, kind=kind))
        return self._tell(None)

    def take_out(self, code: str) -> view.Answer | None:
        """This box was scanned by mistake, or need not be told any more."""
        self._set(self.moving.without(frozenset({code})))
        left = tuple(one for one in self._view.behind if one.key != code)
        self._view = replace(self._view, behind=left)
        return self._tell(None)

    def take_out_last(self) -> view.Answer | None:
        """The box scanned last was scanned by mistake."""
        self._set(self.moving.boxes[:-1])
        return self._tell(None)

    def offer(self) -> view.Answer | None:
        """What waits unfinished, where nothing is in hand."""
        return None if self.moving.boxes else self._draft.offer()

    def take_up(self) -> view.Answer | None:
        """Go on with a document that waits; a box that cannot make its move now is left behind."""
        found = self._draft.take_up(self._scanned())
        if not isinstance(found, tuple):
            return self._tell(found)
        waiting, scanned = found
        begun = replace(NOTHING, kind=MovementKind(scanned.movement))
        self._view = replace(self._view, moving=begun, behind=())
        today = self._clock.now().date()
        looked = [
            (code, self._take(self._book.seen(recognise_code(code, today))))
            for code in scanned.codes
        ]
        behind = tuple(view.Behind(code, None, why.value) for code, why in looked if why)
        self._view = replace(self._view, behind=behind)
        return self._tell(TakenUp(waiting, len(behind)))

    def post(self, party: str, reference: str, reason: str) -> view.Answer | None:
        """Post the document, if nothing lacks and nobody has to approve it first."""
        moving = self.moving
        missing = lacking(moving, party, reason)
        if missing:
            return self._tell(view.Lacking(missing))
        wanted = tuple(Wanted(box.code) for box in moving.boxes)
        order = Order(moving.kind, wanted, party, reference, reason)
        return self._move((order,), (), moving.codes)

    def post_file(self, orders: Sequence[Order], unread: Sequence[NotMoved]) -> MoveAnswer:
        """A file names the boxes: posted at once; scanned ones stay for a document of their own."""
        named = frozenset(one.code for order in orders for one in order.wanted if one.code)
        return self._move(orders, tuple(unread), named)

    def _move(
        self, orders: Sequence[Order], unread: tuple[NotMoved, ...], named: frozenset[str]
    ) -> MoveAnswer:
        self._set_posting(True)
        try:
            answer = self._keeper.move(orders, unread)
        except WorldError:
            self._set_posting(False)
            raise
        when_decided(
            answer, lambda moved: self._posted(named, moved), lambda: self._set_posting(False)
        )
        return answer

    def _set_posting(self, posting: bool) -> None:
        self._view = replace(self._view, posting=posting)
        self._show()

    def _posted(self, named: frozenset[str], moved: MoveAnswer) -> None:
        """The document is answered: what it named is not in hand any more if anything moved."""
        known = {box.code: box for box in self.moving.boxes}
        # One line for each: the last reason told of it counts.
        why = {one.code or one.item: one.why for one in moved.stayed}
        behind = tuple(view.Behind(key, known.get(key), word) for key, word in why.items())
        self._view = replace(self._view, behind=behind)
        if moved.documents:
            self._set(self.moving.without(named))
            self._view = replace(self._view, posted=moved.documents, posted_kind=moved.kind)
        # Where its draft stays behind it is looked at anew before anybody goes on with it.
        self._draft.keep(self._scanned())
        self._set_posting(False)
        self._keeper.announce(moved)

    def _set(self, boxes: tuple[MovedBox, ...]) -> None:
        self._view = replace(self._view, moving=replace(self.moving, boxes=boxes))

    def _tell(self, answer: view.Answer | None, scan: int = 0) -> view.Answer | None:
        """Bring it to the disk, then tell it; a failure is the answer then."""
        told = self._draft.keep(self._scanned()) or answer
        self._show(told if scan else None, scan)
        return told

    def _scanned(self) -> Scanned:
        codes = tuple(box.code for box in self.moving.boxes)
        return Scanned(codes, movement=self.moving.kind.value)

    def _show(self, answer: view.Answer | None = None, scan: int = 0) -> None:
        self._post(news.MovingShown(self._view, scan, answer))
