"""Stock-take as a session of the clerk: scans, differences and their document, without a window."""

from datetime import date, timedelta
from unittest.mock import ANY

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.count import Sight
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation
from pharmacy_desk.core.stock.scanned import WaitingScans, Work
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.stock.count_session import CountSession
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views import count_view as view
from pharmacy_desk.counter.views.kept_view import NothingWaits, Offered, Unreadable
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveDid, NotMoved, not_approved
from tests.conftest import NO_LOT, OTC, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))


@pytest.fixture
def session(shop, book, keeper, told):
    made = CountSession(book, keeper, shop.clock, told.append)
    shop.desk.sessions[ScanTarget.COUNT] = made.scan
    shop.desk.target = ScanTarget.COUNT
    return made


def scan(shop, *codes):
    for code in codes:
        shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))


def deliver(keeper, *codes):
    keeper.post(Order(MovementKind.DELIVERY, tuple(Wanted(c, "", LOT) for c in codes), "示例医药"))


def shown(told):
    return next(one for one in reversed(told) if isinstance(one, news.CountShown))


def sights(told):
    heard = (one.answer for one in told if isinstance(one, news.CountShown))
    return [one.sight for one in heard if isinstance(one, view.Sighted)]


def told_counts(told):
    return [(one.item.code, one.missing, one.surplus) for one in shown(told).view.counts]


def test_every_scan_is_told_with_what_it_is_to_the_shelf(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1), box(1), box(7), NO_LOT.barcodes[0], "8499999" + "0" * 13, "x")
    assert sights(told) == [
        Sight.RIGHT, Sight.TWICE, Sight.SURPLUS, Sight.DRUG_CHOSEN, Sight.UNKNOWN_DRUG,
        Sight.NOT_TRACE,
    ]  # fmt: skip
    assert shown(told).scan_number == 6
    assert told_counts(told) == [(OTC.code, 1, 1), (NO_LOT.code, 0, 0)]


def test_differences_are_asked_about_once_and_then_posted(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1), box(7))
    assert session.post() == view.Differs(1, 1)
    posted = session.post()
    views = [one for one in told if isinstance(one, news.CountShown)]
    assert [(one.view.posting, one.answer) for one in views[-2:]] == [(True, None), (False, None)]
    assert (posted.what, posted.boxes, posted.stayed) == (MoveDid.POSTED, 2, ())
    assert shop.ledger.boxes.state(box(2)) is BoxState.MISSING
    assert shown(told).view.counts == ()
    assert check(shop.ledger.path).problems == ()


def test_what_was_sold_meanwhile_is_asked_of_the_ledger_before_posting(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1))
    assert session.post() == view.Differs(1, 0)
    shop.desk.target = ScanTarget.SALE
    shop.sell(box(2))
    assert session.post() == view.Equal()
    assert session.recount() == view.Recounted()
    assert told_counts(told) == [(OTC.code, 0, 0)]
    assert shop.ledger.boxes.state(box(2)) is BoxState.SOLD


def test_a_scan_in_between_takes_the_yes_back(shop, session, keeper):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1))
    session.post()
    scan(shop, box(1))
    assert session.post() == view.Differs(1, 0)


def test_nothing_is_forgotten_when_nobody_approves_and_only_the_posted_after_a_yes(
    shop, session, keeper, told
):
    shop.set(approval__count="approve")
    shop.ledger.people.put_operator(Actor(shop.clock.now(), ""), *_manager())
    deliver(keeper, box(1), box(2))
    scan(shop, box(1))
    session.post()
    awaited = session.post()
    assert shown(told).view.posting
    shop.desk.approvals.drop()
    assert awaited.later.result(timeout=0) == not_approved(MovementKind.SURPLUS)
    assert not shown(told).view.posting
    assert list(session.shelf.boxes) == [box(1)]
    session.post()
    awaited = session.post()
    scan(shop, box(7))  # while the manager is on the way
    shop.desk.approvals.answer("901", "135790", "盘过两遍")
    assert awaited.later.result(timeout=0).number
    assert list(session.shelf.boxes) == [box(7)]


def _manager():
    return Operator("901", "店长", "店长"), "135790"


