"""All rules together: what each must carry, in which order they are told, what an approval lifts."""

from dataclasses import replace
from pathlib import Path
from pkgutil import iter_modules

import pytest

from pharmacy_desk.core.basics.payment import KINDS
from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass
from pharmacy_desk.core.sale import gate as folder
from pharmacy_desk.core.sale.gate.facts import Facts, Rule
from pharmacy_desk.core.sale.gate.rules import REASONS, RULES, blocking
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.settings.settings import BY_KEY, POLICY_NAMES
from tests.core.sale.gate.kit import (
    DRUG,
    INSURED,
    NEAR,
    NO_LOT_ITEM,
    TODAY,
    box,
    gate,
    line,
    names,
    sale,
    sale_of,
    told,
)
from tests.core.sale.gate.kit import today as gate_today

UNPAYABLE = replace(DRUG, category=Category.DAILY, insurance_class=InsuranceClass.NOT_DRUG)
BAD = sale(line(1, DRUG, 3, 1), line(2, UNPAYABLE, 1, 1), line(3, NO_LOT_ITEM, 1, 1))
FILES = sorted({file.name for file in iter_modules(folder.__path__)} - {"facts", "rules"})


@pytest.mark.parametrize("name", FILES)
def test_a_rules_file_has_a_test_file_and_finds_nothing_in_an_empty_sale(name: str) -> None:
    assert Path(__file__).with_name(f"test_{name}.py").is_file()
    own = [rule for rule in RULES if rule.find.__module__.endswith(f".{name}")]
    assert own
    for rule in own:
        assert rule.find(Facts(sale(), PaymentKind.SELF, Policy(), TODAY)) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.place}-{rule.reason.name}")
def test_a_rule_carries_its_words_and_its_rows_of_the_policy(rule: Rule) -> None:
    assert rule.words.told
    assert rule.words.todo.endswith(".")
    reason = rule.reason
    if reason.verdict in FIXED_VERDICTS:
        assert not reason.row
        return
    if reason.fixed:
        assert not reason.row
        assert reason.name not in POLICY_NAMES
        return
    assert reason.row
    assert reason.name in POLICY_NAMES
    assert {f"policy.{kind}.{reason.name}" for kind in ("insured", *KINDS)} <= BY_KEY.keys()
    policy = Policy()
    for kind in PaymentKind:
        assert policy.of_reason(reason, kind) in Action
        assert Policy(by_kind={(reason.name, kind): Action.APPROVE}).of_reason(
            reason, kind
        ) is Action.APPROVE  # fmt: skip


def test_every_row_of_the_policy_is_some_rules() -> None:
    assert set(POLICY_NAMES) <= REASONS.keys()
    assert {rule.reason.name: rule.reason for rule in RULES} == REASONS


def test_rules_stand_in_one_order_and_one_reason_has_one_row() -> None:
    places = [rule.place for rule in RULES]
    assert places == sorted(set(places))
    assert len({rule.reason for rule in RULES}) == len(REASONS)


def test_a_verdict_the_gate_looks_at_again_has_its_name() -> None:
    for reason in REASONS.values():
        assert reason.verdict is None or reason.verdict.value == reason.name


@pytest.mark.parametrize("kind", INSURED)
def test_an_insured_sale_is_blocked_by_every_reason_in_their_order(kind: PaymentKind) -> None:
    found = gate(BAD, kind, False, Policy())
    assert told(found) == [
        ("MISSING_CODES", Action.BLOCK, (1,), 2),
        ("NOT_PAYABLE", Action.BLOCK, (2,), 0),
        ("NO_LOT", Action.BLOCK, (3,), 0),
        ("NO_SETTLEMENT", Action.BLOCK, (), 0),
    ]


def test_a_self_paid_sale_is_only_reminded_of_missing_codes() -> None:
    found = gate(BAD, PaymentKind.SELF, False, Policy())
    assert told(found) == [("MISSING_CODES", Action.WARN, (1,), 2)]
    assert blocking(found, frozenset()) == ()


def test_what_the_store_and_the_law_say_are_told_in_one_order() -> None:
    policy = Policy(insured={"NEAR_EXPIRY": Action.BLOCK})
    found = gate_today(sale_of(box(NEAR), asked=2), PaymentKind.POOLED, policy)
    assert names(found) == ["MISSING_CODES", "NEAR_EXPIRY"]


def test_each_payment_kind_has_cells_of_its_own() -> None:
    strict = Policy(self_paid={"MISSING_CODES": Action.BLOCK})
    assert blocking(gate(BAD, PaymentKind.SELF, True, strict), frozenset())
    soft = Policy(insured={"NO_LOT": Action.WARN, "NOT_PAYABLE": Action.ALLOW})
    found = {r.reason.name: r.action for r in gate(BAD, PaymentKind.POOLED, True, soft)}
    assert found == {"MISSING_CODES": Action.BLOCK, "NO_LOT": Action.WARN}


def test_an_approval_lifts_its_own_reason_and_never_a_block() -> None:
    found = gate(BAD, PaymentKind.POOLED, True, Policy(insured={"NO_LOT": Action.APPROVE}))
    assert "NO_LOT" in names(blocking(found, frozenset()))
    approved = frozenset({REASONS["NO_LOT"], REASONS["MISSING_CODES"]})
    assert names(blocking(found, approved)) == ["MISSING_CODES", "NOT_PAYABLE"]
