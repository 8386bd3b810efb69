"""Keys as the system saw them, and the characters a scanner meant by them.

A scanner in keyboard mode types positions of a US keyboard (its factory setting), or those of the
counter's own layout when somebody set it so. Both are read side by side, without CapsLock, and
the recogniser says which of the two makes sense (facts on codes, section 3.1: layouts swap
characters, CapsLock flips letters, Alt+numpad types character numbers).
"""

from dataclasses import field
from datetime import date

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import GS, Kind, Reading

# Positions by their Linux (evdev) codes; X11 adds 8. Unshifted and shifted, US layout.
_US_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
US = {
    first + offset: (plain, shifted)
    for first, low, high in _US_ROWS
    for offset, (plain, shifted) in enumerate(zip(low, high, strict=True))
}
KEYPAD = {
    82: "0",
    79: "1",
    80: "2",
    81: "3",
    75: "4",
    76: "5",
    77: "6",
    71: "7",
    72: "8",
    73: "9",
}
_KEYPAD_OTHERS = {83: ".", 98: "/", 55: "*", 74: "-", 78: "+"}
ENTERS = frozenset({28, 96})
TAB = 15
ALTS = frozenset({56, 100})
_BRACKET_RIGHT = 27
# Honeywell's function table types GS as the Down arrow.
_DOWN = 108
# Held keys that change others and type nothing.
MODIFIERS = frozenset({29, 97, 42, 54, 58, 69, 125, 126}) | ALTS


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down or up. `code` is its evdev position, `host` what the layout types.

    `host` is taken without CapsLock; it is empty for keys that type nothing. `at_ms` counts
    milliseconds of the system's own clock.
    """

    code: int
    pressed: bool
    at_ms: int
    host: str = ""
    shift: bool = False
    ctrl: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """One character by both readings; `us` is empty where the position has none."""

    us: str
    host: str


@dataclass(slots=True)
class Decoder:
    """Strokes to characters; remembers only a number being typed on the keypad with Alt held."""

    _number: str = field(default="")

    @property
    def composing(self) -> bool:
        """True between two digits of an Alt+numpad character."""
        return bool(self._number)

    def feed(self, stroke: Stroke) -> Typed | None:
        """The character this stroke completes, if any."""
        if stroke.code in ALTS:
            return self._alt(stroke)
        if not stroke.pressed:
            return None
        if stroke.alt and stroke.code in KEYPAD:
            self._number += KEYPAD[stroke.code]
            return None
        if stroke.ctrl and (stroke.code == _BRACKET_RIGHT or stroke.host == "]"):
            return Typed(GS, GS)
        if stroke.code == _DOWN:
            return Typed(GS, GS)
        if stroke.ctrl or stroke.alt:
            return None
        return self._plain(stroke)

    def _alt(self, stroke: Stroke) -> Typed | None:
        number, self._number = self._number, ""
        if stroke.pressed or not number:
            return None
        made = _character(int(number))
        return Typed(made, made) if made else None

    def _plain(self, stroke: Stroke) -> Typed | None:
        pad = KEYPAD.get(stroke.code) or _KEYPAD_OTHERS.get(stroke.code)
        if pad:
            return Typed(pad, stroke.host or pad)
        pair = US.get(stroke.code)
        us = pair[stroke.shift] if pair else ""
        if not us and not stroke.host:
            return None
        return Typed(us, stroke.host or us)


def _character(number: int) -> str:
    """The character with this number: as Alt+numpad gives it, GBK beyond one byte."""
    if number < 256:
        return chr(number)
    try:
        return number.to_bytes(2, "big").decode("gb18030")
    except (OverflowError, UnicodeDecodeError):
        return "\ufffd"


def scanner_text(typed: list[Typed], today: date) -> str:
    """What the scanner meant: the reading that makes sense; one that cannot be, when both do."""
    host = "".join(one.host for one in typed)
    if any(not one.us for one in typed):
        return host
    us = "".join(one.us for one in typed)
    if us == host:
        return us
    first, second = recognise_text(us, today), recognise_text(host, today)
    if _sense(first) and _sense(second):
        # Two codes at once are none: the reader refuses what holds a replacement character.
        return us + "\ufffd" + host
    return us if _sense(first) else host


def _sense(reading: Reading) -> bool:
    return reading.kind not in (Kind.UNKNOWN, Kind.DAMAGED, Kind.PARCEL)


def cleaned(text: str, prefix: str, gs_as: str) -> str:
    """A wedge's text without its configured prefix, with the configured sign for GS as GS."""
    if prefix and text.startswith(prefix):
        text = text[len(prefix) :]
    return text.replace(gs_as, GS) if gs_as else text
