"""The policy's cells: one for each verdict or gate reason and each payment kind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.payment import INSURED_KINDS, KINDS
from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy, VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.gate.rules import REASONS, blocking
from pharmacy_desk.core.sale.judge import Bench, BoxFacts, judge
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.settings.settings import BY_KEY, POLICY_NAMES, Settings, problem
from tests.core.sale.gate.kit import DRUG, GONE, NEAR, TODAY, box, sale_of, today

V, K, A = VerdictName, PaymentKind, Action
SOFT = sorted(set(V) - FIXED_VERDICTS)


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
    assert verdict.at_payment == tuple((kind, A.APPROVE) for kind in INSURED_KINDS)


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


def test_the_defaults_let_a_doubtful_box_pass_the_gate_as_they_let_it_in():
    sale = sale_of(box(NEAR, received=False))
    for kind in K:
        assert blocking(today(sale, kind, Policy()), frozenset()) == ()


def test_insured_is_the_default_of_its_five_kinds_for_gate_reasons_too():
    policy = Policy(insured={"NO_LOT": A.WARN}, by_kind={("NO_LOT", K.INJURY): A.APPROVE})
    told = {kind: policy.of_reason(REASONS["NO_LOT"], kind) for kind in K}
    assert told == {
        K.SELF: A.ALLOW, K.ACCOUNT: A.WARN, K.POOLED: A.WARN, K.CHRONIC: A.WARN, K.DUAL: A.WARN,
        K.INJURY: A.APPROVE, K.UNTOLD: A.WARN,
    }  # fmt: skip


def test_settings_of_the_first_version_still_read():
    old = Settings({"policy.verdict.NEAR_EXPIRY": "block", "policy.insured.NO_LOT": "warn",
                    "policy.self.MISSING_CODES": "block"}, practice=False)  # fmt: skip
    assert {old.policy.of_verdict(V.NEAR_EXPIRY, kind) for kind in K} == {A.BLOCK}
    assert old.policy.of_reason(REASONS["NO_LOT"], K.DUAL) is A.WARN
    assert old.policy.of_reason(REASONS["MISSING_CODES"], K.SELF) is A.BLOCK


@given(st.dictionaries(
    st.tuples(st.sampled_from(["verdict", "insured", *KINDS]), st.sampled_from(POLICY_NAMES)),
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
                assert (told or policy.of_reason(REASONS[name], kind)).value == cell
