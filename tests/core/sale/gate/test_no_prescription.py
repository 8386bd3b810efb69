"""Prescription drugs without a prescription that counts: each way in its own words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import InsuranceClass, RxFlag
from pharmacy_desk.core.sale.gate.facts import Facts, Refusal
from pharmacy_desk.core.sale.gate.rules import blocking
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription, Taken
from pharmacy_desk.core.sale.rx_rules import NO_RX_RULES, KindNeeds, RxRules
from pharmacy_desk.core.sale.sale import Line, PaymentKind, Sale
from tests.core.sale.gate.kit import AT, DRUG, INSURED, TODAY, line, sale

RX = replace(DRUG, code="Y2", name="阿莫西林", rx=RxFlag.RX, insurance_code="X2")
OTHER = replace(RX, code="Y9", name="头孢", insurance_code="X9")
HERE = "440300"
PAPER = Prescription(
    id="RX1",
    number="P1",
    institution="示例医院",
    area="440305",
    prescriber="张医师",
    issued=TODAY,
    drugs=(Prescribed(1, "Y2", "阿莫西林", 2),),
)


def asked(
    made: Sale, payment: PaymentKind = PaymentKind.POOLED, rules: RxRules = NO_RX_RULES
) -> list[Refusal]:
    """What the gate says of prescriptions alone."""
    found = every_rule(Facts(made, payment, Policy(), TODAY, rx=rules, area=HERE))
    return [one for one in found if one.reason.name == "NO_PRESCRIPTION"]


def with_rx(prescription: Prescription | None, *lines: Line) -> Sale:
    return replace(sale(*lines), prescription=prescription)


def told(found: list[Refusal]) -> list[str]:
    return [one.words.told for one in found]


@pytest.mark.parametrize("kind", INSURED)
def test_an_rx_drug_without_prescription_blocks_every_insured_kind(kind: PaymentKind) -> None:
    (found,) = asked(with_rx(None, line(1, DRUG, 1, 1), line(2, RX, 2, 2)), kind)
    assert (found.action, found.lines) == (Action.BLOCK, (2,))
    assert found.words.told == "Prescription missing: %1"


def test_self_paid_the_gap_is_shown_and_the_sale_closes() -> None:
    found = asked(with_rx(None, line(1, RX, 1, 1)), PaymentKind.SELF)
    assert [one.action for one in found] == [Action.WARN]
    assert blocking(found, frozenset()) == ()


def test_beside_insured_lines_one_that_the_customer_pays_alone_is_self_paid() -> None:
    alone = replace(RX, insurance_class=InsuranceClass.SELF)
    made = with_rx(None, line(1, DRUG, 1, 1), line(2, alone, 1, 1))
    assert asked(made) == []
    strict = Policy(self_paid={"NO_PRESCRIPTION": Action.BLOCK})
    found = every_rule(Facts(made, PaymentKind.POOLED, strict, TODAY))
    assert [one.lines for one in found if one.reason.name == "NO_PRESCRIPTION"] == [(2,)]


def test_where_the_upload_takes_no_filler_nothing_softens_it() -> None:
    strict = RxRules(no_prescriber=frozenset({RxFlag.OTC}))
    (found,) = asked(with_rx(None, line(1, RX, 1, 1)), PaymentKind.SELF, strict)
    assert found.action is Action.BLOCK


@pytest.mark.parametrize("flag", [flag for flag in RxFlag if flag is not RxFlag.RX])
def test_no_other_class_is_asked_for_one(flag: RxFlag) -> None:
    assert asked(with_rx(None, line(1, replace(DRUG, rx=flag), 1, 1))) == []


def test_what_the_prescription_names_passes_and_another_drug_does_not() -> None:
    assert asked(with_rx(PAPER, line(1, RX, 2, 2))) == []
    (found,) = asked(with_rx(PAPER, line(1, RX, 2, 2), line(2, OTHER, 1, 1)))
    assert (found.words.told, found.lines) == ("Not on the prescription: %1", (2,))


def test_an_electronic_one_names_a_drug_by_its_insurance_code() -> None:
    named = replace(PAPER, drugs=(Prescribed(1, "", "阿莫西林", 1, "X2"),))
    assert asked(with_rx(named, line(1, RX, 1, 1))) == []


def test_used_up_tells_when_and_on_which_receipt() -> None:
    gone = replace(
        PAPER, drugs=(Prescribed(1, "Y2", "阿莫西林", 2, dispensed=2),), last=Taken("S7", AT)
    )
    (found,) = asked(with_rx(gone, line(1, RX, 1, 1)))
    assert found.words.told == "Prescription used up: %1"
    assert found.words.more == ("S7", "2026-11-22 12:00")


def test_more_than_is_left_tells_how_much_is() -> None:
    half = replace(PAPER, drugs=(Prescribed(1, "Y2", "阿莫西林", 2, dispensed=1),))
    assert asked(with_rx(half, line(1, RX, 1, 1))) == []
    (found,) = asked(with_rx(half, line(1, RX, 2, 2)))
    assert found.words.told == "More than the prescription has left: %1"
    assert found.words.more == ("1",)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("440305", []),
        ("441900", ["Prescription from outside the area: %1"]),
        ("", ["Area of the prescription not told: %1"]),
    ],
)
def test_out_of_area_is_refused_by_prefecture_unless_the_region_says_otherwise(
    area: str, words: list[str]
) -> None:
    made = with_rx(replace(PAPER, area=area), line(1, RX, 1, 1))
    assert told(asked(made)) == words
    assert asked(made, rules=RxRules(out_of_area=True)) == []


def test_it_is_out_of_date_after_the_days_of_the_region() -> None:
    rules = RxRules(valid_days=3)
    last = with_rx(replace(PAPER, issued=TODAY - timedelta(days=3)), line(1, RX, 1, 1))
    over = with_rx(replace(PAPER, issued=TODAY - timedelta(days=4)), line(1, RX, 1, 1))
    assert asked(last, rules=rules) == []
    assert told(asked(over, rules=rules)) == ["Prescription out of date: %1"]
    assert asked(over) == []


@pytest.mark.parametrize(
    ("rules", "passes"),
    [
        (RxRules(institutions=frozenset({"示例医院"})), True),
        (RxRules(institutions=frozenset({"别的医院"})), False),
        (RxRules(prescribers=frozenset({"张医师"})), True),
        (RxRules(prescribers=frozenset({"李医师"})), False),
    ],
)
def test_who_is_not_on_the_regions_list_is_refused(rules: RxRules, passes: bool) -> None:
    found = asked(with_rx(PAPER, line(1, RX, 1, 1)), rules=rules)
    assert told(found) == ([] if passes else ["Institution or prescriber not on the list: %1"])


def test_what_one_kind_needs_is_dated_and_that_kinds_alone() -> None:
    dual = KindNeeds(PaymentKind.DUAL, TODAY, electronic=True)
    made = with_rx(PAPER, line(1, RX, 1, 1))
    assert told(asked(made, PaymentKind.DUAL, RxRules(kinds=(dual,)))) == [
        "Electronic prescription needed: %1"
    ]
    assert asked(made, PaymentKind.POOLED, RxRules(kinds=(dual,))) == []
    later = replace(dual, since=date(2027, 1, 1))
    assert asked(made, PaymentKind.DUAL, RxRules(kinds=(later,))) == []
    electronic = with_rx(replace(PAPER, download="D1"), line(1, RX, 1, 1))
    assert asked(electronic, PaymentKind.DUAL, RxRules(kinds=(dual,))) == []


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad = replace(PAPER, area="441900", issued=TODAY - timedelta(days=9))
    found = asked(with_rx(bad, line(1, OTHER, 1, 1)), rules=RxRules(valid_days=3))
    assert len(found) == 3
