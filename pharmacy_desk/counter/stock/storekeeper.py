"""The storekeeper: what a person can want of boxes outside a sale, as jobs for the desk lane.

Like the clerk's, its methods may be called from any thread; answers come back as news.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Approval, Request, Right, Subject
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.drafts import DraftLedger
from pharmacy_desk.core.stock.drafts import DraftStep, Unfinished, after_document, closed, to_body
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot, WhyNot
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.stock.movements import DraftEnd, Movements, Outcome, Wanted


@dataclass(frozen=True, slots=True)
class Order:
    """A document to post: what it does, with whom, and the boxes it names."""

    kind: MovementKind
    wanted: tuple[Wanted, ...]
    party: str = ""
    reference: str = ""
    reason: str = ""
    arrived_at: datetime | None = None
    arrival_celsius: str = ""


@dataclass(slots=True)
class Loaded:
    """What importing stock or packs did: rows read, added or changed, rows not taken."""

    read: int = 0
    changed: int = 0
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a receiving's documents, in their order, and the failure that ended them.

    `ended` tells that the draft is gone: what is scanned from then on is another delivery.
    """

    moved: tuple[news.Moved, ...]
    error: WorldError | None = None
    ended: bool = False

    def together(self, unread: tuple[news.NotMoved, ...]) -> news.Moved:
        """All of them as one answer, with the rows of their file that could not be read."""
        numbers = [one.number for one in self.moved if one.number]
        refused = unread + tuple(one for moved in self.moved for one in moved.refused)
        boxes = sum(moved.boxes for moved in self.moved)
        return news.Moved(
            self.moved[0].kind, next(iter(numbers), None), boxes, refused, tuple(numbers[1:])
        )


