"""The door to the reservations: asked before the ledger writes, told after, silent at times."""

from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import NotKnown, TakenBy, Yours
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests import plain
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
    shop.ledger.catalogue.set_batch(Actor(NOON, "007"), "Y1", LOT)
    return shop


def _problems(shop: Shop) -> tuple[str, ...]:
    return check(Path(shop.ledger.path)).problems


def _marks(shop: Shop) -> list[NotKnown | None]:
    assert shop.open_sale.sale is not None
    return [there.not_known for line in shop.open_sale.sale.lines for there in line.boxes]


def _refused(shop: Shop, payment: PaymentKind, *approved: Reason) -> list[Reason]:
    order = PayOrder(payment, approved=frozenset(approved))
    return [refusal.reason for refusal in shop.open_sale.gate.refusals(order, settled=True)]


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
    assert _refused(counter, PaymentKind.POOLED) == [REASONS["NOT_KNOWN"]]
    assert _refused(counter, PaymentKind.POOLED, REASONS["NOT_KNOWN"]) == []
    paid = counter.pay(PaymentKind.POOLED, SETTLED)
    assert isinstance(paid, Sale)


def test_what_the_keeper_has_as_sold_at_another_counter_is_refused(
    counter: Shop, door: ToldReservations
) -> None:
    door.answers[box(1)] = TakenBy(AT_TWO)
    counter.scan(box(2))
    said = counter.scan(box(1))
    assert (said.name, said.earlier) == (V.SOLD_ELSEWHERE, AT_TWO)
    assert counter.open_sale.sale is not None
    assert counter.open_sale.sale.codes() == (box(2),)


def test_a_store_that_refuses_boxes_in_doubt_takes_none_in(counter: Shop) -> None:
    counter.set(policy__verdict__NOT_KNOWN="block")
    assert not counter.scan(box(1)).accepted
    assert counter.open_sale.sale is None or not counter.open_sale.sale.codes()


def test_the_door_is_told_what_becomes_of_its_codes(ledger: Any, clock: Any, profile: Any) -> None:
    door = ToldReservations()
    shop = Shop(ledger, clock, profile, door=door)
    shop.scan(box(1))
    shop.open_sale.lines.undo()
    shop.scan(box(2))
    shop.open_sale.lines.remove_line(shop.open_sale.sale.lines[0].number)
    shop.scan(box(3))
    shop.open_sale.ending.void()
    sale = shop.sell(box(4))
    shop.open_sale.returns.take_back(sale.number, box(4), "质量")
    told = [entry for entry in door.told if entry[0] not in ("ask", "reserve")]
    assert told == [
        ("release", box(1)), ("release", box(2)), ("release", box(3)), ("finalise", box(4)),
        ("give_back", box(4)),
    ]  # fmt: skip


def test_the_mark_is_on_the_disk_and_outlives_the_program(
    counter: Shop, open_ledger: Any, door: ToldReservations
) -> None:
    counter.scan(box(1))
    counter.open_sale.refresh()
    assert _marks(counter) == [SILENT]
    path = counter.ledger.path
    counter.ledger.close()
    again = Shop(open_ledger(path), counter.clock, counter.profile, door=door)
    assert _marks(again) == [SILENT]
    assert _problems(again) == ()


def test_a_home_that_begins_anew_carries_the_mark_over(
    counter: Shop, open_ledger: Any, door: ToldReservations
) -> None:
    counter.scan(box(1))
    path = counter.ledger.path
    counter.ledger.close()
    again = Shop(open_ledger(path, "elsewhere"), counter.clock, counter.profile, door=door)
    assert again.open_sale.sale is not None
    assert again.open_sale.sale.codes() == (box(1),)
    assert _marks(again) == [SILENT]
    assert _problems(again) == ()


def test_a_keeper_that_answers_again_takes_the_mark_away(
    counter: Shop, door: ToldReservations
) -> None:
    counter.scan(box(1))
    counter.desk.settle_doubts()
    assert _marks(counter) == [SILENT]
    door.usual = Yours()
    counter.desk.settle_doubts()
    assert _marks(counter) == [None]
    assert _refused(counter, PaymentKind.POOLED) == []
    assert _problems(counter) == ()


def test_a_box_that_was_taken_meanwhile_leaves_the_sale_and_is_told(
    counter: Shop, door: ToldReservations
) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    door.usual = Yours()
    door.answers[box(1)] = TakenBy(AT_TWO)
    counter.desk.settle_doubts()
    told = [entry for entry in counter.news if isinstance(entry, news.Judged)][-1]
    assert (told.verdict.name, told.verdict.earlier) == (V.SOLD_ELSEWHERE, AT_TWO)
    assert counter.open_sale.sale is not None
    assert counter.open_sale.sale.codes() == (box(2),)
    assert _problems(counter) == ()


def test_nothing_leaves_a_sale_that_is_being_settled(counter: Shop, door: ToldReservations) -> None:
    counter.scan(box(1))
    door.answers[box(1)] = TakenBy(AT_TWO)
    counter.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    counter.desk.settle_doubts()
    assert _marks(counter) == [SILENT]


def test_a_paid_box_that_was_taken_is_told_and_stays_in_its_sale(
    counter: Shop, door: ToldReservations
) -> None:
    paid = counter.sell(box(1))
    door.usual = Yours()
    door.answers[box(1)] = TakenBy(AT_TWO)
    counter.desk.settle_doubts()
    kept = counter.ledger.sales.load_sale(paid.number)
    assert kept is not None
    assert kept.codes() == (box(1),)
    kinds = [row["kind"] for row in plain.rows(counter.ledger.path, "SELECT kind FROM events WHERE code = ? ORDER BY seq", (box(1),))]  # fmt: skip
    assert kinds == ["box_reserved", "box_contested"]
    assert _problems(counter) == ()


def test_a_box_in_doubt_that_is_taken_out_is_no_doubt_any_more(
    counter: Shop, door: ToldReservations
) -> None:
    counter.scan(box(1))
    counter.open_sale.lines.undo()
    assert counter.ledger.claims.doubts() == ()
    door.usual = Yours()
    assert counter.scan(box(1)).name is V.OK_UNRECEIVED
    assert _marks(counter) == [None]
    assert _problems(counter) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM claims",
        "UPDATE claims SET state = 'returned'",
        "UPDATE claims SET sale = 'X'",
        "UPDATE claims SET operator = '009'",
        "UPDATE claims SET counter = '09'",
        "UPDATE claims SET since = NULL",
        "UPDATE claims SET keeper = 'x'",
        "INSERT INTO claims SELECT '84362820000000000077', sale, entry, state, at, counter,"
        " operator, NULL, NULL FROM claims",
    ],
)
def test_the_check_finds_a_changed_claim(counter: Shop, statement: str) -> None:
    counter.scan(box(1))
    plain.write(counter.ledger.path, statement)
    assert any(problem.startswith("claim") for problem in _problems(counter))
