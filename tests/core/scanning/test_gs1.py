"""GS1: the table of identifiers, the parser, the pairs, separators, dates and Digital Links."""

import re
import string
from datetime import date

import pytest
from biip import ParseError
from biip.gs1_application_identifiers import _GS1_APPLICATION_IDENTIFIERS
from biip.gs1_messages import GS1Message
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.codes import controls
from pharmacy_desk.core.scanning.codes.gs1.checks import CHARACTERS, CHECKS, read_date
from pharmacy_desk.core.scanning.codes.gs1.parse import parse
from pharmacy_desk.core.scanning.codes.gs1.table import AI_SIZES, IDENTIFIERS, LINK_KEYS
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import GS, Kind, Problem, Reading
from tests.drills.random_codes import with_check_digit

TODAY = date(2026, 11, 22)
GTIN = "06901234567892"
SSCC = "306901234567890122"
GLN = "6901234567892"
CSET82 = "!\"%&'()*+,-./0123456789:;<=>?_" + string.ascii_letters
ORACLE = _GS1_APPLICATION_IDENTIFIERS
OPEN = settings(max_examples=400, deadline=None)


def _read(text: str) -> Reading:
    return recognise_text(text, TODAY)


def test_the_table_holds_the_identifiers_that_the_oracle_holds() -> None:
    assert set(IDENTIFIERS) == set(ORACLE)
    assert len(IDENTIFIERS) > 500


@pytest.mark.parametrize("ai", ["01", "10", "17", "21", "37", "3103", "422", "716", "8006", "99"])
def test_separator_and_sizes_agree_with_the_oracle(ai: str) -> None:
    row, told = IDENTIFIERS[ai], ORACLE[ai]
    assert row.predefined is not told.separator_required
    sizes = [int(n) for n in re.findall(r"[NXYZ](?:\.\.)?(\d+)", told.format)[1:]]
    assert row.most == sum(sizes)


def test_every_separator_and_every_greatest_size_agrees_with_the_oracle() -> None:
    for ai, row in IDENTIFIERS.items():
        assert row.predefined is not ORACLE[ai].separator_required, ai
        if "[-]" not in ORACLE[ai].format and "N1..N2" not in ORACLE[ai].format:
            sizes = re.findall(r"[NXYZ](?:\.\.)?(\d+)", ORACLE[ai].format)[1:]
            assert row.most == sum(map(int, sizes)), ai


def test_the_first_two_digits_of_an_identifier_give_its_size() -> None:
    assert all(len(ai) == AI_SIZES[ai[:2]] for ai in IDENTIFIERS)


def test_every_row_names_checks_and_companions_that_exist() -> None:
    assert set(LINK_KEYS) <= set(IDENTIFIERS)
    for row in IDENTIFIERS.values():
        assert {part.check for part in row.parts} <= {"", *CHECKS}
        assert {part.letters for part in row.parts} <= set(CHARACTERS)
        named = {ai for question in row.needs for group in question for ai in group}
        assert named | row.never_with <= set(IDENTIFIERS), row.ai
        assert row.ai not in row.never_with


@pytest.mark.parametrize(
    "ai", sorted({ai[:3] for ai in IDENTIFIERS if ai[0] == "3" and len(ai) == 4})
)
def test_a_measure_contradicts_the_same_measure_with_other_decimals_only(ai: str) -> None:
    if ai < "39":
        assert IDENTIFIERS[f"{ai}2"].never_with == {f"{ai}{n}" for n in "01345"}


# A value of each form that the trade meets, for joining messages.
_ELEMENTS = {
    "10": st.text(CSET82, min_size=1, max_size=20), "21": st.text(CSET82, min_size=1, max_size=20),
    "17": st.just("271231"), "11": st.just("250600"), "15": st.just("280229"),
    "20": st.just("12"), "240": st.text(CSET82, min_size=1, max_size=30),
    "241": st.text(CSET82, min_size=1, max_size=30), "30": st.just("12"),
    "3103": st.just("001234"), "422": st.just("156"), "710": st.just("PZN1"),
    "716": st.just("AIC1"), "91": st.text(CSET82, min_size=1, max_size=90),
    "8008": st.sampled_from(["26112210", "2611221030", "261122103059"]),
}  # fmt: skip
_MESSAGE = st.fixed_dictionaries({"01": st.just(GTIN)}, optional=_ELEMENTS)


def _joined(values: dict[str, str]) -> str:
    parts = [
        ai + value + ("" if IDENTIFIERS[ai].predefined else GS) for ai, value in values.items()
    ]
    return "".join(parts).rstrip(GS)


