"""Tell a scanner's burst of keys from a person's typing, by the time between keys.

Scanners type at 1–50 ms a key, people at 80 ms and more (facts on codes, 3.1). Keys pass through
until the run is long enough to be surely a scanner's; then the caller undoes what the first keys
did to the focused field and swallows the rest.
"""

from enum import Enum, StrEnum, auto

from pharmacy_desk.core.basics.values import dataclass

# The name under which keyboard scanners deliver (`gui/keys/wedge.py`).
KEYBOARD = "wedge"
# Two or three keys can roll over each other in fast typing; six in a row within the gap cannot.
CONFIRM_KEYS = 6
# After three scans the scanner's own pace is known; two and a half times its slowest gap leaves
# room for a busy cable. Never under 60 ms: a second, slower scanner (up to 50 ms a key) may be
# plugged in, and people need 80 ms and more.
_LEARNED_SCANS, _ROOM, _LEAST_GAP_MS = 3, 2.5, 60
# A CR+LF suffix is two keys: the second one belongs to the scan as well.
_SUFFIX_ECHO_MS = 60


class End(StrEnum):
    """What a scanner sends behind each code; the values are those of `scanner.terminator`."""

    CR = "cr"
    LF = "lf"
    CRLF = "crlf"
    TAB = "tab"
    NONE = "none"


class KeyFate(Enum):
    """What happens to a key: the field gets it, it is swallowed, or it also proves a scan."""

    PASS = auto()
    SWALLOW = auto()
    CONFIRM = auto()


@dataclass(slots=True)
class Burst:
    """Follows keys by their time stamps (milliseconds). `gap_ms` parts scanner from person.

    It narrows to the pace of the scanner once that is known, and never widens beyond the setting.
    """

    gap_ms: int = 60
    _text: str = ""
    _last_ms: int = -1_000_000
    _confirmed: bool = False
    _ended_ms: int = -1_000_000
    _slowest_ms: int = 0
    _paces: tuple[int, ...] = ()

    @property
    def active(self) -> bool:
        """True while a scan is being received."""
        return self._confirmed

    @property
    def present_gap_ms(self) -> float:
        """The gap in force now."""
        if len(self._paces) < _LEARNED_SCANS:
            return self.gap_ms
        return min(self.gap_ms, max(_LEAST_GAP_MS, max(self._paces) * _ROOM))

    def touch(self, at_ms: int) -> None:
        """A key that is half a character (Alt+numpad) keeps its run alive."""
        if not self.new_run_at(at_ms):
            self._last_ms = at_ms

    def new_run_at(self, at_ms: int) -> bool:
        """True when a key at `at_ms` does not belong to the run before it."""
        return not self._text or at_ms - self._last_ms > self.present_gap_ms

    def character(self, text: str, at_ms: int) -> KeyFate:
        """One key that produces `text`."""
        if self.new_run_at(at_ms) and not self._confirmed:
            self._text = ""
            self._slowest_ms = 0
        elif self._text:
            self._slowest_ms = max(self._slowest_ms, at_ms - self._last_ms)
        self._text += text
        self._last_ms = at_ms
        if self._confirmed:
            return KeyFate.SWALLOW
        if len(self._text) >= CONFIRM_KEYS:
            self._confirmed = True
            return KeyFate.CONFIRM
        return KeyFate.PASS

    def suffix(self, at_ms: int) -> tuple[KeyFate, str | None]:
        """Enter or Tab: ends a scan and is swallowed with it, else it is a person's key."""
        if self._confirmed:  # also a late one: nobody presses Enter inside a scan
            self._ended_ms = at_ms
            return KeyFate.SWALLOW, self.take()
        if at_ms - self._ended_ms <= _SUFFIX_ECHO_MS:
            self._ended_ms = at_ms
            return KeyFate.SWALLOW, None
        self._text = ""
        return KeyFate.PASS, None

    def other_key(self) -> None:
        """A key that no scanner sends inside a code: the run before it was typing."""
        if not self._confirmed:
            self._text = ""

    def take(self) -> str:
        """The scan received so far; the next key begins anew."""
        if self._confirmed:
            self._paces = (*self._paces, min(self._slowest_ms, self.gap_ms))[-_LEARNED_SCANS:]
        text, self._text, self._confirmed = self._text, "", False
        return text
