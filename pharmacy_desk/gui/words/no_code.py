"""The no-code library (无码库) in words: reasons, states, why a box is not given, what is wrong."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.stock.no_code import (
    Bar,
    CloseReason,
    Flaw,
    NoCodeEntry,
    NoCodeReason,
    NoCodeState,
    Share,
    Term,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, in_language, translate


def reason(of: NoCodeReason) -> str:
    """Why boxes have no code."""
    return {
        NoCodeReason.MADE_BEFORE: translate("NoCode", "made before codes were printed"),
        NoCodeReason.NOT_REQUIRED: translate("NoCode", "not yet required to carry one"),
        NoCodeReason.LABEL_LOST: translate("NoCode", "code label missing"),
        NoCodeReason.NOT_READABLE: translate("NoCode", "code cannot be read"),
        NoCodeReason.OTHER: translate("NoCode", "another reason, see the evidence"),
    }[of]


def close_reason(of: CloseReason) -> str:
    """Why an entry is closed."""
    return {
        CloseReason.COUNTED: translate("NoCode", "counted: none is left on the shelf"),
        CloseReason.HAVE_CODES: translate("NoCode", "the boxes have codes now"),
        CloseReason.GONE: translate("NoCode", "sent back or destroyed"),
        CloseReason.MISTAKE: translate("NoCode", "entered by mistake"),
    }[of]


# Kept as the platform's memo reads them; the same as for boxes with a code.
RETURNS = ("质量问题", "召回", "错发", "其他")


def return_reason(word: str) -> str:
    """Why a customer brings a box back."""
    return {
        "质量问题": translate("Lookup", "quality problem"),
        "召回": translate("Lookup", "recall"),
        "错发": translate("Lookup", "wrong drug given"),
        "其他": translate("Lookup", "other"),
    }[word]


def state(entry: NoCodeEntry) -> str:
    """Where an entry stands, with its sign."""
    if entry.state is NoCodeState.PROPOSED:
        return translate("NoCode", "! waits for the manager")
    if entry.state is NoCodeState.CLOSED:
        return translate("NoCode", "✕ closed")
    if not entry.left:
        return translate("NoCode", "✓ used up")
    return translate("NoCode", "✓ in use")


def tone(entry: NoCodeEntry) -> theme.Tone | None:
    """The colour of an entry in a list; its sign says the same."""
    if entry.state is NoCodeState.PROPOSED:
        return theme.ASK
    return theme.IDLE if entry.state is NoCodeState.CLOSED or not entry.left else None


def pays(entry: NoCodeEntry, term: Term) -> str:
    """By whom a box of the entry may be paid today."""
    if term.insured(entry.bought_on):
        return translate("NoCode", "insured, self-paid")
    return translate("NoCode", "self-paid only")


def share(of: Share) -> str:
    """How much was sold without a code."""
    percent = f"{of.per_mille / 10:.1f}"
    text = translate("NoCode", "%1 boxes without code of %2 that need one: %3 %")
    return text.replace("%1", str(of.taken)).replace("%2", str(of.needed)).replace("%3", percent)


def flaw(of: Flaw) -> Said:
    """What is wrong with what was filled in."""
    what = {
        Flaw.DRUG: translate("NoCode", "The drug is missing."),
        Flaw.NEEDS_NONE: translate("NoCode", "This drug needs no code: sell it as it is."),
        Flaw.LOT: translate("NoCode", "The lot is missing."),
        Flaw.DATES: translate("NoCode", "Made on and expiry must be dates, expiry the later one."),
        Flaw.QUANTITY: translate("NoCode", "The quantity must be a number from 1 to 9999."),
        Flaw.BOUGHT_ON: translate(
            "NoCode", "Bought on must be a date after production and not in the future."
        ),
        Flaw.EVIDENCE: translate("NoCode", "The evidence is missing: invoice number or picture."),
    }[of]
    todo = translate("NoCode", "Nothing was kept. Mend it, then F8.")
    return Said(theme.ASK, translate("NoCode", "Not yet"), what, todo)


_BARS: Mapping[Bar, tuple[str, str]] = {
    Bar.NOT_FOUND: (
        marked("NoCode", "There is no such entry in the no-code library."),
        marked("NoCode", "Look at the list again."),
    ),
    Bar.NOT_APPROVED: (
        marked("NoCode", "The manager has not approved this entry."),
        marked("NoCode", "Approve it under Stock, No-code library, with the manager's PIN."),
    ),
    Bar.APPROVED_BEFORE: (
        marked("NoCode", "This entry is approved already."),
        marked("NoCode", "Look at the list again."),
    ),
    Bar.CLOSED: (
        marked("NoCode", "This entry is closed already."),
        marked("NoCode", "Take another one, or make a new entry."),
    ),
    Bar.USED_UP: (
        marked("NoCode", "The last box of this entry has been taken."),
        marked("NoCode", "Take another one, or make a new entry."),
    ),
    Bar.OTHER_DRUG: (
        marked("NoCode", "This entry is for another drug."),
        marked("NoCode", "Take one of this drug."),
    ),
    Bar.EXPIRED: (
        marked("NoCode", "The boxes of this entry have expired."),
        marked("NoCode", "Do not sell them; close the entry."),
    ),
    Bar.RECALLED: (
        marked("NoCode", "This lot is recalled."),
        marked("NoCode", "Do not sell it; put the boxes aside."),
    ),
    Bar.NOTHING_LACKING: (
        marked("NoCode", "No line lacks a code."),
        marked("NoCode", "Find the drug first (F1 or its barcode), then Ctrl+N."),
    ),
    Bar.NOBODY: (
        marked("NoCode", "This store has no manager (店长) who could approve it."),
        marked("NoCode", "Nothing has changed. Add one under Settings, People."),
    ),
}


def bar(of: Bar) -> Said:
    """Why an entry gives no box, or was not changed."""
    what, todo = (in_language("NoCode", text) for text in _BARS[of])
    return Said(theme.NO, translate("NoCode", "Not done"), what, todo)
