"""Boxes outside a sale: received, split, moved, counted, recalled, and what the verdict says."""

import json
from contextlib import closing
from datetime import date

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.counter.answers import ReturnDid, UnitsDid
from pharmacy_desk.counter.stock.movements import Movements, Wanted, WhyNot
from tests import plain
from tests.conftest import OTC, RX, box

NEW = Batch("L260101", date(2026, 1, 1), date(2029, 1, 1))
K = MovementKind


@pytest.fixture
def stock(shop):
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


def receive(stock, *numbers, item=OTC, batch=NEW):
    wanted = [Wanted(box(number, item), item.code, batch, price_fen=1000) for number in numbers]
    return stock.post(K.DELIVERY, wanted, "示例医药公司", "D-1")


def states(shop, *numbers, item=OTC):
    return [shop.ledger.boxes.state(box(number, item)) for number in numbers]


def clean(shop):
    return check(shop.ledger.path).problems


def test_a_received_box_is_ok_and_is_sold_with_the_lot_it_came_with(shop, stock):
    outcome = receive(stock, 1, 2)
    assert (outcome.moved, outcome.refused) == (2, [])
    verdict = shop.scan(box(1))
    assert verdict.name is V.OK
    assert verdict.batch.lot == NEW.lot
    sale = shop.pay()
    assert sale.lines[0].batches()[0][0].lot == NEW.lot
    assert states(shop, 1, 2) == [BoxState.SOLD, BoxState.ON_SHELF]
    assert shop.scan(box(1)).name is V.SOLD_HERE
    assert clean(shop) == ()


def test_what_may_not_come_in_is_told_and_the_rest_comes_in(shop, stock):
    shop.sell(box(1))
    receive(stock, 2)
    wanted = [
        Wanted(box(1), OTC.code, NEW), Wanted(box(2), OTC.code, NEW), Wanted(box(3), OTC.code, NEW),
        Wanted(box(3), OTC.code, NEW), Wanted(None, OTC.code, NEW, 5),
        Wanted(box(4), RX.code, NEW), Wanted(box(5), "nothing"),
        Wanted(box(6), OTC.code, Batch("OLD", date(2020, 1, 1), date(2022, 1, 1))),
    ]  # fmt: skip
    outcome = stock.post(K.DELIVERY, wanted, "示例医药公司")
    assert outcome.moved == 2  # box 3, and box 5 whose own code tells the drug
    assert [one.why for one in outcome.refused] == [
        WhyNot.SOLD, WhyNot.ALREADY_HERE, WhyNot.TWICE, WhyNot.NO_CODE, WhyNot.WRONG_DRUG,
        WhyNot.EXPIRED,
    ]  # fmt: skip
    assert clean(shop) == ()


def test_a_box_in_hand_at_the_checkout_cannot_leave_by_a_document(shop, stock):
    receive(stock, 1)
    shop.scan(box(1))
    outcome = stock.post(K.TRANSFER_OUT, [Wanted(box(1))], "二店")
    assert [one.why for one in outcome.refused] == [WhyNot.IN_SALE]
    assert outcome.number is None


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [(K.TRANSFER_OUT, V.TRANSFERRED_OUT), (K.DESTRUCTION, V.DESTROYED),
     (K.TO_SUPPLIER, V.TRANSFERRED_OUT)],
)  # fmt: skip
def test_a_box_that_left_refuses_to_sell(shop, stock, kind, verdict):
    receive(stock, 1)
    assert stock.post(kind, [Wanted(box(1))], "二店", reason="test").moved == 1
    assert shop.scan(box(1)).name is verdict
    assert clean(shop) == ()


def test_a_box_comes_back_by_transfer_and_sells(shop, stock):
    receive(stock, 1)
    stock.post(K.TRANSFER_OUT, [Wanted(box(1))], "二店")
    stock.post(K.TRANSFER_IN, [Wanted(box(1))], "二店")
    assert shop.scan(box(1)).name is V.OK
    shop.pay()
    assert clean(shop) == ()


