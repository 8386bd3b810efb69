"""The door to the reservations: asked before the ledger writes, told after, silent at times."""

from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import NotKnown, TakenBy
from pharmacy_desk.counter.sale.till import PayOrder
from tests.conftest import LOT, NOON, SETTLED, Shop, box
from tests.fakes.reservations import ToldReservations, silent_reservations

V = VerdictName
SILENT = NotKnown(NOON, "hub")
AT_TWO = Earlier(ClaimState.FINAL, "02ABCDEF-000007", "02", "009", NOON)


@pytest.fixture
def door() -> ToldReservations:
    return silent_reservations()


@pytest.fixture
def counter(ledger: Any, clock: Any, profile: Any, door: ToldReservations) -> Shop:
    shop = Shop(ledger, clock, profile, door=door)
    shop.ledger.catalogue.set_batch("Y1", LOT, NOON, "007")
    return shop


def _problems(shop: Shop) -> tuple[str, ...]:
    return check(Path(shop.ledger.path)).problems


def _marks(shop: Shop) -> list[NotKnown | None]:
    assert shop.till.sale is not None
    return [there.not_known for line in shop.till.sale.lines for there in line.boxes]


def _refused(shop: Shop, payment: PaymentKind, *approved: Reason) -> list[Reason]:
    order = PayOrder(payment, approved=frozenset(approved))
    return [refusal.reason for refusal in shop.till.refusals(order, settled=True)]


def test_while_the_keeper_is_silent_a_self_paid_box_is_sold_with_a_warning(
    counter: Shop, door: ToldReservations
) -> None:
    said = counter.scan(box(1))
    assert (said.name, said.accepted, said.not_known) == (V.NOT_KNOWN, True, SILENT)
    assert _marks(counter) == [SILENT]
    assert _refused(counter, PaymentKind.SELF) == []
    paid = counter.pay()
    assert paid.codes() == (box(1),)
    assert ("finalise", box(1)) in door.told
    assert _problems(counter) == ()


def test_an_insured_payment_of_a_box_in_doubt_waits_for_an_approval(counter: Shop) -> None:
    counter.scan(box(1))
    assert _refused(counter, PaymentKind.POOLED) == [Reason.NOT_KNOWN]
    assert _refused(counter, PaymentKind.POOLED, Reason.NOT_KNOWN) == []
    paid = counter.pay(PaymentKind.POOLED, SETTLED)
    assert isinstance(paid, Sale)


def test_what_the_keeper_has_as_sold_at_another_counter_is_refused(
    counter: Shop, door: ToldReservations
) -> None:
    door.answers[box(1)] = TakenBy(AT_TWO)
    counter.scan(box(2))
    said = counter.scan(box(1))
    assert (said.name, said.earlier) == (V.SOLD_ELSEWHERE, AT_TWO)
    assert counter.till.sale is not None
    assert counter.till.sale.codes() == (box(2),)


def test_a_store_that_refuses_boxes_in_doubt_takes_none_in(counter: Shop) -> None:
    counter.set(policy__verdict__NOT_KNOWN="block")
    assert not counter.scan(box(1)).accepted
    assert counter.till.sale is None or not counter.till.sale.codes()


def test_the_door_is_told_what_becomes_of_its_codes(ledger: Any, clock: Any, profile: Any) -> None:
    door = ToldReservations()
    shop = Shop(ledger, clock, profile, door=door)
    shop.scan(box(1))
    shop.till.undo()
    shop.scan(box(2))
    shop.till.remove_line(shop.till.sale.lines[0].number)
    shop.scan(box(3))
    shop.till.void()
    sale = shop.sell(box(4))
    shop.till.take_back(sale.number, box(4), "质量")
    told = [entry for entry in door.told if entry[0] not in ("ask", "reserve")]
    assert told == [
        ("release", box(1)), ("release", box(2)), ("release", box(3)), ("finalise", box(4)),
        ("give_back", box(4)),
    ]  # fmt: skip
