"""What is said to the answers of wishes about stock: one row for each thing that happened.

None where a second person is awaited: a dialog asks for one.
"""

from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter.views.stock_answers import (
    MoveAnswer,
    MoveDid,
    NoCodeAnswer,
    NoCodeDid,
    RecallAnswer,
    RecallDid,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import no_code as no_code_words
from pharmacy_desk.gui.words import stock as stock_words


def moved(answer: MoveAnswer) -> Said | None:
    """What became of documents of boxes that come or go."""
    if answer.what is MoveDid.APPROVAL_AWAITED:
        return None
    return {
        MoveDid.POSTED: _moved,
        MoveDid.PARTLY_POSTED: _moved,
        MoveDid.NOTHING_MOVED: _none_moved,
        MoveDid.NOTHING_TO_MOVE: _none_moved,
        MoveDid.NOT_APPROVED: _none_moved,
        MoveDid.BROKEN_OFF: _broken_off,
    }[answer.what](answer)


def counted(answer: MoveAnswer) -> Said | None:
    """What became of the differences of a stock-take."""
    if answer.what is MoveDid.APPROVAL_AWAITED:
        return None
    return {
        MoveDid.POSTED: _differences,
        MoveDid.PARTLY_POSTED: _differences,
        MoveDid.NOTHING_MOVED: _no_differences,
        MoveDid.NOTHING_TO_MOVE: _no_differences,
        MoveDid.NOT_APPROVED: _no_differences,
        MoveDid.BROKEN_OFF: _broken_off,
    }[answer.what](answer)


def _moved(told: MoveAnswer) -> Said:
    stayed = len(told.stayed)
    what = translate("Stock", "%1: %2 boxes, document %3.")
    what = what.replace("%2", str(told.boxes)).replace("%3", "，".join(told.documents))
    what = what.replace("%1", documents_words.movement(told.kind))
    if len(told.documents) > 1:
        split = translate("Stock", "The file holds several numbers or parties: %1 documents.")
        what = f"{what} {split.replace('%1', str(len(told.documents)))}"
    save = ""
    if told.kind is MovementKind.TRANSFER_OUT:
        save = translate("Stock", "Ctrl+S saves the file for the other store.")
    if not stayed:
        return Said(theme.YES, translate("Stock", "Posted"), what, save)
    todo = translate("Stock", "%1 stayed behind: the list says why.")
    todo = f"{todo.replace('%1', str(stayed))} {save}".strip()
    return Said(theme.ASK, translate("Stock", "Posted"), what, todo)


def _none_moved(told: MoveAnswer) -> Said:
    return Said(
        theme.NO if told.stayed else theme.ASK,
        translate("Stock", "Not posted"),
        translate("Stock", "%1: nothing was moved, %2 stayed behind.")
        .replace("%2", str(len(told.stayed)))
        .replace("%1", documents_words.movement(told.kind)),
        stock_words.why_not(told.why) if told.why else "",
    )


def _broken_off(told: MoveAnswer) -> Said:
    sentence = faults_words.fault(told.error) if told.error else ("", "")
    return Said(theme.NO, translate("Stock", "Not posted"), *sentence)


def _differences(told: MoveAnswer) -> Said:
    what = translate("Stock", "%1 differences are posted, document %2.")
    what = what.replace("%1", str(told.boxes)).replace("%2", "，".join(told.documents))
    if not told.stayed:
        return Said(theme.YES, translate("Stock", "Posted"), what)
    todo = translate("Stock", "%1 boxes on the shelf do not belong there; look each up.")
    todo = todo.replace("%1", str(len(told.stayed)))
    return Said(theme.ASK, translate("Stock", "Posted"), what, todo)


def _no_differences(told: MoveAnswer) -> Said:
    why = stock_words.why_not(told.why) if told.why else ""
    what = translate("Stock", "Nothing was posted.")
    return Said(theme.NO, translate("Stock", "Not posted"), what, why)


def recall(answer: RecallAnswer) -> Said | None:
    """What became of a recall."""
    if answer.what is RecallDid.APPROVAL_AWAITED:
        return None
    tone, word, what = {
        RecallDid.RECALLED: (
            theme.YES,
            translate("Stock", "Recalled"),
            translate("Stock", "Recall %1 is in force: %2. Its boxes refuse to be sold."),
        ),
        RecallDid.ENDED: (
            theme.YES,
            translate("Stock", "Ended"),
            translate("Stock", "Recall %1 has ended."),
        ),
        RecallDid.NOT_IN_FORCE: (
            theme.ASK,
            translate("Stock", "Nothing there"),
            translate("Stock", "Recall %1 is not in force any more."),
        ),
        RecallDid.NOT_APPROVED: (
            theme.ASK,
            translate("Stock", "Not done"),
            translate("Stock", "Nobody approved it: recall %1 stays in force."),
        ),
    }[answer.what]
    return Said(tone, word, what.replace("%1", answer.number).replace("%2", answer.value))


def no_code(answer: NoCodeAnswer) -> Said | None:
    """What became of an entry of the no-code library."""
    if answer.what is NoCodeDid.APPROVAL_AWAITED:
        return None
    if answer.flaw:
        return no_code_words.flaw(answer.flaw)
    if answer.bar:
        return no_code_words.bar(answer.bar)
    if answer.what is NoCodeDid.TAKEN:
        return _taken(answer)
    tone, word, what, todo = _entry(answer.what)
    return Said(tone, word, what.replace("%1", answer.number), todo)


def _taken(answer: NoCodeAnswer) -> Said:
    """A box without code is in the sale."""
    what = translate("NoCode", "Lot %1, %2 left in the no-code library.")
    what = what.replace("%2", str(answer.left)).replace("%1", answer.lot or "?")
    todo = ""
    if answer.lacking:
        todo = translate("NoCode", "%1 more lack a code: scan them, or Ctrl+N again.")
        todo = todo.replace("%1", str(answer.lacking))
    return Said(theme.UNSURE, translate("NoCode", "No code"), what, todo)


def _entry(what: NoCodeDid) -> tuple[theme.Tone, str, str, str]:
    return {
        NoCodeDid.KEPT: (
            theme.YES,
            translate("NoCode", "Kept"),
            translate("NoCode", "Entry %1 waits for the manager."),
            translate("NoCode", "Go to it in the list, press Enter, type the manager's PIN."),
        ),
        NoCodeDid.APPROVED: (
            theme.YES,
            translate("NoCode", "Approved"),
            translate("NoCode", "The checkout may take boxes of entry %1 with Ctrl+N."),
            "",
        ),
        NoCodeDid.CLOSED: (
            theme.YES,
            translate("NoCode", "Closed"),
            translate("NoCode", "Entry %1 gives no more boxes. It stays in the records."),
            "",
        ),
        NoCodeDid.NOT_APPROVED: (
            theme.NOTE,
            translate("NoCode", "Not approved"),
            translate("NoCode", "The entry still waits for the manager."),
            "",
        ),
    }[what]
