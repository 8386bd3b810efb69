"""What is added to a verdict's words: a third repeat, a doubtful box that is in, the payment."""

from collections.abc import Iterable
from dataclasses import replace

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.payment import payment

# The third repeat asks the manager (`counter/repeats.py`).
_TOO_OFTEN = 3
_INSURED = tuple(kind for kind in PaymentKind if kind.insured)


def more_of(said: Verdict) -> Said | None:
    """Words of its own for a verdict at its third repeat, or on a doubtful box that is in."""
    if said.repeats >= _TOO_OFTEN:
        return Said(
            theme.ASK,
            translate("Verdict", "Three times now"),
            translate("Verdict", "This box was scanned again and again: %1.").replace(
                "%1", spaced(said.reading.code or "")
            ),
            translate("Verdict", "No harm done. Let the manager have a look, then go on."),
        )
    if said.name is VerdictName.OK_SPLIT and not said.accepted:
        return Said(
            theme.ASK,
            translate("Verdict", "Opened box"),
            translate("Verdict", "%1 is sold in parts.").replace("%1", _item(said)),
            translate("Verdict", "Press Ctrl+U: number of units and the second person."),
        )
    return _in_with_doubt(said) if said.accepted else None


def _in_with_doubt(said: Verdict) -> Said | None:
    if said.name is VerdictName.EXPIRED:
        what = translate("Verdict", "%1 is in, but it expired on %2.").replace("%1", _item(said))
        until = said.batch.expiry.isoformat() if said.batch.expiry else ""
        word, what = translate("Verdict", "Expired"), what.replace("%2", until)
    elif said.name is VerdictName.NOT_ON_SALE_LINE:
        word = translate("Verdict", "Not asked for")
        what = translate("Verdict", "%1 is in. No line of this sale asked for it.")
        what = what.replace("%1", _item(said))
    else:
        return None
    return Said(theme.ASK, word, what, translate("Verdict", "To take it out press Backspace."))


def with_payment(told: Said, said: Verdict) -> Said:
    """The words on a box that is in, with the payments that will stop it."""
    asked = _kinds(kind for kind, action in said.at_payment if action is Action.APPROVE)
    barred = _kinds(kind for kind, action in said.at_payment if action is Action.BLOCK)
    notes = []
    if asked:
        words = translate("Verdict", "Paid %1, a manager has to approve it.")
        notes.append(words.replace("%1", asked))
    if barred:
        words = translate("Verdict", "Paid %1, it cannot be sold.")
        notes.append(words.replace("%1", barred))
    tone = theme.ASK if told.tone is theme.UNSURE else told.tone
    return replace(told, tone=tone, todo=" ".join(notes))


def _kinds(kinds: Iterable[PaymentKind]) -> str:
    """Payment kinds in words; all insured ones are one word."""
    told = tuple(kinds)
    if all(kind in told for kind in _INSURED):
        rest = [payment(kind) for kind in told if not kind.insured]
        return " / ".join([translate("Payment", "insured"), *rest])
    return " / ".join(payment(kind) for kind in told)


def _item(said: Verdict) -> str:
    return said.item.name if said.item else ""
