"""Every wish about stock has one answer by its own future; news tell only what was done."""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.stock.movement import MovementKind as K
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane, flat
from pharmacy_desk.counter.people.awaited import awaited
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from pharmacy_desk.counter.stock.moving_session import MovingSession
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from pharmacy_desk.counter.views.stock_answers import (
    MoveAnswer,
    MoveDid,
    NotMoved,
    RecallAnswer,
    RecallDid,
)
from tests.conftest import OTC, Shop, box

MANAGER, PIN = Operator("901", "店长", "店长"), "135790"
CLERK = Operator("008", "李四", "营业员")


class Counter:
    """A storekeeper on a lane of its own, and what went wrong on it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.failed: list[Exception] = []
        self.lane = Lane("desk", self.failed.append)
        movements = Movements(
            sales=shop.ledger.sales,
            boxes=shop.ledger.boxes,
            catalogue=shop.ledger.catalogue,
            mappings=shop.ledger.map,
            events=shop.ledger.chain,
            who=shop.open_sale.who,
            open_sale=shop.open_sale,
            clock=shop.clock,
            settings=lambda: shop.settings,
            profile=shop.profile,
            wake_courier=lambda _: None,
        )
        self.keeper = StockWishes(
            lane=self.lane,
            boxes=shop.ledger.boxes,
            drafts=shop.ledger.drafts,
            movements=movements,
            approvals=shop.desk.approvals,
            actor=shop.open_sale.who.actor,
            post=shop.news.append,
        )

    def order(self, kind: K, *numbers: int) -> Order:
        wanted = tuple(Wanted(box(n), OTC.code, OTC.batch) for n in numbers)
        return Order(kind, wanted, "示例医药公司", reason="破损")

    def move(self, *orders: Order, unread: tuple[NotMoved, ...] = ()) -> MoveAnswer:
        return self.lane.call(lambda: self.keeper.move(orders, unread))

    def yes(self) -> None:
        self.lane.call(lambda: self.shop.desk.approvals.answer("901", PIN, "看过了"))

    def no(self) -> None:
        self.lane.call(self.shop.desk.approvals.drop)

    def tell(self, *kinds: type[Any]) -> list[Any]:
        return [one for one in self.shop.news if isinstance(one, kinds)]


@pytest.fixture
def counter(shop: Shop) -> Iterator[Counter]:
    made = Counter(shop)
    yield made
    made.lane.stop()


@pytest.fixture
def staffed(counter: Counter) -> Counter:
    shop = counter.shop
    shop.ledger.people.put_operator(shop.open_sale.who.actor(), MANAGER, PIN)
    return counter


def result(wished: Future[Any]) -> Any:
    return wished.result(timeout=10)


# --- documents --------------------------------------------------------------------------------


def test_what_moved_whole_in_part_or_not_at_all_is_told_apart(counter: Counter) -> None:
    assert counter.move(counter.order(K.DELIVERY, 1)).what is MoveDid.POSTED
    partly = counter.move(counter.order(K.DELIVERY, 1, 2))
    assert (partly.what, partly.boxes, partly.why) == (MoveDid.PARTLY_POSTED, 1, "already_here")
    none = counter.move(counter.order(K.DELIVERY, 1))
    assert (none.what, none.documents, none.why) == (MoveDid.NOTHING_MOVED, (), "already_here")
    empty = counter.move(Order(K.TRANSFER_IN, (), "二店"))
    assert empty == MoveAnswer(MoveDid.NOTHING_TO_MOVE, K.TRANSFER_IN)


def test_a_row_that_could_not_be_read_stayed_behind(counter: Counter) -> None:
    unread = (NotMoved(None, "#4", "code_bad"),)
    told = counter.move(counter.order(K.DELIVERY, 1), unread=unread)
    assert (told.what, told.stayed) == (MoveDid.PARTLY_POSTED, unread)
    told = counter.move(Order(K.DELIVERY, ()), unread=unread)
    assert (told.what, told.stayed) == (MoveDid.NOTHING_MOVED, unread)


def test_a_document_that_waits_is_answered_twice_the_second_time_as_it_went(
    staffed: Counter,
) -> None:
    staffed.move(staffed.order(K.DELIVERY, 1, 2))
    first = staffed.move(staffed.order(K.LOSS, 1))
    assert first == MoveAnswer(MoveDid.APPROVAL_AWAITED, K.LOSS)
    assert first.later
    assert not first.later.done()
    staffed.no()
    assert result(first.later).what is MoveDid.NOT_APPROVED
    second = staffed.move(staffed.order(K.LOSS, 1))
    staffed.yes()
    assert second.later
    assert (result(second.later).what, result(second.later).boxes) == (MoveDid.POSTED, 1)


def test_what_another_request_has_pushed_aside_is_answered_as_not_approved(
    staffed: Counter,
) -> None:
    staffed.move(staffed.order(K.DELIVERY, 1, 2))
    first, second = staffed.move(staffed.order(K.LOSS, 1)), staffed.move(staffed.order(K.LOSS, 2))
    assert first.later
    assert second.later
    assert result(first.later).what is MoveDid.NOT_APPROVED
    staffed.yes()
    assert result(second.later).what is MoveDid.POSTED


def test_documents_before_a_failure_are_told_with_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = WorldError(Fault.DISK_FULL)
    post, calls = counter.keeper.post, []

    def failing(order: Order, **more: Any) -> Any:
        calls.append(order)
        if len(calls) == 2:
            raise full
        return post(order, **more)

    monkeypatch.setattr(counter.keeper, "post", failing)
    orders = (
        counter.order(K.DELIVERY, 1),
        counter.order(K.DELIVERY, 2),
        counter.order(K.DELIVERY, 3),
    )
    told = counter.move(*orders)
    assert (told.what, told.boxes, len(told.documents)) == (MoveDid.BROKEN_OFF, 1, 1)
    assert told.error is full
    assert calls == [*orders[:2]]
    counter.keeper.announce(told)
    assert counter.shop.news[-2:] == [
        news.Moved(K.DELIVERY, told.documents, 1), news.Trouble(full),
    ]  # fmt: skip


def test_nothing_is_told_of_a_document_that_was_not_posted(counter: Counter) -> None:
    session = MovingSession(
        counter.shop.desk, counter.keeper, counter.shop.clock, counter.shop.news.append
    )  # type: ignore[arg-type]
    unknown = Order(K.TRANSFER_OUT, (Wanted("8499999" + "0" * 13),), "二店")
    told = counter.lane.call(lambda: session.post_file([unknown], ()))
    assert told.what is MoveDid.NOTHING_MOVED
    assert counter.tell(news.Moved, news.Trouble) == []


# --- recalls ----------------------------------------------------------------------------------


def test_a_recall_is_answered_when_it_is_opened_ended_and_ended_again(staffed: Counter) -> None:
    staffed.shop.open_sale.who.sign_in("901", PIN)
    opened = result(staffed.keeper.recall("lot", "L1", "抽检"))
    assert opened == RecallAnswer(RecallDid.RECALLED, opened.number, "L1")
    ended = result(staffed.keeper.end_recall(opened.number))
    assert ended == RecallAnswer(RecallDid.ENDED, opened.number)
    again = result(staffed.keeper.end_recall(opened.number))
    assert again == RecallAnswer(RecallDid.NOT_IN_FORCE, opened.number)
    assert again.refused
    assert staffed.tell(news.RecallChanged) == [news.RecallChanged(opened.number)] * 2


def test_who_may_not_end_a_recall_awaits_somebody_who_may(staffed: Counter) -> None:
    shop = staffed.shop
    shop.ledger.people.put_operator(shop.open_sale.who.actor(), CLERK, "246810")
    shop.open_sale.who.sign_in("008", "246810")
    number = result(staffed.keeper.recall("lot", "L1")).number
    first = result(staffed.keeper.end_recall(number))
    assert first == RecallAnswer(RecallDid.APPROVAL_AWAITED, number)
    staffed.no()
    assert result(first.later) == RecallAnswer(RecallDid.NOT_APPROVED, number)
    second = result(staffed.keeper.end_recall(number))
    staffed.yes()
    assert result(second.later) == RecallAnswer(RecallDid.ENDED, number)


def test_a_recall_that_the_world_prevents_fails_its_own_future(counter: Counter) -> None:
    wished = counter.keeper.recall("lot", "110101199003074477")
    with pytest.raises(WorldError) as failed:
        result(wished)
    assert failed.value.fault is Fault.PERSON_NUMBER
    assert counter.failed == [failed.value]


# --- answers that come later ------------------------------------------------------------------


def test_what_fails_after_a_yes_fails_what_was_awaited_and_is_told_once(counter: Counter) -> None:
    thens: list[Any] = []
    full = WorldError(Fault.DISK_FULL)

    def yes() -> str:
        raise full

    later = awaited(lambda then, dropped: thens.append(then), yes, "nobody")
    with pytest.raises(WorldError):
        thens[0]()
    assert later.exception(timeout=0) is full


def test_a_wish_that_a_second_lane_works_off_has_one_answer_or_one_failure(
    counter: Counter,
) -> None:
    files = Lane("files", counter.failed.append)

    def broken() -> int:
        raise WorldError(Fault.DISK_FULL)

    try:
        assert result(flat(files.wish(lambda: counter.lane.wish(lambda: 7)))) == 7
        with pytest.raises(WorldError):
            result(flat(files.wish(lambda: counter.lane.wish(broken))))
        with pytest.raises(WorldError):
            result(
                flat(files.wish(lambda: counter.lane.wish(lambda: broken()) if broken() else None))
            )  # type: ignore[arg-type, return-value]
    finally:
        files.stop()
    assert len(counter.failed) == 2
