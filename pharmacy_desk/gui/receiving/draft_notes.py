"""What the receiving screen says of unfinished deliveries and of header names."""

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.stock.drafts import Waiting
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import faults as faults_words


def _told(text: str, one: Waiting) -> str:
    supplier = one.supplier or translate("Stock", "supplier not told")
    for mark, value in (
        ("%1", one.reference or translate("Stock", "no number")),
        ("%2", supplier),
        ("%3", str(one.scanned)),
        ("%4", str(one.expected)),
        ("%5", f"{one.at:%m-%d %H:%M}"),
    ):
        text = text.replace(mark, value)
    return text


def unfinished_title(one: Waiting) -> str:
    """An unfinished delivery, as a question begins."""
    if not one.expected:
        return _told(translate("Stock", "Unfinished delivery of %2 (%5): %3 boxes scanned."), one)
    return _told(
        translate("Stock", "Unfinished delivery %1 of %2 (%5): %3 of %4 boxes scanned."), one
    )


def line(one: Waiting) -> str:
    """The same as one line of a list."""
    return _told("%3/%4 · %1 · %2 · %5", one)


def discard_title(one: Waiting) -> str:
    """Before it is forgotten for good."""
    return _told(translate("Stock", "Forget delivery %1 of %2 and its %3 scanned boxes?"), one)


def put_aside() -> Said:
    """A receiving waits for later."""
    return Said(
        theme.IDLE,
        translate("Stock", "Kept for later"),
        translate("Stock", "It is kept as it is, also over a restart."),
        translate("Stock", "F5 goes on with it."),
    )


def taken_up(one: Waiting) -> Said:
    """A receiving goes on."""
    return Said(
        theme.IDLE,
        translate("Stock", "Goes on"),
        _told(translate("Stock", "%3 of %4 boxes are scanned."), one),
        translate("Stock", "Scan the next box."),
    )


def discarded(one: Waiting) -> Said:
    """An unfinished receiving is gone."""
    return Said(
        theme.IDLE,
        translate("Stock", "Discarded"),
        _told(translate("Stock", "Delivery %1 of %2 is forgotten. Nothing was posted."), one),
    )


def not_discarded(error: WorldError) -> Said:
    """The disk did not let it go."""
    return Said(theme.NO, translate("Stock", "Not done"), *faults_words.fault(error))


def nothing_waits() -> Said:
    """F5 without any."""
    return Said(
        theme.ASK,
        translate("Stock", "Nothing there"),
        translate("Stock", "No unfinished delivery waits."),
        translate("Stock", "Ctrl+O chooses a delivery note."),
    )


def nothing_to_put_aside() -> Said:
    """F4 without a receiving."""
    return Said(
        theme.ASK,
        translate("Stock", "Nothing there"),
        translate("Stock", "Nothing is being received."),
        translate("Stock", "F5 shows what waits unfinished."),
    )


def unreadable() -> Said:
    """A kept receiving cannot be read."""
    return Said(
        theme.NO,
        translate("Stock", "Not read"),
        translate("Stock", "This unfinished delivery cannot be read any more."),
        translate("Stock", "Discard it (F5) and scan its boxes again; none of them is posted."),
    )


def not_kept(error: WorldError, boxes: int) -> Said:
    """A scan or a change did not reach the disk."""
    what, todo = faults_words.fault(error)
    kept = translate("Stock", "The %1 boxes on this screen stay; do not close the program.")
    return Said(
        theme.NO,
        translate("Stock", "Not saved"),
        f"{what} {kept.replace('%1', str(boxes))}",
        todo,
    )


def names_kept(party: str) -> Said:
    """What a person said of a file's columns is remembered."""
    what = translate("Stock", "The columns are remembered for %1.").replace("%1", party)
    return Said(theme.NOTE, translate("Stock", "Columns kept"), what)


def names_missing() -> Said:
    """The person left the question of the columns."""
    return Said(
        theme.ASK,
        translate("Stock", "Not read"),
        translate("Stock", "The file was not read: some of its columns are not known."),
        translate("Stock", "Ctrl+O asks again; or scan without it."),
    )
