"""Prescription drugs while nobody, or only a suspended pharmacist, is on duty."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.people.duty import Entry, OnDuty, RegisterState
from pharmacy_desk.core.sale.gate.facts import Duty, Facts, Refusal
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import AT, DRUG, INSURED, LONG_AGO, line, sale, told

RX, OTC_A = replace(DRUG, rx=RxFlag.RX), replace(DRUG, code="Y2", rx=RxFlag.OTC_A)
BOTH = sale(line(1, RX, 1, 1), line(2, OTC_A, 1, 1))
SUSPENDED = Entry("002", "执2020", RegisterState.SUSPENDED, until=date(2030, 1, 1))


def _on(*entries: Entry, hours: int = 1) -> tuple[OnDuty, ...]:
    return tuple(OnDuty(one.person, "张", AT - timedelta(hours=hours), one) for one in entries)


def _gate(kind: PaymentKind, duty: Duty | None, policy: Policy | None = None) -> list[Refusal]:
    found = every_rule(Facts(BOTH, kind, policy or Policy(), LONG_AGO, duty=duty))
    return [one for one in found if one.reason.name == "NO_PHARMACIST"]


@pytest.mark.parametrize("kind", INSURED)
def test_an_insured_prescription_drug_wants_a_pharmacist_on_duty(kind: PaymentKind) -> None:
    assert told(tuple(_gate(kind, Duty((), AT)))) == [("NO_PHARMACIST", Action.BLOCK, (1,), 0)]
    assert _gate(kind, Duty(_on(Entry("002")), AT)) == []


def test_whoever_pays_alone_is_warned_unless_the_store_hardens_it() -> None:
    assert [one.action for one in _gate(PaymentKind.SELF, Duty((), AT))] == [Action.WARN]
    hard = Policy(self_paid={"NO_PHARMACIST": Action.BLOCK})
    assert [one.action for one in _gate(PaymentKind.SELF, Duty((), AT), hard)] == [Action.BLOCK]


def test_a_store_may_want_one_for_class_a_otc_too() -> None:
    (found,) = _gate(PaymentKind.ACCOUNT, Duty((), AT, otc_a=True))
    assert found.lines == (1, 2)


def test_a_suspended_pharmacist_stands_behind_no_insured_sale_and_the_words_say_so() -> None:
    (found,) = _gate(PaymentKind.POOLED, Duty(_on(SUSPENDED), AT))
    assert "suspended" in found.words.told
    assert _gate(PaymentKind.SELF, Duty(_on(SUSPENDED), AT)) == []
    assert _gate(PaymentKind.POOLED, Duty(_on(SUSPENDED, Entry("003")), AT)) == []


def test_a_sign_on_of_yesterday_counts_no_more_and_nobody_counted_refuses_nothing() -> None:
    (found,) = _gate(PaymentKind.POOLED, Duty(_on(Entry("002"), hours=25), AT))
    assert "No pharmacist" in found.words.told
    assert _gate(PaymentKind.POOLED, None) == []
