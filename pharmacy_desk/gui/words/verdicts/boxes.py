"""Verdicts about the box itself: received or not, its dates, its pack, where it went."""

from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.verdicts.case import Case
from pharmacy_desk.gui.words.verdicts.short import word


def good(case: Case) -> Said:
    """Received and never sold; or missing at a stock-take and found again."""
    record = case.verdict.record
    if record and record.state is BoxState.MISSING:
        what = translate("Verdict", "%1 was booked as missing: %2. It is booked in again.")
        return Said(
            theme.YES,
            translate("Verdict", "Found again"),
            what.replace("%2", case.told).replace("%1", case.item),
            translate("Verdict", "Tell whoever counts the stock: the loss is answered."),
        )
    what = translate("Verdict", "%1, received: %2. Not sold before.")
    return Said(
        theme.YES,
        word(VerdictName.OK),
        what.replace("%2", case.told).replace("%1", case.item),
    )


def unreceived(case: Case) -> Said:
    """A good code without a receiving record; a store may refuse such boxes."""
    if not case.verdict.accepted:
        what = translate("Verdict", "%1 has no receiving record in this shop.")
        return Said(
            theme.NO,
            word(VerdictName.OK_UNRECEIVED),
            what.replace("%1", case.item),
            translate(
                "Verdict",
                "This shop sells received boxes only. Receive it first (Ctrl+2), then scan it.",
            ),
        )
    what = translate("Verdict", "%1. Not sold in this shop before; no receiving record.")
    return Said(
        theme.UNSURE,
        translate("Verdict", "Added"),
        what.replace("%1", case.item),
        translate("Verdict", "The platform has not been asked about this box."),
    )


def split(case: Case) -> Said:
    """An opened box that is sold in units; the box waits where the second person is wanted."""
    what = translate("Verdict", "%1 is sold in parts.").replace("%1", case.item)
    if not case.verdict.accepted:
        todo = translate("Verdict", "Press Ctrl+U: number of units and the second person.")
        return Said(theme.ASK, word(VerdictName.OK_SPLIT), what, todo)
    left = case.verdict.record.units_left if case.verdict.record else None
    if left is not None:
        rest = translate("Verdict", "%1 units were left in this box.")
        what += " " + rest.replace("%1", str(left))
    todo = translate("Verdict", "One unit is in. For another number press Ctrl+U.")
    return Said(theme.YES, word(VerdictName.OK_SPLIT), what, todo)


def near_expiry(case: Case) -> Said:
    """A box that expires soon; a store may refuse such boxes."""
    if not case.verdict.accepted:
        what = translate("Verdict", "%1 expires on %2: too soon for this shop to sell it.")
        todo = translate("Verdict", "Put it aside and scan a box that lasts longer.")
        tone = theme.NO
    else:
        what = translate("Verdict", "%1 is in. It expires on %2.")
        todo = translate("Verdict", "Tell the customer. To take it out press Backspace.")
        tone = theme.ASK
    what = what.replace("%2", case.expiry).replace("%1", case.item)
    return Said(tone, word(VerdictName.NEAR_EXPIRY), what, todo)


def expired(case: Case) -> Said:
    """A box past its date; a store may let it in with a warning."""
    if case.verdict.accepted:
        what = translate("Verdict", "%1 is in, but it expired on %2.")
        todo = translate("Verdict", "To take it out press Backspace.")
        tone = theme.ASK
    else:
        what = translate("Verdict", "%1 expired on %2.")
        todo = translate(
            "Verdict", "Take the box off the shelf. If the lot is wrong, correct it first."
        )
        tone = theme.NO
    what = what.replace("%2", case.expiry).replace("%1", case.item)
    return Said(tone, word(VerdictName.EXPIRED), what, todo)


