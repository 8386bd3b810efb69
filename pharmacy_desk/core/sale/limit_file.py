"""A published list of limits as a file: 医保编码 · 药品名称 · 限制类型 · 限制值 · 规则原文.

The bureau's list (contracts, section 6) has one row a code and limit, its wordings one row a name
and limit; a region's list of certified diseases has 病种编码 instead of kind and value, one row a
drug and disease. All three are read here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow, parse_day
from pharmacy_desk.core.sale.limits import (
    CHILD,
    INJURY,
    MATERNITY,
    LimitKind,
    LimitList,
    LimitRule,
    LimitText,
)
from pharmacy_desk.core.stock.files.cells import RowError, text_of
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each

LIMITS = Layout(
    columns={
        "code": ("医保编码", "国家医保代码", "国标代码", "国家医保编码", "insurance_code"),
        "drug": ("药品名称", "通用名", "通用名称", "商品名称", "drug_name"),
        "limit": ("限制类型", "规则类型", "limit"),
        "value": ("限制值", "限制内容", "value"),
        "disease": ("病种编码", "病种代码", "门慢门特病种编码", "disease"),
        "text": ("规则原文", "限定支付范围", "依据", "text"),
        "pack_days": ("每盒天数", "pack_days"),
        "version": ("版本", "版本号", "version"),
        "as_of": ("发布日期", "截至日期", "as_of"),
    },
    needed=((("code",), ("drug",)), (("limit", "value"), ("disease",))),
)
# What files call the kinds, besides the word of the published base.
_KINDS = {kind.value: kind for kind in LimitKind if kind is not LimitKind.REPEAT} | {
    "性别": LimitKind.SEX,
    "限性别": LimitKind.SEX,
    "年龄": LimitKind.AGE,
    "限年龄": LimitKind.AGE,
    "支付疗程": LimitKind.PAID_COURSE,
    "限支付疗程": LimitKind.PAID_COURSE,
    "医疗机构级别": LimitKind.INSTITUTION_LEVEL,
    "限医疗机构级别": LimitKind.INSTITUTION_LEVEL,
    "就医方式": LimitKind.VISIT,
    "限就医方式": LimitKind.VISIT,
    "险种": LimitKind.INSURANCE_TYPE,
    "限险种": LimitKind.INSURANCE_TYPE,
    "病种": LimitKind.DISEASE,
    "限病种": LimitKind.DISEASE,
}
# The values a kind may have; a kind that is not here takes what its pattern takes.
_VALUES: Mapping[LimitKind, frozenset[str]] = {
    LimitKind.SEX: frozenset({"男", "女"}),
    LimitKind.AGE: frozenset({CHILD}),
    LimitKind.INSTITUTION_LEVEL: frozenset({"一级", "二级", "三级"}),
    LimitKind.VISIT: frozenset({"住院"}),
    LimitKind.INSURANCE_TYPE: frozenset({INJURY, MATERNITY}),
}
_PATTERNS = {
    LimitKind.PAID_COURSE: re.compile(r"[1-9][0-9]{0,2}天?"),
    LimitKind.DISEASE: re.compile(r"[0-9A-Za-z.+-]{1,30}"),
}
# A later list takes a rule back by this word.
_TAKEN_BACK = "取消"
_PARTS = re.compile(r"[;；、,，\s]+")
_DAYS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
# med_list_codg is C50, a drug's name C200 (facts on platforms, 2.5); the longest wording of the
# published base has 301 characters.
_CODE = re.compile(r"[0-9A-Z]{0,50}")
_MOST_NAME, _MOST_TEXT, _MOST_VERSION = 200, 2000, 100


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One row of a list: a rule, a wording, or both; and the list it says it is of."""

    row: int
    rule: LimitRule | None
    text: LimitText | None
    version: str = ""
    as_of: date | None = None


def read_limits(header: Header, table: Table) -> Iterator[LimitRow | BadRow]:
    """Each data row as a rule or a wording, or as a bad row with its number and reason."""

    def make(number: int, row: Mapping[str, str], beside: str) -> list[LimitRow]:
        return [_row(number, row)]

    return read_each(LIMITS, header, table, make)


