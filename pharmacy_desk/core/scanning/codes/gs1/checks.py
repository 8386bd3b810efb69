"""Checks of single parts of GS1 values, by the names that `table` gives them.

Source: GS1 General Specifications, section 3 (the form of each AI), section 7.9 (check digits and
check character pairs) and section 7.12 (dates).
"""

import calendar
from collections.abc import Callable
from datetime import date

from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.scan import Problem

CHARACTERS = {
    "N": frozenset("0123456789"),
    # Character set 82: the part of ISO 646 that every country's keyboards and codes share.
    "X": frozenset(
        "!\"%&'()*+,-./0123456789:;<=>?_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    ),
    "Y": frozenset("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "Z": frozenset("-_=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
}
# The 32 check characters and the first primes as weights of a check character pair (7.9.5).
_PAIR_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PAIR_WEIGHTS = (
    2,
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
    29,
    31,
    37,
    41,
    43,
    47,
    53,
    59,
    61,
    67,
    71,
    73,
    79,
    83,
)
_PAIR_VALUES = {
    ch: n
    for n, ch in enumerate(
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    )
}
_PAIR_MODULUS = 1021
_MAX_LATITUDE = 180 * 10**7  # degrees, shifted by 90 and with seven decimals
_MAX_LONGITUDE = 360 * 10**7


def read_date(digits: str, this_year: int) -> date | None:
    """YYMMDD as a date; day 00 is the month's last; None when there is no such day.

    The century is the one that brings the year nearest: from 49 years before `this_year` to 50
    after it (General Specifications, section 7.12).
    """
    year = this_year - this_year % 100 + int(digits[:2])
    if year - this_year >= 51:
        year -= 100
    elif year - this_year <= -50:
        year += 100
    month, day = int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def _day_00(text: str) -> bool:
    # Whether a day exists depends on the century only in a year 00, and the window of the
    # standard reads 00 as 2000 until the year 2050.
    return read_date(text, 2000) is not None


def _day(text: str) -> bool:
    return text[4:6] != "00" and _day_00(text)


def _whole_day(text: str) -> bool:
    """YYYYMMDD."""
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _hour(text: str) -> bool:
    return int(text) < 24


def _sixty(text: str) -> bool:
    return int(text) < 60


def _time(text: str) -> bool:
    """HHMM."""
    return _hour(text[:2]) and _sixty(text[2:])


def _time_or_none(text: str) -> bool:
    """HHMM, or 9999 for no time of day (4324 and 4325)."""
    return text == "9999" or _time(text)


def _country(text: str) -> bool:
    """ISO 3166-1 numeric by its shape: 001 to 999 (999 stands for several countries)."""
    return text != "000"


def _countries(text: str) -> bool:
    return len(text) % 3 == 0 and all(_country(text[i : i + 3]) for i in range(0, len(text), 3))


def _letters(text: str) -> bool:
    return text.isalpha() and text.isupper()


def _piece(text: str) -> bool:
    """Two digits of the piece, two of the total: neither is 0 and the piece is in the total."""
    return 1 <= int(text[:2]) <= int(text[2:])


def _sequence(text: str) -> bool:
    """Position, slash, total: `1/3`."""
    return text[1] == "/" and text[::2].isdigit() and 1 <= int(text[0]) <= int(text[2])


def _asset(text: str) -> bool:
    """A returnable asset: one 0 before 13 digits with their check digit."""
    return text[0] == "0" and gs1_mod10(text[1:])


def _pair(text: str) -> bool:
    """The two check characters at the end of a model number (8013, 8014)."""
    body, found = text[:-2], text[-2:]
    if not 1 <= len(body) <= len(_PAIR_WEIGHTS):
        return False
    weights = _PAIR_WEIGHTS[: len(body)][::-1]
    total = sum(_PAIR_VALUES[ch] * w for ch, w in zip(body, weights, strict=True))
    high, low = divmod(total % _PAIR_MODULUS, 32)
    return found == _PAIR_CHARACTERS[high] + _PAIR_CHARACTERS[low]


# Name → (does the part hold?, what is wrong when it does not).
CHECKS: dict[str, tuple[Callable[[str], bool], Problem]] = {
    "key": (gs1_mod10, Problem.BAD_CHECK_DIGIT),
    "asset": (_asset, Problem.BAD_CHECK_DIGIT),
    "pair": (_pair, Problem.BAD_CHECK_DIGIT),
    "date": (_day_00, Problem.BAD_DATE),
    "day": (_day, Problem.BAD_DATE),
    "whole_day": (_whole_day, Problem.BAD_DATE),
    "time": (_time, Problem.BAD_DATE),
    "time_or_none": (_time_or_none, Problem.BAD_DATE),
    "hour": (_hour, Problem.BAD_DATE),
    "sixty": (_sixty, Problem.BAD_DATE),
    "country": (_country, Problem.NOT_ALLOWED_CHARACTER),
    "countries": (_countries, Problem.NOT_ALLOWED_CHARACTER),
    "letters": (_letters, Problem.NOT_ALLOWED_CHARACTER),
    "flag": (lambda text: text in "01", Problem.NOT_ALLOWED_CHARACTER),
    "sex": (lambda text: text in "0129", Problem.NOT_ALLOWED_CHARACTER),
    "minus": (lambda text: text == "-", Problem.NOT_ALLOWED_CHARACTER),
    "piece": (_piece, Problem.CONFLICT),
    "sequence": (_sequence, Problem.CONFLICT),
    "latitude": (lambda text: int(text) <= _MAX_LATITUDE, Problem.NOT_ALLOWED_CHARACTER),
    "longitude": (lambda text: int(text) <= _MAX_LONGITUDE, Problem.NOT_ALLOWED_CHARACTER),
}
