"""Every verdict's row of words: a new verdict is a row here and a word in `short`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.verdicts import boxes, claims, codes
from pharmacy_desk.gui.words.verdicts.case import Case
from pharmacy_desk.gui.words.verdicts.payments import at_payment

ROWS: Mapping[VerdictName, Callable[[Case], Said]] = {
    VerdictName.OK: boxes.good,
    VerdictName.OK_UNRECEIVED: boxes.unreceived,
    VerdictName.OK_SPLIT: boxes.split,
    VerdictName.EXEMPT: codes.exempt,
    VerdictName.ITEM: codes.item,
    VerdictName.IN_THIS_SALE: claims.in_this_sale,
    VerdictName.HELD_ELSEWHERE: claims.held_elsewhere,
    VerdictName.SOLD_HERE: claims.sold_here,
    VerdictName.SOLD_ELSEWHERE: claims.sold_elsewhere,
    VerdictName.SETTLED_ON_PLATFORM: claims.settled_on_platform,
    VerdictName.WRONG_DRUG: boxes.wrong_drug,
    VerdictName.NOT_ON_SALE_LINE: boxes.not_on_sale_line,
    VerdictName.UNMAPPED: codes.unmapped,
    VerdictName.OUTER_PACK: boxes.outer_pack,
    VerdictName.INNER_OF_SOLD_PACK: boxes.inner_of_sold_pack,
    VerdictName.SPLIT_EXHAUSTED: boxes.split_exhausted,
    VerdictName.RETURNED_HOLD: claims.returned_hold,
    VerdictName.TRANSFERRED_OUT: boxes.transferred_out,
    VerdictName.DESTROYED: boxes.destroyed,
    VerdictName.RECALLED: boxes.recalled,
    VerdictName.EXPIRED: boxes.expired,
    VerdictName.NEAR_EXPIRY: boxes.near_expiry,
    VerdictName.NOT_KNOWN: claims.not_known,
    VerdictName.NOT_TRACE: codes.not_trace,
    VerdictName.DAMAGED: codes.damaged,
}
# The third repeat asks the manager (`counter/sale/repeats.py`).
_TOO_OFTEN = 3


def asks_manager(said: Verdict) -> bool:
    """Whether the box was scanned so often that a manager has to look."""
    return said.repeats >= _TOO_OFTEN


def verdict(said: Verdict, now: datetime) -> Said:
    """A verdict in words, and what it will mean at the payment."""
    if asks_manager(said):
        return _third_repeat(said)
    told = ROWS[said.name](Case(said, now))
    if not (said.accepted and said.at_payment):
        return told
    tone = theme.ASK if told.tone is theme.UNSURE else told.tone
    return replace(told, tone=tone, todo=at_payment(said))


def _third_repeat(said: Verdict) -> Said:
    what = translate("Verdict", "This box was scanned again and again: %1.")
    return Said(
        theme.ASK,
        translate("Verdict", "Three times now"),
        what.replace("%1", spaced(said.reading.code or "")),
        translate("Verdict", "No harm done. Let the manager have a look, then go on."),
    )
