"""No spelling of a separator or control is ever part of a value, at any door; see `controls.py`.

The spellings are listed here anew, from what scanners, label software, workbooks and web pages
write. One box is one code or a refusal, however its separators came.
"""

import itertools
import time
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.commands.main import unescape
from pharmacy_desk.core.scanning.codes import controls
from pharmacy_desk.core.scanning.framing import Framer
from pharmacy_desk.core.scanning.hid_report import ReportAssembler
from pharmacy_desk.core.scanning.keys import cleaned
from pharmacy_desk.core.scanning.recognise import recognise, recognise_code, recognise_text
from pharmacy_desk.core.scanning.scan import GS, Kind, Problem, RawScan, Reading
from pharmacy_desk.core.scanning.tray import Symbol
from pharmacy_desk.core.stock.files.cells import Codes, RowError, batch_of
from tests.drills.random_codes import SPELLED_CONTROLS, SPELLED_SEPARATORS

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
GTIN = "06901234567892"
TRACE = "84362820442053402132"
OPEN = settings(max_examples=400, deadline=None)
# Those that every door reads where a separator may stand.
READ = ("<GS>", "<gs>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "<0x1D>", "␝", "^]", "\\x1d", "_x001D_",
        "＜ＧＳ＞")  # fmt: skip


def _serial(text: str) -> Reading:
    framer = Framer("cr")
    (frame,) = [*framer.feed(text.encode() + b"\r", 1.0), *framer.idle(9.0)]
    return recognise(RawScan(frame, "serial", AT))


def _hid(text: str) -> Reading:
    """Reports of the HHP layout: length, AIM id of a plain DataMatrix, data, more."""
    data, assembler, scans = text.encode(), ReportAssembler(), []
    pieces = [data[start : start + 56] for start in range(0, len(data), 56)]
    for number, piece in enumerate(pieces):
        body = bytes([2, len(piece)]) + b"]d1" + piece.ljust(56, b"\0")
        more = bytes([number < len(pieces) - 1])
        scans += assembler.feed(body + b"\0\0" + more, 1.0)
    (scan,) = scans
    return recognise(RawScan(scan, "hid", AT))


def _wedge(text: str) -> Reading:
    return recognise(RawScan(cleaned(text, "", "").encode(), "wedge", AT))


def _picture(text: str) -> Reading:
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    return Symbol("DataMatrix", "]d1", text.encode(), corners).reading(TODAY)


def _typed(text: str) -> Reading:
    return recognise(RawScan(text.replace(" ", "").encode(), "typed", AT))


def _command(text: str) -> Reading:
    return recognise_text(unescape(text.replace("\\", "\\\\").encode()).decode(), TODAY)


def _file(text: str) -> Reading:
    """A cell of a table of codes: what the reader takes, or the refusal as damage."""
    try:
        (code,) = Codes(TODAY).several(text)
    except RowError:
        return Reading(Kind.DAMAGED, text, problem=Problem.NOT_ALLOWED_CHARACTER)
    reading = recognise_text(text, TODAY)
    assert reading.code == code
    return reading


DOORS: tuple[Callable[[str], Reading], ...] = (
    _serial, _hid, _wedge, _picture, _typed, _command, _file,
)  # fmt: skip
_SPELLING = st.sampled_from((*SPELLED_SEPARATORS, *SPELLED_CONTROLS))
_ELEMENTS = (("21", "SN0001"), ("10", "LOT7"), ("17", "271231"))
_DOOR = st.sampled_from(DOORS)


def _one_code(reading: Reading) -> None:
    """The box, or a refusal that says why."""
    if reading.is_trace:
        assert reading.code == f"01{GTIN}21SN0001"
        assert reading.lot in (None, "LOT7")
        assert reading.expiry in (None, date(2027, 12, 31))
    else:
        assert reading.kind in (Kind.DAMAGED, Kind.UNKNOWN, Kind.URL), reading
        assert reading.code is None


