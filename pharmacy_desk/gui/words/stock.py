"""Boxes outside a sale in words: where they are, what documents do, why a box stays behind."""

from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import WhyNot
from pharmacy_desk.core.stock.receiving import Arrival, Match
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, in_language, translate
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import rows as rows_words


def without_code(boxes: int) -> str:
    """Boxes of the no-code library in a list of codes."""
    return translate("Stock", "no code: %1 boxes").replace("%1", str(boxes))


def state(of: BoxState) -> str:
    """Where a box is, with the sign that says whether it may be sold."""
    return {
        BoxState.ON_SHELF: translate("Stock", "✓ On the shelf"),
        BoxState.SOLD: translate("Stock", "✓ Sold"),
        BoxState.OPENED: translate("Stock", "! Opened, sold in parts"),
        BoxState.USED_UP: translate("Stock", "✓ Used up: all its units are sold"),
        BoxState.RETURNED: translate("Stock", "! Returned by a customer, put aside"),
        BoxState.REFUSED: translate("Stock", "✕ Refused at receiving"),
        BoxState.TO_SUPPLIER: translate("Stock", "→ Gone back to the supplier"),
        BoxState.TRANSFERRED_OUT: translate("Stock", "→ Transferred to another store"),
        BoxState.DESTROYED: translate("Stock", "✕ Destroyed"),
        BoxState.MISSING: translate("Stock", "✕ Missing since a stock-take"),
        BoxState.BROKEN: translate("Stock", "! An outer pack that was opened"),
    }[of]


def why_not(word: str) -> str:
    """Why a box or a row stayed behind: a word of `WhyNot`, else the reason of a file's row."""
    known = {
        WhyNot.SOLD: translate("Stock", "It was sold here: it does not go back to stock."),
        WhyNot.ALREADY_HERE: translate("Stock", "It is on the shelf already."),
        WhyNot.AWAY: translate("Stock", "It is not here by the records: look it up first."),
        WhyNot.UNKNOWN_DRUG: translate(
            "Stock", "Its drug is not known: import it or answer which drug it is at checkout."
        ),
        WhyNot.WRONG_DRUG: translate("Stock", "Its code belongs to another drug."),
        WhyNot.OUTER_PACK: translate(
            "Stock", "It is an outer pack whose boxes are not known: scan the boxes inside."
        ),
        WhyNot.IN_SALE: translate("Stock", "It is in an open sale: pay or cancel that first."),
        WhyNot.EXPIRED: translate("Stock", "It has expired: refuse it."),
        WhyNot.NO_CODE: translate("Stock", "This drug needs its trace codes: scan the boxes."),
        WhyNot.NOT_ALLOWED: translate(
            "Stock", "Your role may not do this: a pharmacist or manager signs in with F10."
        ),
        WhyNot.NOT_APPROVED: translate(
            "Stock", "Nobody approved it: nothing was moved, what was scanned is still here."
        ),
        WhyNot.COLD_NOT_TOLD: translate(
            "Stock",
            "It is kept cold, and nobody told when and how warm it came: open the note in"
            " receiving (Ctrl+2, Ctrl+O) and type both, or add the columns 到货温度 and 到货时间.",
        ),
        WhyNot.NOT_COLD: translate(
            "Stock",
            "It is kept at 2 to 8 °C and came otherwise: look at it in receiving (Ctrl+2) and"
            " refuse it, or accept it there.",
        ),
        WhyNot.TWICE: translate("Stock", "It stands twice in this document; it counts once."),
    }
    for one, words in known.items():
        if one.value == word:
            return words
    return rows_words.why(word)


def recall_key(key: str) -> str:
    """By what a recall names its boxes."""
    return {
        "lot": translate("Stock", "Lot"),
        "drug": translate("Stock", "Drug"),
        "supplier": translate("Stock", "Supplier"),
        "code": translate("Stock", "Trace code"),
    }.get(key, key)


def match_word(of: Match) -> str:
    """The result of one scan as a sign and a word, for a list."""
    return {
        Match.IN_LIST: translate("Stock", "✓ right"),
        Match.NEAR_EXPIRY: translate("Stock", "! near expiry"),
        Match.EXTRA: translate("Stock", "! extra"),
        Match.EXPIRED: translate("Stock", "✕ expired"),
    }.get(of, of.value)


