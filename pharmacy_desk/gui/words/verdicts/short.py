"""The one word of each verdict."""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.gui.base.said import translate


def word(of: VerdictName) -> str:
    """The verdict in a word, as the panel and a box's time line show it."""
    return {
        VerdictName.OK: translate("Verdict", "Right"),
        VerdictName.OK_UNRECEIVED: translate("Verdict", "Not received"),
        VerdictName.OK_SPLIT: translate("Verdict", "Opened box"),
        VerdictName.EXEMPT: translate("Verdict", "No code needed"),
        VerdictName.ITEM: translate("Verdict", "Chosen"),
        VerdictName.IN_THIS_SALE: translate("Verdict", "Already in"),
        VerdictName.HELD_ELSEWHERE: translate("Verdict", "On hold"),
        VerdictName.SOLD_HERE: translate("Verdict", "Repeat"),
        VerdictName.SOLD_ELSEWHERE: translate("Verdict", "Repeat"),
        VerdictName.SETTLED_ON_PLATFORM: translate("Verdict", "Repeat"),
        VerdictName.WRONG_DRUG: translate("Verdict", "Wrong drug"),
        VerdictName.NOT_ON_SALE_LINE: translate("Verdict", "Not asked for"),
        VerdictName.UNMAPPED: translate("Verdict", "Which drug?"),
        VerdictName.OUTER_PACK: translate("Verdict", "Outer pack"),
        VerdictName.INNER_OF_SOLD_PACK: translate("Verdict", "Pack was sold"),
        VerdictName.SPLIT_EXHAUSTED: translate("Verdict", "Used up"),
        VerdictName.RETURNED_HOLD: translate("Verdict", "Returned"),
        VerdictName.TRANSFERRED_OUT: translate("Verdict", "Has left"),
        VerdictName.DESTROYED: translate("Verdict", "Destroyed"),
        VerdictName.RECALLED: translate("Verdict", "Recalled"),
        VerdictName.EXPIRED: translate("Verdict", "Expired"),
        VerdictName.NEAR_EXPIRY: translate("Verdict", "Near expiry"),
        VerdictName.NOT_KNOWN: translate("Verdict", "In doubt"),
        VerdictName.NOT_TRACE: translate("Verdict", "Not a trace code"),
        VerdictName.DAMAGED: translate("Verdict", "Scan again"),
    }[of]