def not_on_sale_line(case: Case) -> Said:
    """No line of the sale asks for this drug; a store may let it in with a warning."""
    if case.verdict.ticket:
        what = translate("Verdict", "The till's ticket does not ask for %1.")
        record = case.verdict.record
        if record and record.state is BoxState.OPENED:
            what = translate("Verdict", "This box of %1 is opened; the ticket asks for whole ones.")
        elif case.verdict.full:
            what = translate("Verdict", "Every box of %1 that the ticket asks for is there.")
        todo = translate("Verdict", "Put it aside. If the customer wants it, ring it up there.")
    elif case.verdict.accepted:
        what = translate("Verdict", "%1 is in. No line of this sale asked for it.")
        todo = translate("Verdict", "To take it out press Backspace.")
    else:
        what = translate("Verdict", "No line of this sale asks for %1.")
        todo = translate("Verdict", "Scan the drug's commodity barcode first, or another box.")
    return Said(
        _tone(case), word(VerdictName.NOT_ON_SALE_LINE), what.replace("%1", case.item), todo
    )


def wrong_drug(case: Case) -> Said:
    """The map and the receiving say different drugs."""
    what = translate("Verdict", "The code is mapped to %1, but the box came in as another drug.")
    return Said(
        theme.NO,
        word(VerdictName.WRONG_DRUG),
        what.replace("%1", case.item),
        translate("Verdict", "Put the box aside and let the three-code map be checked."),
    )


def recalled(case: Case) -> Said:
    """A recall or hold names this box."""
    recall = case.verdict.recall
    reason = recall.reason or recall.value if recall else ""
    what = translate("Verdict", "%1 is held by recall %2: %3.").replace("%1", case.item)
    what = what.replace("%2", recall.number if recall else "").replace("%3", reason)
    return Said(
        _tone(case),
        word(VerdictName.RECALLED),
        what,
        translate("Verdict", "Put the box to the recalled goods. Scan another lot."),
    )


def outer_pack(case: Case) -> Said:
    """A carton or bundle, not a box."""
    inner = len(case.verdict.pack.inner) if case.verdict.pack else 0
    taken = case.verdict.pack.inner_taken if case.verdict.pack else None
    if taken:
        what = translate("Verdict", "Box %1 of this pack is sold or in a sale: %2.")
        what = what.replace("%1", spaced(taken.code)).replace("%2", taken.claim.sale)
        todo = translate("Verdict", "Scan the boxes that are left one by one.")
    elif inner:
        what = translate("Verdict", "This is an outer pack of %1 boxes.")
        what = what.replace("%1", str(inner))
        todo = translate("Verdict", "Scan the boxes inside, or press Ctrl+J to take them all.")
    else:
        what = translate("Verdict", "This is an outer pack; its boxes are not known.")
        todo = translate("Verdict", "Scan the boxes inside one by one.")
    return Said(theme.ASK, word(VerdictName.OUTER_PACK), what, todo)


def inner_of_sold_pack(case: Case) -> Said:
    """The pack it stood in was sold as a whole."""
    what = translate("Verdict", "The pack this box stood in was sold as a whole: %1.")
    return Said(
        theme.NO,
        word(VerdictName.INNER_OF_SOLD_PACK),
        what.replace("%1", case.told),
        translate("Verdict", "Scan another box and tell the manager."),
    )


def split_exhausted(case: Case) -> Said:
    """All units of the opened box are sold."""
    what = translate("Verdict", "All units of this box were sold: %1.")
    return Said(
        theme.NO,
        word(VerdictName.SPLIT_EXHAUSTED),
        what.replace("%1", case.told),
        translate("Verdict", "Open another box."),
    )


def transferred_out(case: Case) -> Said:
    """The box left by a document."""
    what = translate("Verdict", "This box left the shop by a document: %1.")
    return Said(
        theme.NO,
        word(VerdictName.TRANSFERRED_OUT),
        what.replace("%1", case.told),
        translate("Verdict", "If it is here, take it in again first, then sell it."),
    )


def destroyed(case: Case) -> Said:
    """The box is booked as destroyed."""
    what = translate("Verdict", "This box is booked as destroyed: %1.")
    return Said(
        theme.NO,
        word(VerdictName.DESTROYED),
        what.replace("%1", case.told),
        translate("Verdict", "Do not sell it. Tell the manager."),
    )


def _tone(case: Case) -> theme.Tone:
    return theme.NO if case.verdict.action is Action.BLOCK else theme.ASK
