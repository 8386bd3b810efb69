"""What a stock-take or a document in hand says of the disk: kept, waiting, taken up again."""

from pharmacy_desk.core.stock.scanned import WaitingScans
from pharmacy_desk.counter.views import kept_view as view
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import faults as faults_words


def said(answer: view.Kept) -> Said:
    """The words of it."""
    match answer:
        case view.NotKept(error, boxes):
            what, todo = faults_words.fault(error)
            stay = translate("Stock", "The %1 boxes on this screen stay; do not close the program.")
            word = translate("Stock", "Not saved")
            return Said(theme.NO, word, f"{what} {stay.replace('%1', str(boxes))}", todo)
        case view.Offered(waiting, others):
            return _offered(waiting, others)
        case view.TakenUp(waiting, gone):
            return _taken_up(waiting, gone)
        case view.Unreadable():
            what = translate("Stock", "What was kept of it cannot be read any more.")
            todo = translate("Stock", "Scan its boxes again; none of them is posted.")
            return Said(theme.NO, translate("Stock", "Not read"), what, todo)
        case view.NothingWaits():
            what = translate("Stock", "Nothing waits unfinished here.")
            return Said(theme.ASK, translate("Stock", "Nothing there"), what)


def _offered(waiting: WaitingScans, others: int) -> Said:
    what = translate("Stock", "%1 boxes, scanned by %3 until %2, are not posted yet.")
    if others:
        more = translate("Stock", "Unfinished besides: %1.").replace("%1", str(others))
        what = f"{what} {more}"
    todo = translate("Stock", "F5 goes on with it; or scan for a new one.")
    word = translate("Stock", "Unfinished")
    return Said(theme.ASK, word, _told(what, waiting), todo)


def _taken_up(waiting: WaitingScans, gone: int) -> Said:
    what = translate("Stock", "%1 boxes, scanned by %3 until %2, are in hand again.")
    if gone:
        left = translate("Stock", "%1 of them cannot move any more; they stand on top.")
        what = f"{what} {left.replace('%1', str(gone))}"
    todo = translate("Stock", "Scan the next box.")
    return Said(
        theme.ASK if gone else theme.IDLE,
        translate("Stock", "Goes on here"),
        _told(what, waiting),
        todo,
    )


def _told(text: str, one: WaitingScans) -> str:
    values = (("%1", str(one.boxes)), ("%2", f"{one.at:%m-%d %H:%M}"), ("%3", one.operator))
    for mark, value in values:
        text = text.replace(mark, value, 1)
    return text
