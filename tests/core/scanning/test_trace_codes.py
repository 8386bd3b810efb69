"""Merged trace codes and the offer to split them; the counts of false and missed trace codes."""

import random
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.codes.trace import split_offer
from pharmacy_desk.core.scanning.recognise import promote, recognise_text
from pharmacy_desk.core.scanning.scan import Kind, Problem, RawScan, Reading
from tests.drills import fuzz_targets, random_codes
from tests.drills.code_judge import complaint
from tests.drills.fuzz import random_inputs

TODAY = date(2026, 11, 22)
A, B, C = "84362820442053402132", "83857930000879766660", "81773220288616423835"
EAN = "6924561884074"
WECHAT = "134567890123456789"
CODE = st.integers(8 * 10**19, 9 * 10**19 - 1).map(str)
OPEN = settings(max_examples=300, deadline=None)


def _read(text: str) -> Reading:
    return recognise_text(text, TODAY)


@OPEN
@given(
    st.lists(CODE, min_size=2, max_size=3, unique=True), st.sampled_from([",", " ", "|", "\r\n"])
)
def test_codes_with_something_between_are_merged_and_offered_as_they_came(
    codes: list[str], between: str
) -> None:
    text = between.join(codes)
    assert _read(text).problem is Problem.MERGED
    assert split_offer(text) == tuple(codes)


@OPEN
@given(st.lists(CODE, min_size=2, max_size=3, unique=True))
def test_glued_codes_are_never_a_trace_code_and_no_offer_holds_a_wrong_one(
    codes: list[str],
) -> None:
    text = "".join(codes)
    reading = _read(text)
    assert reading.problem is Problem.MERGED or reading.is_personal
    assert split_offer(text) in (tuple(codes), ())


@pytest.mark.parametrize(
    ("text", "offer"),
    [(A + B, (A, B)), (A + B + C, (A, B, C)), (A + A, (A,)), (EAN + A, (A,)), (A + EAN, (A,)),
     (f"{A};{B}", (A, B)), (f"{EAN} {A}", (A,)), (f"{A}/{B}/{C}", (A, B, C)),
     (A, ()), (A[:19], ()), (A + "1", ()), (A + B[:19], ()), (A + "7" + B[1:], ()),
     (A + WECHAT, ()), (EAN, ()), (EAN + EAN, ()), ("", ()), ("hello", ()), (f"{A},x", ()),
     (A + B + C + A + B, ()), ("https://a.cn/?" + A, ())],
)  # fmt: skip
def test_a_split_is_offered_only_where_one_way_to_cut_exists(
    text: str, offer: tuple[str, ...]
) -> None:
    assert split_offer(text) == offer


def test_a_read_that_can_be_cut_in_two_ways_is_not_offered() -> None:
    # 8 + 12 digits that are also an EAN-13, a code behind it, and the same the other way round.
    ean = random_codes.with_check_digit("812345678901")
    tail = "8" * 7 + ean
    assert tail[-13:] == ean
    text = ean + tail
    assert _read(text).problem is Problem.MERGED
    assert len(text) == 33
    both = text[:20], text[20:]
    assert both[0][0] == "8"
    assert random_codes.with_check_digit(both[1][:-1]) == both[1]
    assert split_offer(text) == ()


@pytest.mark.parametrize("text", [A + B, f"{A},{B}", EAN + A])
def test_nothing_is_split_by_the_recogniser_itself(text: str) -> None:
    reading = _read(text)
    assert (reading.kind, reading.code, reading.identification) == (Kind.DAMAGED, None, None)
    assert promote(reading) is reading


