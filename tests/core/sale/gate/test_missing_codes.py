"""Boxes still to be scanned, or without a code and not taken by the insurance."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Category, Item
from pharmacy_desk.core.sale.cover import CoverRules, ExemptGoods
from pharmacy_desk.core.sale.cover import Term as Days
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.missing_codes import NOT_TAKEN, TO_SCAN
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale
from pharmacy_desk.core.stock.no_code import NoCodeBox, Term
from tests.core.sale.gate.kit import DRUG, GOOD, INSURED, TODAY, gate, line, names, sale, told

EARLY, LATE = date(2025, 6, 30), date(2025, 7, 1)
PIECE = Item("Y3", "枸杞子", category=Category.DECOCTION_PIECE, price_fen=3200)


def _bought(*days: date, asked: int = 0, codes: int = 0) -> Sale:
    boxes = tuple(Box(n, f"8436282{n:013d}", NO_BATCH) for n in range(codes))
    no_code = tuple(NoCodeBox(50 + n, "E1", GOOD, day) for n, day in enumerate(days))
    return sale(Line(1, DRUG, asked, DRUG.price_fen, boxes, no_code=no_code))


def test_a_self_paid_sale_is_only_reminded_of_missing_codes() -> None:
    (found,) = gate(sale(line(1, DRUG, 3, 1)), PaymentKind.SELF, False, Policy())
    assert told((found,)) == [("MISSING_CODES", Action.WARN, (1,), 2)]
    assert (found.words.told, found.words.number) == (TO_SCAN.told, 2)


def test_goods_without_code_need_neither_code_nor_lot() -> None:
    assert gate(sale(line(1, PIECE, 5)), PaymentKind.SELF, True, Policy()) == ()


@pytest.mark.parametrize("kind", INSURED)
def test_the_gate_lets_early_goods_settle_and_no_later_ones(kind: PaymentKind) -> None:
    term, over = Term(TODAY), Term(TODAY, TODAY - timedelta(1))
    assert gate(_bought(EARLY), kind, True, Policy(), term) == ()
    for goods, until in (
        (_bought(EARLY, LATE), term),
        (_bought(EARLY), over),
        (_bought(EARLY), None),
    ):
        (found,) = gate(goods, kind, True, Policy(), until)
        assert told((found,)) == [("MISSING_CODES", Action.BLOCK, (1,), 1)]
        assert (found.words.told, found.words.number) == (NOT_TAKEN.told, 1)


def test_self_paid_the_library_covers_whatever_the_day_and_nothing_else_does() -> None:
    over = Term(TODAY, TODAY - timedelta(1))
    assert gate(_bought(EARLY, LATE), PaymentKind.SELF, False, Policy(), over) == ()
    found = gate(_bought(LATE, asked=3), PaymentKind.SELF, False, Policy(), over)
    assert told(found) == [("MISSING_CODES", Action.WARN, (1,), 2)]


def test_what_lacks_and_what_is_barred_are_told_apart() -> None:
    goods = _bought(LATE, EARLY, asked=4)
    (found,) = gate(goods, PaymentKind.ACCOUNT, True, Policy(), Term(TODAY))
    assert told((found,)) == [("MISSING_CODES", Action.BLOCK, (1,), 3)]
    assert (found.words.told, found.words.number) == (TO_SCAN.told, 2)


def test_a_device_needs_its_udi_where_and_when_the_region_wants_it() -> None:
    mask = replace(DRUG, code="D1", category=Category.DEVICE_II)
    basket = sale(line(1, mask, 2))
    wanted = Facts(
        basket,
        PaymentKind.ACCOUNT,
        Policy(),
        TODAY,
        cover=load_profile("generic").cover,
        coded=frozenset({Category.DEVICE_II}),
    )
    assert ("MISSING_CODES", Action.BLOCK, (1,), 2) in told(every_rule(wanted))
    scanned = replace(wanted, sale=sale(line(1, mask, 2, 2)))
    for free in (replace(wanted, coded=frozenset()), scanned):
        assert "MISSING_CODES" not in names(every_rule(free))
    assert every_rule(replace(wanted, payment=PaymentKind.SELF)) == ()


def test_what_the_region_exempts_for_now_needs_no_code() -> None:
    exempt = ExemptGoods(Days(until=TODAY), frozenset(), frozenset({DRUG.insurance_code}))
    sold = sale(line(1, DRUG, 2))
    for rules, missing in ((CoverRules(exempt=(exempt,)), []), (CoverRules(), ["MISSING_CODES"])):
        found = names(every_rule(Facts(sold, PaymentKind.POOLED, Policy(), TODAY, cover=rules)))
        assert [name for name in found if name == "MISSING_CODES"] == missing
