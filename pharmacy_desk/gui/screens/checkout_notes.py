"""What the checkout says to the clerk's short notes: undone, held, resumed, not found."""

from pharmacy_desk.gui import theme
from pharmacy_desk.gui.texts import Said, translate


def note(name: str, detail: str) -> Said | None:
    """What to say to a note of the clerk; None for one that needs no words."""
    ask, yes = theme.ASK, theme.YES
    quiet = theme.NOTE
    table = {
        "undone": (
            quiet,
            translate("Checkout", "Undone"),
            translate("Checkout", "Taken out: %1"),
            "",
        ),
        "nothing_to_undo": (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no box to take out."),
            "",
        ),
        "line_removed": (
            quiet,
            translate("Checkout", "Line out"),
            translate("Checkout", "The line was taken out; its boxes are free."),
            "",
        ),
        "held": (
            quiet,
            translate("Checkout", "On hold"),
            translate("Checkout", "The sale is on hold; its boxes stay reserved."),
            translate("Checkout", "F5 takes it up again."),
        ),
        "nothing_to_hold": (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no sale to hold."),
            "",
        ),
        "resumed": (
            quiet,
            translate("Checkout", "Resumed"),
            translate("Checkout", "The sale is as it was."),
            "",
        ),
        "nothing_to_resume": (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "No sale is on hold."),
            "",
        ),
        "voided": (
            quiet,
            translate("Checkout", "Cancelled"),
            translate("Checkout", "The whole sale is cancelled; its boxes are free."),
            "",
        ),
        "nothing_to_void": (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is no sale to cancel."),
            "",
        ),
        "no_such_item": (
            theme.NO,
            translate("Checkout", "Not found"),
            translate("Checkout", "There is no drug %1 in the catalogue."),
            translate("Checkout", "Search by name, or import the drug list."),
        ),
        "item_added": (
            ask,
            translate("Checkout", "Chosen"),
            translate("Checkout", "%1 is chosen."),
            translate("Checkout", "Now scan the trace codes on its boxes."),
        ),
        "batch_set": (
            yes,
            translate("Checkout", "Lot kept"),
            translate("Checkout", "Lot and dates of %1 are kept."),
            translate("Checkout", "Press F2 or F3 again to pay."),
        ),
        "bad_pin": (
            theme.NO,
            translate("Checkout", "Wrong PIN"),
            translate("Checkout", "The second person's number or PIN is wrong."),
            translate("Checkout", "Press Enter to be asked again."),
        ),
        "bad_quantity": (
            ask,
            translate("Checkout", "How many?"),
            translate("Checkout", "That is no number of boxes a customer buys: %1."),
            translate("Checkout", "Between 1 and 999 boxes of one drug."),
        ),
        "nothing_to_pay": (
            ask,
            translate("Checkout", "Nothing there"),
            translate("Checkout", "There is nothing to pay yet."),
            "",
        ),
        "settling": (
            ask,
            translate("Checkout", "Settling"),
            translate("Checkout", "The sale cannot be changed while it is settled."),
            "",
        ),
    }
    if name not in table:
        return None
    tone, word, evidence, todo = table[name]
    return Said(tone, word, evidence.replace("%1", detail), todo)
