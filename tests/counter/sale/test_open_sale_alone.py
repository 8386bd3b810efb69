"""The till over fakes: what it tells the ledger and the keeper of reservations, and in what order."""

from dataclasses import replace

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.settlement import Outcome, SettlementState
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import Claim, NotKnown, TakenBy, Word, Yours
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import NOON, OTC, box
from tests.fakes.open_sale import KeptLedger
from tests.fakes.reservations import ToldReservations


def test_who_acts_is_who_signed_in_and_before_that_whom_the_settings_name(clock, profile):
    kept = KeptLedger()
    open_sale = kept.open_sale(clock, profile)
    assert open_sale.who.actor() == Actor(NOON, "007")
    kept.people.put_operator(open_sale.who.actor(), Operator("008", "李四", "药师"), "471100")
    kept.people.lock_counter(open_sale.who.actor(), "key")
    assert open_sale.who.sign_in("008", "000000") == "bad_pin"
    assert kept.people.counter_locked
    open_sale.who.sign_in("008", "471100")
    clock.advance(60)
    assert open_sale.who.actor() == Actor(clock.now(), "008")
    assert not kept.people.counter_locked


def test_one_actor_holds_the_open_sale_and_takes_up_the_other(clock, profile):
    kept = KeptLedger()
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    assert open_sale.held.hold()
    open_sale.lines.add_item(OTC)
    clock.advance(60)
    assert open_sale.held.resume(1)
    by = Actor(clock.now(), "007")
    assert kept.sales.told[1:] == [("S2", "held", by), ("S1", "open", by)]


def test_a_hold_past_its_time_is_ended_unless_the_insurance_may_have_settled_it(clock, profile):
    kept = KeptLedger()
    open_sale = kept.open_sale(clock, profile)
    for _ in range(2):
        open_sale.lines.add_item(OTC)
        open_sale.held.hold()
    kept.settlements.ask_settlement(open_sale.who.actor(), "S1", PaymentKind.POOLED, None)
    clock.advance(3600 * 24 * 30)
    assert open_sale.held.expire() == 1
    assert [sale.number for sale in kept.sales.held_sales()] == ["S1"]


def test_a_settlement_asked_for_locks_the_sale_until_its_end_is_written_down(clock, profile):
    kept = KeptLedger()
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    asked = open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    assert open_sale.settling == asked
    open_sale.settlements.end(asked.id, Outcome(SettlementState.REFUSED, words="余额不足"))
    assert open_sale.settling is None
    assert [one for one, _ in kept.settlements.ended] == [asked.id]


def test_a_claim_that_somebody_else_has_is_told_and_one_nobody_knows_waits_on(clock, profile):
    mine, theirs, open_ = (Claim(box(n), "S1", "01", "007", NOON) for n in (1, 2, 3))
    earlier = Earlier(ClaimState.FINAL, "02-1", "02", "009", NOON)
    kept = KeptLedger(
        door=ToldReservations(
            answers={
                mine.code: Yours(),
                theirs.code: TakenBy(earlier),
                open_.code: NotKnown(NOON, "hub"),
            }
        )
    )
    kept.doubts.open += [mine, theirs, open_]
    open_sale = kept.open_sale(clock, profile)
    assert open_sale.boxes.settle_doubts() == ((theirs, earlier),)
    assert kept.doubts.open == [open_]
    assert kept.doubts.settled == [
        (open_sale.who.actor(), mine, None),
        (open_sale.who.actor(), theirs, earlier),
    ]


def test_an_online_order_that_another_sale_has_is_named(clock, profile):
    kept, order = KeptLedger(), OnlineOrder("美团", "8812")
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    assert open_sale.lines.set_order(order) is None
    open_sale.held.hold()
    open_sale.lines.add_item(OTC)
    assert open_sale.lines.set_order(order) == "S1"


def test_a_line_turned_into_a_gift_is_told_by_its_number(clock, profile):
    kept = KeptLedger()
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    open_sale.lines.add_item(replace(OTC, code="G1", rx=RxFlag.OTC_B))
    open_sale.lines.turn_gift(2)
    assert kept.marks.gifts == [("S1", 2)]


def test_the_keeper_hears_of_a_payment_after_the_ledger_has_it(clock, profile):
    door = ToldReservations()
    kept = KeptLedger(door=door)
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    kept.doubts.tell_later(Word.SOLD, "S1", box(1))  # as the ledger writes it with the payment
    paid = open_sale.ending.complete(PayOrder(PaymentKind.SELF), None, judged=True)
    assert kept.sales.kept["S1"] == paid
    assert door.told[-1] == ("finalise", box(1))
    assert kept.doubts.unheard() == ()