@OPEN
@given(_MESSAGE.flatmap(lambda values: st.permutations(list(values.items()))))
def test_what_is_joined_is_taken_apart_again_in_any_order(pairs: list[tuple[str, str]]) -> None:
    body = _joined(dict(pairs))
    message = parse(body)
    assert (message.elements, message.problem) == (tuple(pairs), None)
    told = [(e.ai.ai, e.value) for e in GS1Message.parse(body).element_strings]
    assert told == pairs


@OPEN
@given(
    st.text("0123456789ABab\x1d/", max_size=60),
    st.sampled_from(["", "01" + GTIN, "01" + GTIN + "21"]),
)
def test_what_our_parser_accepts_the_oracle_accepts_and_reads_the_same(
    tail: str, head: str
) -> None:
    body = (head + tail).strip(GS)
    message = parse(body)
    if message.problem or not body or GS + GS in body:
        return
    assert _told(body) in (message.elements, None)


def _told(body: str) -> tuple[tuple[str, str], ...] | None:
    """What the oracle reads; None where it is narrower than the standard (times of 8008)."""
    try:
        return tuple((e.ai.ai, e.value) for e in GS1Message.parse(body).element_strings)
    except (ParseError, ValueError):
        return None if "8008" in body else ()


@OPEN
@given(_MESSAGE, st.integers(1, 80))
def test_a_message_cut_short_never_becomes_the_key_of_another_box(
    values: dict[str, str], cut: int
) -> None:
    values = {"01": GTIN, "17": "271231", **values, "21": "AB12"}
    values["21"] = values.pop("21")  # the serial last: cutting leaves a shorter serial at most
    body = _joined(values)
    reading = _read("]d2" + body[:-cut])
    if reading.kind is Kind.TRACE_GS1:
        assert len(body) - cut > body.rindex("21AB12")


@pytest.mark.parametrize(
    ("year", "this_year", "meant"),
    [("26", 2026, 2026), ("76", 2026, 2076), ("77", 2026, 1977), ("00", 2026, 2000),
     ("99", 2026, 1999), ("49", 1999, 2049), ("50", 1999, 1950), ("10", 2060, 2110),
     ("11", 2060, 2011)],
)  # fmt: skip
def test_the_century_is_the_nearest_by_the_standards_window(
    year: str, this_year: int, meant: int
) -> None:
    assert read_date(f"{year}0131", this_year) == date(meant, 1, 31)


@pytest.mark.parametrize(
    ("digits", "day"),
    [("270200", date(2027, 2, 28)), ("280200", date(2028, 2, 29)), ("270400", date(2027, 4, 30)),
     ("271200", date(2027, 12, 31)), ("270229", None), ("271301", None), ("270001", None),
     ("270132", None), ("270431", None)],
)  # fmt: skip
def test_day_00_is_the_last_of_the_month_and_no_other_day_is_invented(
    digits: str, day: date | None
) -> None:
    assert read_date(digits, 2026) == day


def test_lot_and_dates_of_a_trace_code_are_read_from_its_elements() -> None:
    reading = _read(f"]d201{GTIN}1125060017271231" + f"10LOT-1{GS}21SN.1")
    assert (reading.lot, reading.made, reading.expiry) == (
        "LOT-1", date(2025, 6, 30), date(2027, 12, 31),
    )  # fmt: skip
    assert (reading.gtin, reading.identification, reading.serial) == (GTIN, GTIN, "SN.1")


@pytest.mark.parametrize("ch", sorted(CSET82))
def test_every_character_of_set_82_may_stand_in_a_serial(ch: str) -> None:
    assert _read(f"]d201{GTIN}21A{ch}B").serial == f"A{ch}B"


@pytest.mark.parametrize("ch", sorted(set(map(chr, range(0x20, 0x7F))) - set(CSET82)))
def test_no_other_character_may_stand_in_a_serial(ch: str) -> None:
    reading = _read(f"]d201{GTIN}21A{ch}B")
    assert (reading.kind, reading.problem) == (Kind.DAMAGED, Problem.NOT_ALLOWED_CHARACTER)


@pytest.mark.parametrize(
    "body",
    [f"00{SSCC}", f"02{GTIN}3712", f"414{GLN}", f"8017{SSCC}", f"8006{GTIN}0102",
     f"253{GLN}DOC1", f"80030{GLN}A1", "80131987654Ad4X4bL5ttr2310c2K", f"402{'0' * 16}" + "0"],
)  # fmt: skip
def test_a_wrong_check_digit_is_found_wherever_the_table_has_one(body: str) -> None:
    assert _read(f"]C1{body}").kind is Kind.GS1_OTHER
    place = {"0": 4, "2": 4, "4": 5, "8": 9}[body[0]]
    other = "5" if body[place] != "5" else "4"
    broken = body[:place] + other + body[place + 1 :]
    assert _read(f"]C1{broken}").problem is Problem.BAD_CHECK_DIGIT


