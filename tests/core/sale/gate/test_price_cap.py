"""Drugs that cost more than the region lets the insurance pay."""

import pytest

from pharmacy_desk.core.basics.policy import Policy
from pharmacy_desk.core.sale.cover import CoverRules, PriceCap, Term
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.rules import gate
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import DRUG, LONG_AGO, TODAY, line, names, sale

SOLD = sale(line(1, DRUG, 1, 1))


@pytest.mark.parametrize(("most_fen", "refused"), [(2179, True), (2180, False)])
def test_a_price_above_its_cap_is_not_settled(most_fen: int, refused: bool) -> None:
    rules = CoverRules(caps=(PriceCap(Term(), "X1", most_fen, "集采"),))
    for kind in (PaymentKind.POOLED, PaymentKind.SELF):
        found = names(gate(Facts(SOLD, kind, Policy(), TODAY, cover=rules)))
        assert found == (["PRICE_CAP"] if refused and kind.insured else [])


def test_lists_of_another_day_are_none() -> None:
    cap = PriceCap(Term(until=LONG_AGO), "X1", 1)
    assert CoverRules(caps=(cap,)).cap(DRUG, TODAY) is None
    assert CoverRules(caps=(cap,)).cap(DRUG, LONG_AGO) == cap
