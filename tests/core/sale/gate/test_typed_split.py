"""A typed settlement whose parts are not what its lines cost settles nothing."""

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.gate.facts import Facts, Told
from pharmacy_desk.core.sale.gate.no_settlement import is_lacking
from pharmacy_desk.core.sale.gate.rules import gate
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from tests.core.sale.gate.kit import DRUG, INSURED, LONG_AGO, line, names, sale, told

SALE = sale(line(1, DRUG, 1, 1))
WRONG = Settlement("S1", "M1", fund_fen=2000, account_fen=0, mutual_fen=0, cash_fen=181)


def asked(typed: Settlement | None, kind: PaymentKind, **more: object) -> Facts:
    policy = Policy(insured={"NO_SETTLEMENT": Action.ALLOW})
    said = Told(settlement=typed, insured_fen=2180, **more)
    return Facts(SALE, kind, policy, LONG_AGO, told=said)


@pytest.mark.parametrize("kind", INSURED)
def test_parts_that_are_off_by_a_fen_block_whatever_the_cell_says(kind: PaymentKind) -> None:
    (found,) = gate(asked(WRONG, kind))
    assert told((found,)) == [("NO_SETTLEMENT", Action.BLOCK, (), 0)]
    assert found.words.more == ("S1", "21.81", "21.80")
    assert not is_lacking(found)  # typing a number is not all that is to be done


@pytest.mark.parametrize(
    "typed",
    [
        None,
        Settlement("S1", "M1", fund_fen=2000, account_fen=0, mutual_fen=0, cash_fen=180),
        Settlement("S1", "M1"),  # parts that nobody told are none that are wrong
    ],
)
def test_the_right_parts_and_unknown_ones_pass(typed: Settlement | None) -> None:
    assert gate(asked(typed, PaymentKind.POOLED)) == ()
    assert gate(asked(WRONG, PaymentKind.SELF)) == ()


def test_wrong_parts_and_wrong_tenders_are_told_together() -> None:
    short = Tendered((Tender(TenderKind.CASH, 1),))
    found = gate(asked(WRONG, PaymentKind.POOLED, handed=short, owed_fen=181))
    assert names(found) == ["NO_SETTLEMENT", "TENDER_SHORT"]
