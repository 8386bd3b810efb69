"""Cancel and return of insured sales: the settlement first, on the disk before it is asked."""

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.ports.settlement import Cancelled, Refused, Settled, Unknown
from pharmacy_desk.core.sale.prescription import Prescribed, RxOrder
from pharmacy_desk.core.sale.refund import Wanted
from pharmacy_desk.core.sale.sale import PaymentKind, SaleState, Settlement
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ReturnDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests import plain
from tests.conftest import EXEMPT, RX, Shop, box
from tests.fakes.settlement import ToldDoor
from tests.undo_kit import ONE, THREE, TWO, Desk


@pytest.fixture
def at(shop: Shop) -> Desk:
    return Desk(shop, ToldDoor())


def _proved(shop: Shop) -> None:
    assert check(shop.ledger.path).problems == ()


def _states(shop: Shop) -> dict[str, str]:
    return {
        str(row[0]): str(row[1])
        for row in plain.rows(shop.ledger.path, "SELECT setl_id, state FROM settlements")
    }


def _sent(shop: Shop) -> list[tuple[str, str, str]]:
    """Every upload line: its number, its settlement, how many boxes."""
    found = plain.rows(
        shop.ledger.path,
        "SELECT infno, json_extract(words, '$.setl_id'), json_extract(words, '$.quantity')"
        " FROM outbox ORDER BY created_at, document, line",
    )
    return [(str(a), str(b), str(c)) for a, b, c in found]


def test_a_whole_sale_is_cancelled_before_any_box_is_told(at: Desk) -> None:
    sale = at.sell(box(1), box(2), box(3))
    begun = at.begin(sale)
    assert _states(at.shop) == {"S3": "settled"}  # asked, and nothing else happened yet
    assert [line[0] for line in _sent(at.shop)] == ["3505A"]
    at.run()
    told = begun.result(timeout=0)
    assert told.what is ReturnDid.TAKEN_BACK
    assert told.refund is not None
    assert told.refund.cash_fen == 540
    assert told.refund.cancelled == THREE
    assert _states(at.shop) == {"S3": "cancelled"}
    assert _sent(at.shop) == [("3505A", "S3", "3"), ("3506A", "S3", "3")]
    for number in (1, 2, 3):
        earlier = at.shop.ledger.basket.earlier(box(number))
        assert earlier is not None
        assert earlier.state is ClaimState.RETURNED
    _proved(at.shop)


def test_what_is_kept_is_settled_anew_and_goes_on_as_a_sale_of_its_own(at: Desk) -> None:
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.door.answer = Settled(TWO)
    told = at.undo(sale, box(2))
    assert told.what is ReturnDid.TAKEN_BACK
    assert told.refund is not None
    assert told.refund.cash_fen == 540 - 360
    kept = at.shop.ledger.sales.load_sale(told.anew)
    assert kept is not None
    assert (kept.state, kept.resettles) == (SaleState.PAID, sale.number)
    assert kept.codes() == (box(1), box(3))
    assert kept.settlement == TWO
    assert _states(at.shop) == {"S3": "cancelled", "S2": "settled"}
    assert _sent(at.shop) == [
        ("3505A", "S3", "3"), ("3506A", "S3", "3"), ("3505A", "S2", "2"),
    ]  # fmt: skip
    record = at.shop.ledger.boxes.record(box(1))
    assert record is not None
    assert record.state is BoxState.SOLD
    earlier = at.shop.ledger.basket.earlier(box(1))
    assert earlier is not None
    assert earlier.sale == kept.number
    _proved(at.shop)
    again = at.undo(kept)  # and it can be cancelled like any other
    assert again.what is ReturnDid.TAKEN_BACK
    _proved(at.shop)


def test_her_money_goes_back_as_she_paid_it_and_what_is_kept_is_taken_so_again(at: Desk) -> None:
    order = PayOrder(PaymentKind.POOLED, tendered=Tendered(rest=TenderKind.WECHAT))
    sale = at.sell(box(1), box(2), box(3), order=order)
    assert at.door is not None
    at.door.answer = Settled(TWO)
    told = at.undo(sale, box(2))
    assert told.refund is not None
    assert told.refund.tenders == (Tender(TenderKind.WECHAT, 540 - 360),)
    kept = at.shop.ledger.sales.load_sale(told.anew)
    assert kept is not None
    assert kept.tenders == (Tender(TenderKind.WECHAT, 360),)
    _proved(at.shop)


@pytest.mark.parametrize("kept", [False, True])
def test_what_was_rounded_off_is_not_given_back(at: Desk, kept: bool) -> None:
    at.shop.set(sale__cash_rounding="yuan")
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.door.answer = Settled(TWO)
    told = at.undo(sale, box(2) if kept else None)
    assert told.refund is not None
    assert told.refund.cash_fen == (500 - 300 if kept else 500)
    assert told.refund.tenders == (Tender(TenderKind.CASH, told.refund.cash_fen),)