class Storekeeper:
    """Takes wishes about stock from any thread, works them off in order on the desk lane."""

    def __init__(
        self,
        *,
        lane: Lane,
        boxes: BoxLedger,
        drafts: DraftLedger,
        movements: Movements,
        approvals: Approvals,
        actor: Callable[[], Actor],
        post: Callable[[news.News], None],
    ) -> None:
        self.lane = lane
        self._boxes = boxes
        self._drafts = drafts
        self._movements = movements
        self._approvals = approvals
        self._actor = actor
        self._post = post

    def move(
        self,
        orders: Sequence[Order],
        unread: tuple[news.NotMoved, ...],
        told: Callable[[news.Moved], None],
    ) -> None:
        """Post the documents of one file, all of one kind; on the desk's thread.

        `told` hears once what became of them: at once, or when a second person has answered. When
        the disk fails in between, those before it stand and are told first.
        """
        kind = orders[0].kind

        def post_all(approval: Approval | None) -> None:
            done: list[Outcome] = []
            try:
                for order in orders:
                    # One by one: those before a failure count.
                    done.append(self.post(order, approval=approval))
            finally:
                if done:
                    told(_moved(kind, done, unread))

        if not self._movements.allowed(kind) or not self._approvals.cell(kind):
            post_all(None)
            return
        boxes = sum(self._movements.boxes(order.wanted) for order in orders)
        request = Request(Subject.MOVEMENT, kind, self._movements.asker(), orders[0].party, boxes)
        self._approvals.ask(request, post_all, lambda: told(_not_approved(kind)))

    def post(
        self, order: Order, draft: DraftEnd | None = None, approval: Approval | None = None
    ) -> Outcome:
        """The same at once, on the desk's thread; `draft` ends a receiving with it."""
        return self._movements.post(
            kind=order.kind,
            wanted=order.wanted,
            party=order.party,
            reference=order.reference,
            reason=order.reason,
            arrived_at=order.arrived_at,
            arrival_celsius=order.arrival_celsius,
            draft=draft,
            approval=approval,
        )

    def receive(
        self, orders: Sequence[Order], unfinished: Unfinished | None = None, number: str = ""
    ) -> Received:
        """Post the documents of a receiving; on the desk's thread.

        Where it is kept as a draft, each document takes what it moved out of the draft `number` in
        its own transaction: a kill between two of them leaves the rest of the delivery, and
        nothing of it twice. When the world fails, the documents before stand and are told.
        """
        moved: list[news.Moved] = []
        left = unfinished
        try:
            for place, order in enumerate(orders, start=1):
                if unfinished is None:
                    outcome = self.post(order)
                else:
                    outcome, left = self._receive(
                        order, left or unfinished, number, last=place == len(orders)
                    )
                moved.append(_moved(order.kind, [outcome], ()))
        except WorldError as error:
            return Received(tuple(moved), error)
        return Received(tuple(moved), ended=left is None)

    def _receive(
        self, order: Order, left: Unfinished, number: str, *, last: bool
    ) -> tuple[Outcome, Unfinished | None]:
        """One document, and what is left behind it; None once the draft is gone."""
        rest: list[Unfinished | None] = [left]

        def end(moved: frozenset[str], stuck: frozenset[str]) -> DraftStep:
            behind = after_document(left, order.kind, moved, stuck)
            kept = closed(behind) if last else behind
            rest.append(kept)
            return DraftStep(number, to_body(kept) if kept else None)

        return self.post(order, end), rest[-1]

    def keep_draft(self, number: str, unfinished: Unfinished) -> None:
        """Keep a receiving that is not posted yet; on the desk's thread."""
        self._drafts.put_draft(self._actor(), number, to_body(unfinished))

    def drop_draft(self, number: str) -> None:
        """Forget it; on the desk's thread."""
        self._drafts.drop_draft(number)

    def learn_headers(self, party: str, names: Mapping[str, str]) -> None:
        """Remember what a supplier's header names mean; on the desk's thread."""
        if names:
            actor = self._actor()
            self._drafts.learn_headers(actor, kept(party, actor.at.date()), names)

    def stock_take(
        self,
        scanned: Sequence[str],
        unread: tuple[news.NotMoved, ...],
        place: frozenset[str],
        told: Callable[[news.Moved], None],
    ) -> None:
        """Compare what was scanned on the shelf with what should be there; on the desk's thread.

        `place` names the items that were counted, also those of which no box was found. `told`
        hears once what became of it: at once, or when a second person has answered.
        """

        def done(approval: Approval | None) -> None:
            outcome = self._movements.stock_take(scanned, place, approval)
            refused = unread + _told(outcome)
            told(news.Moved(MovementKind.SURPLUS, outcome.number, outcome.moved, refused))

        found = self._movements.differences(scanned, place)
        boxes = len(found[0]) + len(found[1])
        may = self._movements.allowed(MovementKind.LOSS)
        if not boxes or not may or not self._approvals.cell(MovementKind.COUNT):
            done(None)
            return
        self._approvals.ask(
            Request(Subject.MOVEMENT, MovementKind.COUNT, self._movements.asker(), boxes=boxes),
            done,
            lambda: told(_not_approved(MovementKind.SURPLUS)),
            # The counter sells on: only the differences that were shown are approved.
            lambda: self._movements.differences(scanned, place) == found,
        )

    def recall(self, key: str, value: str, reason: str = "") -> None:
        """Hold what this names."""

        def job() -> None:
            recall = self._movements.recall(key, value, reason)
            self._post(news.RecallChanged(recall.number, key, value))

        self.lane.submit(job)

    def end_recall(self, number: str) -> None:
        """Let its boxes be sold again."""

        def job() -> None:
            if self._movements.end_recall(number):
                self._post(news.RecallChanged(number, "", ""))

        self.lane.submit(lambda: self._approvals.need(Right.END_RECALL, job))

    def load_stock(self, lots: Sequence[StockLot], boxes: Sequence[Wanted]) -> Loaded:
        """Opening stock, and the boxes bound to it; on the caller's thread, which is the desk's."""
        loaded = Loaded(len(lots), self._boxes.put_stock(self._actor(), lots))
        if boxes:
            loaded.outcome = self._movements.post(MovementKind.OPENING, boxes, reason="期初库存")
        return loaded

    def load_packs(self, relations: Sequence[PackRelation]) -> int:
        """Pack relations; how many were new or changed. On the desk's thread."""
        return self._boxes.put_packs(self._actor(), relations)


def _moved(
    kind: MovementKind, done: Sequence[Outcome], unread: tuple[news.NotMoved, ...]
) -> news.Moved:
    """What became of the documents of one wish."""
    numbers = [outcome.number for outcome in done if outcome.number]
    refused = unread + tuple(one for outcome in done for one in _told(outcome))
    boxes = sum(outcome.moved for outcome in done)
    return news.Moved(kind, numbers[0] if numbers else None, boxes, refused, tuple(numbers[1:]))


def _not_approved(kind: MovementKind) -> news.Moved:
    """Nothing was moved, and nothing is lost: what was scanned is still in hand."""
    return news.Moved(kind, None, 0, (news.NotMoved(None, "", WhyNot.NOT_APPROVED.value),))


def _told(outcome: Outcome) -> tuple[news.NotMoved, ...]:
    return tuple(news.NotMoved(one.code, one.item, one.why.value) for one in outcome.refused)
