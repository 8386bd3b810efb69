"""The answer of a payment: one, to the one who wished it, whatever the payment comes to."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Refused,
    Settled,
    SettlementAnswer,
    Unknown,
)
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    ApprovalAnswer,
    ApprovalDid,
    GateAnswer,
    GateDid,
    PayAnswer,
    PayDid,
    SaleAnswer,
    SaleDid,
    SignInAnswer,
    SignInDid,
)
from pharmacy_desk.counter.lanes import Lane, answered, flat
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.wishes import SaleWishes
from tests.conftest import Shop, box
from tests.fakes.settlement import ToldDoor
from tests.fakes.undoing import NothingInsured

SETTLED = Settlement("SETL1", "M1", 1000, 1180, 0)
SELF, POOLED = PayOrder(PaymentKind.SELF), PayOrder(PaymentKind.POOLED)
PERSON = PayOrder(PaymentKind.POOLED, settled=Settlement("110101199003070476"))


class Door(ToldDoor):
    """`SettlementDoor` that answers as told, once it is let."""

    def __init__(self) -> None:
        super().__init__(Settled(SETTLED))
        self.asked = threading.Event()
        self.let = threading.Event()
        self.let.set()

    def settle(self, bill: Bill) -> SettlementAnswer:
        """As told."""
        self.asked.set()
        assert self.let.wait(timeout=10)
        return self.answer

    ask_again = settle


class At:
    """A counter on lanes of its own, and how often each wish was answered."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.door = Door()
        self.answers: list[Future[Any]] = []
        self.failed: list[Exception] = []
        self.desk_lane = Lane("desk", self.failed.append)
        self.settlement_lane = Lane("settlement", self.failed.append)
        self.begin(self.door)

    def begin(self, door: Door | None) -> None:
        """The counter's payments and wishes, at a settlement's door where it has one."""
        shop = self.shop
        self.payments = Payments(
            open_sale=shop.open_sale,
            desk=shop.desk,
            door=door,
            settings=lambda: shop.settings,
            to_desk=self.desk_lane.submit,
            to_settlement=self.settlement_lane.submit,
            post=shop.news.append,
            print_receipt=lambda _: None,
            wake_courier=lambda: None,
            line=lambda _, __: None,
        )
        self.wishes = SaleWishes(
            lane=self.desk_lane,
            catalogue=shop.ledger.catalogue,
            people=shop.ledger.people,
            outbox=shop.ledger.outbox,
            prescriptions=shop.ledger.prescriptions,
            open_sale=shop.open_sale,
            desk=shop.desk,
            payments=self.payments,
            undoing=NothingInsured(),
            post=shop.news.append,
            print_receipt=lambda _: None,
            wake_courier=lambda _: None,
        )

    def heard(self, wished: Future[Any]) -> Any:
        """The answer of a wish; it is counted."""
        wished.add_done_callback(self.answers.append)
        return wished.result(timeout=10)

    def stop(self) -> None:
        """As the window closes."""
        self.settlement_lane.stop()
        self.desk_lane.stop()


@pytest.fixture
def at(shop: Shop) -> Iterator[At]:
    made = At(shop)
    yield made
    made.stop()


def _scan(at: At) -> None:
    at.desk_lane.call(lambda: at.shop.scan(box(1)))


def _no_door(at: At) -> None:
    at.begin(None)


Before = Callable[[At], object]
ENDS: list[tuple[str, Before, PayOrder, PayDid | SaleDid, Fault | None]] = [
    ("paid", lambda at: None, SELF, PayDid.PAID, None),
    ("settled", lambda at: None, POOLED, PayDid.PAID, None),
    ("typed", lambda at: None, PayOrder(PaymentKind.POOLED, Settlement("SETL77")), PayDid.PAID, None),
    ("gate", _no_door, POOLED, PayDid.REFUSED, None),
    ("person", lambda at: None, PERSON, PayDid.PERSON_NUMBER, Fault.PERSON_NUMBER),
    ("refused", lambda at: setattr(at.door, "answer", Refused("待遇未生效")), POOLED,
     PayDid.NOT_SETTLED, Fault.SETTLEMENT_REFUSED),
    ("not reached", lambda at: setattr(at.door, "answer", Refused("x", reached=False)), POOLED,
     PayDid.NOT_SETTLED, Fault.SETTLEMENT_FAILED),
    ("lost", lambda at: setattr(at.door, "answer", Unknown("ReadTimeout")), POOLED,
     PayDid.UNDECIDED, Fault.SETTLEMENT_UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "order", "what", "fault"), ENDS)
