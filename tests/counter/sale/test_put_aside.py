"""A sale whose settlement is not known is put aside: the next customer is served, nothing is lost."""

from typing import Any

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.ports.settlement import Refused, Settled, Unknown
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import Shop, box
from tests.counter.sale.test_settlement_life import (
    POOLED,
    SETTLED,
    At,
    Door,
    _again,
    _events,
    _proved,
)

SECOND = Settlement("SETL2", "M2", 1000, 1180, 0)
LOST = Unknown("ReadTimeout")


def _aside(shop: Shop, at: At) -> str:
    """A sale of box 1 whose answer was lost, put aside; its number."""
    shop.scan(box(1))
    assert at.pay().what is PayDid.UNDECIDED
    assert shop.open_sale.sale
    number = shop.open_sale.sale.number
    assert shop.open_sale.held.hold()
    shop.desk.sale_ended()
    return number


def _later(at: At) -> Any:
    at.time += 120
    at.payments.look()
    return at.run()


def _paid(shop: Shop) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.sale.number, one.sale.codes()) for one in shop.news if isinstance(one, news.Paid)]


def test_the_next_customer_is_served_and_it_is_finished_by_itself(shop: Shop) -> None:
    at = At(shop, Door(LOST, Settled(SETTLED)))
    number = _aside(shop, at)
    assert not shop.desk.paying
    shop.scan(box(2))
    assert shop.open_sale.sale
    second = shop.open_sale.sale.number
    told = _later(at).answer
    assert (told.what, told.sale.number, told.aside) == (PayDid.PAID, number, True)
    assert told.sale.tendered_fen == 500
    assert shop.open_sale.sale
    assert (shop.open_sale.sale.number, shop.open_sale.sale.codes()) == (second, (box(2),))
    assert at.pay(PayOrder(PaymentKind.SELF)).what is PayDid.PAID
    assert _paid(shop) == [(number, (box(1),)), (second, (box(2),))]
    assert shop.open_sale.held.sales() == ()
    _proved(shop)


def test_the_next_customers_own_settlement_waits_for_nobody(shop: Shop) -> None:
    at = At(shop, Door(LOST, Settled(SECOND), Settled(SETTLED)))
    number = _aside(shop, at)
    shop.scan(box(2))
    assert at.pay().sale.settlement.setl_id == "SETL2"
    assert _later(at).answer.sale.settlement.setl_id == "SETL1"
    assert [one for one, _ in _paid(shop)][1] == number
    _proved(shop)


def test_it_is_put_aside_while_it_is_being_asked_for(shop: Shop) -> None:
    at = At(shop, Door(Settled(SETTLED)))
    shop.scan(box(1))
    ended = at.payments.pay(POOLED)
    shop.desk.scan(RawScan(box(2).encode(), "test", shop.clock.now()))
    shop.open_sale.held.hold()
    shop.desk.sale_ended()
    shop.desk.waiting.release()  # what was scanned meanwhile is the next customer's
    assert shop.open_sale.sale
    assert shop.open_sale.sale.codes() == (box(2),)
    at.run()
    told = ended.result(timeout=0)
    assert (told.what, told.sale.codes()) == (PayDid.PAID, (box(1),))  # type: ignore[union-attr]
    assert shop.open_sale.sale.codes() == (box(2),)
    _proved(shop)


def test_its_boxes_are_not_sold_otherwise_and_it_is_not_voided(shop: Shop) -> None:
    at = At(shop, Door(LOST))
    number = _aside(shop, at)
    assert shop.scan(box(1)).name is VerdictName.HELD_ELSEWHERE
    with pytest.raises(AssertionError):
        shop.ledger.sales.void(Actor(shop.clock.now(), "007"), number)
    shop.clock.advance(30 * 86400)
    assert [sale.number for sale in shop.open_sale.held.sales()] == [number]
    assert shop.open_sale.held.resume(1)
    assert shop.desk.paying  # taken up it is locked as before
    assert at.pay(PayOrder(PaymentKind.POOLED, settled=Settlement("SETL77"))).what is PayDid.PAID
    _proved(shop)


def test_a_kill_meanwhile_loses_nothing(shop: Shop, open_ledger: Any) -> None:
    number = _aside(shop, At(shop, Door(LOST)))
    shop.scan(box(2))
    after = _again(shop, open_ledger)
    at = At(after, Door(Settled(SETTLED)))
    at.payments.look()
    told = at.run().answer
    assert (told.what, told.sale.number, told.aside) == (PayDid.PAID, number, True)
    assert after.open_sale.sale
    assert after.open_sale.sale.codes() == (box(2),)
    _proved(after)


def test_a_refusal_brings_it_back_to_an_empty_counter(shop: Shop) -> None:
    at = At(shop, Door(LOST, Refused("待遇未生效")))
    number = _aside(shop, at)
    told = _later(at).answer
    assert (told.what, told.aside) == (PayDid.NOT_SETTLED, False)
    assert shop.open_sale.sale
    assert shop.open_sale.sale.number == number
    assert at.pay(PayOrder(PaymentKind.SELF)).what is PayDid.PAID
    _proved(shop)


def test_a_refusal_at_a_busy_counter_leaves_it_on_hold_and_says_so(shop: Shop) -> None:
    at = At(shop, Door(LOST, Refused("待遇未生效")))
    number = _aside(shop, at)
    shop.scan(box(2))
    told = _later(at).answer
    assert (told.what, told.sale.number, told.aside) == (PayDid.NOT_SETTLED, number, True)
    assert shop.open_sale.sale
    assert shop.open_sale.sale.codes() == (box(2),)
    assert [sale.number for sale in shop.open_sale.held.sales()] == [number]
    _proved(shop)


def test_what_may_not_be_sold_by_then_is_cancelled_and_stays_on_hold(shop: Shop) -> None:
    door = Door(LOST, Settled(SETTLED))
    at = At(shop, door)
    _aside(shop, at)
    shop.scan(box(2))
    recall = Recall("R1", "code", box(1), "厂家召回")
    shop.ledger.boxes.open_recall(Actor(shop.clock.now(), "007"), recall)
    told = _later(at).answer
    assert (told.what, told.aside) == (PayDid.REFUSED, True)
    assert door.heard[-1] == ("cancel", "SETL1")
    assert _events(shop)[-2:] == ["settled", "cancelled"]
    assert len(shop.open_sale.held.sales()) == 1
    _proved(shop)


def test_scans_that_wait_for_the_next_settlement_are_left_to_it(shop: Shop) -> None:
    at = At(shop, Door(LOST, Settled(SETTLED), Settled(SECOND)))
    _aside(shop, at)
    shop.scan(box(2))
    at.time += 120
    at.payments.look()
    at.payments.pay(POOLED)
    shop.desk.scan(RawScan(box(3).encode(), "test", shop.clock.now()))
    at.later.pop(0)()  # the sale put aside is answered first
    assert shop.open_sale.settling
    at.run()
    assert [codes for _, codes in _paid(shop)] == [(box(1),), (box(2),)]
    assert shop.open_sale.sale
    assert shop.open_sale.sale.codes() == (box(3),)
