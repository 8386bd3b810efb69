"""Money and custody between two steps: what must not slip through when things meet."""

import json
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.catalogue.drugs import Batch, Item, PackLevel, RxFlag
from pharmacy_desk.core.people.people import Approval, Operator, Request, Subject
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason, NoCodeSold
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter.answers import ApprovalAnswer, ApprovalDid, ReturnDid
from pharmacy_desk.counter.catalogue.map_wishes import MapWishes
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from pharmacy_desk.counter.stock.no_code_wishes import NoCodeWishes
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from tests.conftest import LOT, NOON, OTC, box
from tests.counter.upload.courier_kit import accept, answer, found, work_of
from tests.fakes.lane import NowLane

FREE = Item(
    code="G1", name="维生素C片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT,
    barcodes=("6900000000052",), identifications=("8100001",),
)  # fmt: skip
PIN = {"001": "427391", "002": "538412", "007": "384756"}
TODAY = NOON.date()


@pytest.fixture
def counter(shop: Any) -> Any:
    """Two managers, a clerk at the counter, and wishes that are answered at once."""
    for number, role in (("001", "店长"), ("002", "店长"), ("007", "营业员")):
        shop.ledger.people.put_operator(
            Actor(NOON, ""), Operator(number, number, role), PIN[number]
        )
    shop.ledger.catalogue.put_items(Actor(NOON, "007"), [FREE])
    lane: Any = NowLane()
    shop.no_code = NoCodeWishes(
        lane=lane,
        sales=shop.ledger.sales,
        no_code=shop.ledger.no_code,
        catalogue=shop.ledger.catalogue,
        open_sale=shop.open_sale,
        approvals=shop.desk.approvals,
        clock=shop.clock,
        shut=shop.desk.shut,
        looked=shop.desk.gate.look,
        post=shop.news.append,
        wake_courier=lambda _: None,
    )
    shop.payments = Payments(
        shop.open_sale, shop.desk, None, lambda: shop.settings, lane.submit, lane.submit,
        shop.news.append, lambda _: None, lambda: None, lambda *_: None,
    )  # fmt: skip
    return shop


def _entry(shop: Any, item: str = "Y1", expiry: date = date(2028, 1, 1), lot: str = "OLD1") -> str:
    """An approved entry of the no-code library."""
    batch = Batch(lot, date(2025, 1, 2), expiry)
    draft = Draft(item, batch, 5, NoCodeReason.MADE_BEFORE, date(2025, 6, 30), "发票 7")
    entry = shop.ledger.no_code.keep_no_code(Actor(NOON, "007"), draft)
    shop.ledger.no_code.approve_no_code(Actor(NOON, "007"), entry.number, "001")
    return str(entry.number)


def _approve(shop: Any, person: str = "001") -> Any:
    return shop.desk.approvals.answer(person, PIN[person], "核对过").result(timeout=0)


def _clean(shop: Any) -> bool:
    return check(shop.ledger.path).problems == ()


