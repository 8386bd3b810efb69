"""The store's agreement with the insurance is not in force: nothing is settled, and it sells on."""

import pytest

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.agreement import Agreement
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.rules import gate
from tests.core.sale.gate.kit import DRUG, INSURED, TODAY, line, sale, told

SALE = sale(line(1, DRUG, 1, 1))


@pytest.mark.parametrize("kind", INSURED)
def test_a_store_that_is_suspended_settles_nothing_and_sells_on(kind: PaymentKind) -> None:
    suspended = Agreement(suspended_from=TODAY)
    found = gate(Facts(SALE, kind, Policy(), TODAY, store=suspended))
    assert told(found) == [("STORE_SUSPENDED", Action.BLOCK, (), 0)]
    assert gate(Facts(SALE, PaymentKind.SELF, Policy(), TODAY, store=suspended)) == ()