def list_of(rows: Iterable[LimitRow | BadRow], name: str) -> tuple[LimitList, list[BadRow]]:
    """The rows as one list called `name` where they tell no version, and the rows left out.

    Rows for one drug and kind are one rule with several values, as a drug may be for several
    diseases; a course has one length, and rows that tell two are refused.
    """
    bad: list[BadRow] = []
    rules: dict[tuple[str, str, LimitKind], LimitRule] = {}
    texts: dict[LimitText, None] = {}
    version, as_of = "", None
    for row in rows:
        if isinstance(row, BadRow):
            bad.append(row)
            continue
        version, as_of = version or row.version, max(as_of or date.min, row.as_of or date.min)
        if row.text:
            texts[row.text] = None
        if row.rule is None:
            continue
        key = (row.rule.code, row.rule.drug if not row.rule.code else "", row.rule.kind)
        one = _joined(rules.get(key), row.rule)
        if one is None:
            bad.append(BadRow(row.row, "contradicts", row.rule.code or row.rule.drug))
        else:
            rules[key] = one
    day = as_of if as_of != date.min else None
    found = tuple(replace(rule, version=version or name) for rule in rules.values())
    return LimitList(version or name, day, found, tuple(texts)), bad


def _joined(before: LimitRule | None, rule: LimitRule) -> LimitRule | None:
    """Two rows for one drug and kind as one; None where they contradict each other."""
    if before is None:
        return rule
    values = tuple(dict.fromkeys((*before.values, *rule.values)))
    if values == before.values:
        return before
    if rule.kind is LimitKind.PAID_COURSE or not (before.values and rule.values):
        return None
    return replace(before, values=values)


def _row(number: int, row: Mapping[str, str]) -> LimitRow:
    code = row.get("code", "").strip().upper()
    if not _CODE.fullmatch(code):
        raise RowError("bad_insurance_code", code)
    drug = _cell(row.get("drug", ""), "drug", _MOST_NAME)
    if not code and not drug:
        raise RowError("drug_missing")
    kind, values = _limit(row)
    text = _cell(row.get("text", ""), "text", _MOST_TEXT)
    # A wording stands behind a name; a row of one without a code is a wording and no rule.
    wording = LimitText(drug, kind, values, text) if text and drug and values else None
    rule = LimitRule(code, drug, kind, values, pack_days=_pack_days(row))
    day = row.get("as_of", "").strip()
    as_of = parse_day(day) if day else None
    if day and as_of is None:
        raise RowError("bad_date", day)
    version = _cell(row.get("version", ""), "version", _MOST_VERSION)
    return LimitRow(number, None if wording and not code else rule, wording, version, as_of)


@lru_cache(maxsize=4096)
def _cell(text: str, column: str, most: int) -> str:
    """A text cell; a few hundred drugs stand on thousands of rows. Raises `RowError`."""
    return text_of({column: text}, column, most) if text else ""


def _limit(row: Mapping[str, str]) -> tuple[LimitKind, tuple[str, ...]]:
    disease = row.get("disease", "").strip()
    word, cell = row.get("limit", "").strip(), row.get("value", "").strip()
    if disease and not word:
        word, cell = LimitKind.DISEASE.value, disease
    kind = _KINDS.get(word)
    if kind is None:
        raise RowError("limit_unknown", word)
    if not cell:
        raise RowError("value_missing")
    if cell == _TAKEN_BACK:
        return kind, ()
    values = tuple(dict.fromkeys(part for part in _PARTS.split(cell) if part))
    for value in values:
        pattern = _PATTERNS.get(kind)
        fits = pattern.fullmatch(value) if pattern else value in _VALUES[kind]
        if not fits:
            raise RowError("bad_value", value)
    if kind is LimitKind.PAID_COURSE:
        if len(values) != 1:
            raise RowError("bad_value", cell)
        values = (f"{int(values[0].removesuffix('天'))}天",)
    return kind, tuple(value.upper() for value in values) if kind is LimitKind.DISEASE else values


def _pack_days(row: Mapping[str, str]) -> Fraction | None:
    text = row.get("pack_days", "").strip()
    if not text:
        return None
    if not _DAYS.fullmatch(text) or not Fraction(text):
        raise RowError("bad_value", text)
    return Fraction(text)
