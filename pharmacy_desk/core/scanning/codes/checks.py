"""Check digits that several families share."""

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def gs1_mod10(digits: str) -> bool:
    """True when the last digit is the GS1 check digit (weights 3, 1 from the right).

    Holds for GTIN-8/12/13/14, SSCC and the 药品本位码 (facts on codes, sections 1.4 and 2).
    """
    if not (digits.isascii() and digits.isdigit()):
        return False
    values = digits.encode()  # ASCII: value of a digit is its byte less 48
    odd, even = values[-2::-2], values[-1::-2]
    total = 3 * (sum(odd) - 48 * len(odd)) + sum(even) - 48 * len(even)
    return total % 10 == 0


def is_id_number(text: str, today: date) -> bool:
    """True for an 18-character resident identity number.

    GB 11643: 17 digits, a birth date from 1900 to `today` and the ISO 7064 mod 11-2 character.
    """
    if (
        len(text) != 18
        or not text.isascii()
        or not text[:17].isdigit()
        or text[17] not in "0123456789Xx"
    ):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    if not date(1900, 1, 1) <= born <= today:
        return False
    total = sum(int(d) * w for d, w in zip(text[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == text[17].upper()
