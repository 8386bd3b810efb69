"""Reports of HID-POS scanners put together again: generated for both layouts, whole and broken."""

import itertools
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.framing import BROKEN_OFF
from pharmacy_desk.core.scanning.hid_report import GAP_S, ReportAssembler
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind, decode
from tests.adapters.scanners.hid_reports import hhp, microscan

CODE = b"84362820442053402132"
GS1 = b"0106901234567892" + b"21SER\x1d17271231" + b"10LOT" * 12


def fed(reports: Iterator[bytes] | list[bytes]) -> list[bytes]:
    assembler = ReportAssembler()
    found = list(itertools.chain.from_iterable(assembler.feed(r, 1.0) for r in reports))
    return found + assembler.idle(2.0)


_DATA = st.binary(min_size=1, max_size=300)


@given(st.lists(st.tuples(st.sampled_from([b"]C0", b"]d2", b"]Q1"]), _DATA), max_size=6))
def test_codes_of_any_length_and_bytes_come_out_as_they_went_in(
    codes: list[tuple[bytes, bytes]],
) -> None:
    reports = [report for aim, data in codes for report in hhp(aim, data)]
    assert fed(reports) == [aim + data for aim, data in codes]


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=6))
def test_the_other_layout_carries_the_aim_id_in_its_data(codes: list[bytes]) -> None:
    # A continued report that begins like an AIM id cannot be told from the next code.
    plain = [b"]d1" + data.replace(b"]", b")") for data in codes]
    assert fed([report for data in plain for report in microscan(data)]) == plain


def test_the_length_counts_and_not_nul_and_what_lies_behind_it_is_no_data() -> None:
    (report,) = hhp(b"]d1", b"A\0B\0")
    assert fed([report[:9] + b"\xff" * 52 + report[61:]]) == [b"]d1A\0B\0"]


def test_a_code_in_one_report_is_delivered_at_once() -> None:
    assert ReportAssembler().feed(next(iter(hhp(b"]C0", CODE))), 0.0) == [b"]C0" + CODE]
    assert ReportAssembler().feed(next(iter(microscan(b"]C0" + CODE))), 0.0) == [b"]C0" + CODE]


def test_a_slow_reader_finds_the_second_report_waiting() -> None:
    first, second = hhp(b"]d2", GS1)
    assembler = ReportAssembler()
    assert assembler.feed(first, 0.0) == []
    assert assembler.feed(second, 0.0 + 5 * GAP_S) == [b"]d2" + GS1]


@pytest.mark.parametrize("kept", [1, 2])
def test_a_code_whose_last_report_is_lost_is_never_a_shorter_code(kept: int) -> None:
    long = b"0106901234567892" + b"21" + b"A" * 150
    reports = list(hhp(b"]d2", long))
    assembler = ReportAssembler()
    for report in reports[:kept]:
        assert assembler.feed(report, 0.0) == []
    assert assembler.idle(GAP_S / 2) == []
    (left,) = assembler.idle(GAP_S * 1.01)
    assert left.endswith(BROKEN_OFF)
    assert recognise_text(decode(left), date(2026, 11, 22)).kind is Kind.DAMAGED
    assert assembler.feed(next(iter(hhp(b"]C0", CODE))), 9.0) == [b"]C0" + CODE]


def test_the_next_code_of_another_symbology_is_never_merged_into_half_a_code() -> None:
    first, _ = hhp(b"]d2", GS1)
    found = fed([first, *hhp(b"]C0", CODE)])
    assert found == [b"]d2" + GS1[:56] + BROKEN_OFF, b"]C0" + CODE]


@pytest.mark.parametrize(
    "report",
    [bytes([2, 57]) + b"]C0" + bytes(59), bytes([2, 20]) + b"x" * 62, bytes([9]) + b"x" * 63,
     bytes([1, 63]) + b"x" * 62, bytes([1, 30]) + b"x" * 20, bytes([2, 3]) + b"]C0abc"],
)  # fmt: skip
def test_a_report_of_no_known_layout_is_shown_as_damaged_and_not_dropped(report: bytes) -> None:
    (found,) = fed([report])
    assert found.endswith(BROKEN_OFF)
    assert recognise_text(decode(found), date(2026, 11, 22)).kind not in (
        Kind.TRACE_20, Kind.TRACE_GS1, Kind.TRACE_SELF,
    )  # fmt: skip


def test_an_empty_report_is_no_scan() -> None:
    assert fed([bytes(64), b"", *hhp(b"]C0", b"")]) == []


@given(st.lists(st.binary(max_size=70), max_size=30))
def test_no_stream_of_reports_breaks_it_and_none_grows_without_end(reports: list[bytes]) -> None:
    fed(reports)
    endless = next(iter(hhp(b"]d1", b"x" * 100)))
    assert max(map(len, fed([endless] * 200))) < 4096 + 64
