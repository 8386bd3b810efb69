"""What the guard's strip says: what became of a scan before another till, and what to do there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.ports.till import TicketAnswer, TicketDid
from pharmacy_desk.core.sale.guarding import NotTyped
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.counter.guard_view import GuardDid, GuardView
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, in_language, translate
from pharmacy_desk.gui.words import gate as gate_words
from pharmacy_desk.gui.words import sale_answers as sale_words
from pharmacy_desk.gui.words.readings import kind
from pharmacy_desk.gui.words.verdicts import rows as verdict_words

_WHY: Mapping[NotTyped, tuple[str, str]] = {
    NotTyped.NO_KEYBOARD: (
        marked("Guard", "This desktop lets no program type into another one."),
        marked("Guard", "Let IT start an X11 session; help: “Guard before the till”."),
    ),
    NotTyped.OWN_WINDOW: (
        marked("Guard", "This program's own window has the keyboard."),
        marked("Guard", "Click into the till's field, then press “Type it”."),
    ),
    NotTyped.NO_FOCUS: (
        marked("Guard", "No window has the keyboard."),
        marked("Guard", "Open the till and click into its field, then press “Type it”."),
    ),
    NotTyped.NOT_PERMITTED: (
        marked("Guard", "The till's window lets nothing be typed from outside."),
        marked("Guard", "It runs with higher rights: let IT start this program likewise."),
    ),
    NotTyped.KEY_HELD: (
        marked("Guard", "Shift, Ctrl, Alt or the Windows key is held down."),
        marked("Guard", "Let it go, then press “Type it”."),
    ),
    NotTyped.FOCUS_LOST: (
        marked("Guard", "Another window came to the front while it was typed."),
        marked("Guard", "Empty the till's field of what is there, then press “Type it”."),
    ),
    NotTyped.NO_SUCH_SIGN: (
        marked("Guard", "A sign of it cannot be typed."),
        marked("Guard", "Type it into the till by hand, then press “It is there”."),
    ),
    NotTyped.LOST: (
        marked("Guard", "The keyboard was lost while it was typed."),
        marked("Guard", "Look what the till's field holds, then press “Type it”."),
    ),
}


def guard(view: GuardView, now: datetime) -> Said:
    """One view in words; boxes that may not stand in the till are said whenever nothing else is."""
    if view.answer is not None:
        said = _answer(view.answer, view)
        if said:
            return said
    if view.what is None:
        return _untyped(view) if view.untyped else _ready(view)
    return _ROWS[view.what](view, now)


def how_many(view: GuardView) -> str:
    """How many boxes the open sale has; empty where none is open."""
    if view.sale is None or not view.sale.lines:
        return ""
    return translate("Guard", "%1 in this sale").replace("%1", str(view.sale.box_count))


def old_sale(view: GuardView, minutes: int) -> Said:
    """A sale nobody has ended for a while."""
    what = translate("Guard", "The sale of before is not ended yet: %1, %2 minutes old.")
    return Said(
        theme.ASK,
        translate("Guard", "Still open"),
        what.replace("%1", how_many(view)).replace("%2", str(minutes)),
        translate("Guard", "Press how the till was paid, or put the sale aside."),
    )


def failed(why: Said) -> Said:
    """A scan that could not be kept: it is not typed on either."""
    return replace(why, tone=theme.NO, word=translate("Guard", "Not typed"))


def locked() -> Said:
    """The counter is locked: scans go nowhere."""
    return Said(
        theme.ASK,
        translate("Guard", "Locked"),
        translate("Guard", "Nothing is typed on before somebody has signed in."),
        translate("Guard", "Scan your badge, or open the program and sign in."),
    )


def _ready(view: GuardView) -> Said:
    return Said(
        theme.IDLE,
        translate("Guard", "Ready"),
        how_many(view) or translate("Guard", "Click into the till's field and scan."),
    )


def _untyped(view: GuardView) -> Said:
    what = translate("Guard", "%1 may not stand in the till.")
    more = len(view.untyped) - 1
    if more:
        what = translate("Guard", "%1 and %2 more may not stand in the till.")
    return Said(
        theme.ASK,
        translate("Guard", "Look there"),
        what.replace("%1", spaced(view.untyped[0])).replace("%2", str(more)),
        translate("Guard", "“Type it” types it now; “It is there” if you see it."),
    )


def _typed(view: GuardView, now: datetime) -> Said:
    word = translate("Guard", "Typed on")
    if view.verdict is None:  # by the key; nothing was scanned
        return Said(theme.YES, word, translate("Guard", "It was typed now."), how_many(view))
    said = verdict_words.verdict(view.verdict, now)
    out = translate("Guard", "“Take back” takes it out again.")
    todo = out if said.tone is theme.ASK else ""
    return Said(said.tone, f"{word} · {said.word}", said.evidence, todo)


def _passed(view: GuardView, _: datetime) -> Said:
    what = translate("Guard", "No box of ours (%1): typed as it was scanned.")
    return Said(theme.NOTE, translate("Guard", "Passed on"), what.replace("%1", _kind(view)))


def _held(view: GuardView, _: datetime) -> Said:
    what = translate("Guard", "No trace code (%1): this counter's setting keeps it back.")
    return Said(
        theme.ASK,
        translate("Guard", "Not typed"),
        what.replace("%1", _kind(view)),
        translate("Guard", "Scan the trace code on the box."),
    )


def _refused(view: GuardView, now: datetime) -> Said:
    if view.verdict is None:
        raise AssertionError("what is refused was judged")
    said = verdict_words.verdict(view.verdict, now)
    if view.verdict.name is VerdictName.UNMAPPED:
        todo = translate("Guard", "“Open” the program and say which drug it is.")
        said = replace(said, todo=todo)
    elif verdict_words.asks_manager(view.verdict):
        todo = translate("Guard", "“Open” the program: the manager has a look, then go on.")
        said = replace(said, todo=todo)
    return replace(said, word=f"{translate('Guard', 'Not typed')} · {said.word}")


def _not_typed(view: GuardView, _: datetime) -> Said:
    if view.why is None:
        raise AssertionError("what was not typed has its reason")
    what, todo = (in_language("Guard", text) for text in _WHY[view.why])
    if not view.untyped:  # nothing is kept of what is no box
        todo = translate("Guard", "Click into the till's field and scan it again.")
    if view.verdict is not None and view.verdict.accepted:
        booked = translate("Guard", "The box is booked, but not in the till.")
        what = f"{booked} {what}"
    word = translate("Guard", "Perhaps in part") if view.why.partly else ""
    return Said(theme.ASK, word or translate("Guard", "Not typed"), what, todo)


def _seen(view: GuardView, _: datetime) -> Said:
    return Said(
        theme.NOTE,
        translate("Guard", "Noted"),
        translate("Guard", "It stands in the till: it is not typed again."),
        how_many(view),
    )


def _answer(answer: SaleAnswer | TicketAnswer, view: GuardView) -> Said | None:
    if isinstance(answer, SaleAnswer):
        said = sale_words.sale(answer)
        if said and answer.what is SaleDid.HELD:
            return replace(said, todo=translate("Guard", "“Open” the program to take it up again."))
        if said and answer.what is SaleDid.UNDONE:
            return replace(
                said, todo=translate("Guard", "If it stands in the till, delete it there.")
            )
        return said
    if answer.what is TicketDid.NOT_PAYABLE:
        what = gate_words.reason(answer.refusals[0], view.sale) if answer.refusals else ""
        todo = translate("Guard", "“Open” the program: it shows every reason and what to do.")
        return Said(theme.NO, translate("Guard", "Not ended"), what, todo)
    row = _ENDED.get(answer.what)
    return row and replace(
        row,
        word=in_language("Guard", row.word),
        evidence=in_language("Guard", row.evidence),
        todo=in_language("Guard", row.todo) if row.todo else "",
    )


_ENDED: Mapping[TicketDid, Said] = {
    TicketDid.SETTLED: Said(
        theme.YES,
        marked("Guard", "Ended"),
        marked("Guard", "The sale is written down with its codes. The next customer, please."),
    ),
    TicketDid.NO_TICKET: Said(
        theme.NOTE,
        marked("Guard", "Nothing open"),
        marked("Guard", "No box was scanned since the last sale."),
    ),
    TicketDid.NO_SETTLEMENT: Said(
        theme.NO,
        marked("Guard", "Not ended"),
        marked("Guard", "The number under which the insurance settled is not known here."),
        marked("Guard", "“Open” the program, press F2 and type it off the till's slip."),
    ),
    TicketDid.BUSY: Said(
        theme.ASK,
        marked("Guard", "Not ended"),
        marked("Guard", "The settlement of this sale is being asked for."),
        marked("Guard", "“Open” the program and look what became of it."),
    ),
    TicketDid.PERSON_NUMBER: Said(
        theme.NO,
        marked("Guard", "Not ended"),
        marked("Guard", "The receipt's number looks like a person's: it is not kept."),
        marked("Guard", "Press how the till was paid, without scanning it."),
    ),
}


def _ask_kind(_: GuardView, __: datetime) -> Said:
    return Said(
        theme.ASK,
        translate("Guard", "Which kind?"),
        translate("Guard", "By which of its kinds has the insurance paid?"),
        translate("Guard", "Press the one that stands on the till's slip."),
    )


def _ask_payment(view: GuardView, _: datetime) -> Said:
    receipt = view.end.receipt if view.end else ""
    what = translate("Guard", "The till's receipt %1 was scanned.").replace("%1", receipt)
    return Said(
        theme.ASK,
        translate("Guard", "How was it paid?"),
        what,
        translate("Guard", "Press how the till was paid."),
    )


def _nothing_open(_: GuardView, __: datetime) -> Said:
    return Said(
        theme.NOTE,
        translate("Guard", "Nothing open"),
        translate("Guard", "A receipt of the till was scanned, but no box since the last sale."),
    )


def _kind(view: GuardView) -> str:
    return kind(view.verdict.reading.kind) if view.verdict else ""


_ROWS: Mapping[GuardDid, Callable[[GuardView, datetime], Said]] = {
    GuardDid.TYPED: _typed,
    GuardDid.PASSED: _passed,
    GuardDid.HELD: _held,
    GuardDid.REFUSED: _refused,
    GuardDid.NOT_TYPED: _not_typed,
    GuardDid.SEEN_THERE: _seen,
    GuardDid.ASK_PAYMENT: _ask_payment,
    GuardDid.ASK_KIND: _ask_kind,
    GuardDid.NOTHING_OPEN: _nothing_open,
}
