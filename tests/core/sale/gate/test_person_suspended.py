"""The insurance of a person who is suspended is not asked: it would pay nothing."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.gate.facts import Facts, Told
from pharmacy_desk.core.sale.gate.no_settlement import is_lacking
from pharmacy_desk.core.sale.gate.rules import gate
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from tests.core.sale.gate.kit import DRUG, INSURED, LONG_AGO, line, names, sale, told

POLICY = Policy(insured={"NO_SETTLEMENT": Action.ALLOW})
ASKED = Facts(
    sale(line(1, DRUG, 1, 1)), PaymentKind.POOLED, POLICY, LONG_AGO, suspended_since="2026-10-01"
)


@pytest.mark.parametrize("kind", INSURED)
def test_it_blocks_whatever_the_cell_says_and_names_the_day(kind: PaymentKind) -> None:
    (found,) = gate(replace(ASKED, payment=kind))
    assert told((found,)) == [("NO_SETTLEMENT", Action.BLOCK, (), 0)]
    assert found.words.more == ("2026-10-01",)
    assert not is_lacking(found)
    (found,) = gate(replace(ASKED, payment=kind, suspended_since=""))
    assert found.words.more == ()


def test_she_may_pay_herself_and_what_the_terminal_settled_stands() -> None:
    assert gate(replace(ASKED, suspended_since=None)) == ()
    assert gate(replace(ASKED, payment=PaymentKind.SELF)) == ()
    typed = Told(settlement=Settlement("S1", "M1"), insured_fen=2180)
    assert gate(replace(ASKED, told=typed)) == ()


def test_it_is_told_together_with_what_is_wrong_with_the_goods() -> None:
    lacking = replace(ASKED, sale=sale(line(1, DRUG, 2, 1)))
    assert names(gate(lacking)) == ["NO_SETTLEMENT", "MISSING_CODES"]
