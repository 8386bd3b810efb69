"""What scans of the test card say about a scanner."""

import pytest

from pharmacy_desk.core.scanning.burst import KEYBOARD, End
from pharmacy_desk.core.scanning.scan import GS
from pharmacy_desk.core.scanning.scanner_report import (
    Finding,
    Fix,
    Found,
    Trial,
    end_of,
    findings,
    fix,
    meant,
    named,
    proven,
)
from pharmacy_desk.core.scanning.test_card import CARD, Proof
from pharmacy_desk.core.settings.settings import takes

LINE = {line.proof: line.payload for line in CARD}
SERIAL = "serial:/dev/ttyACM0"


def tried(text: str, port: str = KEYBOARD, end: End | None = None) -> Trial:
    """A scan of whatever line it is found to be."""
    data = text.encode()
    expected = meant(data)
    assert expected is not None
    return Trial(expected, data, port, end)


def found(text: str, port: str = KEYBOARD) -> list[Found]:
    """The findings that need a change."""
    return [one.found for one in findings([tried(text, port)]) if not one.good]


@pytest.mark.parametrize("line", CARD, ids=lambda line: line.proof)
def test_a_line_read_as_printed_needs_nothing(line):
    assert meant(line.payload.encode()) == line.payload
    assert found(line.payload) == []
    assert found("]d2" + line.payload + "\r", SERIAL) == []
    assert proven([tried(line.payload)]) == {line.proof: True}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*" + LINE[Proof.PLAIN], Found.PREFIX),
        ("]C0*" + LINE[Proof.PLAIN], Found.PREFIX),
        (LINE[Proof.PLAIN] + "+", Found.TAIL),
        (LINE[Proof.PLAIN] + "0123456789", Found.TAIL),
        ("0123456789" + LINE[Proof.PLAIN], Found.PREFIX),
        (LINE[Proof.SEPARATOR].replace(GS, ""), Found.GS_MISSING),
        (LINE[Proof.SEPARATOR].replace(GS, "~"), Found.GS_REPLACED),
        (LINE[Proof.SEPARATOR].lower(), Found.CAPS_LOCK),
        (LINE[Proof.CASE].swapcase(), Found.CAPS_LOCK),
        (LINE[Proof.CASE].upper(), Found.ALL_UPPER),
        (LINE[Proof.CASE].lower(), Found.ALL_LOWER),
        (LINE[Proof.CASE].replace("@", '"'), Found.LAYOUT),
        (LINE[Proof.CASE].translate(str.maketrans("yzYZ", "zyZY")), Found.LAYOUT),
        ("-01/@#", Found.HEAD_LOST),
        ("TestCARD-01/@#", Found.LOST),
        (LINE[Proof.PLAIN][:7] + LINE[Proof.PLAIN][9:], Found.LOST),
        ("".join(chr(ord(ch) + 0xFEE0) for ch in LINE[Proof.QR]), Found.FULL_WIDTH),
        (LINE[Proof.LONG][:128], Found.CUT),
        (LINE[Proof.PLAIN][:11], Found.CUT),
        (LINE[Proof.LONG][56:], Found.HEAD_LOST),
        (LINE[Proof.FIRST_OF_TWO] + LINE[Proof.SECOND_OF_TWO], Found.MERGED),
        (LINE[Proof.FIRST_OF_TWO] + "\n" + LINE[Proof.SECOND_OF_TWO], Found.MERGED),
    ],
)
def test_what_is_wrong_is_found_and_nothing_else(text, wanted):
    assert found(text) == [wanted]


def test_several_faults_of_one_scan_are_all_named():
    text = "~" + LINE[Proof.SEPARATOR].replace(GS, "|").swapcase()
    assert set(found(text)) == {Found.PREFIX, Found.GS_REPLACED, Found.CAPS_LOCK}
    prefix = next(one for one in findings([tried(text)]) if one.found is Found.PREFIX)
    assert prefix.text == "~"


def test_ways_of_writing_gs_that_are_understood_are_no_fault():
    for written in (GS, "<GS>", "{GS}"):
        seen = findings([tried(LINE[Proof.SEPARATOR].replace(GS, written))])
        assert Found.GS_ARRIVES in [one.found for one in seen]
        assert all(one.good for one in seen)


