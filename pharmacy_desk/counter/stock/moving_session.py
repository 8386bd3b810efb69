"""Moves (出入库) as a session of the counter: choose what happens, scan the boxes, post it all.

Every method runs on the desk lane.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pharmacy_desk.core.ports.stock_book import StockBook
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.moving import MovedBox, Moving, lacking, why_not
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock import moving_view as view
from pharmacy_desk.counter.stock.answers import MoveAnswer, NotMoved, when_decided
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.opened import PackOpened
from pharmacy_desk.counter.stock.wishes import Order, StockWishes


class MovingSession:
    """The document in hand; every wish answers with a value and tells it with the view."""

    def __init__(
        self, book: StockBook, keeper: StockWishes, post: Callable[[news.News], None]
    ) -> None:
        self._book = book
        self._keeper = keeper
        self._post = post
        self._view = view.MovingView()

    @property
    def moving(self) -> Moving:
        """The document in hand."""
        return self._view.moving

    def scan(self, reading: Reading, number: int) -> view.Answer:
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

    def choose(self, kind: MovementKind) -> None:
        """What the document does; its boxes stay."""
        self._view = replace(self._view, moving=replace(self.moving, kind=kind))
        self._show(None)

    def take_out(self, code: str) -> None:
        """This box was scanned by mistake, or need not be told any more."""
        self._set(self.moving.without(frozenset({code})))
        left = tuple(one for one in self._view.behind if one.key != code)
        self._view = replace(self._view, behind=left)
        self._show(None)

    def take_out_last(self) -> None:
        """The box scanned last was scanned by mistake."""
        self._set(self.moving.boxes[:-1])
        self._show(None)

    def post(self, party: str, reference: str, reason: str) -> view.Answer:
        """Post the document, if nothing lacks and nobody has to approve it first."""
        moving = self.moving
        missing = lacking(moving, party, reason)
        if missing:
            return self._tell(view.Lacking(missing))
        self._tell(view.PostingMove(moving.kind))
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
        answer = self._keeper.move(orders, unread)
        when_decided(answer, lambda moved: self._posted(named, moved))
        return answer

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
        self._tell(moved)
        self._keeper.tell(moved)

    def _set(self, boxes: tuple[MovedBox, ...]) -> None:
        self._view = replace(self._view, moving=replace(self.moving, boxes=boxes))

    def _tell(self, answer: view.Answer, scan: int = 0) -> view.Answer:
        self._show(answer, scan)
        return answer

    def _show(self, answer: view.Answer | None, scan: int = 0) -> None:
        self._post(news.MovingShown(replace(self._view, answer=answer), scan))
