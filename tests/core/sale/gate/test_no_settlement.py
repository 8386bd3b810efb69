"""No settlement, and no way to ask for one."""

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import DRUG, INSURED, gate, line, sale, told

WHOLE = sale(line(1, DRUG, 2, 2))


@pytest.mark.parametrize("kind", INSURED)
def test_only_the_insurance_asks_for_a_settlement(kind: PaymentKind) -> None:
    assert told(gate(WHOLE, kind, False, Policy())) == [("NO_SETTLEMENT", Action.BLOCK, (), 0)]
    assert gate(WHOLE, PaymentKind.SELF, False, Policy()) == ()


@pytest.mark.parametrize("kind", PaymentKind)
def test_a_whole_settled_sale_passes_the_gate_however_it_is_paid(kind: PaymentKind) -> None:
    assert gate(WHOLE, kind, True, Policy()) == ()