def test_money_of_a_mixed_basket_comes_back_with_its_own_lines(at: Desk) -> None:
    at.shop.open_sale.lines.add_item(EXEMPT, 2)
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.door.answer = Settled(TWO)
    told = at.undo(sale, box(2))
    kept = at.shop.ledger.sales.load_sale(told.anew)
    assert kept is not None
    assert [line.quantity for line in kept.lines] == [2, 2]
    assert (kept.own_fen, kept.insured_fen) == (6400, 4360)
    assert told.refund is not None
    assert told.refund.cash_fen == 540 - 360
    _proved(at.shop)


def test_goods_of_the_customer_alone_come_back_without_the_insurance(at: Desk) -> None:
    at.shop.open_sale.lines.add_item(EXEMPT, 1)
    sale = at.sell(box(1), box(2), box(3))
    own = next(line for line in sale.lines if line.item == EXEMPT)
    assert at.undoing.begin(sale.number, [Wanted(own.number)], "不要了", confirmed=False) is None


@pytest.mark.parametrize("lost", [Unknown("Timeout"), Refused("ConnectionError", reached=False)])
def test_a_lost_answer_stays_unknown_and_is_asked_about_again(at: Desk, lost: Any) -> None:
    sale = at.sell(box(1), settlement=ONE)
    assert at.door is not None
    at.door.cancelled = Unknown("Timeout")
    assert at.undo(sale).what is ReturnDid.NOT_KNOWN_YET
    assert at.begin(sale).result(timeout=0).what is ReturnDid.NOT_KNOWN_YET
    _proved(at.shop)
    at.door.cancelled = lost
    at.time += 10
    at.undoing.look()
    at.run()
    assert [undo.sale for undo in at.shop.ledger.undoings.open_undos()] == [sale.number]
    at.door.cancelled = Cancelled()
    at.undoing.look()  # not yet: the gap grows
    assert not at.later
    at.time += 100
    at.undoing.look()
    at.run()
    ended = at.shop.news[-1]
    assert isinstance(ended, news.UndoEnded)
    assert ended.answer.what is ReturnDid.TAKEN_BACK
    _proved(at.shop)


def test_a_kill_before_the_answer_is_asked_about_in_the_next_life(
    at: Desk, open_ledger: Any
) -> None:
    sale = at.sell(box(1), box(2), box(3))
    at.begin(sale, box(2))  # asked, and the power goes
    at.shop.ledger.chain.conn.close()
    later = Desk(
        Shop(open_ledger(at.shop.ledger.path), at.shop.clock, at.shop.profile),
        ToldDoor(answer=Settled(TWO)),
    )
    later.undoing.look()
    later.run()
    assert _states(later.shop) == {"S3": "cancelled", "S2": "settled"}
    _proved(later.shop)


def test_a_kill_before_the_kept_goods_are_settled_pays_them_in_the_next_life(
    at: Desk, open_ledger: Any
) -> None:
    sale = at.sell(box(1), box(2), box(3))
    begun = at.begin(sale, box(2))
    at.later.pop(0)()  # cancelled and written down; what is kept is being asked about
    assert not begun.done()
    _proved(at.shop)
    at.shop.ledger.chain.conn.close()
    later = Desk(
        Shop(open_ledger(at.shop.ledger.path), at.shop.clock, at.shop.profile),
        ToldDoor(answer=Settled(TWO)),
    )
    later.payments.look()
    later.run()
    assert _states(later.shop) == {"S3": "cancelled", "S2": "settled"}
    _proved(later.shop)


def test_an_insurance_that_does_not_cancel_leaves_everything_as_it_was(at: Desk) -> None:
    sale = at.sell(box(1), settlement=ONE)
    assert at.door is not None
    at.door.cancelled = Refused("已跨月")
    told = at.undo(sale)
    assert told.what is ReturnDid.NOT_CANCELLED
    assert told.error is not None
    assert "已跨月" in str(told.error)
    assert _states(at.shop) == {"S1": "settled"}
    assert at.shop.ledger.undoings.open_undos() == ()
    _proved(at.shop)
    at.door.cancelled = Cancelled()
    assert at.undo(sale).what is ReturnDid.TAKEN_BACK
    _proved(at.shop)


def test_kept_goods_that_are_not_settled_come_to_the_counter_and_may_be_paid_alone(
    at: Desk,
) -> None:
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.door.answer = Refused("账户余额不足")
    told = at.undo(sale, box(2))
    assert told.what is ReturnDid.TO_SETTLE
    assert told.refund is not None
    open_sale = at.shop.open_sale.sale
    assert open_sale is not None
    assert (open_sale.number, open_sale.resettles) == (told.anew, sale.number)
    paid = at.shop.pay()
    assert paid.codes() == (box(1), box(3))
    _proved(at.shop)


