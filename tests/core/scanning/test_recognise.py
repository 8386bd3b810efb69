"""What each scan is. The table is the contract's section 3, line by line."""

import json
import re
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.codes import controls
from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.recognise import promote, recognise_text
from pharmacy_desk.core.scanning.scan import (
    MAX_SCAN_CHARS,
    PERSONAL_KINDS,
    TRACE_KINDS,
    Kind,
    Problem,
    Reading,
    decode,
    spaced,
    visible,
)

TABLE = Path(__file__).parents[2] / "data" / "recognise.tsv"
TODAY = date(2026, 11, 22)
KEYS = [
    "raw", "kind", "code", "identification", "gtin", "serial", "lot", "expiry", "problem", "evidence",
    "masked",
]  # fmt: skip
TRACE = "84362820442053402132"
WECHAT = "134567890123456789"
OPEN = settings(max_examples=200, deadline=None)


def _rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


ROWS = _rows()


def _unescape(text: str) -> bytes:
    """The escapes of the recognise command, read anew from the contract."""
    meant = {b"r": b"\r", b"t": b"\t", b"\\": b"\\"}

    def one(match: re.Match[bytes]) -> bytes:
        mark = match.group(1)
        return bytes([int(mark[1:], 16)]) if mark.startswith(b"x") else meant[mark]

    return re.sub(rb"\\(x[0-9A-Fa-f]{2}|r|t|\\)", one, text.encode())


def _read(text: str) -> Reading:
    return recognise_text(text, TODAY)


def _id_number(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def test_the_table_covers_every_kind_and_every_problem() -> None:
    assert len(ROWS) >= 300
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert {row[1] for row in ROWS} == {kind.value for kind in Kind}
    assert {row[3] for row in ROWS if row[3]} == {problem.value for problem in Problem}


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row[1]}" for n, row in enumerate(ROWS)])
def test_each_line_of_the_table_is_read_as_it_says(row: list[str]) -> None:
    given_, kind, code, problem, masked = row
    reading = _read(decode(_unescape(given_)))
    found = reading.shown() if reading.is_personal else reading.code or ""
    assert (reading.kind.value, found) == (kind, code)
    assert (reading.problem.value if reading.problem else "") == problem
    assert reading.is_personal == (masked == "yes")


def _command(data: bytes) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "recognise"],
        input=data, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_command_answers_every_line_of_the_table_in_the_contracts_shape() -> None:
    answers = _command("".join(f"{row[0]}\n" for row in ROWS).encode())
    assert len(answers) == len(ROWS)
    for (_, kind, code, problem, masked), answer in zip(ROWS, answers, strict=True):
        assert list(answer) == KEYS
        assert answer["kind"] == kind
        assert (answer["code"] or "") == code
        assert (answer["problem"] or "") == problem
        assert answer["masked"] is (masked == "yes")
        if answer["masked"]:
            assert answer["raw"] == answer["code"]
            assert (answer["identification"], answer["gtin"], answer["serial"]) == (None,) * 3


def test_the_command_answers_blank_binary_and_endless_lines_with_one_line_each() -> None:
    lines = [b"", b"\xff\xfe\x00", b"\x80" * 40, b"8" * 5000, b"", b"\\x", b"\\xZZ", b"\\", b"\r"]
    answers = _command(b"\n".join(lines) + b"\nlast without an end")
    assert len(answers) == len(lines) + 1
    assert answers[3]["problem"] == "too_long"
    assert [answers[n]["raw"] for n in (0, 5, 6, 7)] == ["", "\\x", "\\xZZ", "\\"]
    assert _command(b"") == []


def test_the_command_reads_bytes_that_are_no_utf8_as_latin_1() -> None:
    (answer,) = _command(b"\\xe9t\\xe9\n")
    assert answer["raw"] == "été"