def test_a_payment_is_answered_once_by_what_it_came_to(
    at: At, name: str, before: Before, order: PayOrder, what: PayDid, fault: Fault | None
) -> None:
    _scan(at)
    before(at)
    told = at.heard(at.wishes.pay(order))
    at.desk_lane.call(lambda: None)
    assert isinstance(told, PayAnswer)
    assert (told.what, told.error.fault if told.error else None) == (what, fault)
    assert told.sale.codes() == (box(1),)
    assert bool(told.refusals) is (what not in (PayDid.PAID, PayDid.PERSON_NUMBER))
    assert len(at.answers) == 1
    paid = [one for one in at.shop.news if isinstance(one, news.Paid)]
    assert [one.sale for one in paid] == ([told.sale] if what is PayDid.PAID else [])
    assert not [one for one in at.shop.news if isinstance(one, news.PayEnded)]


def test_a_way_of_paying_that_is_chosen_is_answered_by_what_stands_before_it(
    at: At, shop: Shop
) -> None:
    assert at.heard(at.wishes.choose_payment(PaymentKind.SELF)) == GateAnswer(GateDid.NO_SALE)
    at.heard(at.wishes.choose_payment(None))
    _scan(at)
    told = at.heard(at.wishes.choose_payment(PaymentKind.SELF))
    assert (told.what, told.sale, told.refusals) == (GateDid.OPEN, shop.open_sale.sale, ())
    stopped = at.heard(at.wishes.choose_payment(PaymentKind.POOLED))
    assert (stopped.what, stopped.payment) == (GateDid.STOPPED, PaymentKind.POOLED)
    assert [one.reason.name for one in stopped.refusals] == ["NO_SETTLEMENT"]
    shop.set(policy__self__MISSING_CODES="approve")
    at.heard(at.wishes.add_item("Y1", 5))
    assert at.heard(at.wishes.choose_payment(PaymentKind.SELF)).what is GateDid.WAITS
    assert at.heard(at.wishes.choose_payment(None)).what is GateDid.NO_SALE
    assert len(at.answers) == 7


def test_what_cannot_be_paid_now_says_why(at: At) -> None:
    assert at.heard(at.wishes.pay(SELF)) == SaleAnswer(SaleDid.NOTHING_TO_PAY)
    _scan(at)
    at.door.let.clear()
    first = at.wishes.pay(POOLED)
    assert at.heard(at.wishes.pay(SELF)) == SaleAnswer(SaleDid.SETTLING)
    assert not first.done()
    at.door.let.set()
    assert at.heard(first).what is PayDid.PAID


