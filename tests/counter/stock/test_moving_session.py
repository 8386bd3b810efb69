"""Moves as a session of the clerk: scans, what lacks, documents and files, without any window."""

from datetime import date

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, WhyNot
from pharmacy_desk.core.stock.moving import KINDS, MoveLack
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.moving_session import MovingSession
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views import moving_view as view
from pharmacy_desk.counter.views.kept_view import NothingWaits
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveDid, NotMoved
from tests.conftest import OTC, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))


@pytest.fixture
def session(shop, book, keeper, told):
    made = MovingSession(book, keeper, shop.clock, told.append)
    shop.desk.sessions[ScanTarget.MOVING] = made.scan
    shop.desk.target = ScanTarget.MOVING
    return made


def scan(shop, *codes):
    for code in codes:
        shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))


def deliver(keeper, *codes):
    keeper.post(Order(MovementKind.DELIVERY, tuple(Wanted(c, "", LOT) for c in codes), "示例医药"))


def shown(told):
    return next(one for one in reversed(told) if isinstance(one, news.MovingShown))


def test_a_box_is_told_why_it_is_in_or_not(shop, session, keeper, told):
    deliver(keeper, box(1))
    shop.desk.target = ScanTarget.SALE
    shop.sell(box(5))
    shop.scan(box(6))
    shop.desk.target = ScanTarget.MOVING
    scan(shop, box(1), box(1), OTC.barcodes[0], "8499999" + "0" * 13, box(5), box(6))
    assert [one.answer.why for one in told if isinstance(one, news.MovingShown)] == [
        None, WhyNot.TWICE, WhyNot.NO_CODE, WhyNot.UNKNOWN_DRUG, WhyNot.SOLD, WhyNot.IN_SALE,
    ]  # fmt: skip
    assert session.moving.codes == {box(1)}
    (one,) = session.moving.boxes
    assert (one.drug, one.lot, one.state) == (OTC.name, "L1", BoxState.ON_SHELF)


def test_what_is_on_the_shelf_does_not_come_in_again(shop, session, keeper, told):
    deliver(keeper, box(1))
    session.choose(MovementKind.TRANSFER_IN)
    scan(shop, box(1))
    assert shown(told).answer.why is WhyNot.ALREADY_HERE


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_it_lacks(session, kind):
    session.choose(kind)
    lacks = {
        MovementKind.TRANSFER_OUT: (MoveLack.PARTY,),
        MovementKind.TRANSFER_IN: (MoveLack.PARTY,),
        MovementKind.TO_SUPPLIER: (MoveLack.PARTY, MoveLack.REASON),
    }.get(kind, (MoveLack.REASON,))
    assert session.post("", "", "") == view.Lacking((MoveLack.BOXES, *lacks))
    assert session.post("二店", "", "破损") == view.Lacking((MoveLack.BOXES,))


def test_a_document_is_posted_and_told_before_its_movement(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1), box(2))
    session.take_out_last()
    assert session.post("", "", "") == view.Lacking((MoveLack.PARTY,))
    answer = session.post("二店", "DB-1", "")
    assert (answer.what, answer.boxes) == (MoveDid.POSTED, 1)
    assert told[-1] == news.Moved(MovementKind.TRANSFER_OUT, answer.documents, 1)
    posted = told[-2].view
    assert (posted.posted, posted.posting) == (answer.documents, False)
    assert told[-3].view.posting
    assert posted.moving.boxes == ()
    assert shop.ledger.boxes.state(box(1)) is BoxState.TRANSFERRED_OUT
    assert shop.ledger.boxes.state(box(2)) is BoxState.ON_SHELF
    assert check(shop.ledger.path).problems == ()


def test_what_nobody_approves_stays_in_hand_with_what_is_scanned_meanwhile(
    shop, session, keeper, told
):
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), ""), Operator("901", "店长", "店长"), "135790"
    )
    deliver(keeper, box(1), box(2))
    session.choose(MovementKind.LOSS)
    scan(shop, box(1))
    awaited = session.post("", "", "破损")
    assert awaited.what is MoveDid.APPROVAL_AWAITED
    assert shown(told).view.posting
    shop.desk.approvals.drop()
    nobody = awaited.later.result(timeout=0)
    assert (nobody.what, nobody.why) == (MoveDid.NOT_APPROVED, "not_approved")
    assert not shown(told).view.posting
    assert session.moving.codes == {box(1)}
    session.post("", "", "破损")
    scan(shop, box(2))
    shop.desk.approvals.answer("901", "135790", "看过了")
    assert len(shown(told).view.posted) == 1
    assert session.moving.codes == {box(2)}
    assert shop.ledger.boxes.state(box(1)) is BoxState.MISSING


def test_a_file_is_posted_beside_what_is_in_hand_and_what_stays_is_listed(
    shop, session, keeper, told
):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1))
    unknown = "8499999" + "0" * 13
    orders = [Order(MovementKind.TRANSFER_OUT, (Wanted(box(2)), Wanted(unknown)), "二店", "DB-1")]
    answer = session.post_file(orders, (NotMoved(None, "#4", "code_bad"),))
    assert (answer.what, answer.boxes, len(answer.stayed)) == (MoveDid.PARTLY_POSTED, 1, 2)
    told_ = shown(told).view
    assert [(one.key, one.why) for one in told_.behind] == [
        ("#4", "code_bad"), (unknown, "unknown_drug"),
    ]  # fmt: skip
    assert session.moving.codes == {box(1)}
    session.take_out("#4")
    assert [one.key for one in shown(told).view.behind] == [unknown]


def test_an_outer_pack_puts_its_boxes_in(shop, session, keeper, told):
    deliver(keeper, box(1))
    relations = [PackRelation(box(n), box(900), 1) for n in (1, 2)]
    shop.ledger.boxes.put_packs(Actor(shop.clock.now(), "007"), relations)
    scan(shop, box(1), box(900))
    assert shown(told).answer == PackOpened(1, 2)
    assert session.moving.codes == {box(1), box(2)}


def test_a_document_of_a_life_before_goes_on_without_the_boxes_that_cannot_move_now(
    shop, session, book, keeper, told
):
    deliver(keeper, box(1), box(2))
    session.choose(MovementKind.TO_SUPPLIER)
    scan(shop, box(1), box(2))
    shop.desk.target = ScanTarget.SALE
    shop.sell(box(2))  # meanwhile
    again = MovingSession(book, keeper, shop.clock, told.append)
    assert again.offer().waiting.boxes == 2
    assert again.take_up().gone == 1
    assert (again.moving.kind, again.moving.codes) == (MovementKind.TO_SUPPLIER, {box(1)})
    assert [(one.key, one.why) for one in shown(told).view.behind] == [(box(2), "sold")]
    assert again.post("示例医药", "", "破损").boxes == 1
    assert again.take_up() == NothingWaits()
    assert check(shop.ledger.path).problems == ()
