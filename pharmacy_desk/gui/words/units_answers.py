"""What is said to the answer of a wish for units of a box (拆零): one row for each."""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.counter.answers import UnitsAnswer, UnitsDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate


def units(answer: UnitsAnswer) -> Said:
    """The answer in words."""
    if answer.what is UnitsDid.TAKEN:
        return _taken(answer)
    return refused(answer.verdict.name if answer.verdict else answer.what)


def refused(why: UnitsDid | VerdictName) -> Said:
    """Why no units can be sold: of the box itself its verdict tells."""
    what, todo = _verdict(why) if isinstance(why, VerdictName) else _refused(why)
    return Said(theme.NO, translate("Checkout", "No units"), what, todo)


def _taken(answer: UnitsAnswer) -> Said:
    what = translate("Checkout", "%1 units are in, %2 are left in the box.")
    return Said(
        theme.YES,
        translate("Checkout", "Units added"),
        what.replace("%1", str(answer.units)).replace("%2", str(answer.left)),
        translate("Checkout", "Keep the opened box with its label."),
    )


def _refused(what: UnitsDid) -> tuple[str, str]:
    return {
        UnitsDid.NOT_SPLITTABLE: (
            translate("Checkout", "This drug is not sold in units: the list has no split ratio."),
            translate("Checkout", "Sell the whole box, or fill in its split ratio (拆零比)."),
        ),
        UnitsDid.TOO_MANY: (
            translate("Checkout", "The box does not hold so many units."),
            translate("Checkout", "Press Ctrl+U and take fewer, then open another box."),
        ),
        UnitsDid.REVIEWER_MISSING: (
            translate("Checkout", "This store wants a second person for units of a box."),
            translate("Checkout", "Press Ctrl+U and let a colleague type number and PIN."),
        ),
        UnitsDid.BAD_PIN: (
            translate("Checkout", "The second person's number or PIN is wrong; no unit was sold."),
            translate("Checkout", "Press Ctrl+U and type both again."),
        ),
        UnitsDid.LOCKED_OUT: (
            translate("Checkout", "Too many wrong PINs: this number is locked for a while."),
            translate("Checkout", "Press Ctrl+U and let another colleague check."),
        ),
        UnitsDid.OWN_REVIEW: (
            translate("Checkout", "Whoever sells the units cannot check them too."),
            translate("Checkout", "Press Ctrl+U and let a colleague type number and PIN."),
        ),
        UnitsDid.APPROVAL_AWAITED: (
            translate("Checkout", "The manager has to come first."),
            translate("Checkout", "Let the manager approve, then press Ctrl+U."),
        ),
    }[what]


def _verdict(name: VerdictName) -> tuple[str, str]:
    """The box itself may not be sold: two verdicts have words for units, the others are scanned."""
    other = (
        translate("Checkout", "This box may not be sold, in units neither."),
        translate("Checkout", "Scan it to see why."),
    )
    return {
        VerdictName.SPLIT_EXHAUSTED: (
            translate("Checkout", "All units of this box are sold."),
            translate("Checkout", "Open another box."),
        ),
        VerdictName.IN_THIS_SALE: (
            translate("Checkout", "This box is in this sale already."),
            translate("Checkout", "Take it out with Backspace, then scan it and press Ctrl+U."),
        ),
    }.get(name, other)
