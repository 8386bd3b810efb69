"""The wishes about stock: what a person can want of boxes outside a sale, as desk-lane jobs.

Like the counter's, its wishes may be called from any thread; each has its answer by a future.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import field, replace

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Approval, Request, Right, Subject
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.drafts import DraftLedger
from pharmacy_desk.core.stock.acceptance import NOT_TOLD, Transport
from pharmacy_desk.core.stock.drafts import DraftStep, Unfinished, after_document, closed, to_body
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.core.stock.scanned import Scanned, Work
from pharmacy_desk.core.stock.scanned import to_body as scans_to_body
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.awaited import awaited
from pharmacy_desk.counter.stock.movements import DraftEnd, Movements, Outcome, Wanted
from pharmacy_desk.counter.views.stock_answers import (
    MoveAnswer,
    MoveDid,
    NotMoved,
    RecallAnswer,
    RecallDid,
    moved,
    not_approved,
)


@dataclass(frozen=True, slots=True)
class Order:
    """A document to post: what it does, with whom, and the boxes it names."""

    kind: MovementKind
    wanted: tuple[Wanted, ...]
    party: str = ""
    reference: str = ""
    reason: str = ""
    transport: Transport = NOT_TOLD


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

    moved: tuple[MoveAnswer, ...]
    error: WorldError | None = None
    ended: bool = False

    def together(self, unread: tuple[NotMoved, ...]) -> MoveAnswer:
        """All of them as one answer, with the rows of their file that could not be read."""
        documents = tuple(one for part in self.moved for one in part.documents)
        stayed = unread + tuple(one for part in self.moved for one in part.stayed)
        boxes = sum(part.boxes for part in self.moved)
        return moved(self.moved[0].kind, documents, boxes, stayed, self.error)


class StockWishes:
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

    def move(self, orders: Sequence[Order], unread: tuple[NotMoved, ...]) -> MoveAnswer:
        """Post the documents of one file, all of one kind; on the desk's thread.

        When the disk fails behind a first one, those before it stand and are told with it.
        """
        kind = orders[0].kind
        if not self._movements.allowed(kind) or not self._second_person(kind):
            return self._post_all(orders, unread, None)
        boxes = sum(self._movements.boxes(order.wanted) for order in orders)
        request = Request(Subject.MOVEMENT, kind, self._movements.asker(), orders[0].party, boxes)
        later = awaited(
            lambda then, dropped: self._approvals.want_yes(request, then, dropped),
            lambda approval: self._post_all(orders, unread, approval),
            not_approved(kind),
        )
        return MoveAnswer(MoveDid.APPROVAL_AWAITED, kind, later=later)

    def _second_person(self, kind: MovementKind) -> bool:
        """Whether the store wants a second person for this kind of document, and there is one."""
        return self._movements.wants_second(kind) and self._approvals.possible()

    def _post_all(
        self, orders: Sequence[Order], unread: tuple[NotMoved, ...], approval: Approval | None
    ) -> MoveAnswer:
        """One by one: those before a failure count."""
        done: list[Outcome] = []
        error = None
        for order in orders:
            try:
                done.append(self.post(order, approval=approval))
            except WorldError as broken:
                if not done:
                    raise
                error = broken
                break
        return _answer(orders[0].kind, done, unread, error)

    def announce(self, answer: MoveAnswer) -> None:
        """Tell everybody what was posted, and what has broken it off; on the desk's thread."""
        if answer.documents:
            self._post(news.Moved(answer.kind, answer.documents, answer.boxes))
        if answer.error:
            self._post(news.Trouble(answer.error))

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
            transport=order.transport,
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
        done: list[MoveAnswer] = []
        left = unfinished
        try:
            for place, order in enumerate(orders, start=1):
                if unfinished is None:
                    outcome = self.post(order)
                else:
                    outcome, left = self._receive(
                        order, left or unfinished, number, last=place == len(orders)
                    )
                done.append(_answer(order.kind, [outcome]))
        except WorldError as error:
            return Received(tuple(done), error)
        return Received(tuple(done), ended=left is None)

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

    def keep_scans(self, number: str, work: Work, scanned: Scanned) -> None:
        """Keep a count or a document that is not posted yet; on the desk's thread."""
        self._drafts.put_draft(self._actor(), number, scans_to_body(scanned), work.value)

    def drop_draft(self, number: str) -> None:
        """Forget it; on the desk's thread."""
        self._drafts.drop_draft(number)

    def learn_headers(self, party: str, names: Mapping[str, str]) -> None:
        """Remember what a supplier's header names mean; on the desk's thread."""
        if names:
            actor = self._actor()
            self._drafts.learn_headers(actor, kept(party, actor.at.date()), names)

    def learn_drug(self, words: SupplierWords, item: str) -> None:
        """Remember which drug a supplier's words mean; on the desk's thread."""
        actor = self._actor()
        party = kept(words.party, actor.at.date())
        self._drafts.learn_drug(actor, replace(words, party=party), item)

    def stock_take(
        self,
        scanned: Sequence[str],
        unread: tuple[NotMoved, ...],
        place: frozenset[str],
    ) -> MoveAnswer:
        """Compare what was scanned on the shelf with what should be there; on the desk's thread.

        `place` names the items that were counted, also those of which no box was found.
        """
        kind = MovementKind.SURPLUS

        def done(approval: Approval | None) -> MoveAnswer:
            return _answer(kind, [self._movements.stock_take(scanned, place, approval)], unread)

        found = self._movements.differences(scanned, place)
        boxes = len(found[0]) + len(found[1])
        may = self._movements.allowed(MovementKind.LOSS)
        if not boxes or not may or not self._second_person(MovementKind.COUNT):
            return done(None)

        def still() -> bool:
            """The counter sells on: only the differences that were shown are approved."""
            return self._movements.differences(scanned, place) == found

        asker = self._movements.asker()
        request = Request(Subject.MOVEMENT, MovementKind.COUNT, asker, boxes=boxes)
        later = awaited(
            lambda then, dropped: self._approvals.want_yes(request, then, dropped, still),
            done,
            not_approved(kind),
        )
        return MoveAnswer(MoveDid.APPROVAL_AWAITED, kind, later=later)

    def recall(self, key: str, value: str, reason: str = "") -> Future[RecallAnswer]:
        """Hold what this names."""

        def job() -> RecallAnswer:
            recall = self._movements.recall(key, value, reason)
            self._post(news.RecallChanged(recall.number))
            return RecallAnswer(RecallDid.RECALLED, recall.number, value)

        return self.lane.wish(job)

    def end_recall(self, number: str) -> Future[RecallAnswer]:
        """Let its boxes be sold again, if the person's role may; else somebody is asked first."""

        def job() -> RecallAnswer:
            if not self._movements.end_recall(number):
                return RecallAnswer(RecallDid.NOT_IN_FORCE, number)
            self._post(news.RecallChanged(number))
            return RecallAnswer(RecallDid.ENDED, number)

        def wish() -> RecallAnswer:
            later = awaited(
                lambda then, dropped: self._approvals.need(Right.END_RECALL, then, dropped),
                job,
                RecallAnswer(RecallDid.NOT_APPROVED, number),
            )
            if later.done():
                return later.result()
            return RecallAnswer(RecallDid.APPROVAL_AWAITED, number, later=later)

        return self.lane.wish(wish)

    def load_stock(self, lots: Sequence[StockLot], boxes: Sequence[Wanted]) -> Loaded:
        """Opening stock, and the boxes bound to it; on the desk's thread."""
        loaded = Loaded(len(lots), self._boxes.put_stock(self._actor(), lots))
        if boxes:
            loaded.outcome = self._movements.post(MovementKind.OPENING, boxes, reason="期初库存")
        return loaded

    def load_packs(self, relations: Sequence[PackRelation]) -> int:
        """Pack relations; how many were new or changed. On the desk's thread."""
        return self._boxes.put_packs(self._actor(), relations)


def _answer(
    kind: MovementKind,
    done: Sequence[Outcome],
    unread: tuple[NotMoved, ...] = (),
    error: WorldError | None = None,
) -> MoveAnswer:
    """What became of the documents of one wish."""
    documents = tuple(outcome.number for outcome in done if outcome.number)
    stayed = unread + tuple(
        NotMoved(one.code, one.item, one.why.value) for outcome in done for one in outcome.refused
    )
    return moved(kind, documents, sum(outcome.moved for outcome in done), stayed, error)
