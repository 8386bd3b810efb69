"""Goods that may not stand in an insured sale, and sales of which insurance pays nothing."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass, Item
from pharmacy_desk.core.sale.cover import CoverRules, OnlyListed, PaidGoods, Term
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.not_payable import NO_DRUG, NOT_LISTED, NOTHING, UNKNOWN
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from tests.core.sale.gate.kit import DRUG, INSURED, TODAY, gate, line, sale, told

OWN = replace(DRUG, code="Y2", insurance_class=InsuranceClass.SELF)
MASK = Item("M1", "医用口罩", category=Category.DEVICE_II, insurance_code="C1", price_fen=990)
NEW = replace(DRUG, code="Y9", category=Category.UNKNOWN)
MIXED = sale(line(1, DRUG, 1, 1), line(2, OWN, 1, 1))


def ruled(sold: Sale, kind: PaymentKind, rules: CoverRules) -> list[tuple[str, str]]:
    found = every_rule(Facts(sold, kind, Policy(), TODAY, cover=rules))
    return [(one.reason.name, one.words.told) for one in found]


@pytest.mark.parametrize("kind", INSURED)
def test_a_self_paid_drug_stands_beside_an_insured_one(kind: PaymentKind) -> None:
    assert gate(MIXED, kind, True, Policy()) == ()


@pytest.mark.parametrize("kind", INSURED)
@pytest.mark.parametrize(("goods", "words"), [(MASK, NO_DRUG), (NEW, UNKNOWN)])
def test_goods_that_are_no_drugs_are_barred_with_a_sentence_of_their_own(
    kind: PaymentKind, goods: Item, words: object
) -> None:
    found = gate(sale(line(1, DRUG, 1, 1), line(2, goods, 1, 1)), kind, True, Policy())
    assert [(one.reason.name, one.action, one.lines, one.words) for one in found] == [
        ("NOT_PAYABLE", Action.BLOCK, (2,), words)
    ]


def test_a_sale_of_which_insurance_pays_nothing_is_not_settled_whatever_a_cell_says() -> None:
    soft = Policy(insured={"NOT_PAYABLE": Action.ALLOW})
    found = gate(sale(line(1, OWN, 1, 1)), PaymentKind.POOLED, True, soft)
    assert told(found) == [("NOT_PAYABLE", Action.BLOCK, (1,), 0)]
    assert found[0].words == NOTHING


def test_whoever_pays_alone_buys_what_there_is() -> None:
    assert gate(sale(line(1, OWN, 1, 1), line(2, MASK, 1)), PaymentKind.SELF, False, Policy()) == ()


def test_a_kind_pays_what_its_list_names_on_its_days() -> None:
    goods = PaidGoods(
        Term(since=TODAY),
        frozenset({PaymentKind.ACCOUNT}),
        frozenset({Category.DEVICE_II}),
        frozenset({InsuranceClass.SELF}),
    )
    rules, masks = CoverRules(goods=(goods,)), sale(line(1, MASK, 1))
    assert ruled(masks, PaymentKind.ACCOUNT, rules) == []
    assert ruled(masks, PaymentKind.POOLED, rules) == [("NOT_PAYABLE", NO_DRUG.told)]
    later = CoverRules(goods=(replace(goods, term=Term(since=date(2027, 1, 1))),))
    assert ruled(masks, PaymentKind.ACCOUNT, later) == [("NOT_PAYABLE", NO_DRUG.told)]
    uncoded = sale(line(1, replace(MASK, insurance_code=""), 1))
    assert ruled(uncoded, PaymentKind.ACCOUNT, rules) == [("NOT_PAYABLE", NO_DRUG.told)]


def test_a_kind_with_a_list_of_its_own_bars_other_insured_drugs_only() -> None:
    only = OnlyListed(Term(), frozenset({PaymentKind.DUAL}), frozenset({"X1"}))
    other = replace(DRUG, code="Y3", insurance_code="X9")
    basket = sale(line(1, DRUG, 1, 1), line(2, other, 1, 1), line(3, OWN, 1, 1))
    rules = CoverRules(only=(only,))
    assert ruled(basket, PaymentKind.DUAL, rules) == [("NOT_PAYABLE", NOT_LISTED.told)]
    assert ruled(basket, PaymentKind.POOLED, rules) == []
