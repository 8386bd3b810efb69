"""Goods that the insurance does not pay for."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import InsuranceClass
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import DRUG, INSURED, gate, line, sale, told

UNPAYABLE = replace(DRUG, insurance_class=InsuranceClass.SELF)
MIXED = sale(line(1, DRUG, 1, 1), line(2, UNPAYABLE, 1, 1))


@pytest.mark.parametrize("kind", INSURED)
def test_an_insured_sale_takes_drugs_of_its_classes_only(kind: PaymentKind) -> None:
    assert told(gate(MIXED, kind, True, Policy())) == [("NOT_PAYABLE", Action.BLOCK, (2,), 0)]


def test_whoever_pays_alone_buys_what_there_is() -> None:
    assert gate(MIXED, PaymentKind.SELF, False, Policy()) == ()
