"""Boxes of drugs that nobody has asked for, where the store wants that."""

from pharmacy_desk.core.basics.policy import Action, Policy, VerdictName
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import GOOD, box, sale_of, today, told


def test_a_box_that_nobody_asked_for_is_told_only_where_the_store_wants_it() -> None:
    policy = Policy({VerdictName.NOT_ON_SALE_LINE: Action.APPROVE})
    assert today(sale_of(box(GOOD)), PaymentKind.SELF, policy) == ()
    asked = sale_of(box(GOOD), asked=1)
    assert today(asked, PaymentKind.SELF, policy, asked_only=True) == ()
    found = today(sale_of(box(GOOD)), PaymentKind.SELF, policy, asked_only=True)
    assert told(found) == [("NOT_ON_SALE_LINE", Action.APPROVE, (1,), 1)]
