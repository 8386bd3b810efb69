"""GS1 element strings as a medicine carries them: (01) GTIN, (21) serial, (10) lot, (17) expiry.

`biip` does the parsing; this file decides when it may be asked at all and checks what it is lax
about (facts on codes, section 2 row 2 and section 4, "biip gaps").
"""

import re
from datetime import date

from biip import ParseError
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message

from pharmacy_desk.core.codes.checks import gs1_mod10
from pharmacy_desk.core.scan import GS, Kind, Problem, Reading

# GS1 DataMatrix, its rectangular extension, GS1-128, GS1 QR, DataBar, DotCode.
GS1_AIM_IDS = frozenset({"]C1", "]d2", "]d8", "]Q3", "]e0", "]J1"})
_BARE_GTIN = re.compile(r"01[0-9]{14}")
_BRACKETED = re.compile(r"\((\d{2,4})\)([^(]+)")
_PLAIN = re.compile(r"[\x1d!-~]*\Z")
_DATE = r"(?:\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_HIDDEN = {"17": re.compile("17" + _DATE), "11": re.compile("11" + _DATE)}
_HIDDEN_SERIAL = re.compile(r".21[0-9A-Za-z]{4,}")
_VARIABLE = ("10", "21")


def looks_like(text: str, aim: str | None) -> bool:
    """True when `text` may be read as GS1: by AIM id, by a separator, or by `01` + valid GTIN.

    Without one of these biip is not asked: it "finds" GS1 in up to 17 % of payment codes.
    """
    if aim in GS1_AIM_IDS or GS in text:
        return True
    return bool(_BARE_GTIN.match(text)) and gs1_mod10(text[2:16])


def bracketed(text: str) -> str | None:
    """Human-readable `(01)…(21)…` as an element string, or None when it is not that."""
    if not text.startswith("(01)"):
        return None
    pairs = _BRACKETED.findall(text)
    if "".join(f"({ai}){value}" for ai, value in pairs) != text:
        return None
    return GS.join(ai + value.strip() for ai, value in pairs)


def read(text: str, raw: str) -> Reading:
    """The reading of a GS1 element string (AIM id already taken off)."""
    body = text.strip(GS)
    if not _PLAIN.match(body):
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    try:
        elements = GS1Message.parse(body).element_strings
    except (ParseError, ValueError) as error:
        return Reading(Kind.DAMAGED, raw, problem=_why(body, str(error)))
    return _judge(list(elements), raw, GS in body)


def _judge(elements: list[GS1ElementString], raw: str, separated: bool) -> Reading:
    values: dict[str, str] = {}
    dates: dict[str, date | None] = {}
    for element in elements:
        ai = element.ai.ai
        if values.get(ai, element.value) != element.value:
            return Reading(Kind.DAMAGED, raw, problem=Problem.CONFLICT)
        if element.gtin_error or element.sscc_error:
            return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_CHECK_DIGIT)
        values[ai] = element.value
        dates[ai] = element.date
    gtin = values.get("01")
    if gtin is None:
        return Reading(Kind.GS1_OTHER, raw, "".join(a + v for a, v in values.items()))
    if not gs1_mod10(gtin):
        return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_CHECK_DIGIT)
    problem = _lost_separator(values, separated)
    serial = values.get("21")
    if problem is None and not serial:
        problem = Problem.MISSING_SERIAL
    if problem:
        return Reading(Kind.DAMAGED, raw, gtin=gtin, problem=problem)
    return Reading(
        Kind.TRACE_GS1,
        raw,
        code=f"01{gtin}21{serial}",
        identification=gtin,
        gtin=gtin,
        serial=serial,
        lot=values.get("10"),
        made=dates.get("11"),
        expiry=dates.get("17"),
    )


def _lost_separator(values: dict[str, str], separated: bool) -> Problem | None:
    """Another element swallowed by a lot or serial, as happens when the scanner drops GS.

    Syntax alone cannot tell; the sign is an element that is absent from the message and stands,
    well formed, inside a value of variable length (facts on codes, section 3.1).
    """
    for ai in _VARIABLE:
        value = values.get(ai, "")
        for hidden, pattern in _HIDDEN.items():
            if hidden not in values and not separated and pattern.search(value):
                return Problem.LOST_SEPARATOR
    if "21" not in values and _HIDDEN_SERIAL.search(values.get("10", "")):
        return Problem.LOST_SEPARATOR
    return None


def _why(body: str, message: str) -> Problem:
    """Why biip refused, in our words; its own messages mislead for over-long serials."""
    long_value = _too_long(body)
    if long_value:
        return long_value
    failed = re.search(r"\((1[1-7])\) (?:pattern|date)", message)
    if failed:
        value = re.search(r"'(\d+)", message)
        digits = value.group(1) if value else ""
        if "date/time" in message or len(digits) >= 8:
            return Problem.BAD_DATE
        return Problem.TRUNCATED
    if re.fullmatch(r"01\d{0,13}", body):
        return Problem.TRUNCATED
    return Problem.EXTRA_CHARACTERS


def _too_long(body: str) -> Problem | None:
    """A lot or serial beyond 20 characters: a lost separator where one shows, else too long."""
    match = re.match(r"01\d{14}(?:1[17]\d{6})*(10|21)", body)
    if match is None:
        return None
    value = body[match.end() :].split(GS)[0]
    if len(value) <= 20:
        return None
    hidden = any(p.search(value) for p in _HIDDEN.values())
    if hidden or (match.group(1) == "10" and "21" in value[1:]):
        return Problem.LOST_SEPARATOR
    return Problem.TOO_LONG
