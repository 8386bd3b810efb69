"""Every scan is answered by its own future: a verdict, a question, or who else has taken it."""

from collections.abc import Iterator
from typing import Any

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.people.people import Operator, Subject
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.scanning.scan import RawScan, Reading
from pharmacy_desk.core.upload.slip import SlipForm
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PersonDid, SaleDid, ScanAnswer, ScanDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.wishes import SaleWishes
from tests.conftest import box
from tests.fakes.undoing import NothingInsured

PAYMENT_CODE = b"134567890123456789"
UNKNOWN = "8999999" + "0" * 13
CARD = b"11010519491231002X"


@pytest.fixture
def lane(shop: Any) -> Iterator[Lane]:
    made = Lane("desk", lambda error: shop.news.append(news.Trouble(error)))
    yield made
    made.stop()


@pytest.fixture
def wishes(shop: Any, lane: Lane) -> SaleWishes:
    return SaleWishes(
        lane=lane,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        outbox=shop.ledger.outbox,
        prescriptions=shop.ledger.prescriptions,
        open_sale=shop.open_sale,
        desk=shop.desk,
        payments=None,  # type: ignore[arg-type]  # nothing is paid here
        undoing=NothingInsured(),
        post=shop.news.append,
        print_receipt=lambda number: None,
        wake_courier=lambda urgent: None,
    )


@pytest.fixture
def scan(wishes: SaleWishes, shop: Any) -> Any:
    """Scans as another till does: a text in, the answer out."""

    def one(text: str | bytes) -> ScanAnswer:
        shop.mono += 60
        data = text.encode() if isinstance(text, str) else text
        return wishes.scan(RawScan(data, "till", shop.clock.now())).result(timeout=5)

    return one


def test_a_box_is_answered_with_verdict_action_line_and_code(scan: Any, shop: Any) -> None:
    first, other, again = scan(box(1)), scan(UNKNOWN), scan(box(1))
    assert (first.what, first.verdict.name) == (ScanDid.JUDGED, V.OK_UNRECEIVED)
    assert (first.action, first.line, first.code) == (first.verdict.action, 1, box(1))
    assert first.sale == shop.news[0].sale
    # Which drug is asked: the till hears the question itself.
    assert (other.verdict.name, other.action, other.line) == (V.UNMAPPED, Action.ASK, None)
    assert other.code == UNKNOWN
    assert (again.verdict.name, again.line, again.code) == (V.IN_THIS_SALE, 1, box(1))
    assert [one.number for one in (first, other, again)] == [1, 2, 3]


def test_a_barcode_is_answered_with_the_line_of_its_drug(scan: Any, shop: Any) -> None:
    scan(box(1))
    item = shop.ledger.catalogue.find_item("Y3")
    told = scan(item.barcodes[0])
    assert (told.verdict.name, told.line) == (V.EXEMPT, 2)


def test_what_a_scan_was_that_is_no_box_comes_with_its_answer(scan: Any, shop: Any) -> None:
    scan(box(1))
    shop.desk.gate.choose(PaymentKind.SELF)
    tender = scan(PAYMENT_CODE)
    assert (tender.what, tender.tender) == (ScanDid.TENDER, TenderKind.WECHAT)
    shop.desk.gate.choose(None)
    shop.desk.asks_person = True
    person = scan(CARD)
    assert (person.what, person.person.what) == (ScanDid.PERSON, PersonDid.SEEN)
    shop.desk.asks_slip, shop.desk.slip_form = True, SlipForm({}, r"SETL-(?P<setl_id>\d+)")
    slip = scan("SETL-000123")
    assert (slip.what, slip.slip.settlement.setl_id) == (ScanDid.SLIP, "000123")
    shop.desk.target = ScanTarget.LOOK_UP
    looked = scan(box(9))
    assert (looked.what, looked.reading.code) == (ScanDid.LOOKED_UP, box(9))
    shop.desk.target = ScanTarget.TRIAL
    assert scan(box(9)).what is ScanDid.TRIED
    assert shop.open_sale.sale.codes() == (box(1),)