def test_lost_and_cut_say_how_many():
    cut = findings([tried(LINE[Proof.LONG][:128])])[0]
    assert (cut.count, cut.of) == (128, 240)
    head = findings([tried(LINE[Proof.LONG][56:])])[0]
    assert head.count == 56
    assert findings([tried(LINE[Proof.PLAIN][:7] + LINE[Proof.PLAIN][9:])])[0].count == 2


@pytest.mark.parametrize(
    "text",
    ["84362820442053402132", "6900000000014", "134567890123456789", "", "12345", "http://a.b/c",
     "01069012345678921021LOT", "0" * 28],
)  # fmt: skip
def test_other_codes_are_not_taken_for_the_card(text):
    assert meant(text.encode()) is None


def test_the_newest_scan_of_a_line_counts():
    bad, good = tried(LINE[Proof.LONG][:128]), tried(LINE[Proof.LONG])
    assert proven([bad]) == {Proof.LONG: False}
    assert proven([bad, good]) == {Proof.LONG: True}
    assert all(one.good for one in findings([bad, good]))
    assert findings([good, bad])[0].found is Found.CUT


def test_each_port_keeps_its_own_findings():
    seen = findings([tried(LINE[Proof.LONG][:128], SERIAL), tried(LINE[Proof.LONG])])
    assert [(one.port, one.found) for one in seen if not one.good] == [(SERIAL, Found.CUT)]


def test_what_costs_a_box_comes_first():
    merged = tried(LINE[Proof.FIRST_OF_TWO] + LINE[Proof.SECOND_OF_TWO])
    seen = findings([tried("*" + LINE[Proof.PLAIN], end=End.NONE), merged])
    assert [one.found for one in seen if not one.good] == [Found.MERGED, Found.PREFIX, Found.END]


@pytest.mark.parametrize("end", list(End))
def test_the_end_of_a_scan_is_told(end):
    seen = findings([tried(LINE[Proof.PLAIN], end=end)])
    told = next(one for one in seen if one.found is Found.END)
    assert told.text == end
    assert told.good is (end is not End.NONE)


def test_an_end_left_on_the_code_is_seen_and_mended():
    seen = findings([tried(LINE[Proof.PLAIN] + "\r", SERIAL)])
    told = next(one for one in seen if one.found is Found.END)
    assert fix(told, takes) == Fix("scanner.terminator", "cr")


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"8123\r", End.CR), (b"8123\r\n", End.CRLF), (b"8123\n", End.LF), (b"8123\t", End.TAB),
        (b"8123", End.NONE), (b"\n8123\r", End.CR), (b"8123\r\n8124\r\n", End.CRLF), (b"", End.NONE),
    ],
)  # fmt: skip
def test_the_end_of_received_bytes(data, end):
    assert end_of(data) is end


def test_the_setting_that_mends():
    assert fix(Finding(Found.PREFIX, KEYBOARD, "*"), takes) == Fix("wedge.prefix", "*")
    assert fix(Finding(Found.GS_REPLACED, KEYBOARD, "~"), takes) == Fix("wedge.gs", "~")
    # No setting holds these, or they are the scanner's own to change.
    assert fix(Finding(Found.GS_REPLACED, KEYBOARD, "XY"), takes) is None
    assert fix(Finding(Found.PREFIX, KEYBOARD, "\x02"), takes) is None
    assert fix(Finding(Found.PREFIX, SERIAL, "*"), takes) is None
    assert fix(Finding(Found.END, KEYBOARD, End.NONE), takes) is None
    assert fix(Finding(Found.CUT, KEYBOARD), takes) is None


def test_controls_are_named_and_the_rest_is_one_safe_line():
    assert named("]d2\x1d8\r\n\t\x02\x03") == "]d2⟨GS⟩8⟨CR⟩⟨LF⟩⟨Tab⟩⟨STX⟩⟨ETX⟩"
    assert named("a\x00b\u202ec") == "a\\x00b\\u202Ec"
    assert named("1" * 400) == "1" * 300 + "…"
