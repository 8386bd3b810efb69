"""Filler codes: twenty equal digits that some systems send where no box was scanned.

Rule: facts on codes, section 1.3 (`99999999999999999999` for a split pack) and section 2, row 3.
"""

import re

from pharmacy_desk.core.scanning.scan import Kind, Reading

_FILLER = re.compile(r"(?:9{20}|0{20})\Z")


def read(text: str, raw: str) -> Reading | None:
    """Twenty nines or zeros; never a code of a box."""
    return Reading(Kind.FILLER, raw, text) if _FILLER.match(text) else None