def test_a_returned_box_goes_to_the_supplier_or_is_destroyed_and_never_sold(shop, stock):
    receive(stock, 1)
    sale = shop.sell(box(1))
    assert shop.open_sale.returns.take_back(sale.number, box(1), "质量问题").number
    assert states(shop, 1) == [BoxState.RETURNED]
    assert shop.scan(box(1)).name is V.RETURNED_HOLD
    assert stock.post(K.TRANSFER_OUT, [Wanted(box(1))], "二店").refused
    assert stock.post(K.DESTRUCTION, [Wanted(box(1))], reason="质量问题").moved == 1
    assert shop.scan(box(1)).name is V.DESTROYED
    assert clean(shop) == ()


def test_units_of_a_box_are_sold_until_it_is_used_up(shop, stock):
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "007"), [OTC.__class__(**{n: getattr(OTC, n) for n in OTC.__slots__}
                       | {"split_unit": "粒", "split_ratio": 24})])  # fmt: skip
    receive(stock, 1)
    answer = shop.desk.split(box(1), 6)
    assert (answer.what, answer.left) == (UnitsDid.TAKEN, 18)
    line = shop.open_sale.sale.lines[0]
    assert (line.split, line.quantity, line.price_fen) == (True, 6, 91)  # 2180 / 24, rounded up
    assert shop.open_sale.sale.box_count == 0
    sale = shop.pay()
    assert states(shop, 1) == [BoxState.OPENED]
    words = plain.row(
        shop.ledger.path, "SELECT words FROM outbox WHERE document = ?", (sale.number,)
    )[0]
    assert '"split": "1"' in words
    assert '"quantity": "6"' in words
    # The next customer: a scan is one unit, a second scan of the same box is none.
    assert shop.scan(box(1)).name is V.OK_SPLIT
    assert shop.scan(box(1)).name is V.IN_THIS_SALE
    assert shop.desk.split(box(1), 18).what is UnitsDid.TOO_MANY  # only 17 are left
    assert shop.desk.split(box(1), 17).what is UnitsDid.TAKEN
    shop.open_sale.lines.undo()
    assert shop.ledger.boxes.record(box(1)).units_left == 17
    assert shop.desk.split(box(1), 17).what is UnitsDid.TAKEN
    shop.pay()
    assert states(shop, 1) == [BoxState.USED_UP]
    assert shop.scan(box(1)).name is V.SPLIT_EXHAUSTED
    assert clean(shop) == ()


def test_a_voided_split_leaves_the_box_whole(shop, stock):
    item = OTC.__class__(**{n: getattr(OTC, n) for n in OTC.__slots__} | {"split_ratio": 10})
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [item])
    receive(stock, 1)
    assert shop.desk.split(box(1), 3).what is UnitsDid.TAKEN
    shop.open_sale.ending.void()
    assert states(shop, 1) == [BoxState.ON_SHELF]
    assert shop.scan(box(1)).name is V.OK
    assert clean(shop) == ()


def test_a_drug_that_is_not_split_refuses_units(shop):
    answer = shop.desk.split(box(1), 2)
    assert (answer.what, answer.left) == (UnitsDid.NOT_SPLITTABLE, 0)
    assert shop.open_sale.sale is None or not shop.open_sale.sale.lines


def test_a_stock_take_finds_what_is_missing_and_what_is_too_much(shop, stock):
    receive(stock, 1, 2, 3)
    shop.sell(box(3))
    outcome = stock.stock_take([box(1), box(9), box(3)])
    assert states(shop, 1, 2, 9) == [BoxState.ON_SHELF, BoxState.MISSING, BoxState.ON_SHELF]
    assert [(one.code, one.why) for one in outcome.refused] == [(box(3), WhyNot.SOLD)]
    assert outcome.moved == 2
    told = plain.rows(
        shop.ledger.path, "SELECT infno, codes FROM outbox WHERE document = ?", (outcome.number,)
    )
    assert [row["infno"] for row in told] == ["3501A"] * len(told)
    assert sorted(code for row in told for code in json.loads(row["codes"])) == [box(1), box(9)]
    assert clean(shop) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [("lot", NEW.lot), ("drug", OTC.code), ("supplier", "示例医药公司"), ("code", box(1))],
)
def test_a_recalled_box_refuses_until_the_recall_ends(shop, stock, key, value):
    receive(stock, 1)
    recall = stock.recall(key, value, "抽检不合格")
    verdict = shop.scan(box(1))
    assert verdict.name is V.RECALLED
    assert verdict.recall == recall
    assert stock.end_recall(recall.number)
    assert not stock.end_recall(recall.number)
    assert shop.scan(box(1)).name is V.OK


