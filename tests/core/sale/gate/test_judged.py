"""Boxes that the judge refuses by now, whatever they are paid with and whoever approves."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.rules import REASONS, blocking, doubts, gate
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.recognise import recognise_text
from tests.core.sale.gate.kit import GOOD, TODAY, box, sale_of, told

SALE = sale_of(box(GOOD, 1), box(GOOD, 2))
READ = recognise_text("84362820442053402132", TODAY)
SOFT = Policy(
    insured=dict.fromkeys(REASONS, Action.ALLOW), self_paid=dict.fromkeys(REASONS, Action.ALLOW)
)


def _facts(name: VerdictName, kind: PaymentKind = PaymentKind.SELF) -> Facts:
    said = Verdict(name, SOFT.of_verdict(name), READ)
    return Facts(SALE, kind, SOFT, TODAY, judged={2: said})


@pytest.mark.parametrize(
    ("name", "reason"),
    [(VerdictName.OUTER_PACK, "NOT_PAYABLE"), (VerdictName.RECALLED, "RECALLED")],
)
@pytest.mark.parametrize("kind", PaymentKind)
def test_no_cell_and_no_approval_lets_it_through(
    name: VerdictName, reason: str, kind: PaymentKind
) -> None:
    found = gate(_facts(name, kind))
    assert told(found) == [(reason, Action.BLOCK, (1,), 1)]
    assert blocking(found, frozenset(REASONS.values())) == found
    assert [doubt.name for doubt in found[0].doubts] == [name]
    assert doubts(_facts(name)) == found


def test_it_has_words_of_its_own_beside_goods_that_the_insurance_does_not_pay() -> None:
    (found,) = gate(_facts(VerdictName.OUTER_PACK))
    assert "after the scan" in found.words.todo


def test_a_recall_holds_boxes_without_a_code_too() -> None:
    known = replace(_facts(VerdictName.OK), judged={}, recalled=frozenset({1}))
    assert told(doubts(known)) == [("RECALLED", Action.BLOCK, (1,), 1)]


def test_a_box_that_is_still_good_is_not_named() -> None:
    assert doubts(_facts(VerdictName.OK)) == ()
