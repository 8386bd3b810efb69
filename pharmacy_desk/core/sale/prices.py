"""Another price on a line: how it is told, what it may be, and by which right.

A price is changed by the piece and in whole fen, never by a sum over the line: so a line that
comes back box by box gives back, to the fen, what was paid. The insurance settles catalogue prices:
no insured amount is ever changed here.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from pharmacy_desk.core.basics.money import MAX_PRICE_FEN, parse_yuan
from pharmacy_desk.core.people.people import ApprovalRefusal, Right, reason_problem
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.scanning.scan import normalise

# 9折 and 95折 leave 0.9 and 0.95 of the price; 9.5折 is 95折.
_FOLD = re.compile(r"(\d(?:\.\d{1,2})?|\d{2})\s*折")
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)\s*%")
_LESS = re.compile(r"[-−]\s*(\S+)")
# Who may take something off without asking, and the setting that says how many percent of the
# list's price at the most. What is above it, or by anybody else, wants the right.
DISCOUNT_LIMITS: Mapping[str, str] = {
    Role.CLERK.value: "sale.discount_clerk",
    Role.PHARMACIST.value: "sale.discount_pharmacist",
}


class PriceRefusal(StrEnum):
    """Why a line keeps its price."""

    NOTHING_THERE = "nothing_there"
    GIFT = "gift"
    INSURED = "insured"
    BAD_PRICE = "bad_price"
    NO_REASON = "no_reason"
    PERSONAL_REASON = "personal_reason"


def typed_price(text: str, list_fen: int) -> int | None:
    """What one costs, in fen, as a person tells it: `19.8`, `9折`, `90%`, `-2`; None if nothing.

    A share is rounded to the fen, half of one up, as on a price label.
    """
    plain = normalise(text).strip()
    fold, percent, less = (p.fullmatch(plain) for p in (_FOLD, _PERCENT, _LESS))
    if fold:
        whole = 100 if len(fold[1]) == 2 and "." not in fold[1] else 10
        return _share(list_fen, Decimal(fold[1]) / whole)
    if percent:
        return _share(list_fen, Decimal(percent[1]) / 100)
    if less:
        off = parse_yuan(less[1])
        return None if off is None or off >= list_fen else list_fen - off
    return parse_yuan(plain) or None


def _share(list_fen: int, share: Decimal) -> int | None:
    fen = (list_fen * share).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(fen) or None


def price_refusal(
    line: Line | None, fen: int, reason: str, today: date, *, insured: bool
) -> PriceRefusal | None:
    """Why a line may not cost this, whoever asks for it; None when it may.

    Nothing is given away by a price of nothing: gifts have rules of their own. A price by the list
    needs no reason.
    """
    if line is None:
        return PriceRefusal.NOTHING_THERE
    if line.gift:
        return PriceRefusal.GIFT
    if not 0 < fen <= MAX_PRICE_FEN:
        return PriceRefusal.BAD_PRICE
    if fen == line.list_fen:
        return None
    if insured:
        return PriceRefusal.INSURED
    wrong = reason_problem(reason, today)
    if wrong is None:
        return None
    missing = wrong is ApprovalRefusal.NO_REASON
    return PriceRefusal.NO_REASON if missing else PriceRefusal.PERSONAL_REASON


def right_for(line: Line, fen: int, free_percent: int = 0) -> Right | None:
    """By which right a line costs this; None where it needs none.

    That is its price by the list, and up to `free_percent` of it less.
    """
    if fen > line.list_fen:
        return Right.PRICE_UP
    off = line.list_fen - fen
    return None if off * 100 <= free_percent * line.list_fen else Right.PRICE_DOWN
