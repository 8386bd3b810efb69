"""What is said to the answer of a payment: one row for each thing it can come to."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gate.no_settlement import is_lacking
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import gate as gate_words
from pharmacy_desk.gui.words import limits as limit_words
from pharmacy_desk.gui.words import tender as tender_words
from pharmacy_desk.gui.words.verdicts import rows as verdict_words

# Boxes whose second verdict is told in full; the panel holds some four lines.
_DOUBTS_TOLD = 2


def pay(answer: PayAnswer, now: datetime) -> Said:
    """The answer in words."""
    table: dict[PayDid, Callable[[], Said]] = {
        PayDid.PAID: lambda: _paid(answer.sale),
        PayDid.REFUSED: lambda: not_yet(answer.refusals, answer.sale, now),
        PayDid.APPROVAL_AWAITED: lambda: not_yet(answer.refusals, answer.sale, now),
        PayDid.PERSON_NUMBER: lambda: _failed(translate("Checkout", "Not settled"), answer),
        PayDid.NOT_SETTLED: lambda: _failed(translate("Checkout", "Not settled"), answer),
        # The insurance may have settled it, or has.
        PayDid.UNDECIDED: lambda: _failed(translate("Checkout", "Not paid"), answer),
        PayDid.SPLIT_WRONG: lambda: _failed(translate("Checkout", "Not settled"), answer),
        PayDid.STANDS: lambda: _failed(translate("Checkout", "Not paid"), answer),
        PayDid.PERSON_WANTED: lambda: _failed(translate("Checkout", "For whom?"), answer),
        PayDid.SUSPENDED: lambda: _failed(translate("Checkout", "Suspended"), answer),
        PayDid.PREVIEWED: previewed,
        PayDid.CHANGED: changed,
    }
    said = table[answer.what]()
    return _put_aside(said, answer) if answer.aside else said


def previewed() -> Said:
    """The split stands beside it."""
    return Said(
        theme.NOTE,
        translate("Checkout", "Settle?"),
        translate("Checkout", "So the insurance would split it; tell the customer her part."),
        translate("Checkout", "Enter settles, Esc goes back."),
    )


def changed() -> Said:
    """The sale is not the one the split was asked for."""
    return Said(
        theme.ASK,
        translate("Checkout", "Changed"),
        translate("Checkout", "The sale is not as it was when the split was asked for."),
        translate("Checkout", "Press F2 again."),
    )


def _put_aside(said: Said, answer: PayAnswer) -> Said:
    """The same of a sale that was put aside: that it is not the one on the screen."""
    evidence = translate("Checkout", "The sale put aside: %1").replace("%1", said.evidence)
    todo = said.todo
    if answer.what in (PayDid.REFUSED, PayDid.NOT_SETTLED):
        todo = translate("Checkout", "F5 takes it up again.")
    return Said(said.tone, said.word, evidence, todo)


def _paid(sale: Sale) -> Said:
    """Its receipt; the change due is what the customer waits for, so it is the large word."""
    what = translate("Checkout", "Receipt %1, %2 boxes, ¥%3.")
    what = what.replace("%1", sale.number).replace("%2", str(sale.box_count))
    what = what.replace("%3", yuan(sale.total_fen))
    given = tender_words.told(sale)
    if sale.open_fen:
        return Said(theme.UNSURE, translate("Checkout", "Paid"), what, _left_open(sale.open_fen))
    if sale.settlement and sale.owed_fen and sale.tendered_fen is None and not given:
        # Her own part of an insured sale is not the sum that stands beside the receipt's number.
        collect = translate("Checkout", "Collect ¥%1").replace("%1", yuan(sale.owed_fen))
        return Said(theme.YES, collect, what, translate("Checkout", "The rest is the insurance's."))
    if sale.settlement and sale.owed_fen == 0 and not given:
        # The sum beside the receipt's number is nothing that anybody is to take.
        nothing = translate("Checkout", "Nothing to collect: the insurance pays it all.")
        return Said(theme.YES, translate("Checkout", "Paid"), what, nothing)
    if not sale.change_fen or sale.tendered_fen is None:
        return Said(theme.YES, translate("Checkout", "Paid"), what, given)
    change = translate("Checkout", "Change ¥%1").replace("%1", yuan(sale.change_fen))
    tendered = translate("Checkout", "Received ¥%1.").replace("%1", yuan(sale.tendered_fen))
    return Said(theme.YES, change, what, tendered)


def _left_open(fen: int) -> str:
    """The insurance settled another part than was tendered: what is still to be done by hand."""
    if fen > 0:
        words = translate("Checkout", "Take ¥%1 more: the insurance left another part to pay.")
    else:
        words = translate("Checkout", "Give ¥%1 back: the insurance left another part to pay.")
    return words.replace("%1", yuan(abs(fen)))


def _failed(word: str, answer: PayAnswer) -> Said:
    if answer.error is None:
        raise AssertionError("a payment that the world failed says how")
    return Said(theme.NO, word, *faults_words.fault(answer.error))


def not_yet(refusals: Sequence[Refusal], sale: Sale | None, now: datetime) -> Said:
    """Why the sale is not paid yet, and what to do about the first reason.

    Boxes that were judged again are named, with the verdict's own words.
    """
    first = refusals[0]
    if all(is_lacking(refusal) for refusal in refusals):
        # Nothing is wrong: without a line of its own it is how an insured sale is paid.
        return Said(
            theme.ASK,
            translate("Checkout", "Settlement number"),
            translate("Checkout", "Settle at the insurance's own terminal; it shows a number."),
            translate("Checkout", "Type the number below and press Enter."),
        )
    return Said(
        theme.NO if first.action is Action.BLOCK else theme.ASK,
        translate("Checkout", "Not yet"),
        "；".join(in_full(refusal, sale, now) for refusal in refusals),
        gate_words.reason_todo(first),
    )


def reminder(refusal: Refusal, sale: Sale | None, now: datetime) -> str:
    """What stops nothing, with what to do; a limit's own words say what is to be known of it."""
    told = in_full(refusal, sale, now)
    if refusal.limits:
        return told
    words = translate("Checkout", "%1. %2")
    return words.replace("%2", gate_words.reason_todo(refusal)).replace("%1", told)


def in_full(refusal: Refusal, sale: Sale | None, now: datetime) -> str:
    """One reason with all that it is about: boxes that were judged again, limits in words."""
    if refusal.limits:
        return limit_words.hits((refusal,))
    if not refusal.doubts:
        return gate_words.reason(refusal, sale)
    told = (
        f"{doubt.item.name if doubt.item else ''} {spaced(doubt.reading.code or '')}："
        f"{verdict_words.verdict(doubt, now).evidence}".strip()
        for doubt in refusal.doubts[:_DOUBTS_TOLD]
    )
    more = len(refusal.doubts) - _DOUBTS_TOLD
    rest = translate("Gate", " and %1 more").replace("%1", str(more)) if more > 0 else ""
    return "；".join(told) + rest
