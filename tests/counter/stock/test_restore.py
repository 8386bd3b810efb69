"""撤销: a box that never left the counter goes back on the shelf on the day of its sale."""

import json
from datetime import timedelta
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.people.people import Approval, Operator, Request, Subject
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ApprovalDid, ReturnAnswer, ReturnDid
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.wishes import SaleWishes
from tests import plain
from tests.conftest import NOON, box
from tests.fakes.lane import NowLane
from tests.fakes.undoing import NothingInsured


@pytest.fixture
def counter(shop: Any) -> Any:
    """A clerk who answers at once, a manager who can be called, and the policy switched on."""
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("001", "王店长", "店长"), "427391"
    )
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("007", "小李", "营业员"), "384756"
    )
    shop.set(sale__same_day_restore=True)
    lane, post = NowLane(), shop.news.append
    payments = Payments(
        shop.open_sale, shop.desk, None, lambda: shop.settings, lane.submit, lane.submit, post,
        lambda number: None, lambda: None, lambda up, detail: None,
    )  # fmt: skip
    shop.wishes = SaleWishes(
        lane=lane,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        outbox=shop.ledger.outbox,
        prescriptions=shop.ledger.prescriptions,
        open_sale=shop.open_sale,
        desk=shop.desk,
        payments=payments,
        undoing=NothingInsured(),
        post=post,
        print_receipt=lambda number: None,
        wake_courier=lambda urgent: None,
    )
    return shop


def _put_back(shop: Any, receipt: str, code: str, approve: bool = True) -> ReturnAnswer:
    """What becomes of the wish, and of the manager's yes where it waits for that."""
    told = shop.wishes.returns.put_back(receipt, code, "顾客未取走").result(timeout=0)
    if approve and told.what is ReturnDid.APPROVAL_AWAITED:
        told = (
            shop.wishes.people.answer_approval("001", "427391", "未离开柜台").result(timeout=0).then
        )
    assert isinstance(told, ReturnAnswer)
    return told


def _problems(shop: Any) -> tuple[str, ...]:
    return check(shop.ledger.path).problems


def test_a_box_put_back_is_on_the_shelf_and_may_be_sold_again(counter: Any) -> None:
    sale = counter.sell(box(1))
    told = _put_back(counter, sale.number, box(1))
    assert (told.what, told.on_shelf) == (ReturnDid.PUT_BACK, True)
    assert news.Returned(told.number, box(1), restored=True) in counter.news
    assert counter.ledger.boxes.state(box(1)) is BoxState.ON_SHELF
    verdict = counter.scan(box(1))
    assert verdict.name is V.OK
    counter.pay()
    assert counter.scan(box(1)).name is V.SOLD_HERE
    assert _problems(counter) == ()


def test_the_platform_hears_of_it_as_of_a_return_and_the_event_says_who_approved(
    counter: Any,
) -> None:
    sale = counter.sell(box(1))
    told = _put_back(counter, sale.number, box(1))
    lines = plain.rows(
        counter.ledger.path, "SELECT infno, codes FROM outbox WHERE document = ?", (told.number,)
    )
    assert [(row["infno"], json.loads(row["codes"])) for row in lines] == [("3506A", [box(1)])]
    events = {
        row["kind"]: json.loads(row["payload"])
        for row in plain.rows(
            counter.ledger.path,
            "SELECT kind, payload FROM events WHERE code = ? AND document = ?",
            (box(1), told.number),
        )
    }
    assert events["box_restored"]["approver"] == "001"
    assert events["box_restored"]["sale"] == sale.number
    assert events["approval_given"]["reason"] == "未离开柜台"


def test_nothing_happens_before_the_manager_has_approved(counter: Any) -> None:
    sale = counter.sell(box(1))
    told = _put_back(counter, sale.number, box(1), approve=False)
    assert told.what is ReturnDid.APPROVAL_AWAITED
    no = counter.wishes.people.answer_approval("007", "384756", "我自己").result(timeout=0)
    assert (no.what, no.then) == (ApprovalDid.ROLE, None)
    assert counter.scan(box(1)).name is V.SOLD_HERE


