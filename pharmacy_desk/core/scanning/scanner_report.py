"""What a few scans of the test card say about a scanner: findings, and the setting that mends each.

Pure: the card's payload, what arrived, and through which port. The sentences are the window's. What
scanners get wrong is listed in the facts on codes, sections 3.1 (keyboard) and 3.2 (serial).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.burst import KEYBOARD, End
from pharmacy_desk.core.scanning.codes import controls
from pharmacy_desk.core.scanning.scan import GS, decode, visible
from pharmacy_desk.core.scanning.test_card import CARD, CardLine, Proof

# Prefixes, suffixes and substitutes for GS are a few characters; a longer one is another code.
_MOST_EXTRA = 8
# Less than this is nobody's code: the wedge itself wants six keys before it believes in a scan.
_LEAST = 6
# Names of the controls a scanner sends (ASCII).
_NAMES = {"\x02": "STX", "\x03": "ETX", "\t": "Tab", "\n": "LF", "\r": "CR", GS: "GS"}
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]\Z")
_AIM_FIRST = re.compile(r"\][A-Za-z][0-9A-Za-z]")


_ENDS = (("\r\n", End.CRLF), ("\r", End.CR), ("\n", End.LF), ("\t", End.TAB))


class Found(StrEnum):
    """One thing that a scan of the card shows. Those of `GOOD` need no change."""

    READ = "read"
    END = "end"
    GS_ARRIVES = "gs_arrives"
    PREFIX = "prefix"
    TAIL = "tail"
    GS_REPLACED = "gs_replaced"
    GS_MISSING = "gs_missing"
    CAPS_LOCK = "caps_lock"
    ALL_UPPER = "all_upper"
    ALL_LOWER = "all_lower"
    LAYOUT = "layout"
    FULL_WIDTH = "full_width"
    LOST = "lost"
    HEAD_LOST = "head_lost"
    CUT = "cut"
    MERGED = "merged"


GOOD = frozenset({Found.READ, Found.GS_ARRIVES})
# What costs a box comes first, what only costs time last.
_ORDER = (
    Found.MERGED,
    Found.CUT,
    Found.HEAD_LOST,
    Found.LOST,
    Found.GS_MISSING,
    Found.GS_REPLACED,
    Found.FULL_WIDTH,
    Found.CAPS_LOCK,
    Found.ALL_UPPER,
    Found.ALL_LOWER,
    Found.LAYOUT,
    Found.PREFIX,
    Found.TAIL,
    Found.END,
    Found.GS_ARRIVES,
    Found.READ,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one port. `text` is a prefix, a substitute or an `End`; `count` characters.

    `of` is the number of characters that should have come, where some are missing.
    """

    found: Found
    port: str
    text: str = ""
    count: int = 0
    of: int = 0

    @property
    def good(self) -> bool:
        """True when nothing has to be changed."""
        return self.found in GOOD or (self.found is Found.END and self.text != End.NONE)


@dataclass(frozen=True, slots=True)
class Trial:
    """One scan of the card: the payload it should give, what came (as received), the port.

    `end` is what came behind the code where the port tells it; the wedge does, and the search for
    speed and parity.
    """

    expected: str
    data: bytes
    port: str
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A setting that mends a finding."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SerialLine:
    """How a serial port has to be read: speed in baud, parity (a choice of `scanner.parity`), end.

    `end` is None when it was not seen.
    """

    baud: int
    parity: str
    end: End | None = None


