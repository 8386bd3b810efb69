"""Shift and day over the real ledger: sums to the fen, what belongs to which close, the check."""

from typing import Any

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.paper.closing import compose_closing
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.shift import Closing, Totals
from pharmacy_desk.core.sale.tender import Tendered, TenderKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DayDid
from pharmacy_desk.counter.sale.day_wishes import DayWishes
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import EXEMPT, SETTLED, Shop, box
from tests.fakes.lane import NowLane
from tests.fakes.settlement import ToldDoor
from tests.undo_kit import Desk

CASH, WECHAT = TenderKind.CASH, TenderKind.WECHAT


class Day:
    """The wishes over a shop's ledger; what they had printed."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.printed: list[Closing] = []
        self.wishes = DayWishes(
            lane=NowLane(),
            shifts=shop.ledger.shifts,
            people=shop.ledger.people,
            open_sale=shop.open_sale,
            post=shop.news.append,
            print_closing=self.printed.append,
        )

    def sell(self, number: int, *, by: TenderKind = CASH) -> str:
        self.shop.clock.advance(60)
        self.shop.scan(box(number))
        order = PayOrder(PaymentKind.SELF, tendered=Tendered(rest=by))
        paid = self.shop.open_sale.ending.complete(order, None)
        self.shop.desk.sale_ended()
        return getattr(paid, "number", "")

    def close_shift(self, fen: int, **signed: Any) -> Closing:
        self.shop.clock.advance(60)
        closing = self.wishes.close_shift(fen, **signed).result().closing
        assert closing is not None
        return closing

    def close_day(self) -> Closing:
        self.shop.clock.advance(60)
        closing = self.wishes.close_day().result().closing
        assert closing is not None
        return closing


@pytest.fixture
def day(shop: Shop) -> Day:
    return Day(shop)


def test_a_shift_counts_what_was_sold_in_it(day: Day) -> None:
    day.sell(1)
    day.shop.clock.advance(60)
    assert day.wishes.open_shift(20000).result().what is DayDid.OPENED
    assert day.wishes.open_shift(20000).result().what is DayDid.ALREADY_OPEN
    day.sell(2)
    day.sell(3, by=WECHAT)
    closing = day.close_shift(22000)
    assert closing.totals.tenders == {CASH: 2180, WECHAT: 2180}
    assert closing.totals.payments == {PaymentKind.SELF: (2, 4360)}
    assert (closing.expected_fen, closing.difference_fen) == (22180, -180)
    assert day.wishes.close_shift(0).result().what is DayDid.NO_SHIFT
    assert day.printed == [closing]
    assert day.shop.ledger.shifts.closing(closing.number) == closing
    assert check(day.shop.ledger.path).problems == ()


def test_a_return_goes_back_as_it_was_paid(day: Day) -> None:
    day.wishes.open_shift(0)
    receipt = day.sell(1, by=WECHAT)
    other = day.sell(2)
    for number, code in ((receipt, 1), (other, 2)):
        day.shop.clock.advance(60)
        day.shop.open_sale.returns.take_back(number, box(code), "质量问题")
    totals = day.close_shift(0).totals
    assert (totals.returns, totals.refund_fen) == (2, 4360)
    assert totals.refunds == {CASH: 2180, WECHAT: 2180}
    assert totals.cash_fen == 0


def test_a_cancelled_settlement_leaves_what_was_paid_beside_it_in_the_drawer(day: Day) -> None:
    day.wishes.open_shift(0)
    day.shop.clock.advance(60)
    at = Desk(day.shop, ToldDoor())
    day.shop.open_sale.lines.add_item(EXEMPT, 2)
    sale = at.sell(box(1), box(2), box(3))
    day.shop.clock.advance(60)
    places = [day.shop.open_sale.back.place_of(sale.number, box(n)) for n in (1, 2, 3)]
    assert at.undoing.begin(sale.number, places, "质量问题", confirmed=False)
    at.run()
    totals = day.close_shift(0).totals
    assert totals.refunds == {CASH: 540}
    assert (totals.refund_fen, totals.refund_apart_fen) == (6540, 6000)
    assert totals.cash_fen == sale.own_fen
    assert check(day.shop.ledger.path).problems == ()


def test_a_sale_after_the_day_close_belongs_to_the_next(day: Day) -> None:
    day.sell(1)
    first = day.close_day()
    assert first.totals.sales == 1
    assert first.head
    receipt = day.sell(2)
    second = day.close_day()
    assert second.totals.sales == 1
    assert day.close_day().totals == Totals()
    held = day.shop.ledger.chain.conn.execute(
        "SELECT closing FROM closed_documents WHERE document = ?", (receipt,)
    ).fetchone()
    assert held[0] == second.number
    assert [one.number for one in day.shop.ledger.shifts.closings(2)][1] == second.number
    assert check(day.shop.ledger.path).problems == ()


def test_what_nobody_told_is_counted_apart(day: Day) -> None:
    day.shop.clock.advance(60)
    day.shop.sell(box(1), payment=PaymentKind.POOLED)
    totals = day.close_day().totals
    assert (totals.fund_fen, totals.account_fen) == (SETTLED.fund_fen, SETTLED.account_fen)
    assert totals.untold == 1
    assert totals.tenders == {}


def test_what_waits_is_told_first(day: Day) -> None:
    day.sell(1)
    day.shop.scan(box(2))
    day.shop.open_sale.held.hold()
    day.wishes.show()
    (shown,) = [one for one in day.shop.news if isinstance(one, news.DayShown)]
    assert (shown.pending.held, shown.pending.unsent) == (1, 1)


def test_both_sign_by_pin(day: Day) -> None:
    people, actor = day.shop.ledger.people, Actor(day.shop.clock.now(), "007")
    for number, pin in (("007", "246810"), ("008", "135791")):
        people.put_operator(actor, Operator(number, "王", "营业员"), pin)
    day.wishes.open_shift(100)
    wrong = day.wishes.close_shift(100, "999999").result()
    assert wrong.what is DayDid.BAD_PIN
    same = day.wishes.close_shift(100, "246810", ("007", "246810")).result()
    assert same.what is DayDid.SAME_PERSON
    count = day.close_shift(100, pin="246810", taker=("008", "135791")).count
    assert count is not None
    assert (count.giver, count.taker, count.signed) == ("007", "008", True)
    assert check(day.shop.ledger.path).problems == ()


def test_the_slip_has_every_sum(day: Day) -> None:
    day.wishes.open_shift(5000)
    day.sell(1)
    closing = day.close_shift(7180)
    rows = compose_closing(closing, "示例店", 80, words("receipt.zh_CN"))
    text = " ".join(" ".join(row.text.split()) for row in rows)
    for part in ("交接班", "现金 ￥21.80", "应有现金 ￥71.80", "差额 ￥0.00", "交班 007"):
        assert part in text


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE closings SET told = replace(told, '2180', '2190')",
        "UPDATE shifts SET float_fen = 1",
        "DELETE FROM closed_documents WHERE kind = 'day'",
        "DELETE FROM closings WHERE kind = 'shift'",
        "UPDATE shifts SET closed = 0",
    ],
)
def test_what_no_event_says_is_found(day: Day, forged: str) -> None:
    day.wishes.open_shift(5000)
    day.sell(1)
    day.close_shift(7180)
    day.close_day()
    with day.shop.ledger.chain.conn as conn:
        conn.execute(forged)
    found = check(day.shop.ledger.path).problems
    assert any(problem.startswith(("shift:", "day:", "close:")) for problem in found), found
