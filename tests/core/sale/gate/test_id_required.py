"""Preparations with ephedrine: an identity card, also where nobody insures."""

import pytest

from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.person import SalePerson
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import COLD, DRUG, line, sale, told_special

KINDS = [PaymentKind.SELF, PaymentKind.POOLED]


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_identity_card_it_is_not_sold(kind):
    basket = sale(line(1, DRUG, 1, 1), line(2, COLD, 1, 1))
    assert told_special(basket, kind, person=None) == [("ID_REQUIRED", Action.BLOCK, (2,), 0)]
    other = SalePerson(kind=ProofKind.VOUCHER, masked="12****34")
    assert told_special(basket, kind, person=other) == [("ID_REQUIRED", Action.BLOCK, (2,), 0)]
    assert told_special(basket, kind) == []


def test_other_drugs_ask_for_nobody():
    assert told_special(sale(line(1, DRUG, 9, 9)), person=None) == []
