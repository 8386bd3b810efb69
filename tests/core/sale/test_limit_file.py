"""Published lists of limits as files: the bureau's two, a region's diseases, and what is refused."""

from datetime import date
from fractions import Fraction

import pytest

from pharmacy_desk.core.sale.limit_file import LIMITS, list_of, read_limits
from pharmacy_desk.core.sale.limits import LimitKind, LimitRule, LimitText
from pharmacy_desk.core.stock.files.headers import Header, HeaderRefusal, find_header

K = LimitKind
CODE = "XB01AXA223B001010100269"
BUREAU = ["insurance_code", "drug_name", "limit", "value"]


def read(head: list[str], *rows: list[str]):
    table = iter(enumerate([head, *rows], start=1))
    header = find_header(LIMITS, table)
    assert isinstance(header, Header)
    return list_of(read_limits(header, table), "名单")


def reasons(*cells: str, head: list[str] | None = None) -> list[tuple[int, str]]:
    found, bad = read(head or BUREAU, list(cells))
    assert bad == [] or found.rules == ()
    return [(row.row, row.reason) for row in bad]


def test_the_bureaus_list_has_a_row_a_code_and_limit() -> None:
    found, bad = read(BUREAU, [CODE, "注射用奥扎格雷钠", "paid_course", "14天"])
    assert bad == []
    assert found.rules == (
        LimitRule(CODE, "注射用奥扎格雷钠", K.PAID_COURSE, ("14天",), None, "名单"),
    )
    assert (found.name, found.as_of) == ("名单", None)


def test_its_wordings_have_a_row_a_name_and_limit() -> None:
    found, _ = read(
        ["drug_name", "limit", "value", "text"], ["丁桂儿脐贴", "age", "儿童", "小儿泄泻。"]
    )
    assert found.rules == ()
    assert found.texts == (LimitText("丁桂儿脐贴", K.AGE, ("儿童",), "小儿泄泻。"),)


def test_a_list_may_say_in_chinese_which_version_and_day_it_is_of() -> None:
    head = [
        "医保编码",
        "药品名称",
        "限制类型",
        "限制值",
        "规则原文",
        "版本",
        "发布日期",
        "每盒天数",
    ]
    found, _ = read(
        head, [CODE, "药", "限支付疗程", "14", "支付不超过14天。", "第7批", "2026-06-30", "2.5"]
    )
    assert found.rules == (
        LimitRule(CODE, "药", K.PAID_COURSE, ("14天",), Fraction(5, 2), "第7批"),
    )
    assert found.texts == (LimitText("药", K.PAID_COURSE, ("14天",), "支付不超过14天。"),)
    assert (found.name, found.as_of) == ("第7批", date(2026, 6, 30))


def test_a_region_lists_a_drug_once_for_each_certified_disease() -> None:
    head = ["药品名称", "国家医保代码", "病种编码", "病种名称"]
    found, bad = read(
        head, ["二甲双胍", CODE, "m01600", "糖尿病"], ["二甲双胍", CODE, "M03900", "高血压"]
    )
    assert bad == []
    assert found.rules == (
        LimitRule(CODE, "二甲双胍", K.DISEASE, ("M01600", "M03900"), None, "名单"),
    )


def test_a_rule_is_taken_back_by_a_word() -> None:
    found, _ = read(BUREAU, [CODE, "药", "sex", "取消"])
    assert found.rules[0].values == ()


def test_two_lengths_of_one_course_contradict_each_other() -> None:
    found, bad = read(
        BUREAU, [CODE, "药", "paid_course", "14天"], [CODE, "药", "paid_course", "10天"]
    )
    assert [(row.row, row.reason) for row in bad] == [(3, "contradicts")]
    assert [rule.values for rule in found.rules] == [("14天",)]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("", "", "sex", "男"), "drug_missing"),
        ((CODE, "药", "colour", "红"), "limit_unknown"),
        ((CODE, "药", "repeat", "3"), "limit_unknown"),
        ((CODE, "药", "sex", ""), "value_missing"),
        ((CODE, "药", "sex", "儿童"), "bad_value"),
        ((CODE, "药", "paid_course", "两周"), "bad_value"),
        ((CODE, "药", "paid_course", "14;10"), "bad_value"),
        ((CODE, "药", "disease", "M1 糖尿病"), "bad_value"),
        (("X'1", "药", "sex", "男"), "bad_insurance_code"),
        ((CODE, "11010519491231002X", "sex", "男"), "personal_code"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: tuple[str, ...], why: str) -> None:
    assert reasons(*cells) == [(2, why)]


def test_a_day_that_is_none_is_not_taken_for_one() -> None:
    head = [*BUREAU, "as_of"]
    assert reasons(CODE, "药", "sex", "男", "2026年6月", head=head) == [(2, "bad_date")]


def test_a_table_of_something_else_is_refused_by_what_it_lacks() -> None:
    refused = find_header(LIMITS, iter([(1, ["商品编码", "数量"])]))
    assert isinstance(refused, HeaderRefusal)
    assert any("限制类型" in name for name in refused.missing)