def test_a_yes_is_answered_by_the_end_of_the_payment_it_lets_happen(at: At, shop: Shop) -> None:
    shop.set(policy__self__MISSING_CODES="approve", policy__insured__MISSING_CODES="approve")
    at.desk_lane.call(
        lambda: shop.ledger.people.put_operator(
            Actor(shop.clock.now(), "007"), Operator("008", "李四", "店长"), "471100"
        )
    )
    at.heard(at.wishes.add_item("Y1", 1))
    waits = at.heard(at.wishes.pay(POOLED))
    assert waits.what is PayDid.APPROVAL_AWAITED
    wrong = at.heard(at.wishes.people.answer_approval("008", "000000", "核对"))
    assert (wrong.what, wrong.then) == (ApprovalDid.BAD_PIN, None)
    at.door.let.clear()
    yes = at.wishes.people.answer_approval("008", "471100", "核对")
    assert at.door.asked.wait(timeout=10)
    assert not yes.done()
    # That it was given is a fact at once: the dialog closes while the insurance is asked.
    at.desk_lane.call(lambda: None)
    assert [one.approver for one in shop.news if isinstance(one, news.ApprovalAnswered)] == ["008"]
    at.door.let.set()
    told = at.heard(yes)
    assert isinstance(told, ApprovalAnswer)
    assert isinstance(told.then, PayAnswer)
    assert (told.what, told.then.what) == (ApprovalDid.GIVEN, PayDid.PAID)
    assert len(at.answers) == 4
    late = at.heard(at.wishes.people.answer_approval("008", "471100", "核对"))
    assert (late.what, late.request) == (ApprovalDid.NOTHING, None)


@pytest.mark.parametrize("order", [SELF, POOLED])
def test_a_disk_that_fails_is_the_answer_of_the_payment(
    at: At, shop: Shop, monkeypatch: pytest.MonkeyPatch, order: PayOrder
) -> None:
    def full(*_: object, **__: object) -> None:
        raise WorldError(Fault.DISK_FULL, path="ledger.db")

    _scan(at)
    monkeypatch.setattr(shop.open_sale.ending, "complete", full)
    wished = at.wishes.pay(order)
    wished.add_done_callback(at.answers.append)
    with pytest.raises(WorldError):
        wished.result(timeout=10)
    at.desk_lane.call(lambda: None)
    assert len(at.answers) == 1
    assert [type(one) for one in at.failed] == [WorldError]  # said to everybody, once


def test_a_window_that_closes_while_the_insurance_is_asked_leaves_no_wish_open(at: At) -> None:
    _scan(at)
    at.door.let.clear()
    wished = at.wishes.pay(POOLED)
    assert at.door.asked.wait(timeout=10)
    closing = threading.Thread(target=at.stop)
    closing.start()
    at.door.let.set()
    closing.join(timeout=10)
    assert at.heard(wished).what is PayDid.PAID
    assert len(at.answers) == 1


def test_signing_in_is_answered_and_news_tell_only_who_is_in(at: At, shop: Shop) -> None:
    at.desk_lane.call(
        lambda: shop.ledger.people.put_operator(
            Actor(shop.clock.now(), "007"), Operator("008", "李四", "店长"), "471100"
        )
    )
    assert at.heard(at.wishes.people.sign_in("008", "0")) == SignInAnswer(SignInDid.BAD_PIN, "008")
    assert not [one for one in shop.news if isinstance(one, news.SignedIn)]
    told = at.heard(at.wishes.people.sign_in("008", "471100"))
    assert told == SignInAnswer(SignInDid.SIGNED_IN, "008")
    for _ in range(5):
        at.heard(at.wishes.people.sign_in("008", "0"))
    assert at.heard(at.wishes.people.sign_in("008", "471100")).what is SignInDid.LOCKED_OUT
    _scan(at)
    at.door.let.clear()
    paying = at.wishes.pay(POOLED)
    assert at.heard(at.wishes.people.sign_in("008", "471100")).what is SignInDid.SETTLING
    at.door.let.set()
    assert at.heard(paying).what is PayDid.PAID
    assert [one.operator for one in shop.news if isinstance(one, news.SignedIn)] == ["008"]


def test_a_wish_that_only_begins_has_one_answer_or_one_failure() -> None:
    inner: Future[int] = Future()
    outer = flat(answered(inner))
    assert not outer.done()
    inner.set_result(3)
    assert outer.result(timeout=0) == 3
    failed: Future[int] = Future()
    failed.set_exception(ValueError("x"))
    with pytest.raises(ValueError, match="x"):
        flat(answered(failed)).result(timeout=0)
    never: Future[Future[int]] = Future()
    never.set_exception(KeyError("y"))
    with pytest.raises(KeyError):
        flat(never).result(timeout=0)
