r"""20-character trace codes: 码上放心 (20 digits from 8) and enterprise codes with letters.

Rule: NMPAB/T 1002-2019, 20 characters of which the first 7 are the 药品标识码; the common kind is
`^8\d{19}$` (facts on codes, sections 1.1 and 1.2). No check digit is published: none is tested.
"""

import re

from pharmacy_desk.core.scan import Kind, Problem, Reading

TRACE_20 = re.compile(r"8[0-9]{19}\Z")
# GB/T 1988 (= ISO 646) printable characters, no blank, at least one letter.
TRACE_SELF = re.compile(r"(?=[!-~]*[A-Za-z])[!-~]{20}\Z")
_TAILED = re.compile(r"8[0-9]{19}[^0-9]{1,3}\Z")
_TWO = re.compile(r"(?<![0-9])8[0-9]{19}[\s,;|/]+8[0-9]{19}(?![0-9])")
_LABEL = re.compile(r"药品标识码[^0-9]{0,3}(8[0-9]{6})[^0-9]*序列号[^0-9]{0,3}([0-9]{13})(?![0-9])")


def read_20(text: str, raw: str) -> Reading:
    """The reading of 20 digits beginning with 8 (the caller has matched `TRACE_20`)."""
    return Reading(Kind.TRACE_20, raw, text, text[:7], serial=text[7:])


def read_self(text: str, raw: str) -> Reading | None:
    """An enterprise code: 20 printable characters with at least one letter."""
    if TRACE_SELF.match(text):
        return Reading(Kind.TRACE_SELF, raw, text, text[:7], serial=text[7:])
    return None


def read_label(text: str, raw: str) -> Reading | None:
    """The printed label as text: `药品标识码：8385793 序列号：0000879766660`."""
    found = _LABEL.findall(text)
    if len(found) == 1:
        return read_20("".join(found[0]), raw)
    return None


def two_codes(text: str) -> bool:
    """True when two whole codes stand in one text with something between them."""
    return bool(_TWO.search(text))


def damage(text: str, raw: str) -> Reading | None:
    """What a damaged read of a 20-digit code looks like, by its length (facts, end of section 2).

    Merged codes are named, never split here: a split is the person's decision.
    """
    digits = text.isascii() and text.isdigit()
    problem = _digits_problem(text) if digits else _text_problem(text)
    return Reading(Kind.DAMAGED, raw, problem=problem) if problem else None


def _digits_problem(text: str) -> Problem | None:
    size = len(text)
    if not text.startswith("8"):
        if size == 33 and text[:2] == "69" and text[13] == "8":
            return Problem.MERGED  # a commodity barcode glued to a trace code
        # 13 digits that are no barcode: the serial part of a label, alone
        return Problem.TRUNCATED if size == 13 and text[:2] != "69" else None
    if size in (7, 18, 19) or 9 <= size <= 11 or 15 <= size <= 17:
        return Problem.TRUNCATED
    if size > 32:
        return Problem.MERGED
    return Problem.EXTRA_CHARACTERS if size > 20 else None


def _text_problem(text: str) -> Problem | None:
    if _TAILED.match(text):
        return Problem.EXTRA_CHARACTERS
    mostly_digits = sum(ch.isdigit() for ch in text) >= 17
    if len(text) == 20 and text[0] == "8" and mostly_digits:
        return Problem.NOT_ALLOWED_CHARACTER
    return None