def test_an_outer_pack_counts_its_boxes(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    relations = [PackRelation(box(n), box(900), 1) for n in (1, 2)]
    shop.ledger.boxes.put_packs(Actor(shop.clock.now(), "007"), relations)
    scan(shop, box(900))
    assert shown(told).answer == PackOpened(2, 2)
    assert session.post() == view.Equal()


def test_forgotten_is_forgotten(shop, session, told):
    assert session.post() == view.Ready()
    scan(shop, box(1))
    assert session.forget() == view.Ready()
    assert shown(told) == news.CountShown(view.CountView())


def test_a_file_is_posted_beside_what_is_in_hand(shop, session, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1))
    moved = session.take_file([box(2)], (NotMoved(None, "#3", "code_bad"),))
    assert (moved.what, moved.boxes, moved.why) == (MoveDid.PARTLY_POSTED, 1, "code_bad")
    assert news.Moved(MovementKind.SURPLUS, moved.documents, 1) in told
    assert shop.ledger.boxes.state(box(1)) is BoxState.MISSING
    assert list(session.shelf.boxes) == [box(1)]


def _another_life(shop, book, keeper, told):
    """The same desk with a session that knows nothing but the disk."""
    made = CountSession(book, keeper, shop.clock, told.append)
    shop.desk.sessions[ScanTarget.COUNT] = made.scan
    return made


def test_what_a_life_before_has_scanned_waits_and_is_looked_at_anew(
    shop, session, book, keeper, told
):
    deliver(keeper, box(1), box(2), box(3))
    scan(shop, box(1), box(2), box(7), NO_LOT.barcodes[0])
    again = _another_life(shop, book, keeper, told)
    assert again.offer() == Offered(WaitingScans(ANY, shop.clock.now(), "007", 3), 0)
    shop.desk.target = ScanTarget.SALE
    shop.sell(box(2))  # meanwhile
    shop.desk.target = ScanTarget.COUNT
    assert again.take_up().waiting.boxes == 3
    assert told_counts(told) == [(OTC.code, 1, 1), (NO_LOT.code, 0, 0)]
    assert again.post() == view.Differs(1, 1)
    assert again.post().boxes == 2
    assert again.take_up() == NothingWaits()
    assert book.waiting_scans(Work.COUNT) == []
    assert check(shop.ledger.path).problems == ()


def test_a_kill_behind_the_document_posts_nothing_twice(shop, session, book, keeper, told):
    deliver(keeper, box(1), box(2))
    scan(shop, box(1), box(7))
    (left,) = book.waiting_scans(Work.COUNT)
    kept = book.scanned(left.number)
    session.post()
    session.post()
    keeper.keep_scans(left.number, Work.COUNT, kept)  # as if killed before it was dropped
    again = _another_life(shop, book, keeper, told)
    again.take_up()
    assert told_counts(told) == [(OTC.code, 0, 0)]
    assert again.post() == view.Equal()


def test_every_one_that_waits_comes_in_its_turn(shop, session, book, keeper, told):
    for number in (1, 2, 3):
        session = _another_life(shop, book, keeper, told)
        scan(shop, box(number))
        shop.clock.at += timedelta(minutes=1)
    turns = []
    for _ in range(4):
        session.take_up()
        turns += session.shelf.boxes
    assert turns == [box(1), box(2), box(3), box(1)]
    session.forget()
    assert len(book.waiting_scans(Work.COUNT)) == 2


def test_a_scan_that_does_not_reach_the_disk_says_so_and_stays(shop, session, told, disk):
    disk.fill("drafts")
    scan(shop, box(1))
    assert shown(told).answer.boxes == 1
    disk.clear()
    scan(shop, box(1))
    assert shown(told).answer.sight is Sight.TWICE
    assert len(session.shelf.boxes) == 1


def test_a_draft_that_cannot_be_read_is_told_and_forgotten(shop, session, book):
    shop.ledger.drafts.put_draft(Actor(shop.clock.now(), "007"), "x", "{", Work.COUNT.value)
    assert session.offer().waiting.boxes == 0
    assert session.take_up() == Unreadable()
    assert book.waiting_scans(Work.COUNT) == []
