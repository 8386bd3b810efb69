"""Scans that are only tried, the offer to split a merged read, and the last scans for support."""

from dataclasses import replace

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import UnitsDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.sale.scan_log import RING_SIZE
from pharmacy_desk.counter.sale.wishes import SaleWishes
from tests import plain
from tests.conftest import OTC, box
from tests.fakes.undoing import NothingInsured

WECHAT = "134567890123456789"


def test_a_tried_scan_touches_neither_sale_nor_ledger(shop):
    shop.desk.target = ScanTarget.TRIAL
    for text in (box(1), box(1)[:-1], "84999990000000000001"):
        raw = RawScan(text.encode(), "serial:x", shop.clock.now())
        shop.desk.scan(raw)
        tried = shop.news[-1]
        assert isinstance(tried, news.Tried)
        assert tried.raw is raw
    assert shop.open_sale.sale is None
    assert shop.ledger.basket.earlier(box(1)) is None
    events = plain.row(
        shop.ledger.path,
        "SELECT count(*) FROM events WHERE kind IN ('read_damaged', 'scan_refused')",
    )
    assert events[0] == 0
    shop.desk.target = ScanTarget.SALE
    assert shop.scan(box(1)).accepted


def test_a_merged_read_says_what_it_can_be_cut_into_and_puts_nothing_in(shop):
    shop.scan(box(1) + box(2))
    judged = shop.news[-1]
    assert judged.verdict.name is VerdictName.DAMAGED
    assert judged.split == (box(1), box(2))
    assert judged.port == "test"
    assert shop.open_sale.sale is None


@pytest.mark.parametrize("text", [box(1), box(1)[:-1], box(1) + "1234", box(1) + box(2)[:-1]])
def test_what_is_whole_or_cannot_be_cut_offers_nothing(shop, text):
    shop.scan(text)
    assert shop.news[-1].split == ()


def test_the_last_scans_come_newest_first_from_the_desk_lane_masked(shop):
    for number in range(RING_SIZE):
        shop.scan(box(number))
    shop.scan(WECHAT)
    lane = Lane("desk", lambda error: None)
    wishes = SaleWishes(
        lane=lane,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        outbox=shop.ledger.outbox,
        prescriptions=shop.ledger.prescriptions,
        open_sale=shop.open_sale,
        desk=shop.desk,
        payments=None,
        undoing=NothingInsured(),
        post=shop.news.append,
        print_receipt=lambda number: None,
        wake_courier=lambda urgent: None,
    )
    got = wishes.last_scans().result(timeout=5)
    lane.stop()
    assert len(got) == RING_SIZE
    assert got[0].shown == "*" * 12
    assert (got[1].shown, got[1].answer) == (box(RING_SIZE - 1), "OK_UNRECEIVED")


def test_a_box_whose_units_were_undone_is_sold_whole_in_the_same_sale_and_returned(shop):
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "007"), [replace(OTC, split_unit="粒", split_ratio=4)]
    )
    assert shop.desk.split(box(1), 2).what is UnitsDid.TAKEN
    shop.open_sale.lines.undo()
    sale = shop.sell(box(1))
    assert shop.open_sale.returns.take_back(sale.number, box(1), "质量问题").number
    assert check(shop.ledger.path).problems == ()
