"""A box whose reservation nobody can tell: its verdict, its cells, its rule at the gate."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from pharmacy_desk.core.basics.payment import INSURED_KINDS
from pharmacy_desk.core.basics.policy import Action, Policy, VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.gate.not_known import not_known
from pharmacy_desk.core.sale.gate.rules import REASONS, blocking, gate
from pharmacy_desk.core.sale.judge import Bench, BoxFacts, judge
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale, SaleState
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import NotKnown

V, K, A = VerdictName, PaymentKind, Action
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
SILENT = NotKnown(AT, "hub")
GOOD = Batch("L2", date(2026, 1, 1), date(2029, 1, 1))
DRUG = Item("Y1", "布洛芬", insurance_code="X1", price_fen=2180, batch=GOOD)
CODE = "84362820442053402132"


def _verdict(policy: Policy | None = None, batch: Batch = GOOD, earlier: Earlier | None = None):
    bench = Bench("S1", frozenset(), TODAY, policy or Policy(), 30)
    items = (replace(DRUG, batch=batch),)
    facts = BoxFacts(earlier=earlier, items=items, not_known=SILENT)
    return judge(recognise_text(CODE, TODAY), facts, bench)


def _sale(mark: NotKnown | None) -> Sale:
    line = Line(1, DRUG, 0, 2180, (Box(1, CODE, GOOD, not_known=mark),))
    return Sale("S1", SaleState.OPEN, "01", "007", AT, (line,))


def test_a_box_nobody_can_tell_about_is_in_with_a_warning_and_says_since_when() -> None:
    verdict = _verdict()
    assert (verdict.name, verdict.action, verdict.accepted) == (V.NOT_KNOWN, A.WARN, True)
    assert verdict.not_known == SILENT
    assert verdict.at_payment == tuple((kind, A.APPROVE) for kind in INSURED_KINDS)


def test_what_is_known_is_said_before_the_doubt() -> None:
    gone = Batch("L0", date(2024, 1, 1), date(2026, 11, 21))
    assert _verdict(batch=gone).name is V.EXPIRED
    sold = Earlier(ClaimState.FINAL, "S0", "01", "007", AT)
    assert _verdict(earlier=sold).name is V.SOLD_HERE
    assert _verdict(batch=Batch("L1", None, date(2026, 12, 1))).name is V.NOT_KNOWN


def test_a_store_may_refuse_boxes_in_doubt() -> None:
    assert not _verdict(Policy({V.NOT_KNOWN: A.BLOCK})).accepted


@pytest.mark.parametrize("kind", K)
def test_self_paid_warns_and_an_insured_payment_waits_for_an_approval(kind: PaymentKind) -> None:
    (found,) = [
        refusal
        for refusal in gate(Facts(_sale(SILENT), kind, Policy(), TODAY))
        if refusal.reason == REASONS["NOT_KNOWN"]
    ]
    assert found.action is (A.APPROVE if kind.insured else A.WARN)
    assert (found.lines, found.boxes) == ((1,), 1)
    assert bool(blocking((found,), frozenset())) == kind.insured
    assert blocking((found,), frozenset({REASONS["NOT_KNOWN"]})) == ()


def test_the_rule_finds_marked_boxes_only() -> None:
    assert not_known(Facts(_sale(None), K.POOLED, Policy(), TODAY)) is None


def test_a_wide_cell_counts_more_than_the_insured_default() -> None:
    assert Policy({V.NOT_KNOWN: A.BLOCK}).of_verdict(V.NOT_KNOWN, K.POOLED) is A.BLOCK
    assert Policy(insured={V.NOT_KNOWN: A.WARN}).of_verdict(V.NOT_KNOWN, K.POOLED) is A.WARN
