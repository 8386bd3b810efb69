"""Boxes close to their date."""

from dataclasses import replace
from datetime import timedelta

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import NEAR, TODAY, box, sale_of, today, told


def test_the_gate_looks_at_the_date_again_with_the_real_kind_of_payment() -> None:
    policy = Policy(
        insured={"NEAR_EXPIRY": Action.APPROVE}, self_paid={"NEAR_EXPIRY": Action.ALLOW}
    )
    assert today(sale_of(box(NEAR)), PaymentKind.SELF, policy) == ()
    found = today(sale_of(box(NEAR)), PaymentKind.CHRONIC, policy)
    assert told(found) == [("NEAR_EXPIRY", Action.APPROVE, (1,), 1)]


def test_it_is_told_for_thirty_days_and_not_before() -> None:
    inside, outside = (replace(NEAR, expiry=TODAY + timedelta(days)) for days in (29, 30))
    warned = [("NEAR_EXPIRY", Action.WARN, (1,), 1)]
    assert told(today(sale_of(box(inside)), PaymentKind.SELF, Policy())) == warned
    assert today(sale_of(box(outside)), PaymentKind.SELF, Policy()) == ()
