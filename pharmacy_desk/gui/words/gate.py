"""Why a sale is not paid, in words: short ones for the pay button, and what to do now."""

from collections.abc import Sequence

from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.gui.base.said import translate


def reason(refusal: Refusal, sale: Sale | None) -> str:
    """Why a sale is not paid, short enough for the pay button."""
    names = _line_names(refusal, sale)
    if refusal.no_code and refusal.no_code == refusal.boxes:
        text = translate("Gate", "%1 boxes without code: insurance does not take them")
        return text.replace("%1", str(refusal.no_code))
    if refusal.doubts and refusal.reason is Reason.NOT_PAYABLE:
        return translate("Gate", "Not for sale any more: %1").replace("%1", names)
    return {
        Reason.MISSING_CODES: translate("Gate", "%1 boxes still to scan").replace(
            "%1", str(refusal.boxes - refusal.no_code)
        ),
        Reason.NOT_PAYABLE: translate("Gate", "Insurance does not pay: %1").replace("%1", names),
        Reason.NO_LOT: translate("Gate", "Lot or dates missing: %1").replace("%1", names),
        Reason.RECALLED: translate("Gate", "Recalled: %1").replace("%1", names),
        Reason.NOT_KNOWN: translate("Gate", "Free or not is not known: %1").replace("%1", names),
        Reason.EXPIRED: translate("Gate", "Expired: %1").replace("%1", names),
        Reason.NEAR_EXPIRY: translate("Gate", "Near expiry: %1").replace("%1", names),
        Reason.OK_UNRECEIVED: translate("Gate", "No receiving record: %1").replace("%1", names),
        Reason.NOT_ON_SALE_LINE: translate("Gate", "Not asked for: %1").replace("%1", names),
        Reason.NO_SETTLEMENT: translate("Gate", "No insurance settlement yet"),
        Reason.GIFT_INSURED: translate("Gate", "Insurance takes no gifts: %1").replace("%1", names),
        Reason.GIFT_NOT_ALLOWED: translate("Gate", "May not be given away: %1").replace(
            "%1", names
        ),
    }[refusal.reason]


def reason_todo(refusal: Refusal) -> str:
    """What to do about a refused payment."""
    if refusal.action is Action.APPROVE:
        return translate("Gate", "Enter asks a second person to approve it.")
    if refusal.no_code and refusal.no_code == refusal.boxes:
        return translate(
            "Gate",
            "Bought since 2025-07-01, or the region's term is over. Sell them in a sale of their"
            " own with F3, or take them out.",
        )
    if refusal.doubts and refusal.reason is Reason.NOT_PAYABLE:
        return translate(
            "Gate", "This became known after the scan. Take the box out of the sale, then pay."
        )
    return {
        Reason.MISSING_CODES: translate(
            "Gate", "Scan the boxes, or take the lines out. Without codes insurance does not pay."
        ),
        Reason.NOT_PAYABLE: translate(
            "Gate", "Sell it in a sale of its own with F3, or take the line out."
        ),
        Reason.NO_LOT: translate("Gate", "Fill in lot and dates from the box below."),
        Reason.GIFT_INSURED: translate(
            "Gate", "Choose the gift line and press Ctrl+G, or take it out; or pay with F3."
        ),
        Reason.GIFT_NOT_ALLOWED: translate(
            "Gate", "Choose the gift line and press Ctrl+G: it is paid for then."
        ),
        Reason.RECALLED: translate("Gate", "Take the boxes out of the sale and off the shelf."),
        Reason.NOT_KNOWN: translate(
            "Gate", "Wait until the counters hear each other again, or take the boxes out."
        ),
        Reason.EXPIRED: translate("Gate", "Take the boxes out of the sale and off the shelf."),
        Reason.NEAR_EXPIRY: translate(
            "Gate", "Scan boxes that last longer, or let the customer pay another way."
        ),
        Reason.OK_UNRECEIVED: translate(
            "Gate", "Receive the boxes first (Ctrl+2), or let the customer pay another way."
        ),
        Reason.NOT_ON_SALE_LINE: translate(
            "Gate", "Scan the drug's commodity barcode, or take the line out."
        ),
        Reason.NO_SETTLEMENT: translate(
            "Gate", "Settle on the insurance terminal and type its number, or wait for the line."
        ),
    }[refusal.reason]


def _line_names(refusal: Refusal, sale: Sale | None) -> str:
    lines: Sequence[str] = (
        [line.item.name for line in sale.lines if line.number in refusal.lines] if sale else []
    )
    more = translate("Gate", " and %1 more").replace("%1", str(len(lines) - 1))
    return (lines[0] + (more if len(lines) > 1 else "")) if lines else ""