@OPEN
@given(
    st.permutations(_ELEMENTS), st.integers(1, 3), st.lists(_SPELLING, min_size=4, max_size=4),
    st.sampled_from(["", "]d2", "]C1"]), st.booleans(), _DOOR,
)  # fmt: skip
def test_one_box_is_one_code_or_a_refusal_whatever_its_separators_are_written_as(
    pairs: list[tuple[str, str]], count: int, marks: list[str], aim: str, around: bool,
    door: Callable[[str], Reading],
) -> None:  # fmt: skip
    shown = pairs[:count] if any(ai == "21" for ai, _ in pairs[:count]) else pairs
    text = marks[3] if around else ""
    text += "01" + GTIN
    for (ai, value), mark in itertools.zip_longest(shown, marks[: len(shown) - 1], fillvalue=""):
        text += ai + value + str(mark)
    _one_code(door(aim + text + (marks[3] if around else "")))


@OPEN
@given(st.lists(_SPELLING, min_size=1, max_size=2), st.integers(0, 60), _DOOR)
def test_a_spelling_anywhere_in_a_bracketed_text_or_link_makes_no_other_code(
    marks: list[str], place: int, door: Callable[[str], Reading]
) -> None:
    for text in (
        f"(01){GTIN}(17)271231(10)LOT7(21)SN0001",
        f"https://id.example.com/01/{GTIN}/10/LOT7/21/SN0001?17=271231",
    ):
        at = place % (len(text) + 1)
        _one_code(door(text[:at] + "".join(marks) + text[at:]))


@pytest.mark.parametrize("door", DOORS)
def test_no_spelling_becomes_part_of_a_value_at_any_door(door: Callable[[str], Reading]) -> None:
    for mark in (*SPELLED_SEPARATORS, *SPELLED_CONTROLS):
        _never_in_a_value(mark, door)


def _never_in_a_value(mark: str, door: Callable[[str], Reading]) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in mark.encode())
    for text in (
        f"]d201{GTIN}21SN0001{mark}10LOT7", f"01{GTIN}21SN0001{mark}", f"{mark}01{GTIN}21SN0001",
        f"01{GTIN}10LOT7{mark}21SN0001", f"01{GTIN}21SN0001{mark}{mark}", f"01{GTIN}{mark}21SN0001",
        f"(01){GTIN}(21)SN0001{mark}", f"(01){GTIN}(21)SN0001{mark}(10)LOT7",
        f"https://id.example.com/01/{GTIN}/21/SN0001{quoted}",
        f"https://id.example.com/01/{GTIN}/21/SN0001{quoted.replace('%', '%25')}",
    ):  # fmt: skip
        _one_code(door(text))
    for text in (f"{TRACE}{mark}", f"{mark}{TRACE}"):
        assert door(text).code in (None, TRACE)
    filled = "MASH0012345678901234"[: max(20 - len(mark), 1)] + mark
    assert not door(filled).is_trace
    assert door(f"MA.156.M0.100472.11103316.S1{mark}").code is None


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("mark", READ)
def test_a_well_known_spelling_of_gs_is_read_where_gs_may_stand(
    mark: str, door: Callable[[str], Reading]
) -> None:
    reading = door(f"01{GTIN}17271231" + f"10LOT7{mark}21SN0001")
    assert (reading.code, reading.lot) == (f"01{GTIN}21SN0001", "LOT7")
    assert reading.text != reading.code  # what was received stays as it was received


@pytest.mark.parametrize(
    "serial",
    ["LOT<7>", "A<B>C", "50%OFF", "100%", "A%B", "X=10", "<>", "SN(X)1", "A_B_C", "B&G", "0X1D0001",
     "GS0001", "SNGS10LOT7", "a<b", "%GS", "A/B:C;D", "'GS", "(10)"],
)  # fmt: skip
def test_signs_of_set_82_that_spell_no_control_stay_in_a_serial(serial: str) -> None:
    assert recognise_text(f"]d201{GTIN}21{serial}", TODAY).serial == serial


