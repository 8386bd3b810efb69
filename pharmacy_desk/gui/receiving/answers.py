"""The answers of a receiving session in words."""

from datetime import date

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.acceptance import Lack, NotCold
from pharmacy_desk.counter.views import receiving_view as view
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.receiving import draft_notes, notes
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import stock as stock_words


def said(answer: view.Answer | None, shown: view.ReceivingView, today: date) -> Said | None:
    """What became of a scan or a wish; None where what is said already stays."""
    return (
        _of_box(answer, shown, today)
        or _of_drug(answer)
        or _of_draft(answer)
        or _of_posting(answer, shown)
    )


def _of_box(answer: view.Answer | None, shown: view.ReceivingView, today: date) -> Said | None:
    match answer:
        case view.Ready():
            return notes.ready(shown.receiving, len(shown.unfinished.unread))
        case view.Arrived(arrival):
            return stock_words.arrival(arrival, today)
        case PackOpened(taken, inside):
            return stock_words.pack_taken(taken, inside)
        case view.TakenOut(name, code):
            return Said(theme.NOTE, translate("Stock", "Taken out"), f"{name} {spaced(code)}")
        case view.NothingToRefuse():
            return notes.nothing_to_refuse()
        case view.BoxRefused(reason):
            return notes.refused(reason)
        case view.LotKept(name, lot):
            return Said(theme.NOTE, translate("Stock", "Lot kept"), f"{name} {lot}")
        case view.StillScanned(boxes):
            return notes.unfinished(boxes)
    return None


def _of_drug(answer: view.Answer | None) -> Said | None:
    match answer:
        case view.WhichDrug(words):
            return notes.which_drug(words)
        case view.NoneLikely(words):
            return notes.none_likely(words)
        case view.DrugNamed(words, item):
            return notes.drug_named(words, item)
    return None


def _of_draft(answer: view.Answer | None) -> Said | None:
    match answer:
        case view.NotKept(error, boxes):
            return draft_notes.not_kept(error, boxes)
        case view.PutAside():
            return draft_notes.put_aside()
        case view.NothingToPutAside():
            return draft_notes.nothing_to_put_aside()
        case view.NothingWaits():
            return draft_notes.nothing_waits()
        case view.TakenUp(waiting):
            return draft_notes.taken_up(waiting)
        case view.Unreadable():
            return draft_notes.unreadable()
        case view.Discarded(waiting):
            return draft_notes.discarded(waiting)
        case view.NotDiscarded(error):
            return draft_notes.not_discarded(error)
    return None


def _of_posting(answer: view.Answer | None, shown: view.ReceivingView) -> Said | None:
    match answer:
        case view.Lacking((first, *_)):
            if first.lack is Lack.LOT and first.row is not None:
                return notes.lot_missing(shown.receiving.rows[first.row].name)
            return (
                notes.nothing_scanned() if first.lack is Lack.BOXES else notes.lacking(first.lack)
            )
        case view.Doubtful(NotCold(celsius)):
            return notes.not_cold(celsius)
        case view.Doubtful(doubt) if not isinstance(doubt, NotCold):
            return notes.differs(doubt.missing, doubt.extra, doubt.unknown)
        case view.Posted(documents, moved, back, stayed):
            return notes.posted(documents, moved, back, stayed)
        case view.NotPosted(stayed):
            return notes.not_posted(stayed)
        case view.PostFailed(error):
            return Said(theme.NO, translate("Stock", "Not posted"), *faults_words.fault(error))
    return None