def test_an_outer_code_asks_and_its_inner_boxes_sell(shop, stock):
    receive(stock, 1, 2)
    outer = box(900)
    now = shop.clock.now()
    shop.ledger.boxes.put_packs(
        Actor(now, "007"), [PackRelation(outer, None, 2), PackRelation(box(1), outer, 1),
         PackRelation(box(2), outer, 1)])  # fmt: skip
    verdict = shop.scan(outer)
    assert verdict.name is V.OUTER_PACK
    assert verdict.pack.inner == (box(1), box(2))
    shop.sell(box(1))
    assert shop.ledger.boxes.state(outer) is BoxState.BROKEN
    assert shop.scan(outer).name is V.OUTER_PACK
    assert shop.scan(box(2)).name is V.OK
    assert clean(shop) == ()


def test_an_inner_box_of_a_pack_that_was_sold_whole_is_refused(shop):
    outer = box(900)
    shop.sell(outer)  # before anybody knew that it is a carton
    shop.ledger.boxes.put_packs(Actor(shop.clock.now(), "007"), [PackRelation(box(1), outer, 1)])
    assert shop.scan(box(1)).name is V.INNER_OF_SOLD_PACK


def test_opening_stock_gives_a_drug_its_lot(shop, stock):
    lot = StockLot("Y4", NEW, 40)
    assert shop.ledger.boxes.put_stock(Actor(shop.clock.now(), "007"), [lot]) == 1
    assert shop.ledger.boxes.put_stock(Actor(shop.clock.now(), "007"), [lot]) == 0
    code = "8177322" + "1".zfill(13)
    assert shop.scan(code).batch.lot == NEW.lot


def test_a_box_received_as_one_drug_and_mapped_to_another_is_refused(shop, stock):
    receive(stock, 1)
    plain.write(shop.ledger.path, "UPDATE boxes SET item = 'Y2' WHERE code = ?", (box(1),))
    assert shop.scan(box(1)).name is V.WRONG_DRUG


def test_only_boxes_asked_for_where_the_store_wants_it(shop):
    shop.set(sale__asked_only=True)
    shop.scan("6900000000014")
    assert shop.scan(box(1)).name is V.OK_UNRECEIVED
    assert shop.scan(box(1, RX)).name is V.NOT_ON_SALE_LINE


def test_who_may_not_move_boxes_is_told(shop, stock):
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "新人", "营业员"), "1357"
    )
    assert shop.open_sale.who.sign_in("008", "1357").id == "008"
    outcome = stock.post(K.TRANSFER_OUT, [Wanted(box(1))], "二店")
    assert [one.why for one in outcome.refused] == [WhyNot.NOT_ALLOWED]
    assert receive(stock, 1).moved == 1


def test_five_wrong_pins_lock_a_number_for_a_while(shop):
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "新人", "营业员"), "1357"
    )
    for _ in range(5):
        assert shop.open_sale.who.sign_in("008", "0000") == "bad_pin"
    assert shop.open_sale.who.sign_in("008", "1357") == "locked_out"
    shop.clock.advance(301)
    assert shop.open_sale.who.sign_in("008", "1357").name == "新人"


def test_the_share_of_typed_codes_is_told_for_each_operator(shop):
    shop.desk.type_code(box(1))
    shop.sell(box(2))
    with closing(Reader(shop.ledger.path)) as reader:
        assert reader.stats()["typed"] == {"007": {"typed": 1, "codes": 2}}