# Tone, word, what is known and what to do, by what a scan at the door found: first what is taken.
_AT_THE_DOOR: Mapping[Match, tuple[theme.Tone, str, str, str]] = {
    Match.IN_LIST: (theme.YES, marked("Stock", "Right"), "%1", ""),
    Match.COUNTED: (
        theme.YES,
        marked("Stock", "Counted"),
        marked("Stock", "%1 needs no trace code. One more is counted."),
        "",
    ),
    Match.NEAR_EXPIRY: (
        theme.ASK,
        marked("Stock", "Near expiry"),
        marked("Stock", "%1 expires on %2, in %3 days. It is taken."),
        marked("Stock", "F6 refuses it."),
    ),
    Match.EXTRA: (
        theme.ASK,
        marked("Stock", "Extra"),
        marked("Stock", "%1 is not on the delivery note, or more than it says."),
        marked("Stock", "It is taken. F6 refuses it, Backspace takes it out."),
    ),
    Match.WHICH_LOT: (
        theme.ASK,
        marked("Stock", "Which lot?"),
        marked("Stock", "%1 comes in several lots, and its code does not tell which."),
        marked("Stock", "Go to its lot with the arrow keys, then scan the box again."),
    ),
    Match.TWICE: (
        theme.ASK,
        marked("Stock", "Scanned already"),
        marked("Stock", "This box is in the list:"),
        marked("Stock", "Nothing was added. Scan the next box."),
    ),
    Match.WRONG_DRUG: (
        theme.NO,
        marked("Stock", "Wrong drug"),
        marked("Stock", "The note lists this code for another drug; the box is %1."),
        marked("Stock", "Put it aside and ask the supplier."),
    ),
    Match.ALREADY_HERE: (
        theme.NO,
        marked("Stock", "Already here"),
        marked("Stock", "This box was received before:"),
        marked("Stock", "It is not received twice. Put it back on the shelf."),
    ),
    Match.SOLD_HERE: (
        theme.NO,
        marked("Stock", "Was sold here"),
        marked("Stock", "%1: this box was sold in this shop and comes in again."),
        marked("Stock", "Do not take it. Put it aside and tell the manager at once."),
    ),
    Match.IN_SALE: (
        theme.NO,
        marked("Stock", "In a sale"),
        marked("Stock", "%1: this box is in a sale that is not paid."),
        marked("Stock", "Finish or cancel that sale first."),
    ),
    Match.GONE: (
        theme.NO,
        marked("Stock", "Not to be taken"),
        marked("Stock", "By the records this box cannot come in again:"),
        marked("Stock", "Put it aside; Ctrl+4 shows its history."),
    ),
    Match.EXPIRED: (
        theme.NO,
        marked("Stock", "Expired"),
        marked("Stock", "%1 expired on %2. It is not taken."),
        marked("Stock", "F6 refuses it in writing."),
    ),
    Match.UNKNOWN_DRUG: (
        theme.ASK,
        marked("Stock", "Which drug?"),
        marked("Stock", "No drug of the list has this code:"),
        marked("Stock", "Import the drug first, or answer which drug it is at checkout."),
    ),
    Match.OUTER_PACK: (
        theme.ASK,
        marked("Stock", "Outer pack"),
        marked("Stock", "This is an outer pack; its boxes are not known."),
        marked("Stock", "Scan the boxes inside one by one."),
    ),
    Match.NEEDS_CODE: (
        theme.ASK,
        marked("Stock", "Trace code"),
        marked("Stock", "%1: that was the commodity barcode."),
        marked("Stock", "Scan the trace code on the box."),
    ),
    Match.NOT_TRACE: (
        theme.NO,
        marked("Stock", "Not a trace code"),
        marked("Stock", "This is: %1."),
        marked("Stock", "Nothing was added. Scan the trace code on the box."),
    ),
}


def arrival(heard: Arrival, today: date) -> Said:
    """The answer to a scan at the door."""
    seen, name = heard.seen, heard.seen.item.name if heard.seen.item else ""
    until = f"{heard.expiry}" if heard.expiry else ""
    days = str((heard.expiry - today).days) if heard.expiry else ""
    tone, *texts = _AT_THE_DOOR[heard.match]
    word, what, todo = (in_language("Stock", text) for text in texts)
    if heard.match is Match.NOT_TRACE:
        name = readings_words.named(seen.reading)
    what = what.replace("%1", name).replace("%2", until).replace("%3", days)
    if heard.match in (Match.ALREADY_HERE, Match.GONE, Match.TWICE, Match.UNKNOWN_DRUG):
        what = f"{what} {spaced(seen.code)}".strip()
    if heard.match is Match.SOLD_HERE and seen.earlier:
        told = translate("Stock", "Receipt %1.")
        if seen.earlier.past:
            told = translate("Stock", "Number in the old system: %1.")
        told = told.replace("%1", seen.earlier.sale)
        what = f"{what} {told}"
    return Said(tone, word, what, todo)


def pack_taken(taken: int, inside: int) -> Said:
    """An outer pack was opened: how many of its boxes were taken."""
    tone = theme.YES if taken == inside else theme.ASK
    what = translate("Stock", "%1 of the %2 boxes of this outer pack are taken.")
    what = what.replace("%1", str(taken)).replace("%2", str(inside))
    todo = ""
    if taken < inside:
        todo = translate("Stock", "Scan the others one by one to see why not.")
    return Said(tone, translate("Stock", "Outer pack"), what, todo)
