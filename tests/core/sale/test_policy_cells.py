"""The policy's cells: one for each verdict or gate reason and each payment kind."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy, Reason, VerdictName
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, InsuranceClass, Item
from pharmacy_desk.core.sale.gate.facts import Facts, Refusal, facts_of
from pharmacy_desk.core.sale.gate.rules import RULES, blocking, gate
from pharmacy_desk.core.sale.judge import Bench, BoxFacts, judge
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale, SaleState
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.settings.settings import BY_KEY, POLICY_NAMES, Settings, problem
from pharmacy_desk.core.stock.no_code import Term

V, K, A = VerdictName, PaymentKind, Action
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
NEAR = Batch("L1", date(2025, 1, 1), date(2026, 12, 1))
GONE = Batch("L0", date(2024, 1, 1), date(2026, 11, 21))
GOOD = Batch("L2", date(2026, 1, 1), date(2029, 1, 1))
DRUG = Item("Y1", "布洛芬", insurance_code="X1", insurance_class=InsuranceClass.B,
            price_fen=2180, batch=GOOD)  # fmt: skip
SOFT = sorted(set(V) - FIXED_VERDICTS)


def _sale(*boxes: Box, asked: int = 0) -> Sale:
    line = Line(1, DRUG, asked, 2180, boxes)
    return Sale("01ABCDEF-000001", SaleState.OPEN, "01", "007", AT, (line,))


def _box(batch: Batch = NO_BATCH, received: bool = True) -> Box:
    return Box(1, "84362820000000000001", batch, received=received)


def _refused(sale: Sale, payment: K, policy: Policy, *, asked_only: bool = False):
    facts = Facts(sale, payment, policy, TODAY, near_expiry_days=30, asked_only=asked_only)
    return gate(facts)


def _verdict(policy: Policy, batch: Batch = NEAR, payment: K | None = None):
    reading = recognise_text("84362820442053402132", TODAY)
    bench = Bench("S1", frozenset(), TODAY, policy, 30, payment=payment)
    return judge(reading, BoxFacts(items=(replace(DRUG, batch=batch),)), bench)


@pytest.mark.parametrize("name", SOFT)
def test_a_narrow_cell_counts_more_than_a_wide_one(name):
    policy = Policy({name: A.ALLOW}, {name: A.APPROVE}, {name: A.WARN}, {(name, K.DUAL): A.BLOCK})
    assert policy.of_verdict(name, K.SELF) is A.WARN
    assert policy.of_verdict(name, K.POOLED) is A.APPROVE
    assert policy.of_verdict(name, K.DUAL) is A.BLOCK
    only_wide = Policy({name: A.APPROVE})
    assert {only_wide.of_verdict(name, kind) for kind in K} == {A.APPROVE}


@pytest.mark.parametrize("name", sorted(FIXED_VERDICTS))
def test_no_payment_kind_softens_a_fixed_verdict(name):
    soft = dict.fromkeys(V, A.ALLOW)
    policy = Policy(soft, soft, soft, {(name, kind): A.ALLOW for kind in K})
    for kind in (None, *K):
        assert policy.of_verdict(name, kind) is Policy().of_verdict(name)
        assert policy.at_scan(name, kind) is Policy().of_verdict(name)


def test_at_the_scan_the_strictest_kind_only_warns():
    policy = Policy(self_paid={V.NEAR_EXPIRY: A.ALLOW}, insured={V.NEAR_EXPIRY: A.APPROVE})
    verdict = _verdict(policy)
    assert (verdict.name, verdict.action, verdict.accepted) == (V.NEAR_EXPIRY, A.WARN, True)
    assert verdict.at_payment == tuple((kind, A.APPROVE) for kind in K if kind.insured)


def test_a_box_that_no_kind_lets_through_stays_out():
    assert not _verdict(Policy(), GONE).accepted
    some = Policy(self_paid={V.EXPIRED: A.APPROVE})
    assert _verdict(some, GONE).action is A.WARN


def test_a_kind_that_is_chosen_already_decides_alone():
    policy = Policy(self_paid={V.NEAR_EXPIRY: A.ALLOW}, insured={V.NEAR_EXPIRY: A.BLOCK})
    assert _verdict(policy, payment=K.SELF).action is A.ALLOW
    assert _verdict(policy, payment=K.POOLED).action is A.BLOCK


def test_a_kind_the_store_does_not_take_warns_of_nothing():
    policy = Policy(by_kind={(V.NEAR_EXPIRY, K.INJURY): A.BLOCK}, self_paid={V.NEAR_EXPIRY: A.ALLOW},
                    insured={V.NEAR_EXPIRY: A.ALLOW})  # fmt: skip
    assert _verdict(policy).action is A.WARN
    assert _verdict(replace(policy, served=(K.SELF, K.POOLED))).action is A.ALLOW


@pytest.mark.parametrize(
    ("box", "reason"),
    [(_box(NEAR), Reason.NEAR_EXPIRY), (_box(GONE), Reason.EXPIRED),
     (_box(GOOD, received=False), Reason.OK_UNRECEIVED)],
)  # fmt: skip
def test_the_gate_looks_at_a_box_again_with_the_real_kind(box, reason):
    policy = Policy(insured={reason: A.APPROVE}, self_paid={reason: A.ALLOW})
    assert _refused(_sale(box), K.SELF, policy) == ()
    assert _refused(_sale(box), K.CHRONIC, policy) == (Refusal(reason, A.APPROVE, (1,), 1),)
    found = _refused(_sale(box), K.CHRONIC, policy)
    assert blocking(found, frozenset()) == found
    assert blocking(found, frozenset({reason})) == ()


def test_a_box_that_nobody_asked_for_is_told_only_where_the_store_wants_it():
    policy = Policy({V.NOT_ON_SALE_LINE: A.APPROVE})
    assert _refused(_sale(_box(GOOD)), K.SELF, policy) == ()
    assert _refused(_sale(_box(GOOD), asked=1), K.SELF, policy, asked_only=True) == ()
    (found,) = _refused(_sale(_box(GOOD)), K.SELF, policy, asked_only=True)
    assert found.reason is Reason.NOT_ON_SALE_LINE


def test_the_defaults_let_a_doubtful_box_pass_the_gate_as_they_let_it_in():
    sale = _sale(_box(NEAR, received=False))
    for kind in K:
        told = facts_of(sale, kind, Settings({}, practice=True), Term(TODAY), settled=True)
        found = gate(told)
        assert blocking(found, frozenset()) == ()


def test_both_gates_are_told_in_one_order():
    values = {"policy.insured.NEAR_EXPIRY": "block"}
    sale = replace(_sale(_box(NEAR)), lines=(*_sale(_box(NEAR), asked=2).lines,))
    settings = Settings(values, practice=True)
    found = gate(facts_of(sale, K.POOLED, settings, Term(TODAY), settled=False))
    assert [refusal.reason for refusal in found if refusal.action is A.BLOCK] == [
        Reason.MISSING_CODES, Reason.NEAR_EXPIRY, Reason.NO_SETTLEMENT,
    ]  # fmt: skip


def test_insured_is_the_default_of_its_five_kinds_for_gate_reasons_too():
    policy = Policy(insured={Reason.NO_LOT: A.WARN}, by_kind={(Reason.NO_LOT, K.INJURY): A.APPROVE})
    told = {kind: policy.of_reason(Reason.NO_LOT, kind) for kind in K}
    assert told == {
        K.SELF: A.ALLOW, K.ACCOUNT: A.WARN, K.POOLED: A.WARN, K.CHRONIC: A.WARN, K.DUAL: A.WARN,
        K.INJURY: A.APPROVE,
    }  # fmt: skip


def test_settings_of_the_first_version_still_read():
    old = Settings({"policy.verdict.NEAR_EXPIRY": "block", "policy.insured.NO_LOT": "warn",
                    "policy.self.MISSING_CODES": "block"}, practice=False)  # fmt: skip
    assert {old.policy.of_verdict(V.NEAR_EXPIRY, kind) for kind in K} == {A.BLOCK}
    assert old.policy.of_reason(Reason.NO_LOT, K.DUAL) is A.WARN
    assert old.policy.of_reason(Reason.MISSING_CODES, K.SELF) is A.BLOCK


@given(st.dictionaries(
    st.tuples(st.sampled_from(["verdict", "insured", *K]), st.sampled_from(POLICY_NAMES)),
    st.sampled_from(["", "allow", "warn", "approve", "block"]), max_size=20,
))  # fmt: skip
def test_every_cell_of_the_settings_is_read_by_the_policy(cells):
    values = {f"policy.{column}.{name}": value for (column, name), value in cells.items()}
    values = {key: value for key, value in values.items() if key in BY_KEY}
    assert not [key for key, value in values.items() if problem(BY_KEY[key], value)]
    policy = Settings(values, practice=False).policy
    for kind in K:
        for name in POLICY_NAMES:
            wide = "insured" if kind.insured else "self"
            cell = values.get(f"policy.{kind}.{name}") or values.get(f"policy.{wide}.{name}")
            cell = cell or values.get(f"policy.verdict.{name}")
            if cell:
                told = policy.of_verdict(V(name), kind) if name in set(V) else None
                assert (told or policy.of_reason(Reason(name), kind)).value == cell


def test_every_reason_has_a_rule_and_a_new_one_cannot_be_forgotten():
    assert {reason for reason, _ in RULES} == set(Reason)
    order = [list(Reason).index(reason) for reason, _ in RULES]
    assert order == sorted(order)
