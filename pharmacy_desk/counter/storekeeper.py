"""The storekeeper: what a person can want of boxes outside a sale, as jobs for the desk lane.

Like the clerk's, its methods may be called from any thread; answers come back as news.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pharmacy_desk.core.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.core.ports import Clock, Ledger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.movements import Movements, Outcome, Wanted


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


class Storekeeper:
    """Takes wishes about stock from any thread, works them off in order on the desk lane."""

    def __init__(
        self,
        lane: Lane,
        ledger: Ledger,
        movements: Movements,
        clock: Clock,
        operator: Callable[[], str],
        post: Callable[[news.News], None],
    ) -> None:
        self.lane = lane
        self._ledger = ledger
        self._movements = movements
        self._clock = clock
        self._operator = operator
        self._post = post

    def move(self, order: Order, unread: tuple[news.NotMoved, ...] = ()) -> None:
        """Post a document; what could not move is told with it, rows `unread` of its file too."""

        def job() -> None:
            outcome = self.post(order)
            self._post(
                news.Moved(order.kind, outcome.number, outcome.moved, unread + _told(outcome))
            )

        self.lane.submit(job)

    def post(self, order: Order) -> Outcome:
        """The same at once, on the desk's thread."""
        return self._movements.post(
            order.kind, order.wanted, order.party, order.reference, order.reason,
            order.arrived_at, order.arrival_celsius,
        )  # fmt: skip

    def stock_take(
        self,
        scanned: Sequence[str],
        unread: tuple[news.NotMoved, ...] = (),
        place: frozenset[str] = frozenset(),
    ) -> None:
        """Compare what was scanned on the shelf with what should be there.

        `place` names the items that were counted, also those of which no box was found.
        """

        def job() -> None:
            outcome = self._movements.stock_take(scanned, place)
            told = unread + _told(outcome)
            self._post(news.Moved(MovementKind.SURPLUS, outcome.number, outcome.moved, told))

        self.lane.submit(job)

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

        self.lane.submit(job)

    def load_stock(self, lots: Sequence[StockLot], boxes: Sequence[Wanted]) -> Loaded:
        """Opening stock, and the boxes bound to it; on the caller's thread, which is the desk's."""
        now, operator = self._clock.now(), self._operator()
        loaded = Loaded(len(lots), self._ledger.put_stock(lots, now, operator))
        if boxes:
            loaded.outcome = self._movements.post(MovementKind.OPENING, boxes, reason="期初库存")
        return loaded

    def load_packs(self, relations: Sequence[PackRelation]) -> int:
        """Pack relations; how many were new or changed. On the desk's thread."""
        return self._ledger.put_packs(relations, self._clock.now(), self._operator())


def _told(outcome: Outcome) -> tuple[news.NotMoved, ...]:
    return tuple(news.NotMoved(one.code, one.item, one.why.value) for one in outcome.refused)
