"""Limits at the gate: who is stopped, and who is only reminded."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import InsuranceClass
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.limit import found
from pharmacy_desk.core.sale.gate.rules import blocking, gate, reminders
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from tests.core.sale.gate.kit import DRUG, INSURED, TODAY, line, sale, told
from tests.core.sale.test_limits import book, rule

SALE = sale(line(1, DRUG, 1, 1))
CHILD = book(rule(LimitKind.AGE, "儿童"))


def facts(payment: PaymentKind, mode: LimitMode = LimitMode.LIMIT) -> Facts:
    limits = replace(CHILD, modes={LimitKind.AGE: mode})
    return Facts(SALE, payment, Policy(), TODAY, limits=limits)


@pytest.mark.parametrize("kind", INSURED)
def test_a_childs_drug_for_an_adult_stops_every_insured_sale(kind: PaymentKind) -> None:
    said = gate(facts(kind))
    assert told(said) == [("LIMIT", Action.BLOCK, (1,), 0)]
    assert [hit.found for hit in said[0].limits] == ["45"]


def test_it_reminds_who_pays_alone() -> None:
    said = gate(facts(PaymentKind.SELF))
    assert told(said) == [("LIMIT", Action.WARN, (1,), 0)]
    assert blocking(said, frozenset()) == ()
    assert reminders(said) == said


def test_a_store_may_only_be_reminded_or_let_the_settlement_be_intercepted() -> None:
    soft = gate(facts(PaymentKind.POOLED, LimitMode.REMIND))
    assert told(soft) == [("LIMIT", Action.WARN, (1,), 0)]
    hard = gate(facts(PaymentKind.POOLED, LimitMode.INTERCEPT))
    assert told(hard) == [("INTERCEPTED", Action.BLOCK, (1,), 0)]


def test_a_reminder_goes_where_the_cell_allows_everything() -> None:
    quiet = Policy(insured={"LIMIT": Action.ALLOW})
    for mode in (LimitMode.LIMIT, LimitMode.REMIND):
        assert gate(replace(facts(PaymentKind.POOLED, mode), policy=quiet)) == ()


def test_gifts_and_what_the_customer_pays_alone_are_not_looked_at() -> None:
    gift = replace(line(1, DRUG, 1, 1), gift=True, price_fen=0)
    alone = line(2, replace(DRUG, insurance_class=InsuranceClass.SELF), 1, 1)
    paid = line(3, DRUG, 1, 1)
    whole = replace(facts(PaymentKind.POOLED), sale=sale(gift, alone, paid))
    assert [hit.line for hit in found(whole).hits] == [3]
    by_herself = replace(whole, payment=PaymentKind.SELF)
    assert [hit.line for hit in found(by_herself).hits] == [2, 3]