def _movements(shop: Any) -> Movements:
    return Movements(
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


# --- the gate and boxes without codes ---------------------------------------------------------


def test_a_box_without_code_that_expires_overnight_is_not_paid(counter: Any) -> None:
    counter.open_sale.lines.add_item(OTC, 1)
    counter.no_code.take(_entry(counter, expiry=TODAY), 1)
    assert counter.open_sale.gate.refusals(PayOrder(PaymentKind.POOLED), settled=True) == ()
    counter.clock.at = NOON + timedelta(days=1)
    refused = counter.open_sale.gate.refusals(PayOrder(PaymentKind.POOLED), settled=True)
    assert [(one.reason, one.boxes) for one in refused] == [(REASONS["EXPIRED"], 1)]


def test_the_cell_of_near_expiry_holds_for_a_box_without_code(counter: Any) -> None:
    counter.set(policy__verdict__NEAR_EXPIRY="approve")
    assert counter.settings.policy.of_verdict(V.NEAR_EXPIRY) is Action.APPROVE
    counter.open_sale.lines.add_item(OTC, 1)
    counter.no_code.take(_entry(counter, expiry=TODAY + timedelta(days=3)), 1)
    refused = counter.open_sale.gate.refusals(PayOrder(PaymentKind.SELF), settled=True)
    assert [(one.reason, one.boxes) for one in refused] == [(REASONS["NEAR_EXPIRY"], 1)]


@pytest.mark.parametrize(("key", "value"), [
    ("drug", OTC.code), ("lot", "L241230"), ("lot", "OLD1"), ("code", box(1)),
    ("supplier", "示例医药公司"),
])  # fmt: skip
def test_a_recall_opened_while_a_box_is_in_the_sale_stops_the_payment(
    counter: Any, key: str, value: str
) -> None:
    movements = _movements(counter)
    movements.post(MovementKind.DELIVERY, [Wanted(box(1), OTC.code, OTC.batch)], "示例医药公司")
    counter.open_sale.lines.add_item(OTC, 2)
    counter.scan(box(1))
    counter.no_code.take(_entry(counter), 1)
    assert counter.open_sale.gate.refusals(PayOrder(PaymentKind.SELF), settled=True) == ()
    recall = movements.recall(key, value)
    for payment in PaymentKind:
        refused = counter.open_sale.gate.refusals(PayOrder(payment), settled=True)
        assert [one.reason for one in refused] == [REASONS["RECALLED"]]
        assert refused[0].boxes == (2 if key == "drug" else 1)
    movements.end_recall(recall.number)
    assert counter.open_sale.gate.refusals(PayOrder(PaymentKind.SELF), settled=True) == ()


@pytest.mark.parametrize("twin", ["gift", "dates"])
def test_a_box_without_code_comes_back_on_the_upload_line_it_was_sold_on(
    counter: Any, twin: str
) -> None:
    number = _entry(counter, FREE.code)
    other = _entry(counter, FREE.code, date(2028, 6, 1)) if twin == "dates" else number
    counter.open_sale.lines.add_item(FREE, 1)
    counter.no_code.take(number, 1)
    counter.open_sale.lines.add_item(FREE, 2 - 1)
    counter.no_code.take(other, 1)
    if twin == "gift":
        counter.open_sale.lines.turn_gift(None)
    paid = counter.pay()
    boxes = [one for line in paid.lines for one in line.no_code]
    keys = []
    for one in boxes:
        sold_box = NoCodeSold(paid.number, one.entry, NOON)
        told = counter.no_code.take_back(sold_box, one.number, "质量问题").result(timeout=5)
        with closing(Reader(counter.ledger.path)) as reader:
            (line,) = (queued.line for queued in reader.outbox.lines_of(told.number))
        keys.append((line.words["original_key"], line.words["price"], line.words["expiry"]))
    with closing(Reader(counter.ledger.path)) as reader:
        sold = [queued.line for queued in reader.outbox.lines_of(paid.number)]
    assert sorted(keys) == sorted((ln.key, ln.words["price"], ln.words["expiry"]) for ln in sold)
    assert _clean(counter)


# --- the locked counter, the settlement, the third repeat --------------------------------------


def test_a_locked_counter_takes_no_box_from_the_library(counter: Any) -> None:
    number = _entry(counter)
    counter.open_sale.lines.add_item(OTC, 1)
    counter.desk.porter.lock("key")
    counter.no_code.take(number, 1)
    assert counter.ledger.no_code.no_code_entry(number).used == 0


def _repeat(shop: Any, times: int) -> None:
    for _ in range(times):
        shop.mono += 60
        shop.desk.scan(RawScan(box(1).encode(), "test", NOON))


def test_no_box_of_the_library_goes_in_while_the_manager_is_awaited(counter: Any) -> None:
    number = _entry(counter)
    counter.open_sale.lines.add_item(OTC, 2)
    _repeat(counter, 4)
    assert counter.desk.repeats.waiting
    counter.no_code.take(number, 1)
    assert counter.ledger.no_code.no_code_entry(number).used == 0


def _asked(shop: Any) -> MapWishes:
    """A box of an unknown identification waits for its drug beside a sale with another box."""
    shop.scan(box(1))
    shop.desk.scan(RawScan(b"8999999" + b"0" * 12 + b"1", "test", NOON))
    assert shop.news[-1].verdict.name is V.UNMAPPED
    lane: Any = NowLane()
    return MapWishes(
        lane=lane,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        who=shop.open_sale.who,
        maps=shop.desk.maps,
        desk=shop.desk.question,
        post=shop.news.append,
    )


@pytest.mark.parametrize("busy", ["settling", "locked", "manager"])
def test_a_mapping_said_meanwhile_puts_no_box_into_the_sale(counter: Any, busy: str) -> None:
    maps = _asked(counter)
    if busy == "settling":
        counter.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    elif busy == "locked":
        counter.desk.porter.lock("key")
    else:
        _repeat(counter, 3)
        assert counter.desk.repeats.waiting
    maps.say("8999999", OTC.code, PackLevel.SMALLEST)
    assert counter.open_sale.refresh().codes() == (box(1),)


# --- approvals --------------------------------------------------------------------------------


def test_who_took_over_the_counter_does_not_approve_what_is_now_their_own_sale(
    counter: Any,
) -> None:
    counter.set(policy__verdict__NEAR_EXPIRY="approve")
    counter.open_sale.lines.add_item(OTC, 1)
    counter.no_code.take(_entry(counter, expiry=TODAY + timedelta(days=3)), 1)
    counter.payments.pay(PayOrder(PaymentKind.SELF))
    assert counter.desk.approvals.waiting
    counter.desk.porter.sign_in("001", PIN["001"])
    assert _approve(counter, "001").what is ApprovalDid.OWN
    assert counter.open_sale.refresh() is not None
    assert _approve(counter, "002").what is ApprovalDid.GIVEN
    assert counter.open_sale.refresh() is None


def test_who_proposed_an_entry_does_not_approve_it_by_letting_another_ask(counter: Any) -> None:
    counter.desk.porter.sign_in("001", PIN["001"])
    batch = Batch("OLD1", date(2025, 1, 2), date(2028, 1, 1))
    counter.no_code.keep(Draft("Y1", batch, 5, NoCodeReason.OTHER, date(2025, 6, 30), "发票"))
    number = counter.news[-1].number
    counter.desk.porter.sign_in("007", PIN["007"])
    counter.no_code.approve(number)
    assert _approve(counter, "001").what is ApprovalDid.OWN
    assert _approve(counter, "002").what is ApprovalDid.GIVEN
    assert counter.ledger.no_code.no_code_entry(number).approver == "002"


def test_the_second_person_is_told_the_boxes_inside_of_a_carton(counter: Any) -> None:
    movements = _movements(counter)
    counter.desk.porter.sign_in("002", PIN["002"])
    lane: Any = NowLane()
    keeper = StockWishes(
        lane=lane,
        boxes=counter.ledger.boxes,
        drafts=counter.ledger.drafts,
        movements=movements,
        approvals=counter.desk.approvals,
        actor=counter.open_sale.who.actor,
        post=counter.news.append,
    )
    wanted = tuple(Wanted(box(n), OTC.code, OTC.batch) for n in (1, 2, 3))
    keeper.post(Order(MovementKind.DELIVERY, wanted, "示例医药公司"))
    carton = "8555555" + "0" * 13
    inner = [PackRelation(box(n), carton, 1) for n in (1, 2, 3)]
    keeper.load_packs([PackRelation(carton, None, 3), *inner])
    order = Order(MovementKind.DESTRUCTION, (Wanted(carton),), reason="过期")
    awaited = keeper.move((order,), ())
    assert counter.news[-1].request.boxes == 3
    _approve(counter)
    assert awaited.later is not None
    assert awaited.later.result(timeout=0).boxes == 3


def test_a_yes_goes_only_to_what_its_giver_has_read(counter: Any) -> None:
    done: list[str] = []
    asker = counter.open_sale.who.person
    read = Request(Subject.RIGHT, "settings", asker)
    counter.desk.approvals.want_yes(read, lambda _: done.append("settings"))
    counter.desk.approvals.want_yes(
        Request(Subject.RESTORE, "restore", asker), lambda _: done.append("restore")
    )
    told = counter.desk.approvals.answer("001", PIN["001"], "核对过", read).result(timeout=0)
    assert done == []
    assert told == ApprovalAnswer(ApprovalDid.CHANGED, read)
    _approve(counter)
    assert done == ["restore"]


# --- people -----------------------------------------------------------------------------------


def test_a_badge_for_nobody_is_not_given(counter: Any) -> None:
    assert not counter.ledger.people.set_badge(Actor(NOON, "001"), "099", "OPSOMEBADGE")
    assert _clean(counter)


def test_a_lock_out_by_a_clock_that_ran_ahead_ends_when_it_is_set_right(counter: Any) -> None:
    ahead = NOON + timedelta(days=900)
    for _ in range(5):
        counter.ledger.people.prove(Actor(ahead, "007"), "001", "000000")
    assert counter.ledger.people.prove(Actor(ahead, "007"), "001", PIN["001"]) == "locked_out"
    assert isinstance(counter.ledger.people.prove(Actor(NOON, "007"), "001", PIN["001"]), Operator)
    assert _clean(counter)


# --- receipts and orders ----------------------------------------------------------------------


def test_a_receipts_own_number_goes_before_an_order_that_is_numbered_alike(counter: Any) -> None:
    first = counter.sell(box(1))
    counter.open_sale.lines.set_order(OnlineOrder("美团", first.number))
    counter.sell(box(2))
    assert counter.open_sale.returns.take_back(first.number, box(1), "质量问题").number


# --- what the platform hears ------------------------------------------------------------------


def _put_back(shop: Any, code: str) -> str:
    shop.set(sale__same_day_restore=True)
    request = Request(Subject.RESTORE, "restore", shop.open_sale.who.person, code=code)
    told = shop.open_sale.returns.put_back("last", code, "未取走", Approval(request, "001", "x"))
    assert told.what is ReturnDid.PUT_BACK
    return str(told.number)


def test_a_box_sold_again_is_told_after_its_return_and_never_accused(counter: Any) -> None:
    first = counter.sell(box(1))
    back = _put_back(counter, box(1))
    counter.clock.advance(60)
    second = counter.sell(box(1))
    work = work_of(counter)
    work.go(accept, accept, accept, everything=True)
    assert work.platform.numbers() == ["3505A", "3506A", "3505A"]
    documents = {one.message_id: one.line.document for one in work.lines().values()}
    sent = [documents[json.loads(body)["msgid"]] for _, body in work.platform.sent]
    assert sent == [first.number, back, second.number]
    assert set(work.states()) == {LineState.ACCEPTED}


def test_a_return_that_cannot_go_holds_no_later_sale_up(counter: Any) -> None:
    counter.sell(box(1))
    work = work_of(counter)
    work.go(lambda body: _refuse(body, "批号不符"))
    _put_back(counter, box(1))
    counter.clock.advance(60)
    counter.sell(box(1))
    work.go(accept, everything=True)
    assert work.platform.numbers() == ["3505A", "3505A"]


def _refuse(body: dict[str, Any], words: str) -> Any:
    keys = [line["fixmedins_bchno"] for line in body["input"]["selinfoDetail"]]
    rows = [{"fixmedins_bchno": key, "retRslt": "0", "msgRslt": words} for key in keys]
    return answer({"result": {"retRslt": "0"}, "selinfoErrDetail": rows})


def test_a_count_that_is_accepted_wipes_no_mark_of_a_settlement_elsewhere(counter: Any) -> None:
    counter.sell(box(1))
    _put_back(counter, box(1))
    words = f"追溯码{box(1)}已结算：P44030000009"
    work = work_of(counter)
    work.go(lambda body: _refuse(body, words))
    counter.clock.advance(60)
    work.go(found())
    assert counter.ledger.boxes.state(box(1)) is BoxState.ON_SHELF
    assert counter.scan(box(1)).name is V.SETTLED_ON_PLATFORM
    _movements(counter).stock_take([box(1)])
    counter.clock.advance(600)
    work.go(accept, everything=True)
    assert counter.scan(box(1)).name is V.SETTLED_ON_PLATFORM
    assert _clean(counter)
