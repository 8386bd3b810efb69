"""Another price than the catalogue's: insurance takes none, and no cell of a store softens it."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import InsuranceClass
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.rules import gate
from pharmacy_desk.core.sale.sale import Box, Line, Repriced, Sale, SaleState
from tests.conftest import LOT, NOON, OTC, box

DRUG = replace(OTC, insurance_class=InsuranceClass.B, insurance_code="X1")
LINE = Line(1, DRUG, 1, 2000, (Box(1, box(1), LOT),), repriced=Repriced(2180, "近效期"))


def _found(line: Line, kind: PaymentKind, policy: Policy) -> list[Action]:
    sale = Sale("S1", SaleState.OPEN, "01", "007", NOON, (line,))
    found = gate(Facts(sale, kind, policy, NOON.date()))
    return [one.action for one in found if one.reason.name == "PRICE_INSURED"]


@pytest.mark.parametrize("kind", list(PaymentKind))
def test_an_insured_sale_takes_no_other_price_and_no_cell_softens_it(kind: PaymentKind) -> None:
    soft = Policy(insured={"PRICE_INSURED": Action.ALLOW})
    for policy in (Policy(), soft):
        assert _found(LINE, kind, policy) == ([Action.BLOCK] if kind.insured else [])
        assert _found(replace(LINE, repriced=None), kind, policy) == []


def test_what_the_customer_pays_alone_may_cost_another_price() -> None:
    own = replace(LINE, item=replace(DRUG, insurance_class=InsuranceClass.SELF))
    assert _found(own, PaymentKind.POOLED, Policy()) == []