def test_a_typed_code_is_marked_as_typed(shop):
    verdict = shop.desk.type_code(box(1)).verdict
    assert verdict.accepted
    assert shop.open_sale.sale.lines[0].boxes[0].typed
    assert shop.ledger.sales.current_sale().lines[0].boxes == shop.open_sale.sale.lines[0].boxes


def test_a_custody_row_changed_by_hand_is_found(shop, stock):
    receive(stock, 1)
    plain.write(shop.ledger.path, "UPDATE boxes SET state = 'destroyed' WHERE code = ?", (box(1),))
    assert any("custody" in problem for problem in clean(shop))


def with_units(shop, ratio=24):
    values = {name: getattr(OTC, name) for name in OTC.__slots__}
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "007"), [OTC.__class__(**values | {"split_ratio": ratio})]
    )


def test_a_box_sold_in_parts_is_not_taken_back_as_a_whole_one(shop, stock):
    with_units(shop)
    receive(stock, 1)
    assert shop.desk.split(box(1), 6).what is UnitsDid.TAKEN
    sale = shop.pay()
    assert (
        shop.open_sale.returns.take_back(sale.number, box(1), "质量问题").what is ReturnDid.IN_PARTS
    )
    assert states(shop, 1) == [BoxState.OPENED]
    assert clean(shop) == ()


def test_a_box_whose_units_are_in_hand_or_on_hold_does_not_leave(shop, stock):
    with_units(shop)
    receive(stock, 1)
    shop.desk.split(box(1), 6)
    shop.pay()
    assert shop.desk.split(box(1), 2).what is UnitsDid.TAKEN
    for _ in range(2):
        outcome = stock.post(K.DESTRUCTION, [Wanted(box(1))])
        assert [one.why for one in outcome.refused] == [WhyNot.IN_SALE]
        shop.open_sale.held.hold()
    shop.open_sale.held.resume(1)
    shop.pay()
    assert stock.post(K.DESTRUCTION, [Wanted(box(1))]).moved == 1
    assert clean(shop) == ()


def test_packs_that_stand_in_each_other_stop_nothing(shop, stock):
    one, two = box(901), box(902)
    now = shop.clock.now()
    shop.ledger.boxes.put_packs(
        Actor(now, "007"), [PackRelation(one, two, 2), PackRelation(box(1), one, 1)]
    )
    shop.ledger.boxes.put_packs(Actor(now, "007"), [PackRelation(two, one, 3)])
    assert shop.scan(one).name is V.OUTER_PACK
    assert shop.scan(box(1)).name is V.OK_UNRECEIVED
    shop.pay()
    assert stock.post(K.TRANSFER_OUT, [Wanted(two)], "二店").refused
    assert clean(shop) == ()


def test_a_counted_box_is_not_missing_because_its_pack_was_not_scanned(shop, stock):
    receive(stock, 1, 2, 900)  # 900 came in as a box; only later it is known to be a pack
    relations = [PackRelation(box(1), box(900), 1), PackRelation(box(900), None, 2)]
    shop.ledger.boxes.put_packs(Actor(shop.clock.now(), "007"), relations)
    stock.stock_take([box(1), box(2)], frozenset({OTC.code}))
    assert states(shop, 1, 2, 900) == [BoxState.ON_SHELF] * 3
    assert clean(shop) == ()


def test_a_scanned_pack_counts_the_boxes_inside(shop, stock):
    receive(stock, 1, 2)
    relations = [PackRelation(box(n), box(900), 1) for n in (1, 2)]
    shop.ledger.boxes.put_packs(
        Actor(shop.clock.now(), "007"), [*relations, PackRelation(box(900), None, 2)]
    )
    outcome = stock.stock_take([box(900)], frozenset({OTC.code}))
    assert outcome.refused == []
    assert states(shop, 1, 2) == [BoxState.ON_SHELF] * 2
    assert clean(shop) == ()