def named(text: str, limit: int = 300) -> str:
    """Received text on one line, its usual controls by name: `8123⟨CR⟩`, others as `visible`."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(f"⟨{_NAMES[ch]}⟩" if ch in _NAMES else visible(ch) for ch in cut)


def end_of(data: bytes) -> End:
    """What ends received bytes: the first scan of several, as a search for the speed hears them."""
    text = decode(data)
    body = text.lstrip("\r\n\t")
    first = min((at for at, ch in enumerate(body) if ch in "\r\n\t"), default=None)
    if first is None:
        return End.NONE
    return next(end for sign, end in _ENDS if body.startswith(sign, first))


def meant(data: bytes, card: Sequence[CardLine] = CARD) -> str | None:
    """The payload of the line that was scanned, as far as one can tell; None: not of this card."""
    text = _bare(decode(data))
    rated = [(cost, line.payload) for line in card if (cost := _cost(line, text, card)) is not None]
    return min(rated, key=lambda pair: pair[0])[1] if rated else None


def findings(trials: Iterable[Trial]) -> tuple[Finding, ...]:
    """What the trials show, worst first; of the same line on the same port the newest counts."""
    newest: dict[tuple[str, str], Trial] = {}
    ends: dict[str, Finding] = {}
    for trial in trials:
        newest[trial.port, trial.expected] = trial
        end = trial.end or _kept_end(trial.data)
        if end is not None:
            ends[trial.port] = Finding(Found.END, trial.port, end)
    seen = [one for trial in newest.values() for one in _examined(trial)]
    return tuple(sorted(dict.fromkeys([*seen, *ends.values()]), key=lambda f: _rank(f.found)))


def proven(trials: Iterable[Trial], card: Sequence[CardLine] = CARD) -> dict[Proof, bool]:
    """For each line of the card that was scanned: whether its newest scan came as printed."""
    lines = {line.payload: line.proof for line in card}
    newest = {trial.expected: trial for trial in trials if trial.expected in lines}
    return {
        lines[expected]: all(one.good for one in _examined(trial))
        for expected, trial in newest.items()
    }


def fix(finding: Finding, takes: Callable[[str, str], bool]) -> Fix | None:
    """The setting that mends a finding; None when only the scanner itself can be changed.

    `takes` tells whether a setting, by its key, can have a value.
    """
    key = {
        Found.PREFIX: "wedge.prefix",
        Found.GS_REPLACED: "wedge.gs",
        Found.END: "scanner.terminator",
    }.get(finding.found)
    keyboard = finding.port == KEYBOARD
    if key is None or keyboard != key.startswith("wedge."):
        return None
    value = str(finding.text)
    return Fix(key, value) if takes(key, value) else None


def _rank(found: Found) -> int:
    return _ORDER.index(found)


def _kept_end(data: bytes) -> End | None:
    """The end a port has left on the code, because it is set to another one."""
    text = decode(data)
    return next((end for sign, end in _ENDS if text.endswith(sign)), None)


def _bare(text: str) -> str:
    """Without line ends around it and without the symbology identifier in front."""
    text = text.strip("\r\n\t\x02\x03")
    aim = _AIM_FIRST.match(text)
    return text[aim.end() :] if aim else text


def _examined(trial: Trial) -> Iterator[Finding]:
    """The findings of one trial."""
    text = _bare(decode(trial.data))
    port = trial.port
    if _payloads_in(text) > 1:
        yield Finding(Found.MERGED, port, count=_payloads_in(text))
        return
    plain = unicodedata.normalize("NFKC", text)
    if plain != text:
        yield Finding(Found.FULL_WIDTH, port)
    whole = _pattern(trial.expected).fullmatch(plain)
    yield from _whole(trial, whole) if whole else _broken(trial, plain)


def _payloads_in(text: str) -> int:
    return sum(text.count(line.payload) for line in CARD)


def _pattern(payload: str) -> re.Pattern[str]:
    """The payload with room for what scanners add in front, behind and for GS; any case."""
    room = f"{{0,{_MOST_EXTRA}}}?"
    body = rf")(.{room})(".join(re.escape(part) for part in payload.split(GS))
    return re.compile(rf"(.{room})({body})(.{room})", re.DOTALL | re.IGNORECASE)


def _whole(trial: Trial, match: re.Match[str]) -> Iterator[Finding]:
    """The payload is there; what is around and between its parts."""
    port, groups = trial.port, match.groups()
    before, after = _AIM.sub("", groups[0]), groups[-1]
    # Groups: prefix, part, (separator, part)…, suffix.
    if before:
        yield Finding(Found.PREFIX, port, before)
    if after:
        yield Finding(Found.TAIL, port, after)
    parts, came = trial.expected.split(GS), groups[1:-1:2]
    for separator in groups[2:-1:2]:
        if controls.means_separator(separator):
            yield Finding(Found.GS_ARRIVES, port)
        elif separator:
            yield Finding(Found.GS_REPLACED, port, separator)
        else:
            yield Finding(Found.GS_MISSING, port)
    case = _case("".join(parts), "".join(came))
    yield Finding(case or Found.READ, port)


def _case(wanted: str, came: str) -> Found | None:
    """What happened to the letters; a line of capitals alone is most likely turned by CapsLock."""
    if came == wanted:
        return None
    turned = {wanted.swapcase(): Found.CAPS_LOCK, wanted.upper(): Found.ALL_UPPER}
    return turned.get(came, Found.ALL_LOWER if came == wanted.lower() else Found.LAYOUT)


def _broken(trial: Trial, text: str) -> Iterator[Finding]:
    """The payload is not there as a whole, or among a great deal else: where is it broken."""
    wanted, port = trial.expected, trial.port
    size, of = len(text), len(wanted)
    if wanted in text:
        before, _, after = text.partition(wanted)
        if before:
            yield Finding(Found.PREFIX, port, before)
        if after:
            yield Finding(Found.TAIL, port, after)
    elif wanted.startswith(text):
        yield Finding(Found.CUT, port, count=size, of=of)
    elif wanted.endswith(text):
        yield Finding(Found.HEAD_LOST, port, count=of - size, of=of)
    elif size < of:
        yield Finding(Found.LOST, port, count=of - size, of=of)
    else:
        yield Finding(Found.LAYOUT, port)


def _cost(line: CardLine, text: str, card: Sequence[CardLine]) -> int | None:
    """How far a text is from a line, in characters; None when it cannot be that line."""
    wanted = line.payload
    plain = unicodedata.normalize("NFKC", text)
    if wanted in plain or _pattern(wanted).fullmatch(plain):
        return abs(len(plain) - len(wanted))
    if len(plain) < _LEAST:
        return None
    missing = len(wanted) - len(plain)
    if wanted.startswith(plain) or wanted.endswith(plain):
        return missing
    # An input method may leave nothing but the signs; of digits alone half must be there, or any
    # long code would be part of the long line.
    enough = missing * 2 <= len(wanted) or line.proof is Proof.CASE
    if missing > 0 and enough and _inside(plain, wanted):
        return missing
    if missing == 0 and line.proof is Proof.CASE:
        same = sum(a.lower() == b.lower() for a, b in zip(plain, wanted, strict=True))
        return len(wanted) - same if same * 2 >= len(wanted) else None
    return None


def _inside(part: str, whole: str) -> bool:
    """True when `part` is `whole` with characters left out."""
    rest = iter(whole)
    return all(ch in rest for ch in part)