def test_the_default_policy_refuses_in_a_word(counter: Any) -> None:
    counter.set(sale__same_day_restore=False)
    sale = counter.sell(box(1))
    assert _put_back(counter, sale.number, box(1)).what is ReturnDid.RESTORE_OFF
    assert counter.desk.approvals.waiting is None


@pytest.mark.parametrize(
    ("sold_at", "asked_at", "goes"),
    [
        (NOON.replace(hour=0, minute=0), NOON.replace(hour=23, minute=59, second=59), True),
        (
            NOON.replace(hour=23, minute=59, second=59),
            NOON.replace(hour=0) + timedelta(days=1),
            False,
        ),
    ],
)
def test_the_day_is_the_calendar_day_of_the_store(
    counter: Any, sold_at: Any, asked_at: Any, goes: bool
) -> None:
    counter.clock.at = sold_at
    sale = counter.sell(box(1))
    counter.clock.at = asked_at
    told = _put_back(counter, sale.number, box(1))
    assert told.what is (ReturnDid.PUT_BACK if goes else ReturnDid.NOT_TODAY)


def test_midnight_between_the_question_and_the_answer_stops_it(counter: Any) -> None:
    counter.clock.at = NOON.replace(hour=23, minute=59)
    sale = counter.sell(box(1))
    _put_back(counter, sale.number, box(1), approve=False)
    counter.clock.advance(120)
    yes = counter.wishes.people.answer_approval("001", "427391", "未离开柜台").result(timeout=0)
    assert yes.what is ApprovalDid.GIVEN
    assert yes.then == ReturnAnswer(ReturnDid.NOT_TODAY, box(1), on_shelf=True)
    assert not [entry for entry in counter.news if isinstance(entry, news.Returned)]
    assert counter.ledger.boxes.state(box(1)) is BoxState.SOLD


def test_a_box_that_was_taken_back_before_stays_with_the_returns(counter: Any) -> None:
    sale = counter.sell(box(1))
    counter.open_sale.returns.take_back(sale.number, box(1), "质量问题")
    told = _put_back(counter, sale.number, box(1), approve=False)
    assert told.what is ReturnDid.BEFORE
    assert counter.scan(box(1)).name is V.RETURNED_HOLD


def test_a_box_can_be_put_back_once(counter: Any) -> None:
    sale = counter.sell(box(1))
    _put_back(counter, sale.number, box(1))
    told = _put_back(counter, sale.number, box(1), approve=False)
    assert told.what is ReturnDid.BEFORE
    request = Request(Subject.RESTORE, "restore", counter.open_sale.who.person, code=box(1))
    answer = counter.open_sale.returns.put_back(
        sale.number, box(1), "x", Approval(request, "001", "x")
    )
    assert answer.what is ReturnDid.BEFORE
    assert _problems(counter) == ()


@pytest.mark.parametrize(
    ("receipt", "code", "why"),
    [
        ("99-000099", box(1), ReturnDid.NO_SUCH_RECEIPT),
        ("last", box(9), ReturnDid.NOT_ON_RECEIPT),
    ],
)
def test_what_was_never_sold_cannot_be_put_back(
    counter: Any, receipt: str, code: str, why: ReturnDid
) -> None:
    counter.sell(box(1))
    told = _put_back(counter, receipt, code)
    assert (told.what, told.reason, told.number) == (why, why.value, "")


def test_the_check_finds_a_box_put_back_without_its_event(counter: Any) -> None:
    sale = counter.sell(box(1))
    plain.write(
        counter.ledger.path,
        "UPDATE sale_entries SET state = 'restored' WHERE sale = ?",
        (sale.number,),
    )
    assert any("returned without its event" in problem for problem in _problems(counter))
