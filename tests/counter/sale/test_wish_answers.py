"""What the smaller wishes of the counter answer: the lock, a right, a question put aside, a print."""

from concurrent.futures import Future
from typing import Any

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator, Right, Subject
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter.answers import AimDid, ApprovalDid, QuestionDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.paper.answers import PrintAnswer, PrintDid
from pharmacy_desk.counter.people.answers import LockDid, RegisterDid, RightDid
from pharmacy_desk.counter.people.register_wishes import RegisterWishes
from pharmacy_desk.counter.people.staff_wishes import StaffDid
from pharmacy_desk.counter.sale.day_wishes import DayWishes
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.upload.answers import OutboxAnswer, OutboxDid
from tests.conftest import box
from tests.fakes.lane import NowLane
from tests.fakes.undoing import NothingInsured

UNKNOWN = "8999999" + "0" * 13
MANAGER = ("001", "427391")


def _printed(number: str) -> Future[PrintAnswer]:
    return answered(PrintAnswer(PrintDid.PRINTED, number, "paper"))


@pytest.fixture
def wishes(shop: Any) -> Any:
    return SaleWishes(
        lane=NowLane(),  # type: ignore[arg-type]  # a lane that works at once
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        outbox=shop.ledger.outbox,
        prescriptions=shop.ledger.prescriptions,
        open_sale=shop.open_sale,
        desk=shop.desk,
        payments=None,  # type: ignore[arg-type]  # nothing is paid here
        undoing=NothingInsured(),
        post=shop.news.append,
        print_receipt=_printed,
        wake_courier=lambda urgent: None,
    )


@pytest.fixture
def peopled(shop: Any) -> Any:
    """A clerk works here; a manager can be asked."""
    actor = Actor(shop.clock.now(), "")
    shop.ledger.people.put_operator(actor, Operator(MANAGER[0], "王店长", "店长"), MANAGER[1])
    shop.ledger.people.put_operator(actor, Operator("008", "小李", "营业员"), "384756")
    shop.open_sale.who.sign_in("008", "384756")
    return shop


def told(wished: Future[Any]) -> Any:
    assert wished.done()
    return wished.result().what


def test_the_lock_says_whether_it_locked(wishes: Any, shop: Any) -> None:
    assert told(wishes.people.lock("key")) is LockDid.NOBODY
    actor = Actor(shop.clock.now(), "")
    shop.ledger.people.put_operator(actor, Operator(MANAGER[0], "王店长", "店长"), MANAGER[1])
    assert [told(wishes.people.lock("idle")) for _ in range(2)] == [LockDid.LOCKED, LockDid.ALREADY]


def test_a_right_is_answered_by_the_role_by_a_yes_or_by_nobody(wishes: Any, peopled: Any) -> None:
    asked = wishes.people.need(Right.SETTINGS)
    assert not asked.done()
    assert wishes.people.answer_approval(*MANAGER, "改设置").result().what is ApprovalDid.GIVEN
    assert (told(asked), asked.result().right) == (RightDid.ALLOWED, Right.SETTINGS)
    again = wishes.people.need(Right.SETTINGS)
    dropped = wishes.people.drop_approval().result()
    assert (dropped.what, dropped.request.subject, dropped.reason) == (
        ApprovalDid.DROPPED,
        Subject.RIGHT,
        "",
    )
    assert (told(again), again.result().allowed) == (RightDid.NOT_APPROVED, False)
    assert told(wishes.people.drop_approval()) is ApprovalDid.NOTHING
    peopled.open_sale.who.sign_in(*MANAGER)
    assert wishes.people.need(Right.SETTINGS).result().allowed


def test_a_question_put_aside_is_answered_with_its_box(wishes: Any, shop: Any) -> None:
    wishes.scan(RawScan(UNKNOWN.encode(), "till", shop.clock.now()))
    aside = wishes.dismiss_question().result()
    assert (aside.what, aside.code) == (QuestionDid.DISMISSED, UNKNOWN)
    assert told(wishes.dismiss_question()) is QuestionDid.NONE_ASKED


def test_what_scans_are_for_is_answered_with_whether_it_has_changed(wishes: Any) -> None:
    turned = [AimDid.TURNED, AimDid.SAME]
    assert [told(wishes.aim(ScanTarget.LOOK_UP)) for _ in range(2)] == turned
    assert [told(wishes.await_slip(asked=True)) for _ in range(2)] == turned
    assert [told(wishes.customer.await_proof(awaited=True)) for _ in range(2)] == turned


def test_lines_that_are_sent_again_are_counted(wishes: Any, shop: Any) -> None:
    assert wishes.requeue(["none"]).result() == OutboxAnswer(OutboxDid.NONE_REFUSED)
    shop.sell(box(1))
    with shop.ledger.chain.conn as conn:
        conn.execute("UPDATE outbox SET state = 'refused'")
        keys = [row[0] for row in conn.execute("SELECT key FROM outbox")]
    assert keys
    assert wishes.requeue(keys).result() == OutboxAnswer(OutboxDid.QUEUED_AGAIN, len(keys))
    assert told(wishes.send_now()) is OutboxDid.LOOKED_AT


def test_a_receipt_that_is_printed_again_says_where_it_went(wishes: Any, shop: Any) -> None:
    number = shop.sell(box(1)).number
    assert wishes.print_again(number).result() == PrintAnswer(PrintDid.PRINTED, number, "paper")


def test_a_shift_that_was_never_closed_is_not_printed_again(shop: Any) -> None:
    day = DayWishes(
        lane=NowLane(),  # type: ignore[arg-type]  # a lane that works at once
        shifts=shop.ledger.shifts,
        people=shop.ledger.people,
        open_sale=shop.open_sale,
        post=shop.news.append,
        print_closing=lambda closing: _printed(closing.number),
    )
    closed = day.close_day().result()
    assert told(day.print_again(closed.number)) is PrintDid.PRINTED
    assert told(day.print_again("none")) is PrintDid.NOT_THERE
    assert day.show().result() == shop.news[-1]


def test_a_badge_is_enrolled_once_somebody_said_yes(wishes: Any, peopled: Any) -> None:
    staff = wishes.staff
    asked = staff.enrol_badge("008")
    assert not asked.done()
    wishes.people.drop_approval()
    assert told(asked) is StaffDid.NOT_APPROVED
    peopled.open_sale.who.sign_in(*MANAGER)
    assert told(staff.enrol_badge("008")) is StaffDid.ENROLLING
    ended = staff.stop_enrolling().result()
    assert (ended.what, ended.person) == (StaffDid.NOT_ENROLLED, "008")
    assert {one.operator.id for one in staff.people().result()} == {"001", "008"}


def test_the_register_is_opened_for_who_asked_or_for_nobody(wishes: Any, peopled: Any) -> None:
    register = RegisterWishes(
        lane=NowLane(),  # type: ignore[arg-type]  # a lane that works at once
        sealed=peopled.ledger.sealed,
        who=peopled.open_sale.who,
        approvals=peopled.desk.approvals,
    )
    asked = register.open(["none"], "检查")
    wishes.people.drop_approval()
    assert told(asked) is RegisterDid.NOT_APPROVED
    peopled.open_sale.who.sign_in(*MANAGER)
    opened = register.open(["none"], "检查").result()
    assert (opened.what, opened.opened) == (RegisterDid.OPENED, {})
