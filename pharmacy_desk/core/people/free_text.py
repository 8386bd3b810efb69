"""Free text that people type (reasons, evidence) as it may be kept: one line, nobody's number.

Events are never changed, so what must not lie in them has to be left out before (design,
invariants 8 and 9). Only what names a person for good is looked for: an invoice number may look
like a payment code, and a lot like a social card.
"""

import re
from datetime import date

from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind, mask, normalise, visible

# An identity number or an e-voucher, no part of a longer number or word; Chinese may touch it.
_RUN = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{28})(?![0-9A-Za-z])")
_NAMING = frozenset({Kind.ID_CARD, Kind.INSURANCE_VOUCHER})
# Two sentences; a page of text is no reason.
MOST_CHARS = 200


def kept(text: str, today: date, limit: int = MOST_CHARS) -> str:
    """The text on one line of plain characters, with a person's numbers masked.

    Only where there is one are full-width signs made plain: they may be what it is typed with.
    """

    def shown(run: re.Match[str]) -> str:
        found = recognise_text(run.group(), today)
        return mask(run.group()) if found.kind in _NAMING else run.group()

    if names_person(text, today):
        text = _RUN.sub(shown, normalise(text))
    return visible(text.strip(), limit)


def names_person(text: str, today: date) -> bool:
    """Whether a person's number stands anywhere in a text."""
    runs = _RUN.findall(normalise(text))
    return any(recognise_text(run, today).kind in _NAMING for run in runs)