def test_a_session_of_the_stock_answers_by_the_same_future(scan: Any, shop: Any) -> None:
    shop.desk.sessions[ScanTarget.COUNT] = lambda reading, number: ("counted", number)
    shop.desk.target = ScanTarget.COUNT
    told = scan(box(1))
    assert (told.what, told.stock) == (ScanDid.STOCK, ("counted", 1))


def test_the_third_repeat_says_who_is_awaited_and_the_next_scan_that_it_was_not_taken(
    scan: Any, shop: Any
) -> None:
    actor = Actor(shop.clock.now(), "007")
    shop.ledger.people.put_operator(actor, Operator("001", "王店长", "店长"), "427391")
    repeats = [scan(box(1)) for _ in range(4)]
    assert [one.awaits is None for one in repeats] == [True, True, True, False]
    assert repeats[-1].awaits.subject is Subject.REPEAT
    refused = scan(box(2))
    assert (refused.what, refused.error.fault) == (
        ScanDid.MANAGER_AWAITED,
        Fault.SCANNED_WHILE_ASKING,
    )
    assert refused.awaits == repeats[-1].awaits


def test_a_typed_code_is_answered_like_a_scan(wishes: SaleWishes, scan: Any) -> None:
    typed = wishes.type_code(box(1)).result(timeout=5)
    assert isinstance(typed, ScanAnswer)
    assert (typed.verdict.name, typed.line, typed.number) == (V.OK_UNRECEIVED, 1, 1)
    assert scan(box(1)).verdict.name is V.IN_THIS_SALE


def test_a_locked_counter_answers_that_it_is(scan: Any, shop: Any) -> None:
    actor = Actor(shop.clock.now(), "007")
    shop.ledger.people.put_operator(actor, Operator("001", "王店长", "店长"), "427391")
    shop.desk.porter.lock("key")
    assert scan(box(1)).what is ScanDid.LOCKED
    assert shop.open_sale.sale is None


def test_a_scan_while_a_payment_is_settled_is_answered_behind_it(
    wishes: SaleWishes, scan: Any, shop: Any
) -> None:
    scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    waiting = [
        wishes.scan(RawScan(box(number).encode(), "till", shop.clock.now())) for number in (2, 3)
    ]
    assert wishes.undo().result(timeout=5).what is SaleDid.SETTLING
    assert not any(one.done() for one in waiting)
    assert wishes.held.hold().result(timeout=5).what is SaleDid.HELD_SETTLING
    told = [one.result(timeout=5) for one in waiting]
    assert [(one.code, one.line) for one in told] == [(box(2), 1), (box(3), 1)]


def test_scans_that_came_while_a_settlement_failed_are_to_be_scanned_again(
    wishes: SaleWishes, scan: Any, shop: Any
) -> None:
    scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    waiting = wishes.scan(RawScan(box(2).encode(), "till", shop.clock.now()))
    wishes.lane.call(shop.desk.waiting.refuse)
    told = waiting.result(timeout=5)
    assert (told.what, told.error.fault) == (ScanDid.SETTLING, Fault.SCANNED_WHILE_SETTLING)


@pytest.mark.may_log("a job failed")
def test_a_bug_at_one_box_that_waited_costs_the_next_ones_no_answer(
    wishes: SaleWishes, scan: Any, shop: Any
) -> None:
    def broken_once(reading: Reading, number: int) -> Any:
        if number == 2:
            raise RecursionError("deep")
        return ("counted", number)

    scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    waiting = [
        wishes.scan(RawScan(box(number).encode(), "till", shop.clock.now())) for number in (2, 3)
    ]
    wishes.lane.call(lambda: shop.open_sale.held.hold())
    shop.desk.sessions[ScanTarget.COUNT] = broken_once
    shop.desk.target = ScanTarget.COUNT
    wishes.lane.submit(shop.desk.waiting.release)
    assert isinstance(waiting[0].exception(timeout=5), RecursionError)
    assert waiting[1].result(timeout=5).stock == ("counted", 3)
    wishes.lane.call(lambda: None)
    assert isinstance(shop.news[-1], news.Trouble)
