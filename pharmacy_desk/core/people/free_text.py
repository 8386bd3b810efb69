"""Free text as it may be kept: one line of plain characters, nobody's number in it."""

import re
from datetime import date

from pharmacy_desk.core.scanning import persons
from pharmacy_desk.core.scanning.scan import decode, visible

# What nearly every scan is, at a busy counter: no person's number can stand in it.
_TRACE_CODE = re.compile(rb"8[0-9]{19}")
# Two sentences; a page of text is no reason.
MOST_CHARS = 200


def kept(text: str, today: date, limit: int = MOST_CHARS) -> str:
    """Prose on one line of plain characters, with a person's numbers masked.

    Only where there is one are full-width signs made plain: they may be what it is typed with.
    """
    return visible(persons.masked(text, today).strip(), limit)


def kept_number(text: str, today: date, limit: int = MOST_CHARS) -> str:
    """A name or a number on one line; only what names a person for good is masked in it."""
    return visible(persons.masked(text, today, prose=False), limit)


def kept_scan(data: bytes, today: date) -> bytes:
    """A scan as received, or what is left of it when a person's number stands in it.

    Text of two bytes a sign is looked at without its empty bytes too.
    """
    if _TRACE_CODE.fullmatch(data):
        return data
    text = decode(data)
    shown = persons.masked(text, today)
    if shown != text:
        return shown.encode()
    if b"\x00" not in data:
        return data
    squeezed = decode(data.replace(b"\x00", b""))
    shown = persons.masked(squeezed, today)
    return data if shown == squeezed else shown.encode()