@pytest.mark.parametrize("text", [WECHAT, "2512345678901234", "1" * 28, "6212345678901234567"])
def test_no_representation_of_a_personal_code_shows_it(text: str) -> None:
    scan = RawScan(text.encode(), "p", datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai")))
    reading = _read(text)
    assert reading.is_personal
    for shown in (repr(scan), repr(reading), reading.shown(), str(reading)):
        assert text[2:8] not in shown


def test_a_unionpay_code_is_hidden_although_it_has_no_kind_of_its_own() -> None:
    reading = _read("6212345678901234567")
    assert (reading.kind, reading.confidential, reading.code) == (Kind.UNKNOWN, True, None)
    assert reading.shown() == "62********67"


def test_20_digits_for_the_map_are_left_whole_even_if_an_identity_number_is_inside() -> None:
    inside = "11010119900307001" + "1"
    assert _read(inside).kind is Kind.ID_CARD
    assert _read("70" + inside).problem is Problem.NEEDS_MAP


@pytest.mark.parametrize("family", sorted(random_codes.NEVER_TRACE))
def test_of_20_000_codes_of_other_families_none_becomes_a_trace_code(family: str) -> None:
    assert fuzz_targets.count_false(family, random.Random(1), 20_000) == []


@pytest.mark.parametrize("family", sorted(random_codes.ALWAYS_TRACE))
def test_of_20_000_genuine_looking_trace_codes_none_becomes_anything_else(family: str) -> None:
    assert fuzz_targets.count_missed(family, random.Random(1), 20_000) == []


def test_of_20_000_boxes_with_written_out_separators_none_becomes_another_box() -> None:
    assert fuzz_targets.count_other(random.Random(1), 20_000) == []


@pytest.mark.parametrize("target", sorted(fuzz_targets.TARGETS))
def test_the_judge_has_nothing_against_3_000_pieces_of_noise(target: str) -> None:
    assert random_inputs(target, random.Random(7), 3_000) == []


_NOISE = st.lists(
    st.one_of(st.sampled_from(fuzz_targets.PIECES), st.binary(max_size=8)), max_size=8
).map(b"".join)


@OPEN
@given(st.one_of(st.binary(max_size=300), _NOISE))
def test_the_judge_has_nothing_against_any_reading(data: bytes) -> None:
    assert fuzz_targets.check_scan(data) is None


@OPEN
@given(st.binary(min_size=4, max_size=4), st.one_of(st.binary(max_size=300), _NOISE))
def test_frames_are_pieces_of_the_stream_however_it_was_cut(head: bytes, stream: bytes) -> None:
    assert fuzz_targets.check_stream(head + stream) is None


@pytest.mark.parametrize(
    ("data", "reading"),
    [(b"hello", Reading(Kind.TRACE_20, "hello", A, A[:7])),
     (A[:19].encode(), Reading(Kind.TRACE_20, A[:19], A, A[:7])),
     ((A + "1").encode(), Reading(Kind.TRACE_20, A + "1", A, A[:7])),
     (A.encode(), Reading(Kind.UNKNOWN, A)),
     (b"x" * 21, Reading(Kind.TRACE_SELF, "x" * 21, "x" * 20, "x" * 7)),
     (WECHAT.encode(), Reading(Kind.UNKNOWN, WECHAT)),
     (WECHAT.encode(), Reading(Kind.WECHAT_PAY, WECHAT, WECHAT)),
     (b"]d2010690123456789321A1",
      Reading(Kind.TRACE_GS1, "]d2010690123456789321A1", "010690123456789321A1")),
     (b"]d2010690123456789221A1",
      Reading(Kind.TRACE_GS1, "]d2010690123456789221A1", "010690123456789221A2")),
     (f"https://{A}.cn/".encode(), Reading(Kind.TRACE_20, f"https://{A}.cn/", A)),
     (b"8436282044205340213O",
      Reading(Kind.TRACE_SELF, "8436282044205340213O", "8436282044205340213O", "8436282")),
     (b"]d2010690123456789221A<GS>",
      Reading(Kind.TRACE_GS1, "]d2010690123456789221A<GS>", "010690123456789221A<GS>")),
     (b"abc", Reading(Kind.UNKNOWN, "abd"))],
)  # fmt: skip
def test_the_judge_objects_to_wrong_readings(data: bytes, reading: Reading) -> None:
    assert complaint(data, reading)


def test_the_judge_keeps_the_parts_of_a_link_apart() -> None:
    data = b"https://example.com?84362820442053402132/83857B30000879766660"
    reading = _read(data.decode())
    assert reading.code == A
    assert complaint(data, reading) is None
