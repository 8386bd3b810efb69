"""What the checkout says to the answer of a wish about the sale: one row for each."""

from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate

# What these did is seen on the screen, or is told by news and dialogs of their own.
SILENT = frozenset({SaleDid.LINE_CHOSEN, SaleDid.PAYING, SaleDid.MANAGER_AWAITED})


def sale(answer: SaleAnswer) -> Said | None:
    """The answer in words; None for one that needs none."""
    what = answer.what
    if what in SILENT:
        return None
    said = _gift(what) or _no_gift(what) or _order(what) or _step(what)
    evidence = said.evidence.replace("%1", answer.detail)
    return Said(said.tone, said.word, evidence, said.todo)


def _step(what: SaleDid) -> Said:
    ask, yes = theme.ASK, theme.YES
    quiet = theme.NOTE
    table = {
        SaleDid.UNDONE: (
            quiet,
            translate("Checkout", "Undone"),
            translate("Checkout", "Taken out: %1"),
            "",
        ),
        SaleDid.LOCKED: (
            ask,
            translate("Checkout", "Locked"),
            translate("Checkout", "The counter is locked; nothing was changed."),
            translate("Checkout", "Sign in first."),
        ),
        SaleDid.NOTHING_TO_UNDO: (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no box to take out."),
            "",
        ),
        SaleDid.LINE_REMOVED: (
            quiet,
            translate("Checkout", "Line out"),
            translate("Checkout", "The line was taken out; its boxes are free."),
            "",
        ),
        SaleDid.HELD: (
            quiet,
            translate("Checkout", "On hold"),
            translate("Checkout", "The sale is on hold; its boxes stay reserved."),
            translate("Checkout", "F5 takes it up again."),
        ),
        SaleDid.NOTHING_TO_HOLD: (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no sale to hold."),
            "",
        ),
        SaleDid.RESUMED: (
            quiet,
            translate("Checkout", "Resumed"),
            translate("Checkout", "The sale is as it was."),
            "",
        ),
        SaleDid.NOTHING_TO_RESUME: (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "No sale is on hold."),
            "",
        ),
        SaleDid.VOIDED: (
            quiet,
            translate("Checkout", "Cancelled"),
            translate("Checkout", "The whole sale is cancelled; its boxes are free."),
            "",
        ),
        SaleDid.NOTHING_TO_VOID: (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no sale to cancel."),
            "",
        ),
        SaleDid.NO_SUCH_ITEM: (
            theme.NO,
            translate("Checkout", "Not found"),
            translate("Checkout", "There is no drug %1 in the catalogue."),
            translate("Checkout", "Search by name, or import the drug list."),
        ),
        SaleDid.ITEM_ADDED: (
            ask,
            translate("Checkout", "Chosen"),
            translate("Checkout", "%1 is chosen."),
            translate("Checkout", "Now scan the trace codes on its boxes."),
        ),
        SaleDid.BATCH_SET: (
            yes,
            translate("Checkout", "Lot kept"),
            translate("Checkout", "Lot and dates of %1 are kept."),
            translate("Checkout", "Press F2 or F3 again to pay."),
        ),
        SaleDid.BAD_QUANTITY: (
            ask,
            translate("Checkout", "How many?"),
            translate("Checkout", "That is no number of boxes a customer buys: %1."),
            translate("Checkout", "Between 1 and 999 boxes of one drug."),
        ),
        SaleDid.NOTHING_TO_PAY: (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is nothing to pay yet."),
            "",
        ),
        SaleDid.SETTLING: (
            ask,
            translate("Checkout", "Settling"),
            translate("Checkout", "The sale cannot be changed while it is settled."),
            "",
        ),
    }
    return Said(*table[what])


def _gift(what: SaleDid) -> Said | None:
    return {
        SaleDid.GIFT: Said(
            theme.NOTE,
            translate("Checkout", "Gift"),
            translate("Checkout", "%1 is a gift at ¥0.00; its code is uploaded as any other."),
            translate(
                "Checkout", "The next box of it is paid for, unless you choose the gift line."
            ),
        ),
        SaleDid.GIFT_BACK: Said(
            theme.NOTE,
            translate("Checkout", "No gift"),
            translate("Checkout", "%1 is paid for again."),
        ),
        SaleDid.GIFT_UNDONE: Said(
            theme.NOTE,
            translate("Checkout", "Undone"),
            translate("Checkout", "%1 is as it was before the last Ctrl+G."),
        ),
    }.get(what)


def _no_gift(what: SaleDid) -> Said | None:
    """Why something is no gift (facts on the trade, section 3)."""
    texts = {
        SaleDid.NO_GIFT_NOTHING_THERE: (
            translate("Checkout", "There is no box yet that could be a gift."),
            translate("Checkout", "Scan it, then press Ctrl+G."),
        ),
        SaleDid.NO_GIFT_PRESCRIPTION: (
            translate("Checkout", "Prescription drugs are never given away."),
            translate("Checkout", "It stays on its line and is paid for."),
        ),
        SaleDid.NO_GIFT_OTC_A: (
            translate("Checkout", "Class-A OTC drugs are never given away."),
            translate("Checkout", "It stays on its line and is paid for."),
        ),
        SaleDid.NO_GIFT_CLASS_UNKNOWN: (
            translate("Checkout", "The list does not say whether this is Rx or which OTC class."),
            translate(
                "Checkout", "Fill in its Rx column in the drug list; until then it is paid for."
            ),
        ),
        SaleDid.NO_GIFT_UNITS: (
            translate("Checkout", "Units of an opened box are never given away."),
            translate("Checkout", "Give a whole box instead."),
        ),
    }
    if what not in texts:
        return None
    return Said(theme.NO, translate("Checkout", "No gift"), *texts[what])


def _order(what: SaleDid) -> Said | None:
    return {
        SaleDid.ORDER_SET: Said(
            theme.NOTE,
            translate("Checkout", "Online order"),
            translate("Checkout", "This sale is for the order %1."),
            translate("Checkout", "Scan its boxes."),
        ),
        SaleDid.ORDER_GONE: Said(
            theme.NOTE,
            translate("Checkout", "No order"),
            translate("Checkout", "This sale is for no online order."),
        ),
        SaleDid.ORDER_TWICE: Said(
            theme.ASK,
            translate("Checkout", "Twice?"),
            translate(
                "Checkout", "This order number is on receipt %1 already. It is kept here too."
            ),
            translate(
                "Checkout", "Look that receipt up. If it is the same order, cancel this sale."
            ),
        ),
        SaleDid.BAD_ORDER: Said(
            theme.NO,
            translate("Checkout", "No order"),
            translate("Checkout", "That is no order number; nothing was changed."),
            translate("Checkout", "Press Ctrl+O and scan or type it again."),
        ),
    }.get(what)
