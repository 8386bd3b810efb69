"""A person's own repeats: said twice, the third time the manager is asked."""

import json
from typing import Any

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from tests import plain
from tests.conftest import asked_of, box

MANAGER = ("001", "427391")


@pytest.fixture
def staffed(shop: Any) -> Any:
    """A counter with a clerk at it and a manager who can be called."""
    now = shop.clock.now()
    shop.ledger.people.put_operator(Actor(now, "007"), Operator("007", "小李", "营业员"), "384756")
    shop.ledger.people.put_operator(
        Actor(now, "007"), Operator(MANAGER[0], "王店长", "店长"), MANAGER[1]
    )
    return shop


def _told(shop: Any, kind: type) -> list[Any]:
    return [entry for entry in shop.news if isinstance(entry, kind)]


def _again(shop: Any, code: str, times: int) -> list[Any]:
    """Scan a code so many times; the answers, judged or refused."""
    answers = []
    for _ in range(times):
        shop.mono += 60
        before = len(shop.news)
        shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))
        answers.append(shop.news[before])
    return answers


def test_two_repeats_are_said_and_the_third_asks_the_manager(staffed: Any) -> None:
    answers = _again(staffed, box(1), 4)
    assert [one.verdict.name for one in answers] == [V.OK_UNRECEIVED, *[V.IN_THIS_SALE] * 3]
    assert [one.verdict.repeats for one in answers] == [0, 1, 2, 3]
    (wanted,) = _told(staffed, news.ApprovalWanted)
    assert (wanted.request.code, wanted.request.asker.id) == (box(1), "007")


def test_no_scan_is_taken_until_the_manager_has_approved_and_the_approval_is_an_event(
    staffed: Any,
) -> None:
    _again(staffed, box(1), 4)
    (refused,) = _again(staffed, box(2), 1)
    assert refused.error.fault is Fault.SCANNED_WHILE_ASKING
    assert staffed.open_sale.sale.codes() == (box(1),)
    staffed.desk.approvals.answer(*MANAGER, "数盒时重复扫")
    row = plain.row(
        staffed.ledger.path,
        "SELECT code, document, operator, payload FROM events WHERE kind = 'approval_given'",
    )
    payload = json.loads(row["payload"])
    assert (row["code"], row["document"], row["operator"]) == (
        box(1), staffed.open_sale.sale.number, "007",
    )  # fmt: skip
    assert (payload["approver"], payload["reason"]) == ("001", "数盒时重复扫")
    assert staffed.scan(box(2)).accepted
    answers = _again(staffed, box(1), 3)
    assert [one.verdict.repeats for one in answers] == [1, 2, 3]


def test_a_wrong_pin_or_a_clerk_does_not_let_the_counter_go_on(staffed: Any) -> None:
    _again(staffed, box(1), 4)
    staffed.desk.approvals.answer("001", "000000", "数盒")
    staffed.desk.approvals.answer("007", "384756", "数盒")
    (refused,) = _again(staffed, box(2), 1)
    assert isinstance(refused, news.ScanFailed)


def test_each_box_is_counted_by_itself_and_double_reads_are_not_counted(staffed: Any) -> None:
    for code in (box(1), box(2)):
        _again(staffed, code, 3)
    for _ in range(5):  # the scanner's own double reads, inside the window
        staffed.desk.scan(RawScan(box(2).encode(), "test", staffed.clock.now()))
    assert _told(staffed, news.ApprovalWanted) == []


def test_a_box_this_person_sold_counts_too_and_one_a_colleague_sold_does_not(staffed: Any) -> None:
    staffed.sell(box(1))
    assert [one.verdict.name for one in _again(staffed, box(1), 3)] == [V.SOLD_HERE] * 3
    assert len(_told(staffed, news.ApprovalWanted)) == 1


def test_what_a_colleague_sold_is_no_repeat_of_mine(staffed: Any) -> None:
    staffed.sell(box(1))
    staffed.open_sale.who.sign_in(*MANAGER)
    _again(staffed, box(1), 5)
    assert _told(staffed, news.ApprovalWanted) == []


@pytest.mark.parametrize("way", ["pay", "void", "hold"])
def test_the_next_sale_begins_anew(staffed: Any, way: str) -> None:
    _again(staffed, box(1), 4)
    if way == "pay":
        staffed.pay()
    else:
        end = {"void": staffed.open_sale.ending.void, "hold": staffed.open_sale.held.hold}
        assert end[way]()
        staffed.desk.sale_ended()
    assert staffed.scan(box(2)).accepted


def test_a_sale_on_hold_keeps_its_count(staffed: Any) -> None:
    _again(staffed, box(1), 3)
    staffed.open_sale.held.hold()
    staffed.desk.sale_ended()
    staffed.scan(box(2))
    staffed.open_sale.held.resume(1)
    staffed.desk.sale_ended()
    assert _again(staffed, box(1), 1)[0].verdict.repeats == 3
    assert staffed.desk.repeats.waiting


def test_without_a_sale_a_question_put_aside_is_not_asked_for_ever(staffed: Any) -> None:
    staffed.sell(box(1))
    _again(staffed, box(1), 3)
    staffed.desk.approvals.drop()
    assert staffed.scan(box(2)).accepted


def test_inside_a_sale_a_question_put_aside_comes_back_with_the_next_scan(staffed: Any) -> None:
    _again(staffed, box(1), 4)
    staffed.desk.approvals.drop()
    (refused,) = _again(staffed, box(2), 1)
    assert isinstance(refused, news.ScanFailed)
    assert len(_told(staffed, news.ApprovalWanted)) == 2


def test_a_store_without_people_is_told_and_not_stopped(shop: Any) -> None:
    assert [one.verdict.repeats for one in _again(shop, box(1), 5)] == [0, 1, 2, 2, 2]
    assert shop.scan(box(2)).accepted


def test_an_ordinary_scan_asks_the_disk_no_more_than_before(staffed: Any) -> None:
    staffed.scan(box(1))
    with asked_of(staffed.ledger) as ordinary:
        staffed.scan(box(2))
    staffed.desk.repeats.count = lambda verdict: 0
    staffed.desk.repeats.call_manager = lambda: None
    with asked_of(staffed.ledger) as without:
        staffed.scan(box(3))
    assert len(without) == len(ordinary)
