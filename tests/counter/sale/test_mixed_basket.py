"""A mixed basket at the counter: what is asked, kept, uploaded and printed of it."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Refused,
    Settled,
    SettlementAnswer,
    Unknown,
)
from pharmacy_desk.core.sale.sale import Cover, PaymentKind, Sale, Settlement
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from pharmacy_desk.core.upload.message import Sender, sale_lines
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from tests.conftest import EXEMPT, Shop, box
from tests.core.sale.gate.kit import names

POOLED = PayOrder(PaymentKind.POOLED)


class Door:
    """`SettlementDoor` that keeps what it was asked to settle."""

    def __init__(self, answer: SettlementAnswer) -> None:
        self.answer = answer
        self.asked: list[Sale] = []

    wants_person = False

    def identify(self, kind: str, text: str, sender: Sender, msgid: str) -> Unknown:
        return Unknown("")

    def preview(self, bill: Bill) -> Unknown:
        return Unknown("")

    def settle(self, bill: Bill) -> SettlementAnswer:
        self.asked.append(bill.sale)
        return self.answer

    ask_again = settle

    def cancel(self, bill: Bill, known: Settlement) -> Any:
        raise AssertionError("nothing is cancelled here")


def _pay(shop: Shop, answer: SettlementAnswer, order: PayOrder = POOLED) -> tuple[Door, Any]:
    door, later = Door(answer), list[Callable[[], object]]()
    payments = Payments(
        shop.open_sale, shop.desk, door, lambda: shop.settings, lambda job: job(),
        later.append, shop.news.append, lambda _: None, lambda: None, lambda _, __: None,
    )  # fmt: skip
    ended = payments.pay(order)
    while later:
        later.pop(0)()
    return door, ended.result(timeout=5)


@pytest.fixture
def mixed(shop: Shop) -> Shop:
    """A drug that insurance pays (2180 fen), and pieces that it does not (3200 fen)."""
    shop.scan(box(1))
    shop.open_sale.lines.add_item(EXEMPT)
    return shop


SPLIT = Settled(Settlement("S1", "M1", fund_fen=1000, account_fen=1000, cash_fen=180))


def test_only_insured_lines_are_settled_and_the_customer_owes_the_rest(mixed: Shop) -> None:
    door, told = _pay(mixed, SPLIT)
    assert [line.item.code for line in door.asked[0].lines] == ["Y1"]
    assert door.asked[0].total_fen == 2180
    assert isinstance(told, PayAnswer)
    assert told.what is PayDid.PAID
    kept = mixed.ledger.sales.load_sale(told.sale.number)
    assert kept is not None
    assert [line.cover for line in kept.lines] == [Cover.INSURED, Cover.OWN]
    assert (kept.insured_fen, kept.own_fen, kept.owed_fen) == (2180, 3200, 180 + 3200)
    assert check(mixed.ledger.path).problems == ()


def test_an_upload_line_says_by_whom_it_was_paid(mixed: Shop) -> None:
    _, told = _pay(mixed, SPLIT)
    region = replace(mixed.profile, upload_categories=frozenset({"西药", "中药饮片"}))
    lines = sale_lines(told.sale, mixed.open_sale.who.sender(), region)
    names = ("settlement_kind", "fee_settlement", "setl_id", "visit_serial")
    assert [tuple(line.words[name] for name in names) for line in lines] == [
        ("1", "1", "S1", "M1"),
        ("2", "0", "", told.sale.upload_serial),
    ]


def test_a_split_of_the_whole_basket_is_not_that_of_its_insured_lines(mixed: Shop) -> None:
    typed = Settlement("S1", "M1", fund_fen=5380, account_fen=0, mutual_fen=0, cash_fen=0)
    _, told = _pay(mixed, SPLIT, PayOrder(PaymentKind.POOLED, typed))
    assert (told.what, names(told.refusals)) == (PayDid.REFUSED, ["NO_SETTLEMENT"])
    assert told.refusals[0].words.more == ("S1", "53.80", "21.80")


def test_a_wrong_split_and_tenders_that_do_not_pay_are_told_at_once(mixed: Shop) -> None:
    typed = Settlement("S1", "M1", fund_fen=5380, account_fen=0, mutual_fen=0, cash_fen=0)
    nothing = Tendered((Tender(TenderKind.CASH, 0),))
    _, told = _pay(mixed, SPLIT, PayOrder(PaymentKind.POOLED, typed, tendered=nothing))
    assert told.what is PayDid.REFUSED
    assert names(told.refusals) == ["NO_SETTLEMENT", "TENDER_BAD_AMOUNT"]


def test_after_a_refusal_the_same_basket_is_paid_by_the_customer_alone(mixed: Shop) -> None:
    _, told = _pay(mixed, Refused("账户余额不足"))
    assert told.what is PayDid.NOT_SETTLED
    paid = mixed.pay()
    kept = mixed.ledger.sales.load_sale(paid.number)
    assert kept is not None
    assert {line.cover for line in kept.lines} == {None}
    assert kept.owed_fen == 5380
    assert check(mixed.ledger.path).problems == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE sale_lines SET cover = 'own' WHERE line = 1", "cover: the lines of sale"),
        ("UPDATE settlements SET fund_fen = 999", "cover: what sale"),
    ],
)
def test_the_check_proves_who_paid_what(mixed: Shop, change: str, named: str) -> None:
    _pay(mixed, SPLIT)
    path = mixed.ledger.path
    mixed.ledger.close()
    conn = sqlite3.connect(path)
    with conn:
        conn.execute(change)
    conn.close()
    assert any(problem.startswith(named) for problem in check(path).problems)