@pytest.mark.parametrize(
    ("extra", "evidence"),
    [(f"02{GTIN}", "(01) (02)"), (f"{GS}3712", "(01) (37)"), (f"{GS}2356X", "(21) (235)"),
     (f"{GS}31030012343104000001", "(3103) (3104)"), (f"{GS}254X", "(254) – (414)"),
     (f"{GS}427GD", "(427) – (422)"), (f"{GS}70041234", "(7004) – (10)"),
     (f"{GS}21B", "(21)A (21)B")],
)  # fmt: skip
def test_pairs_that_exclude_or_need_each_other_are_named(extra: str, evidence: str) -> None:
    head = f"01{GTIN}" + (extra if extra.startswith("02") else "")
    reading = _read(f"]d2{head}21A{'' if extra.startswith('02') else extra}")
    assert (reading.problem, reading.evidence) == (Problem.CONFLICT, evidence)


def test_a_second_symbol_may_hold_the_companions_of_a_message_without_gtin() -> None:
    for body in ("21SN0001", "10LOT1", "17271231", "3712"):
        assert _read(f"]C1{body}").kind is Kind.GS1_OTHER


@pytest.mark.parametrize(
    ("body", "evidence"),
    [("10ABC12321SN0001", "(10)ABC123 (21)SN0001"),
     ("21SN000117271231", "(21)SN0001 (17)271231"),
     ("21SN00011727123110LOT9", "(21)SN0001 (17)271231 (10)LOT9"),
     ("10L11727123121SN0001", "(10)L11727123 1 (21)SN0001"),
     ("42215621SN0001", "(422)156 (21)SN0001"),
     ("1727123110LOT12345678901234567821SN1", "(10)LOT123456789012345678 (21)SN1")],
)  # fmt: skip
def test_a_lost_separator_is_suspected_and_shown(body: str, evidence: str) -> None:
    reading = _read(f"]d201{GTIN}{body}")
    assert (reading.kind, reading.problem) == (Kind.DAMAGED, Problem.LOST_SEPARATOR)
    assert reading.evidence.replace(" ", "") == evidence.replace(" ", "")


@pytest.mark.parametrize(
    "body",
    [f"21SN000117271231{GS}10L", "1727123121SN000117271231", "21SN000117991231",
     "21SN000117271331", "21123417271231", f"10ABC12321SN01{GS}21SN0001", "21SN0001172712"],
)  # fmt: skip
def test_a_separator_is_not_missed_where_one_arrived_or_nothing_was_swallowed(body: str) -> None:
    assert _read(f"]d201{GTIN}{body}").kind is Kind.TRACE_GS1


@OPEN
@given(st.text(string.digits, min_size=1, max_size=20), st.booleans())
def test_a_serial_of_digits_is_never_doubted(serial: str, dated: bool) -> None:
    body = f"01{GTIN}" + ("17271231" if dated else "") + f"21{serial}"
    reading = _read("]d2" + body)
    assert (reading.kind, reading.serial) == (Kind.TRACE_GS1, serial)


@OPEN
@given(
    st.text(string.ascii_letters + string.digits + "-._~/%&?#", min_size=1, max_size=20),
    st.sampled_from([GTIN, GTIN.lstrip("0")]), st.sampled_from(["&", ";"]),
)  # fmt: skip
def test_a_digital_link_is_the_same_key_as_the_symbol(serial: str, gtin: str, sep: str) -> None:
    assume(set(serial) <= set(CSET82) and not controls.spelled(serial))
    quoted = "".join(f"%{ord(ch):02X}" if not ch.isalnum() else ch for ch in serial)
    link = f"https://id.example.com/a/01/{gtin}/10/L1/21/{quoted}?17=271231{sep}linkType=all"
    reading = _read(link)
    assert reading.code == f"01{GTIN}21{serial}"
    assert (reading.lot, reading.expiry) == ("L1", date(2027, 12, 31))


@OPEN
@given(st.text("0123456789", min_size=13, max_size=13))
def test_a_gtin_with_another_check_digit_is_never_a_trace_code(body: str) -> None:
    good = with_check_digit(body)
    for last in string.digits:
        reading = _read(f"]d201{body}{last}21A1")
        assert (reading.kind is Kind.TRACE_GS1) == (last == good[-1])


@pytest.mark.parametrize("ai", ["03", "8040", "4309", "7251", "8043"])
def test_rare_identifiers_are_read_to_their_end(ai: str) -> None:
    values = {"03": GTIN, "8040": "1" * 15, "4309": "0" * 20, "7251": "199912312359",
              "8043": "1" * 19}  # fmt: skip
    assert parse(ai + values[ai]).elements == ((ai, values[ai]),)
    assert parse(ai + values[ai][:5]).problem is Problem.TRUNCATED
