"""Medical devices marked by the MA system (UDI): named, and not sold as a drug.

Rules: facts on codes, section 1.5 and section 2, row 14. The identifier is 25 characters, `MA`,
country 156, `M0`, registrant 6 digits, then package level 1, item 6 and check 1. Fields behind
dots follow: S serial, L lot, P made, E or V expires. The published check digit is obsolete and
differs between issuers: only the shape is tested.
"""

import re
from datetime import date

from pharmacy_desk.core.scanning.scan import Kind, Problem, Reading

_SYSTEM = re.compile(r"MA\.156\.M0\.", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(MA\.156\.M0\.[0-9]{6}\.[0-9]{8})((?:\.[!-\-/-~]*)*)\Z", re.IGNORECASE)
_BEGUN = re.compile(r"MA\.156\.M0\.(?:[0-9]{0,6}|[0-9]{6}\.[0-9]{0,7})\Z", re.IGNORECASE)
_FIELDS = {"S": "serial", "L": "lot", "P": "made", "E": "expiry", "V": "expiry"}


def read(text: str, raw: str) -> Reading | None:
    """The reading of a text that begins as an MA device identifier."""
    if not _SYSTEM.match(text):
        return None
    found = _IDENTIFIER.match(text)
    if found is None:
        cut = _BEGUN.match(text)
        problem = Problem.TRUNCATED if cut else Problem.EXTRA_CHARACTERS
        return Reading(Kind.DAMAGED, raw, problem=problem)
    values: dict[str, str] = {}
    for field in found.group(2).split(".")[1:]:
        name = _FIELDS.get(field[:1].upper())
        if name and values.setdefault(name, field[1:]) != field[1:]:
            return Reading(Kind.DAMAGED, raw, problem=Problem.CONFLICT)
    made, expiry = _day(values.get("made")), _day(values.get("expiry"))
    if date.min in (made, expiry):
        return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_DATE)
    return Reading(
        Kind.UDI,
        raw,
        text,
        serial=values.get("serial"),
        lot=values.get("lot"),
        made=made,
        expiry=expiry,
    )


def identifier(code: str) -> str | None:
    """The device identifier (DI) of an MA code, by which the three-code map knows the device."""
    found = _IDENTIFIER.match(code)
    return found.group(1).upper() if found else None


def _day(digits: str | None) -> date | None:
    """YYYYMMDD or YYMMDD as a date; `date.min` when there is no such day; None when absent."""
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) in (6, 8)):
        return date.min
    whole = digits if len(digits) == 8 else "20" + digits
    try:
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    except ValueError:
        return date.min
