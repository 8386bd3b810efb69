"""Records as A4 pages: split sales, time line of a box, lessons passed, closed shifts and days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pharmacy_desk.core.paper.closing import closing_pairs, closing_title
from pharmacy_desk.core.people.lessons import Lesson, LessonRecord
from pharmacy_desk.core.sale import register_record
from pharmacy_desk.core.sale.register_record import RegisterRow
from pharmacy_desk.core.sale.shift import Closing
from pharmacy_desk.core.sale.split_record import COLUMNS, TITLE, SplitRow
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper.a4 import Sheet

# Millimetres of the ten columns; together the 273 of a page on its side. 12 rows a page leave
# room to sign in.
_SPLIT_MM = (23.0, 50.0, 31.0, 25.0, 45.0, 23.0, 16.0, 23.0, 18.5, 18.5)
_SPLIT_ROWS = 12
# The ten columns of the register, likewise.
_REGISTER_MM = (31.0, 20.0, 41.0, 36.0, 26.0, 32.0, 20.0, 14.0, 17.0, 36.0)
# When, what, document, counter, operator, details: the 186 of a page upright.
_LIFE_MM = (36.0, 34.0, 38.0, 12.0, 18.0, 48.0)
_LIFE_ROWS = 22
# Number, name, lesson, passed, tries, signature: the 186 of a page upright.
_LESSON_MM = (18.0, 30.0, 58.0, 36.0, 14.0, 30.0)
_LESSON_ROWS = 18
# Key and meaning, twice: the 186 of a page upright.
_KEYS_MM = (24.0, 69.0, 24.0, 69.0)
# What and how much: the 186 of a page upright.
_CLOSING_MM = (93.0, 93.0)
_CLOSING_ROWS = 32


def split_sheet(
    rows: Sequence[SplitRow], store: str, facts: Sequence[str], printed: datetime
) -> Sheet:
    """The record for paper; the trace code stands under its drug's name."""
    body = []
    for row in rows:
        cells = list(row.cells())
        cells[1] = f"{row.name}\n{row.code}"
        body.append(cells)
    return Sheet(
        title=TITLE,
        facts=(f"{store}", "　".join(facts)),
        columns=tuple(zip(COLUMNS, _SPLIT_MM, strict=True)),
        rows=body,
        per_page=_SPLIT_ROWS,
        foot=f"打印时间：{printed:%Y-%m-%d %H:%M}",
        landscape=True,
        filled=True,
    )


def register_sheet(
    rows: Sequence[RegisterRow],
    opened: Mapping[str, tuple[str, str]],
    store: str,
    facts: Sequence[str],
    printed: datetime,
) -> Sheet:
    """The register for paper, with the names and numbers that were opened."""
    return Sheet(
        title=register_record.TITLE,
        facts=(store, "　".join(facts)),
        columns=tuple(zip(register_record.COLUMNS, _REGISTER_MM, strict=True)),
        rows=[row.cells(opened.get(row.record)) for row in rows],
        per_page=_SPLIT_ROWS,
        foot=f"打印时间：{printed:%Y-%m-%d %H:%M}",
        landscape=True,
        filled=True,
    )


def range_fact(since: date, until: date) -> str:
    """The days of a record, in the record's own language."""
    return f"日期：{since.isoformat()} 至 {until.isoformat()}"


def life_sheet(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    store: str,
    facts: Sequence[str],
    printed: datetime,
) -> Sheet:
    """The time line of a box for paper, as the look-up shows it."""
    foot = translate("Paper", "printed %1").replace("%1", f"{printed:%Y-%m-%d %H:%M}")
    return Sheet(
        title=translate("Paper", "Time line of a box"),
        facts=(store, *facts),
        columns=tuple(zip(heads, _LIFE_MM, strict=True)),
        rows=rows,
        per_page=_LIFE_ROWS,
        foot=foot,
    )


def lessons_sheet(
    records: Sequence[LessonRecord], titles: Mapping[Lesson, str], store: str, printed: datetime
) -> Sheet:
    """Who passed which lesson, when, and at which try; each row has room for a signature."""
    heads = (
        translate("Paper", "Number"),
        translate("Paper", "Name"),
        translate("Paper", "Lesson"),
        translate("Paper", "Passed"),
        translate("Paper", "Tries"),
        translate("Paper", "Signature"),
    )
    body = [
        (
            one.person,
            one.name,
            titles[one.lesson],
            f"{one.passed_at:%Y-%m-%d %H:%M}" if one.passed_at else translate("Paper", "not yet"),
            str(one.tries),
            "",
        )
        for one in records
    ]
    told = translate("Paper", "Passed means done right at the practice counter, as its log says.")
    foot = translate("Paper", "printed %1").replace("%1", f"{printed:%Y-%m-%d %H:%M}")
    return Sheet(
        title=translate("Paper", "Training record"),
        facts=(store, told),
        columns=tuple(zip(heads, _LESSON_MM, strict=True)),
        rows=body,
        per_page=_LESSON_ROWS,
        foot=foot,
        filled=True,
    )


def keys_sheet(
    title: str, pairs: Sequence[tuple[str, str]], store: str, printed: datetime
) -> Sheet:
    """All keys on a page upright, to hang beside the counter: two columns of pairs.

    A pair without a meaning is the name of a screen, and never stands last in its column.
    """
    key, means = translate("Paper", "Key"), translate("Paper", "What it does")
    deep = -(-len(pairs) // 2)
    if not pairs[deep - 1][1]:
        deep += 1
    left, right = pairs[:deep], [*pairs[deep:]]
    right += [("", "")] * (deep - len(right))
    foot = translate("Paper", "printed %1").replace("%1", f"{printed:%Y-%m-%d %H:%M}")
    return Sheet(
        title=title,
        facts=(store,),
        columns=tuple(zip((key, means) * 2, _KEYS_MM, strict=True)),
        rows=[
            (*_key_cells(one), *_key_cells(other)) for one, other in zip(left, right, strict=True)
        ],
        per_page=deep,
        foot=foot,
    )


def _key_cells(pair: tuple[str, str]) -> tuple[str, str]:
    """A screen's name stands where the meanings do, marked."""
    key, means = pair
    return (key, means) if means or not key else ("", f"■ {key}")


def closing_sheet(
    closing: Closing, words: Mapping[str, str], store: str, printed: datetime
) -> Sheet:
    """A closed shift or day for paper, with what its slip says and room to sign."""
    heads = (translate("Paper", "Item"), translate("Paper", "Value"))
    told = translate("Paper", "printed %1").replace("%1", f"{printed:%Y-%m-%d %H:%M}")
    return Sheet(
        title=closing_title(closing, words),
        facts=(store,),
        columns=tuple(zip(heads, _CLOSING_MM, strict=True)),
        rows=[pair for pair in closing_pairs(closing, words) if pair],
        per_page=_CLOSING_ROWS,
        foot=f"{told}　　{words['closing_signature']}",
    )
