"""撤销: when a sold box may go back on the shelf instead of to the returns.

Sold drugs are not resold (facts on the trade, section 3). A box that never left the counter was
never in a customer's hands: where the store's policy says so, a manager may put it back on the day
of its sale, in the store that sold it.
"""

from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.sale.sale import Box, Sale, SaleState


class RestoreRefusal(StrEnum):
    """Why a box does not go back on the shelf."""

    OFF = "restore_off"
    NO_RECEIPT = "no_such_receipt"
    NOT_ON_RECEIPT = "not_on_receipt"
    NOT_TODAY = "not_sold_today"
    UNITS = "sold_in_parts"
    BEFORE = "already_returned"
    SETTLED_ELSEWHERE = "settled_elsewhere"
    NOBODY = "nobody_to_approve"
    INSURED = "settled_with_insurance"


def box_of(sale: Sale, code: str) -> Box | None:
    """The box of this code in a sale."""
    return next((box for line in sale.lines for box in line.boxes if box.code == code), None)


def restore_refusal(
    sale: Sale | None, code: str, now: datetime, *, allowed: bool
) -> RestoreRefusal | None:
    """Why this box of a sale may not go back on the shelf now; None when it may.

    `allowed` is the store's policy. The day is the calendar day of the store's own time.
    """
    if not allowed:
        return RestoreRefusal.OFF
    if sale is None or sale.state is not SaleState.PAID or sale.paid_at is None:
        return RestoreRefusal.NO_RECEIPT
    box = box_of(sale, code)
    if box is None:
        return RestoreRefusal.NOT_ON_RECEIPT
    if box.units is not None:
        return RestoreRefusal.UNITS
    if sale.settlement and not sale.settlement.cancelled:
        return RestoreRefusal.INSURED
    if sale.paid_at.astimezone(now.tzinfo).date() != now.date():
        return RestoreRefusal.NOT_TODAY
    return None
