"""The shift and the day in words: what became of a wish, and how both stand."""

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.shift import Closing, ClosingKind, Shift
from pharmacy_desk.counter.answers import DayAnswer, DayDid
from pharmacy_desk.gui.base.said import translate


def answer(told: DayAnswer) -> str:
    """What became of a wish, with its sign."""
    if told.what is DayDid.CLOSED and told.closing:
        return difference(told.closing)
    return {
        DayDid.OPENED: translate("Day", "✓ The shift has begun."),
        DayDid.CLOSED: translate("Day", "✓ The shift is closed."),
        DayDid.DAY_CLOSED: translate("Day", "✓ The day is closed: what is sold now is the next's."),
        DayDid.ALREADY_OPEN: translate("Day", "✕ A shift is open already: close it first."),
        DayDid.NO_SHIFT: translate("Day", "✕ No shift is open: begin one first."),
        DayDid.BAD_SUM: translate("Day", "✕ Type the cash in the drawer, in yuan."),
        DayDid.SAME_PERSON: translate("Day", "✕ Who hands over cannot take over."),
        DayDid.BAD_PIN: translate("Day", "✕ Number or PIN is wrong: again."),
        DayDid.LOCKED_OUT: translate(
            "Day", "✕ Too many wrong PINs: this number is locked for a while."
        ),
    }[told.what]


def difference(closing: Closing) -> str:
    """What was counted against what should be there."""
    fen = closing.difference_fen
    if not fen:
        return translate("Day", "✓ The shift is closed; the drawer is right.")
    more = translate("Day", "! The shift is closed; ¥%1 more than expected.")
    words = more if fen > 0 else translate("Day", "! The shift is closed; ¥%1 lacks.")
    return words.replace("%1", yuan(abs(fen)))


def shift(of: Shift | None) -> str:
    """The open shift, in one line."""
    if of is None:
        return translate("Day", "No shift is open.")
    words = translate("Day", "Shift since %1, %2; float ¥%3")
    words = words.replace("%1", f"{of.opened_at:%m-%d %H:%M}").replace("%2", of.opened_by)
    return words.replace("%3", yuan(of.float_fen))


def kind(of: ClosingKind) -> str:
    """What was closed."""
    if of is ClosingKind.SHIFT:
        return translate("Day", "Shift")
    return translate("Day", "Day (Z)")