def test_the_command_loads_no_qt_and_no_home(tmp_path: Path) -> None:
    script = (
        "import io, sys\n"
        "from pharmacy_desk.commands import main\n"
        f"sys.stdin = io.TextIOWrapper(io.BytesIO(b'{TRACE}'))\n"
        f"assert main.main(['recognise', '--home', {str(tmp_path / 'none')!r}]) == 0\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'sqlite3', 'requests')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout.splitlines()[0])["kind"] == "trace_20"
    assert done.stdout.splitlines()[1] == "[]"
    assert not (tmp_path / "none").exists()


def test_core_and_clerk_load_no_qt_and_no_library_of_the_doors() -> None:
    script = (
        "import importlib, pkgutil, sys\n"
        "import pharmacy_desk.core, pharmacy_desk.counter\n"
        "for room in (pharmacy_desk.core, pharmacy_desk.counter):\n"
        "    for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "        importlib.import_module(found.name)\n"
        "doors = {'PySide6', 'sqlite3', 'sqlite_utils', 'requests', 'serial', 'escpos',\n"
        "         'openpyxl', 'keyring', 'cryptography', 'PIL', 'starlette', 'uvicorn'}\n"
        "print(len([m for m in sys.modules if m.startswith('pharmacy_desk.core.')]))\n"
        "print(sorted(doors & {m.split('.')[0] for m in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    count, doors = done.stdout.splitlines()
    assert int(count) > 20
    assert doors == "[]"


def _well_read(text: str) -> None:
    reading = _read(text)
    assert reading.text == text
    assert reading.shown().isprintable()
    if reading.is_trace:
        assert reading.code
        assert reading.identification
    if reading.is_personal:
        inner = reading.shown().strip("*")
        assert len(inner.replace("*", "")) <= 4
        assert reading.code is None
        assert reading.identification is None
        assert reading.serial is None


# Texts near to codes find more than texts of any kind.
_PIECES = st.sampled_from(
    ["]C1", "]d2", "]Q1", "01", "06901234567892", "21", "10", "17", "271231", "\x1d", "8436282",
     "0442053402132", TRACE, WECHAT, "(01)", "(21)", "https://", "/01/", "?17=", "MA.156.M0.", "&",
     "869", "69", "药品标识码", "序列号", "\ufeff", "１２３", "\x00", "{\"mn\"", "SF", "9" * 20]
)  # fmt: skip
_DIGITS = st.text(string.digits, max_size=70)
_NEAR = st.lists(st.one_of(_PIECES, _DIGITS, st.text(max_size=6)), max_size=8).map("".join)


@OPEN
@given(st.one_of(st.text(max_size=300), _NEAR, _DIGITS))
def test_every_text_gives_one_reading_and_a_personal_one_shows_four_characters(text: str) -> None:
    _well_read(text)


@OPEN
@given(st.binary(max_size=400))
def test_every_delivery_of_bytes_gives_one_reading(data: bytes) -> None:
    _well_read(decode(data))


@pytest.mark.parametrize(
    ("first", "size"),
    [*(("1" + second, 18) for second in "012345"),
     *((f"{head}", size) for head in (25, 26, 27, 28, 29, 30) for size in (16, 18, 20, 24)),
     ("", 28)],
)  # fmt: skip
def test_no_payment_code_or_voucher_is_ever_taken_for_a_trace_code(first: str, size: int) -> None:
    for seed in range(300):
        tail = str(seed * 2654435761 % 10**9).zfill(9) + str(seed * 40503 % 10**19).zfill(19)
        reading = _read((first + tail)[:size])
        assert reading.kind in PERSONAL_KINDS, reading


@settings(max_examples=600, deadline=None)
@given(st.integers(100000, 999999), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_no_id_number_is_ever_taken_for_anything_else(area: int, born: date, seq: int) -> None:
    number = _id_number(f"{area}{born:%Y%m%d}{seq:03d}")
    assert _read(number).kind is Kind.ID_CARD
    assert _read(number.lower()).kind is Kind.ID_CARD


@settings(max_examples=600, deadline=None)
@given(st.integers(10**11, 10**12 - 1), st.booleans())
def test_no_commodity_barcode_is_ever_taken_for_a_trace_code(number: int, ours: bool) -> None:
    body = "69" + str(number)[:10] if ours else str(number)
    whole = next(body + digit for digit in "0123456789" if gs1_mod10(body + digit))
    assert _read(whole).kind not in TRACE_KINDS


@settings(max_examples=600, deadline=None)
@given(st.integers(8 * 10**19, 9 * 10**19 - 1))
def test_eight_and_nineteen_digits_are_always_a_trace_code(number: int) -> None:
    code = str(number)
    for text in (code, f"]C0{code}", f" {code}\r\n"):
        reading = _read(text)
        assert (reading.kind, reading.code) == (Kind.TRACE_20, code)
        assert (reading.identification, reading.serial) == (code[:7], code[7:])


_SERIAL = st.text(string.ascii_letters + string.digits + "-./_", min_size=1, max_size=20)


@OPEN
@given(_SERIAL, st.sampled_from(["]d2", "]C1", "]Q3", "\x1d"]), st.booleans())
def test_a_gs1_code_is_the_same_key_on_every_carrier(serial: str, mark: str, first: bool) -> None:
    assume(not controls.spelled(serial))
    gtin = "06901234567892"
    lot = "10LOT1"
    text = f"01{gtin}{lot}\x1d21{serial}" if first else f"01{gtin}21{serial}\x1d{lot}"
    reading = _read(mark + text)
    assert (reading.kind, reading.code) == (Kind.TRACE_GS1, f"01{gtin}21{serial}")
    assert (reading.gtin, reading.serial, reading.lot) == (gtin, serial, "LOT1")


def test_gs1_dates_are_read_and_day_00_is_the_months_last() -> None:
    reading = _read("]d201069012345678921128022917280200" + "21A1")
    assert (reading.made, reading.expiry) == (date(2028, 2, 29), date(2028, 2, 29))


def test_a_scan_beyond_every_carrier_is_too_long() -> None:
    assert _read("8" * (MAX_SCAN_CHARS + 1)).problem is Problem.TOO_LONG
    assert _read("8" * MAX_SCAN_CHARS).problem is not Problem.TOO_LONG


def test_a_birth_date_after_today_makes_no_id_number() -> None:
    number = _id_number("11010120261123001")
    assert recognise_text(number, date(2026, 11, 23)).kind is Kind.ID_CARD
    assert recognise_text(number, date(2026, 11, 22)).kind is not Kind.ID_CARD


def test_only_twenty_digits_that_the_map_may_know_are_promoted() -> None:
    unknown = _read("12345678901234567890")
    assert promote(unknown).kind is Kind.TRACE_20
    assert promote(unknown).identification == "1234567"
    for text in ("hello", TRACE, "9" * 20, WECHAT):
        assert promote(_read(text)) == _read(text)


def test_codes_are_printed_in_groups_that_lose_no_character() -> None:
    assert spaced(TRACE) == "8436282 0442053402132"
    assert spaced("0106901234567892" + "21SN01") == "(01)06901234567892 (21)SN01"


@OPEN
@given(st.text(max_size=200))
def test_scanned_text_is_shown_on_one_printable_line(text: str) -> None:
    assert visible(text).isprintable()


@pytest.mark.parametrize("digit", ["\u1369", "\U00010a40"])
def test_digits_of_other_scripts_make_no_reading_raise(digit: str) -> None:
    _well_read(digit * 6 + "19900307" + "123" + "1")


def test_a_code_from_a_label_holds_plain_digits_only() -> None:
    reading = _read("药品标识码：8٣٨٥٧٩٣ 序列号：0000879766660")
    assert reading.code is None or reading.code.isascii()


@pytest.mark.parametrize("between", ["\r", "\n", "\r\n", "\t"])
def test_two_codes_with_a_terminator_between_are_merged(between: str) -> None:
    reading = _read(TRACE + between + "83857930000879766660")
    assert (reading.kind, reading.problem) == (Kind.DAMAGED, Problem.MERGED)


@pytest.mark.parametrize("before", [TRACE + TRACE, TRACE[:19]])
def test_a_payment_code_glued_to_other_reads_is_still_personal(before: str) -> None:
    assert _read(before + WECHAT).is_personal
