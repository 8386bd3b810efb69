"""Preparations with ephedrine: an identity card, also where nobody insures."""

from dataclasses import replace

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


def test_a_number_without_its_name_is_no_entry_of_the_register():
    """Esc on the name leaves the question, and the sale stops still."""
    person = SalePerson(record="r1", kind=ProofKind.ID, masked="11**2X")
    basket = sale(line(1, COLD, 1, 1))
    assert told_special(basket, person=person) == [("ID_REQUIRED", Action.BLOCK, (1,), 0)]
    assert told_special(basket, person=replace(person, name_masked="示**")) == []


def test_other_drugs_ask_for_nobody():
    assert told_special(sale(line(1, DRUG, 9, 9)), person=None) == []