def test_kept_goods_that_wait_for_their_settlement_are_the_customers_however_long(
    at: Desk,
) -> None:
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.shop.scan(box(4))  # another customer stands there
    at.door.answer = Refused("账户余额不足")
    told = at.undo(sale, box(2))
    at.shop.clock.advance(60 * 60 * 24 * 9)
    assert [one.number for one in at.shop.open_sale.held.sales()] == [told.anew]
    earlier = at.shop.ledger.basket.earlier(box(1))
    assert earlier is not None
    assert earlier.sale == told.anew
    _proved(at.shop)


def test_what_came_back_of_a_prescription_is_left_again_and_what_is_kept_stays_taken(
    at: Desk,
) -> None:
    ledger, clock = at.shop.ledger, at.shop.clock
    # Who is on duty and who checked is another test's matter.
    at.shop.set(policy__insured__NO_PHARMACIST="allow", policy__insured__NO_PRESCRIPTION="allow")
    told = RxOrder("P1", "示例医院", "440305", "张医师", clock.now().date(), (("Y2", 3),))
    drugs = (Prescribed(1, "Y2", RX.name, 3),)
    for number in (1, 2, 3):
        at.shop.scan(box(number, RX))
    number = at.shop.open_sale.sale.number if at.shop.open_sale.sale else ""
    ledger.prescriptions.keep_prescription(
        at.shop.open_sale.who.actor(), number, told, drugs, clock.now().date()
    )
    at.shop.open_sale.refresh()
    assert at.door is not None
    three = Settlement("S3", "M3", fund_fen=3750, account_fen=0, mutual_fen=0, cash_fen=0)
    sale = at.sell(settlement=three)
    at.door.answer = Settled(replace(three, setl_id="S2", fund_fen=2500))
    anew = at.undo(sale, box(2, RX)).anew
    kept = ledger.sales.load_sale(anew)
    assert kept is not None
    assert kept.prescription is not None
    taken = "SELECT sale, packs FROM dispensings"
    assert [tuple(row) for row in plain.rows(ledger.path, taken)] == [(anew, 2)]
    line = ledger.outbox.sold_line(anew, box(1, RX))
    assert line is not None
    assert line.words["rx_number"] == "P1"
    _proved(at.shop)
    at.undo(kept)
    assert plain.rows(ledger.path, taken) == []
    _proved(at.shop)


def test_a_settlement_made_at_the_terminal_is_cancelled_there_by_a_person(shop: Shop) -> None:
    at = Desk(shop, None)
    for number in (1, 2, 3):
        shop.scan(box(number))
    at.payments.pay(PayOrder(PaymentKind.POOLED, settled=replace(THREE, typed=True)))
    sale = shop.ledger.sales.find_sale("last")
    assert sale is not None
    told = at.begin(sale, box(2)).result(timeout=0)
    assert (told.what, told.setl_id) == (ReturnDid.AT_TERMINAL, "S3")
    assert _states(shop) == {"S3": "settled"}
    done = at.begin(sale, box(2), confirmed=True).result(timeout=0)
    assert done.what is ReturnDid.TO_SETTLE
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.number == done.anew
    at.payments.pay(PayOrder(PaymentKind.POOLED, settled=replace(TWO, typed=True)))
    assert _states(shop) == {"S3": "cancelled", "S2": "settled"}
    _proved(shop)


def test_a_box_settled_by_the_insurance_does_not_go_back_on_the_shelf_unseen(at: Desk) -> None:
    sale = at.sell(box(1), settlement=ONE)
    at.shop.set(sale__same_day_restore=True)
    refused = at.shop.open_sale.returns.restorable(sale.number, box(1))
    assert str(refused) == "settled_with_insurance"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE undoings SET state = 'refused'",
        "UPDATE undoings SET reason = '另一个'",
        "DELETE FROM undoings",
        "UPDATE settlements SET state = 'settled' WHERE setl_id = 'S3'",
        "UPDATE returns SET moved_to = NULL",
        "UPDATE sales SET resettles = NULL",
    ],
)
def test_the_check_proves_what_was_undone(at: Desk, change: str) -> None:
    sale = at.sell(box(1), box(2), box(3))
    assert at.door is not None
    at.door.answer = Settled(TWO)
    at.undo(sale, box(2))
    path = at.shop.ledger.path
    at.shop.ledger.close()
    conn = sqlite3.connect(path)
    with conn:
        conn.execute(change)
    conn.close()
    assert check(path).problems
