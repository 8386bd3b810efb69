"""Tenders over the real ledger: what is taken is on the disk, proved, and survives a reading."""

from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, Settlement
from pharmacy_desk.core.sale.tender import Taken, Tender, Tendered, TenderKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import Shop, box

WECHAT, CASH = TenderKind.WECHAT, TenderKind.CASH


def _sell(shop: Shop, order: PayOrder, settlement: Settlement | None = None) -> Sale:
    shop.scan(box(1))
    paid = shop.open_sale.ending.complete(order, settlement)
    assert isinstance(paid, Sale)
    kept = shop.ledger.sales.load_sale(paid.number)
    assert kept is not None
    assert kept.taken == paid.taken
    assert check(shop.ledger.path).problems == ()
    return kept


def test_nothing_said_is_exact_cash(shop: Shop) -> None:
    paid = _sell(shop, PayOrder(PaymentKind.SELF))
    assert paid.taken == Taken((Tender(CASH, 2180),))
    assert (paid.tendered_fen, paid.change_fen, paid.open_fen) == (None, 0, 0)


def test_what_was_rounded_off_is_given_back_to_nobody(shop: Shop) -> None:
    shop.set(sale__cash_rounding="yuan")
    sale = shop.sell(box(1), box(2))
    assert (sale.total_fen, sale.taken and sale.taken.rounded_fen) == (4360, 60)
    first = shop.open_sale.returns.take_back(sale.number, box(1), "质量问题")
    second = shop.open_sale.returns.take_back(sale.number, box(2), "质量问题")
    assert (first.refund_fen, second.refund_fen) == (2180, 4300 - 2180)


def test_several_together_give_change_of_cash_only(shop: Shop) -> None:
    shop.set(sale__cash_rounding="yuan")
    told = Tendered((Tender(WECHAT, 1000),))
    paid = _sell(shop, PayOrder(PaymentKind.SELF, tendered_fen=2000, tendered=told))
    assert paid.taken == Taken((Tender(CASH, 2000), Tender(WECHAT, 1000)), 80, 900)
    assert (paid.tendered_fen, paid.change_fen) == (2000, 900)
    assert paid.total_fen == 2180


def test_the_customers_part_of_an_insured_sale_is_tendered(shop: Shop) -> None:
    settled = Settlement("S1", "M1", fund_fen=1000, account_fen=180, mutual_fen=0, cash_fen=1000)
    order = PayOrder(PaymentKind.POOLED, tendered=Tendered(rest=WECHAT))
    assert _sell(shop, order, settled).taken == Taken((Tender(WECHAT, 1000),))


def test_a_part_the_insurance_settled_otherwise_leaves_what_is_open(shop: Shop) -> None:
    settled = Settlement("S1", "M1", fund_fen=1000, account_fen=0, mutual_fen=0, cash_fen=1180)
    order = PayOrder(PaymentKind.POOLED, tendered=Tendered((Tender(WECHAT, 1000),)))
    paid = _sell(shop, order, settled)
    assert paid.open_fen == 180
    assert replace(paid, taken=Taken((Tender(WECHAT, 2000),))).open_fen == -820


def test_an_unknown_split_is_tendered_by_nobody(shop: Shop) -> None:
    paid = _sell(shop, PayOrder(PaymentKind.POOLED), Settlement("S1"))
    assert paid.taken == Taken()
    assert paid.open_fen == 0


def test_what_was_told_before_a_settlement_is_asked_is_on_the_disk(shop: Shop) -> None:
    told = Tendered((Tender(WECHAT, 500),), TenderKind.CARD)
    shop.scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED, None, 300, told))
    (asked,) = shop.ledger.settlements.undecided_settlements()
    assert (asked.tendered_fen, asked.tendered) == (300, told)
    again = PayOrder(asked.payment, None, asked.tendered_fen, asked.tendered)
    assert [one.amount_fen for one in again.handed.told] == [300, 500]
    assert check(shop.ledger.path).problems == ()


def test_the_receipt_names_each_tender(shop: Shop, receipt_words: dict[str, str]) -> None:
    shop.set(sale__cash_rounding="jiao")
    told = Tendered((Tender(WECHAT, 1000),))
    paid = _sell(shop, PayOrder(PaymentKind.SELF, tendered_fen=1205, tendered=told))
    rows = [row.text for row in compose(paid, Heading("店", "007"), 80, receipt_words)]
    found = [row.split() for row in rows if row.startswith(("现金", "微信", "抹零", "找零"))]
    assert found == [["现金", "￥12.05"], ["微信", "￥10.00"], ["找零", "￥0.25"]]


@pytest.fixture
def receipt_words() -> Any:
    from pharmacy_desk.adapters.resources import words

    return words("receipt.zh_CN")


@pytest.mark.parametrize(
    ("code", "kind"), [("134567890123456789", WECHAT), ("281234567890123456", TenderKind.ALIPAY)]
)
def test_a_payment_code_belongs_to_the_payment_that_is_armed(
    shop: Shop, code: str, kind: TenderKind
) -> None:
    shop.scan(box(1))
    shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))
    refused = next(one for one in reversed(shop.news) if isinstance(one, news.Judged))
    assert refused.verdict.name.value == "NOT_TRACE"
    shop.desk.gate.choose(PaymentKind.SELF)
    shop.mono += 60
    shop.desk.scan(RawScan(code.encode(), "test", shop.clock.now()))
    assert isinstance(shop.news[-1], news.TenderShown)
    assert shop.news[-1].kind is kind
    assert code not in str(shop.desk.log.ring)
