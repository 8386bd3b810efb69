"""The record of split sales: who opened which box when, how many units left it, who checked."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.split_record import COLUMNS, record_table
from pharmacy_desk.counter.answers import UnitsDid
from tests.conftest import OTC, box

TODAY = date(2026, 11, 22)
REVIEWER = ("002", "591837")


@pytest.fixture
def parts(shop: Any) -> Any:
    """A shop that sells a drug in units of 24, with a pharmacist beside the clerk."""
    item = replace(OTC, split_unit="粒", split_ratio=24)
    now = shop.clock.now()
    shop.ledger.catalogue.put_items(Actor(now, "007"), [item])
    shop.ledger.people.put_operator(Actor(now, "007"), Operator("007", "小李", "营业员"), "384756")
    shop.ledger.people.put_operator(
        Actor(now, "007"), Operator(REVIEWER[0], "陈药师", "药师"), REVIEWER[1]
    )
    return shop


def _sell(shop: Any, code: str, units: int, reviewer: str = "") -> str:
    assert shop.desk.split(code, units, reviewer).what is UnitsDid.TAKEN
    return shop.pay().number


def _rows(shop: Any, ask: Any) -> list[Any]:
    reader = Reader(shop.ledger.path)
    try:
        return ask(reader)
    finally:
        reader.close()


def _day(shop: Any, since: date = TODAY, until: date = TODAY) -> list[Any]:
    return _rows(shop, lambda reader: reader.splits.sold(since, until, None, 100))


def test_a_row_has_the_ten_fields_of_the_record(parts: Any) -> None:
    _sell(parts, box(1), 6, "002")
    (row,) = _day(parts)
    assert dict(zip(COLUMNS, row.cells(), strict=True)) == {
        "起始日期": "2026-11-22", "通用名": "布洛芬缓释胶囊", "规格": "0.3g×24粒", "批号": "L241230",
        "生产厂商": "示例药业", "有效期": "2028-01-01", "数量": "6粒", "日期": "2026-11-22",
        "分拆人": "小李", "复核人": "陈药师",
    }  # fmt: skip


def test_a_box_keeps_the_day_it_was_opened_and_has_a_row_for_each_sale(parts: Any) -> None:
    first = _sell(parts, box(1), 6)
    parts.clock.at += timedelta(days=3)
    second = _sell(parts, box(1), 4, "002")
    _sell(parts, box(2), 2)
    rows = _rows(parts, lambda reader: reader.splits.of(box(1)))
    assert [(row.receipt, row.units, row.reviewer) for row in rows] == [
        (first, 6, ""), (second, 4, "陈药师"),
    ]  # fmt: skip
    assert {row.opened_on for row in rows} == {TODAY}
    assert [row.sold_at.date() for row in rows] == [TODAY, TODAY + timedelta(days=3)]
    assert check(parts.ledger.path).problems == ()


def test_units_that_were_taken_out_again_are_not_in_the_record(parts: Any) -> None:
    parts.desk.split(box(1), 6, "002")
    parts.open_sale.lines.undo()
    parts.desk.split(box(1), 5)
    parts.pay()
    (row,) = _day(parts)
    assert (row.units, row.reviewer) == (5, "")


def test_several_takings_in_one_sale_each_keep_their_own_second_person(parts: Any) -> None:
    _sell(parts, box(1), 2)
    parts.desk.split(box(1), 3, "002")
    parts.desk.split(box(1), 4)
    parts.pay()
    rows = _rows(parts, lambda reader: reader.splits.of(box(1)))
    assert [(row.units, row.reviewer) for row in rows] == [(2, ""), (3, "陈药师"), (4, "")]


def test_whole_boxes_are_not_in_the_record(parts: Any) -> None:
    parts.sell(box(5))
    assert _day(parts) == []


def test_the_range_ends_with_the_end_of_its_last_day(parts: Any) -> None:
    for day, hour in ((0, 0), (0, 23), (1, 0)):
        parts.clock.at = parts.clock.at.replace(day=22 + day, hour=hour, minute=59 if hour else 0)
        _sell(parts, box(10 + hour + day * 40), 1)
    assert [row.sold_at.hour for row in _day(parts)] == [0, 23]
    assert len(_day(parts, TODAY, TODAY + timedelta(days=1))) == 3


def test_the_range_is_read_in_pages_that_miss_nothing(parts: Any) -> None:
    for number in range(7):
        _sell(parts, box(number), 1)
    reader = Reader(parts.ledger.path)
    found: list[Any] = []
    while page := reader.splits.sold(TODAY, TODAY, found[-1] if found else None, 3):
        found += page
    reader.close()
    assert [row.code for row in found] == [box(number) for number in range(7)]


def test_a_table_for_another_program_names_box_and_receipt_too(parts: Any) -> None:
    number = _sell(parts, box(1), 6)
    head, row = record_table(_day(parts))
    assert head[:10] == COLUMNS
    assert row[-2:] == (box(1), number)


# The second person


@pytest.mark.parametrize(
    ("second", "told"),
    [(None, ""), (REVIEWER, "002"), (("007", "384756"), UnitsDid.OWN_REVIEW),
     (("002", "000000"), UnitsDid.BAD_PIN)],
)  # fmt: skip
def test_the_second_person_is_optional_and_is_somebody_else(
    parts: Any, second: Any, told: Any
) -> None:
    assert parts.open_sale.boxes.reviewer(second) == told


def test_where_the_store_wants_a_second_person_nobody_is_no_answer(parts: Any) -> None:
    parts.set(sale__split_review="required")
    assert parts.open_sale.boxes.reviewer(None) is UnitsDid.REVIEWER_MISSING


def test_there_an_opened_box_is_not_sold_by_its_scan_alone(parts: Any) -> None:
    _sell(parts, box(1), 6)
    assert parts.scan(box(1)).accepted
    parts.open_sale.ending.void()
    parts.desk.sale_ended()
    parts.set(sale__split_review="required")
    verdict = parts.scan(box(1))
    assert (verdict.name, verdict.action, verdict.accepted) == (V.OK_SPLIT, Action.ASK, False)
    assert parts.open_sale.sale is None
