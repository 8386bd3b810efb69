"""Keys to characters: layouts, CapsLock, Alt+numpad, GS in its many ways, and the scanner's pace."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.burst import Burst, KeyFate
from pharmacy_desk.core.scanning.keys import (
    ALTS,
    KEYPAD,
    US,
    Decoder,
    Stroke,
    Typed,
    cleaned,
    scanner_text,
)

TODAY = date(2026, 11, 22)
BOX = "84362820442053402132"
PLACES = {ch: (code, shift) for code, pair in US.items() for shift, ch in enumerate(pair)}
# The upper row of a French keyboard, unshifted and shifted.
FRENCH = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))


def us_strokes(text, host=None):
    """A scanner with a US keyboard; `host` says what the counter's layout makes of a character."""
    for ch in text:
        code, shift = PLACES[ch]
        typed = host(ch) if host else ch
        yield Stroke(code, True, 0, typed, bool(shift))


def decoded(strokes):
    decoder = Decoder()
    return [typed for stroke in strokes if (typed := decoder.feed(stroke))]


@given(st.text(alphabet=sorted(PLACES), min_size=1, max_size=60))
def test_a_us_keyboard_is_read_as_it_types(text):
    assert scanner_text(decoded(us_strokes(text)), TODAY) == text


def test_a_us_scanner_on_a_french_layout_is_read_by_its_positions():
    typed = decoded(us_strokes(BOX, FRENCH.get))
    assert "".join(one.host for one in typed) != BOX
    assert scanner_text(typed, TODAY) == BOX


def test_a_french_scanner_on_a_french_layout_is_read_by_its_characters():
    shifted = {digit: US[PLACES[digit][0]][1] for digit in "0123456789"}
    typed = [Typed(shifted[ch], ch) for ch in BOX]
    assert scanner_text(typed, TODAY) == BOX


def test_two_codes_at_once_are_refused_rather_than_guessed():
    other = "84362820442053402149"
    typed = [Typed(a, b) for a, b in zip(BOX, other, strict=True)]
    text = scanner_text(typed, TODAY)
    assert text not in (BOX, other)
    assert "\ufffd" in text


@pytest.mark.parametrize(("number", "expected"), [("029", "\x1d"), ("0029", "\x1d"), ("65", "A")])
def test_alt_and_the_keypad_type_a_characters_number(number, expected):
    keypad = {digit: code for code, digit in KEYPAD.items()}
    alt = min(ALTS)
    strokes = [Stroke(alt, True, 0)]
    strokes += [Stroke(keypad[digit], True, 1, digit, alt=True) for digit in number]
    strokes += [Stroke(alt, False, 2, alt=True)]
    assert decoded(strokes) == [Typed(expected, expected)]


def test_the_keypad_without_alt_types_digits_and_alt_alone_nothing():
    keypad = {digit: code for code, digit in KEYPAD.items()}
    assert [t.host for t in decoded([Stroke(keypad["7"], True, 0, "7")])] == ["7"]
    assert decoded([Stroke(56, True, 0), Stroke(56, False, 1)]) == []


@pytest.mark.parametrize(
    "stroke", [Stroke(27, True, 0, "]", ctrl=True), Stroke(27, True, 0, "$", ctrl=True),
               Stroke(108, True, 0)],
)  # fmt: skip
def test_gs_comes_as_ctrl_bracket_or_as_the_down_arrow(stroke):
    assert decoded([stroke]) == [Typed("\x1d", "\x1d")]


@pytest.mark.parametrize(
    ("text", "prefix", "gs_as", "expected"),
    [
        ("*" + BOX, "*", "", BOX),
        ("*" + BOX, "", "", "*" + BOX),
        ("10LOT<GS>21S", "", "", "10LOT<GS>21S"),  # the recogniser reads it, at every door
        ("10LOT~21S", "", "~", "10LOT\x1d21S"),
        ("10LOT~21S", "", "", "10LOT~21S"),
    ],
)
def test_prefix_and_substitutes_of_gs(text, prefix, gs_as, expected):
    assert cleaned(text, prefix, gs_as) == expected


def _scan(burst, start, gap, keys=20):
    at = start
    for _ in range(keys):
        fate = burst.character("8", at)
        at += gap
    burst.suffix(at)
    return fate


def test_the_gap_narrows_to_the_scanners_pace_and_never_widens():
    burst = Burst(150)
    for number in range(3):
        assert _scan(burst, number * 10_000, 8) is KeyFate.SWALLOW
    assert burst.present_gap_ms == 60
    # 90 ms a key passes for a scanner at first, but not beside one that is known to be fast.
    assert _scan(burst, 100_000, 90) is KeyFate.PASS
    # A second, slower scanner is still one.
    assert _scan(burst, 200_000, 45) is KeyFate.SWALLOW
    slow = Burst(60)
    for number in range(3):
        _scan(slow, number * 10_000, 50)
    assert slow.present_gap_ms == 60


@given(st.lists(st.integers(80, 400), min_size=5, max_size=40))
def test_a_person_is_never_a_scanner(gaps):
    burst, at = Burst(60), 0
    for gap in gaps:
        at += gap
        assert burst.character("a", at) is KeyFate.PASS


@given(st.lists(st.integers(1, 50), min_size=19, max_size=19))
def test_a_scanner_is_always_known_by_its_sixth_key(gaps):
    burst, at = Burst(60), 1000
    fates = [burst.character("8", at)]
    for gap in gaps:
        at += gap
        fates.append(burst.character("8", at))
    assert fates[:5] == [KeyFate.PASS] * 5
    assert fates[5] is KeyFate.CONFIRM
    assert set(fates[6:]) == {KeyFate.SWALLOW}
