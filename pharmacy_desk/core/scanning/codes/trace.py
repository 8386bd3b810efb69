r"""20-character trace codes: 码上放心 (20 digits from 8) and enterprise codes with letters.

Rule: NMPAB/T 1002-2019, 20 characters of which the first 7 are the 药品标识码; the common kind is
`^8\d{19}$` (facts on codes, sections 1.1 and 1.2). No check digit is published: none is tested.
"""

import re

from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.scan import MAX_SCAN_CHARS, Kind, Problem, Reading, normalise

TRACE_20 = re.compile(r"8[0-9]{19}\Z")
# GB/T 1988 (= ISO 646) printable characters, no blank, at least one letter; none that begins as a
# symbology identifier does: the first reader of the code would take it off.
TRACE_SELF = re.compile(r"(?!\][A-Za-z][0-9A-Za-z])(?=[!-~]*[A-Za-z])[!-~]{20}\Z")
# What people type and poor prints show for a digit: 0 as O, o, D or Q, 1 as I, i, L, l, | or !, 2
# as Z, 5 as S, 6 as G or b, 8 as B, 9 as g or q. Behind an 8 any of them may be one, for codes of
# 8 and 19 digits are the common kind; behind seven digits of another manufacturer only the letters
# that alphabets for serial numbers leave out because they are taken for digits.
_LOOK_ALIKE = re.compile(r"8[0-9OoDQIiLl|!ZzSsGbBgq]{19}\Z|[0-9]{7}[0-9OoIl]{13}\Z")
_WHOLE = re.compile(r"(?<![0-9])8[0-9]{19}(?![0-9])")
_BETWEEN = re.compile(r"[\s,;|/]+")
_LABEL = re.compile(r"药品标识码[^0-9]{0,3}(8[0-9]{6})[^0-9]*序列号[^0-9]{0,3}([0-9]{13})(?![0-9])")
_SIZE = 20
_EAN_SIZE = 13
# Four trace codes: nobody scans more boxes in one pull, and the ways to cut stay few.
_LONGEST_OFFER = 4 * _SIZE


def read_20(text: str, raw: str) -> Reading:
    """The reading of 20 digits beginning with 8 (the caller has matched `TRACE_20`)."""
    return Reading(Kind.TRACE_20, raw, text, text[:7], serial=text[7:])


def read_self(text: str, raw: str) -> Reading | None:
    """An enterprise code: 20 printable characters with at least one letter."""
    if TRACE_SELF.match(text):
        return Reading(Kind.TRACE_SELF, raw, text, text[:7], serial=text[7:])
    return None


def look_alike(text: str, raw: str) -> Reading | None:
    """Damage: 20 digits, of which some are letters that look like digits; who knows which."""
    if _LOOK_ALIKE.match(text) and not text.isdigit():
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    return None


def read_label(text: str, raw: str) -> Reading | None:
    """The printed label as text: `药品标识码：8385793 序列号：0000879766660`."""
    codes = {"".join(parts) for parts in _LABEL.findall(text)}
    if not codes:
        return None
    codes.update(_WHOLE.findall(text))
    if len(codes) > 1:
        return Reading(Kind.DAMAGED, raw, problem=Problem.MERGED)
    return read_20(codes.pop(), raw)


def two_codes(text: str) -> bool:
    """True when two whole codes stand in one text with something between them."""
    return len(_WHOLE.findall(text)) > 1


def split_offer(text: str) -> tuple[str, ...]:
    """The trace codes that a merged read can only be cut into, for a person to confirm.

    Empty when the text is one code, or none, or when it can be cut in more than one way (facts
    on codes, end of section 2). A code that came twice is offered once.
    """
    if len(text) > MAX_SCAN_CHARS:
        return ()
    pieces = [piece for piece in _BETWEEN.split(normalise(text)) if piece]
    whole: list[str] = []
    for piece in pieces:
        if not (piece.isascii() and piece.isdigit()) or len(piece) > _LONGEST_OFFER:
            return ()
        cuts = _cuts(piece)
        if len(cuts) != 1:
            return ()
        whole += cuts[0]
    codes = tuple(dict.fromkeys(piece for piece in whole if len(piece) == _SIZE))
    return codes if len(whole) > 1 else ()


def _cuts(digits: str) -> list[list[str]]:
    """Every way to cut digits into whole trace codes and commodity barcodes."""
    if not digits:
        return [[]]
    found = []
    for size, fits in ((_SIZE, _is_trace), (_EAN_SIZE, gs1_mod10)):
        if len(digits) >= size and fits(digits[:size]):
            found += [[digits[:size], *rest] for rest in _cuts(digits[size:])]
    return found


def _is_trace(digits: str) -> bool:
    return TRACE_20.match(digits) is not None


def damage(text: str, raw: str) -> Reading | None:
    """What a damaged read of a 20-digit code looks like, by its length (facts, end of section 2).

    Merged codes are named, never split here: a split is the person's decision.
    """
    digits = text.isascii() and text.isdigit()
    problem = _digits_problem(text) if digits else _text_problem(text)
    return Reading(Kind.DAMAGED, raw, problem=problem) if problem else None


def _digits_problem(text: str) -> Problem | None:
    size = len(text)
    if size >= 2 * _SIZE or _barcode_and_code(text):
        return Problem.MERGED
    if not text.startswith("8"):
        # 13 digits that are no barcode: the serial part of a label, alone
        return Problem.TRUNCATED if size == 13 and text[:2] != "69" else None
    if size in (7, 18, 19) or 9 <= size <= 11 or 15 <= size <= 17:
        return Problem.TRUNCATED
    if size > 32:
        return Problem.MERGED
    return Problem.EXTRA_CHARACTERS if size > _SIZE else None


def _barcode_and_code(text: str) -> bool:
    """A commodity barcode (EAN-13, or ITF-14 of a carton) glued before or behind a trace code."""
    size = len(text) - _SIZE
    if size not in (_EAN_SIZE, 14):
        return False
    before = _is_trace(text[size:]) and (gs1_mod10(text[:size]) or text.startswith("69"))
    return before or (_is_trace(text[:_SIZE]) and gs1_mod10(text[_SIZE:]))


def _text_problem(text: str) -> Problem | None:
    """A whole code with something around it, or one whose character cannot be."""
    if _WHOLE.search(text):
        return Problem.EXTRA_CHARACTERS
    mostly_digits = sum(ch.isdigit() for ch in text) >= 17
    if len(text) == _SIZE and text[0] == "8" and mostly_digits:
        return Problem.NOT_ALLOWED_CHARACTER
    return None
