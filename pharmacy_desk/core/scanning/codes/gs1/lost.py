"""Signs that a scanner dropped the separator (GS, 0x1D), so that one value swallowed the next.

Syntax cannot prove it (facts on codes, section 3.1: `10ABC123` + `21SN0001` without GS is one
well-formed lot). What can be seen is an element that the message lacks and that stands, well
formed, at the end of a value of variable length. The sign is weighed against refusing good boxes:

- a value with letters, ended by a believable date (`17271231`), is doubted: by chance that
  happens to about one serial in 15 000 that is digits but for its first characters (two AIs of
  100, 9 years of 100, 372 month-and-day pairs of 10 000);
- a value of digits only is not: any digits may stand in it, and it is beyond doubt only when it
  is longer than an element may be;
- where the serial is missing altogether the scan is refused anyway, so a `21` inside the lot is
  named at once.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pharmacy_desk.core.scanning.codes.gs1.checks import read_date
from pharmacy_desk.core.scanning.codes.gs1.parse import parse

# Expiry and production, with the years from now that are believable: shelf lives end at five
# years, and a box may be on a shelf some time after its expiry.
_DATES = {"17": range(-2, 7), "11": range(-8, 1)}
_DATE_SIZE = 8  # the AI and YYMMDD
_SERIAL_IN_LOT = re.compile(r".+?(?=21[0-9A-Za-z]{4})")
_ANY_SEPARATED = ("10", "21")


def swallowed(values: Mapping[str, str], today: date) -> str:
    """How a lot or serial may have been meant, as `(10)ABC123 (21)SN0001`, or an empty text.

    `values` are the elements of a message in which no separator arrived.
    """
    for ai in _ANY_SEPARATED:
        value = values.get(ai, "")
        if ai == "10" and "21" not in values:
            lot = _SERIAL_IN_LOT.match(value)
            if lot:
                return _meant(ai, value, lot.end())
        if value.isdigit():
            continue
        for cut in _date_cuts(value, values, today):
            rest = value[cut + _DATE_SIZE :]
            if parse(rest).problem is None:
                return _meant(ai, value, cut)
    return ""


def overlong(ai: str, value: str, values: Mapping[str, str], today: date) -> str:
    """How a value longer than its element may be was meant, or an empty text when nobody knows.

    A swallowed element is then all but certain; any date, or a serial behind a lot and a lot
    behind a serial, shows where.
    """
    cut = next(_date_cuts(value, values, today), 0)
    other = {"10": "21", "21": "10"}.get(ai, "")
    if not cut and other and other not in values:
        cut = max(value.find(other, 1), 0)
    if not cut and not other:
        cut = _next_element(value, values)
    return _meant(ai, value, cut) if cut else ""


def _date_cuts(value: str, values: Mapping[str, str], today: date) -> Iterator[int]:
    """Where a believable date with its AI begins inside `value`, if the message lacks that AI."""
    for cut in range(1, len(value) - _DATE_SIZE + 1):
        ai, digits = value[cut : cut + 2], value[cut + 2 : cut + _DATE_SIZE]
        if ai not in _DATES or ai in values or not digits.isdigit():
            continue
        found = read_date(digits, today.year)
        if found and found.year - today.year in _DATES[ai]:
            yield cut


def _next_element(value: str, values: Mapping[str, str]) -> int:
    """Where, in a value of an AI that no medicine needs, a lot or serial plainly goes on."""
    for cut in range(1, len(value) - 2):
        if value[cut : cut + 2] in _ANY_SEPARATED and value[cut : cut + 2] not in values:
            return cut
    return 0


def _meant(ai: str, value: str, cut: int) -> str:
    """The two parts in human-readable form; the second as far as it can be read."""
    after = parse(value[cut:])
    shown = [(ai, value[:cut]), *after.elements]
    if after.problem:
        shown.append((after.rest[0] or "?", after.rest[1]))
    return " ".join(f"({name}){text}" for name, text in shown)
