"""Boxes past their date."""

from dataclasses import replace
from datetime import timedelta

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import GONE, TODAY, box, sale_of, today, told


def test_the_gate_looks_at_the_date_again_with_the_real_kind_of_payment() -> None:
    policy = Policy(insured={"EXPIRED": Action.APPROVE}, self_paid={"EXPIRED": Action.ALLOW})
    assert today(sale_of(box(GONE)), PaymentKind.SELF, policy) == ()
    found = today(sale_of(box(GONE)), PaymentKind.CHRONIC, policy)
    assert told(found) == [("EXPIRED", Action.APPROVE, (1,), 1)]


def test_the_day_itself_is_still_good_and_the_next_is_not() -> None:
    last, over = replace(GONE, expiry=TODAY), replace(GONE, expiry=TODAY - timedelta(1))
    soft = Policy({"NEAR_EXPIRY": Action.ALLOW})
    assert today(sale_of(box(last)), PaymentKind.SELF, soft) == ()
    assert told(today(sale_of(box(over)), PaymentKind.SELF, soft)) == [
        ("EXPIRED", Action.BLOCK, (1,), 1)
    ]
