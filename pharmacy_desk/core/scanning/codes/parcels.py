"""Parcel numbers, scanned by mistake from a carton or a delivery slip.

Rule: facts on codes, section 2, row 16: prefixes of the couriers, 12 to 15 digits, the JSON of
YTO; EMS numbers have the form of the Universal Postal Union (S10: two letters, nine digits, CN).
"""

import re

from pharmacy_desk.core.scanning.scan import Kind, Reading

_PREFIXED = re.compile(r"(?:SF|JD|YT|ZTO|JT|STO|DPK)[A-Za-z]{0,4}[0-9]{8,}(?:-[0-9-]*)?\Z", re.I)
_POSTAL = re.compile(r"[A-Z]{2}[0-9]{9}CN\Z", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{12,15}\Z")


def read(text: str, raw: str) -> Reading | None:
    """A number that shows its courier."""
    shaped = _PREFIXED.match(text) or _POSTAL.match(text)
    if shaped or (text.startswith("{") and '"mn"' in text):
        return Reading(Kind.PARCEL, raw, text)
    return None


def read_digits(text: str, raw: str) -> Reading | None:
    """12 to 15 digits that are nothing else: most likely a parcel (tested last)."""
    return Reading(Kind.PARCEL, raw, text) if _DIGITS.match(text) else None