@OPEN
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20))
def test_no_serial_of_capitals_and_digits_smells_of_a_control(serial: str) -> None:
    assert "FNC1" in serial or not controls.spelled(serial)


def test_a_lot_of_a_file_holds_no_spelling() -> None:
    assert batch_of({"lot": "LOT<7>"}).lot == "LOT<7>"
    for mark in SPELLED_SEPARATORS:
        with pytest.raises(RowError, match="bad_lot"):
            batch_of({"lot": f"LOT7{mark}"})


_PIECES = st.sampled_from(
    ["]C1", "]d2", "]Q1", "]E3", "01" + GTIN, "21", "10", "17271231", GS, "SN0001", "LOT7", TRACE,
     "1234567890", "(01)", "(21)", "https://a.cn/", "/01/", "/21/", "MA.156.M0.100472.11103316.S",
     "8385793", "O", "²", "MASH0012345678901234", "<", ">", "%", "A"]
)  # fmt: skip


@OPEN
@given(st.lists(st.one_of(_PIECES, _SPELLING), max_size=7).map("".join))
def test_what_is_accepted_is_recognised_as_itself_again(text: str) -> None:
    reading = recognise_text(text, TODAY)
    if reading.is_trace and reading.code:
        assert recognise_code(reading.code, TODAY).code == reading.code
        again = recognise_text(reading.code, TODAY)
        # Bare, a code may look like an e-voucher, or as if its separator had been lost: then it
        # is refused, and never another code.
        doubted = again.is_personal or again.problem is Problem.LOST_SEPARATOR
        assert doubted or again.code == reading.code
        assert controls.spelled(reading.code) is False


@pytest.mark.parametrize("serial", ["1234567890", "SN000117271231"])
def test_a_canonical_code_that_the_program_keeps_is_never_doubted(serial: str) -> None:
    code = f"01{GTIN}21{serial}"
    assert recognise_text(code, TODAY).code is None
    reading = recognise_code(code, TODAY)
    assert (reading.kind, reading.code, reading.serial) == (Kind.TRACE_GS1, code, serial)


@pytest.mark.parametrize("letter", "OoDQIilLZzSsGbBgq")
def test_a_look_alike_in_20_digits_is_damage_at_every_place(letter: str) -> None:
    for place in range(1, 20):
        reading = recognise_text(TRACE[:place] + letter + TRACE[place + 1 :], TODAY)
        assert (reading.kind, reading.problem) == (Kind.DAMAGED, Problem.NOT_ALLOWED_CHARACTER)


@pytest.mark.parametrize("digit", ["²", "③", "𝟐", "⒉", "₂", "½"])
@pytest.mark.parametrize("door", DOORS)
def test_a_sign_that_only_folds_to_a_digit_makes_no_code(
    digit: str, door: Callable[[str], Reading]
) -> None:
    for text in (TRACE[:19] + digit, f"01{GTIN}21SN000{digit}", f"MASH001234567890123{digit}"):
        assert door(text).code is None


def _least_seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize(
    "piece", [b"\\", b"\\x", b"\\xZ", b"\\r", b"<", b"<GS>", b"%", b"%25", b"(01)", b"\x1d", b"8",
              b"https://a.cn/01/", "²".encode(), b"]d2", b"\xcc\x81\xcc\x96"],
)  # fmt: skip
def test_four_times_as_long_a_line_costs_about_four_times_as_much(piece: bytes) -> None:
    def work(size: int) -> Callable[[], object]:
        line = piece * (size // len(piece))
        return lambda: recognise(RawScan(unescape(line), "stdin", AT))

    # A quadratic step would cost sixteen times as much; the floor is the clock's own step.
    assert _least_seconds(work(800_000)) < 9 * max(_least_seconds(work(200_000)), 0.002)
