"""Limits of what the insurance pays: what goes beyond one, what nobody can tell, what stays silent."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.identity import Sex
from pharmacy_desk.core.sale.limits import (
    Bought,
    LimitBook,
    LimitKind,
    LimitList,
    LimitMode,
    LimitPerson,
    LimitRule,
    LimitText,
    in_force,
    in_order,
    look,
)
from pharmacy_desk.core.sale.sale import Line
from tests.core.sale.gate.kit import DRUG, TODAY, line

K = LimitKind
TERMS = load_profile("generic").limit_terms(TODAY)
HER = LimitPerson(Sex.FEMALE, 45, "310", frozenset({"M01600"}))
OTHER = replace(DRUG, code="Y2", name="阿莫西林", insurance_code="X2")


def rule(kind: LimitKind, *values: str, code: str = "X1", drug: str = "布洛芬") -> LimitRule:
    return LimitRule(code, drug, kind, values, version="第1批")


def book(*rules: LimitRule, person: LimitPerson = HER, **more: object) -> LimitBook:
    base = in_force(
        [LimitList("第1批", None, rules, (LimitText("布洛芬", K.AGE, ("儿童",), "小儿用"),))]
    )
    assert TERMS is not None
    return LimitBook(base, TERMS, {}, person, **more)  # type: ignore[arg-type]


def found(
    looked_up: LimitBook, *lines: Line, payment: PaymentKind = PaymentKind.CHRONIC
) -> list[tuple[str, str]]:
    hits = look(lines or (line(1, DRUG, 1),), payment, looked_up, TODAY).hits
    return [(hit.kind.value, hit.found) for hit in hits]


@pytest.mark.parametrize(
    ("limit", "person", "hit"),
    [
        (rule(K.SEX, "男"), HER, [("sex", "女")]),
        (rule(K.SEX, "女"), HER, []),
        (rule(K.SEX, "女"), replace(HER, sex=Sex.MALE), [("sex", "男")]),
        (rule(K.AGE, "儿童"), HER, [("age", "45")]),
        (rule(K.AGE, "儿童"), replace(HER, age=18), [("age", "18")]),
        (rule(K.AGE, "儿童"), replace(HER, age=17), []),
        (rule(K.INSTITUTION_LEVEL, "二级"), HER, [("institution_level", "药店")]),
        (rule(K.VISIT, "住院"), HER, [("visit", "药店")]),
        (rule(K.INSURANCE_TYPE, "工伤"), HER, [("insurance_type", "310")]),
        (rule(K.INSURANCE_TYPE, "生育"), HER, [("insurance_type", "310")]),
        (rule(K.INSURANCE_TYPE, "生育"), replace(HER, insurance_type="510"), []),
        (rule(K.DISEASE, "M01600"), HER, []),
        (rule(K.DISEASE, "M03900", "M01600"), HER, []),
        (rule(K.DISEASE, "M03900"), HER, [("disease", "-")]),
        (rule(K.DISEASE, "M03900"), replace(HER, diseases=frozenset()), [("disease", "-")]),
    ],
)
def test_what_goes_beyond_a_limit(limit: LimitRule, person: LimitPerson, hit: list) -> None:
    assert found(book(limit, person=person)) == hit


def test_what_nobody_has_told_of_a_person_gives_no_hit_and_is_named() -> None:
    rules = (rule(K.SEX, "女"), rule(K.AGE, "儿童"), rule(K.DISEASE, "M1"))
    maternity = rule(K.INSURANCE_TYPE, "生育", code="X2", drug="阿莫西林")
    told = look(
        (line(1, DRUG, 1), line(2, OTHER, 1)),
        PaymentKind.CHRONIC,
        book(*rules, maternity, person=LimitPerson()),
        TODAY,
    )
    assert told.hits == ()
    assert told.unchecked == (K.SEX, K.AGE, K.DISEASE, K.INSURANCE_TYPE)


def test_by_its_way_of_paying_a_sale_is_known_to_be_no_injury_at_work() -> None:
    unknown = book(rule(K.INSURANCE_TYPE, "工伤"), person=LimitPerson())
    assert found(unknown, payment=PaymentKind.POOLED) == [("insurance_type", "pooled")]
    assert found(unknown, payment=PaymentKind.INJURY) == []


@pytest.mark.parametrize(
    ("payment", "kinds"),
    [
        (PaymentKind.SELF, {"sex"}),
        (PaymentKind.ACCOUNT, {"sex"}),
        (PaymentKind.POOLED, {"sex", "institution_level", "visit"}),
        (PaymentKind.CHRONIC, {"sex", "institution_level", "visit", "disease"}),
        (PaymentKind.DUAL, {"sex", "visit", "disease"}),
    ],
)
def test_each_way_of_paying_has_its_kinds_by_the_regions_table(
    payment: PaymentKind, kinds: set[str]
) -> None:
    rules = (
        rule(K.SEX, "男"),
        rule(K.INSTITUTION_LEVEL, "二级"),
        rule(K.VISIT, "住院"),
        rule(K.DISEASE, "M9"),
    )
    assert {kind for kind, _ in found(book(*rules), payment=payment)} == kinds


@pytest.mark.parametrize(("packs", "days"), [(14, None), (15, "15"), (29, "29")])
def test_a_course_is_exceeded_where_a_pack_counts_a_day(packs: int, days: str | None) -> None:
    told = found(book(rule(K.PAID_COURSE, "14天")), line(1, DRUG, packs))
    assert told == ([("paid_course", days)] if days else [])


@pytest.mark.parametrize(("packs", "days"), [(7, None), (8, "16")])
def test_a_list_may_tell_how_long_a_pack_lasts(packs: int, days: str | None) -> None:
    limit = replace(rule(K.PAID_COURSE, "14天"), pack_days=Fraction(2))
    told = found(book(limit), line(1, DRUG, packs))
    assert told == ([("paid_course", days)] if days else [])


def test_a_hit_tells_that_the_length_of_a_pack_was_assumed() -> None:
    limit = rule(K.PAID_COURSE, "14天")
    told = replace(limit, pack_days=Fraction(2))
    for one, assumed in ((limit, 1), (told, 0)):
        hits = look((line(1, DRUG, 15),), PaymentKind.POOLED, book(one), TODAY).hits
        assert [hit.assumed_days for hit in hits] == [assumed]


def test_units_of_an_opened_box_are_a_part_of_a_pack() -> None:
    item = replace(DRUG, split_ratio=10)
    box = replace(line(1, item, 0, 1).boxes[0], units=3)
    units = Line(1, item, 0, 100, (box,), split=True)
    limit = replace(rule(K.PAID_COURSE, "1天"), pack_days=Fraction(5))
    assert found(book(limit), units) == [("paid_course", "2")]  # a day and a half


def bought(days_ago: int, packs: int = 1, receipt: str = "R1", code: str = "X1") -> Bought:
    return Bought(receipt, TODAY - timedelta(days_ago), "Y9", code, Fraction(packs))


def test_a_course_counts_what_was_bought_within_its_length_before() -> None:
    limit = rule(K.PAID_COURSE, "14天")
    assert found(book(limit, bought=(bought(8, 10),)), line(1, DRUG, 5)) == [("paid_course", "15")]
    assert found(book(limit, bought=(bought(14, 10),)), line(1, DRUG, 5)) == []
    assert found(book(limit, bought=(bought(8, 10, code="X7"),)), line(1, DRUG, 5)) == []


def test_the_same_drug_again_within_the_regions_days_is_a_repeat_with_its_receipts() -> None:
    again = book(bought=(bought(6, receipt="R1"), bought(2, receipt="R2"), bought(7, receipt="R0")))
    hits = look((line(1, DRUG, 1),), PaymentKind.POOLED, again, TODAY).hits
    assert [(hit.kind, hit.found, hit.receipts) for hit in hits] == [(K.REPEAT, "2", ("R1", "R2"))]


def test_a_drug_whose_code_is_not_listed_is_known_by_its_name() -> None:
    newer = replace(DRUG, insurance_code="X1-NEW", name="布 洛芬")
    assert found(book(rule(K.AGE, "儿童")), line(1, newer, 1)) == [("age", "45")]
    assert found(book(rule(K.AGE, "儿童")), line(1, replace(newer, name="布洛芬片"), 1)) == []


def test_a_list_without_codes_speaks_of_names_beside_the_rules_of_codes() -> None:
    both = book(rule(K.AGE, "儿童"), rule(K.DISEASE, "M9", code=""))
    assert {kind for kind, _ in found(both)} == {"age", "disease"}


def test_a_hit_quotes_the_bureau_and_names_its_list_and_its_money() -> None:
    hit = look((line(1, DRUG, 3),), PaymentKind.POOLED, book(rule(K.AGE, "儿童")), TODAY).hits[0]
    assert (hit.text, hit.version, hit.amount_fen, hit.drug) == ("小儿用", "第1批", 6540, "布洛芬")


def test_a_kind_that_is_off_is_not_looked_at_and_a_small_reminder_stays_silent() -> None:
    off = replace(book(rule(K.AGE, "儿童")), modes={K.AGE: LimitMode.OFF})
    assert found(off) == []
    soft = replace(
        book(rule(K.AGE, "儿童")), modes={K.AGE: LimitMode.REMIND}, least_fen={K.AGE: 3000}
    )
    assert found(soft) == []
    assert found(soft, line(1, DRUG, 2)) == [("age", "45")]
    hard = replace(soft, modes={K.AGE: LimitMode.LIMIT})
    assert found(hard) == [("age", "45")]  # a limit has no threshold


def test_of_two_lists_the_later_one_counts_and_may_take_a_rule_back() -> None:
    first = LimitList("1", date(2026, 4, 22), (rule(K.AGE, "儿童"), rule(K.SEX, "男")))
    later = LimitList("2", None, (replace(rule(K.AGE), values=()), rule(K.SEX, "女")))
    base = in_force(in_order(first, [later]))
    assert [(one.kind, one.values) for one in base.of(DRUG)] == [(K.SEX, ("女",))]


def test_a_shipped_list_that_is_newer_than_an_imported_one_counts_after_it() -> None:
    old = LimitList("old", date(2026, 1, 1), ())
    dateless, new = LimitList("d", None, ()), LimitList("new", date(2026, 6, 1), ())
    shipped = LimitList("shipped", date(2026, 4, 22), ())
    named = [one.name for one in in_order(shipped, [old, dateless, new])]
    assert named == ["old", "shipped", "d", "new"]


def test_of_a_regions_terms_the_newest_that_has_begun_counts() -> None:
    profile = load_profile("generic")
    assert TERMS is not None
    later = replace(TERMS, since=TODAY + timedelta(1), child_until=14)
    both = replace(profile, limits=(*profile.limits, later))
    assert both.limit_terms(TODAY) == TERMS
    assert both.limit_terms(TODAY + timedelta(1)) == later
    assert both.limit_terms(date(2024, 12, 31)) is None
