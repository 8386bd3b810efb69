"""Tenders that do not pay the customer's part are told beside whatever else stops the payment."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.gate.facts import Facts, Told
from pharmacy_desk.core.sale.gate.rules import blocking, gate
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.tender import EXACT_CASH, Rounding, Tender, Tendered, TenderKind
from tests.core.sale.gate.kit import DRUG, LONG_AGO, line, names, sale, told

SALE = sale(line(1, DRUG, 1, 1))
CASH, WECHAT, CASE = TenderKind.CASH, TenderKind.WECHAT, TenderKind.COMMERCIAL


def asked(handed: Tendered, owed_fen: int | None = 2180, rounding: Rounding = Rounding.NONE):
    said = Told(handed=handed, owed_fen=owed_fen, rounding=rounding)
    return Facts(SALE, PaymentKind.SELF, Policy(), LONG_AGO, told=said)


def given(*tenders: Tender) -> Tendered:
    return Tendered(tenders)


@pytest.mark.parametrize(
    ("handed", "name"),
    [
        (given(Tender(CASH, 2179)), "TENDER_SHORT"),
        (given(Tender(WECHAT, 2181)), "TENDER_TOO_MUCH"),
        (given(Tender(CASH, 0)), "TENDER_BAD_AMOUNT"),
        (given(Tender(CASE, 2180)), "TENDER_NO_NUMBER"),
    ],
)
def test_each_flaw_is_one_reason_that_no_cell_softens(handed: Tendered, name: str) -> None:
    (found,) = gate(asked(handed))
    assert told((found,)) == [(name, Action.BLOCK, (), 0)]
    assert blocking((found,), frozenset({found.reason})) == (found,)


@pytest.mark.parametrize(
    "facts",
    [
        asked(EXACT_CASH),
        asked(given(Tender(CASH, 3000))),
        asked(given(Tender(CASH, 2100)), rounding=Rounding.YUAN),
        asked(given(Tender(WECHAT, 100)), owed_fen=None),  # her part is not known so far
    ],
)
def test_what_pays_is_no_reason(facts: Facts) -> None:
    assert gate(facts) == ()


def test_it_is_told_together_with_the_rest_and_last() -> None:
    short = replace(asked(given(Tender(CASH, 1))), sale=sale(line(1, DRUG, 2, 1)))
    strict = replace(short, policy=Policy(self_paid={"MISSING_CODES": Action.BLOCK}))
    assert names(gate(strict)) == ["MISSING_CODES", "TENDER_SHORT"]
