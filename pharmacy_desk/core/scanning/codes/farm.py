"""Veterinary (兽药) and pesticide (农药) trace codes: other systems, never sold here.

Rules: facts on codes, section 2, rows 12 and 13. Veterinary: date 8, firm 5, random 11 digits,
the date in this century. Pesticide: class 1, registration 6, type 1, specification 3, random 21.
"""

import re

from pharmacy_desk.core.scanning.scan import Kind, Reading

_VETERINARY = re.compile(r"20[0-9]{22}\Z")
_PESTICIDE = re.compile(r"[0-9]{32}\Z")


def read(text: str, raw: str) -> Reading | None:
    """A code of 24 digits from 20, or of 32 digits."""
    if _VETERINARY.match(text):
        return Reading(Kind.VETERINARY, raw, text)
    if _PESTICIDE.match(text):
        return Reading(Kind.PESTICIDE, raw, text)
    return None
