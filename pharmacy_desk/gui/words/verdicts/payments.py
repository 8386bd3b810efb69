"""What the payment will say to a box that is in: who must approve it, what bars it."""

from collections.abc import Iterable

from pharmacy_desk.core.basics.payment import INSURED_KINDS, PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words.payment import payment

_INSURED = INSURED_KINDS


def at_payment(said: Verdict) -> str:
    """The payments that will stop a box that is in, in a sentence or two."""
    asked = _kinds(kind for kind, action in said.at_payment if action is Action.APPROVE)
    barred = _kinds(kind for kind, action in said.at_payment if action is Action.BLOCK)
    notes = []
    if asked:
        words = translate("Verdict", "Paid %1, a manager has to approve it.")
        notes.append(words.replace("%1", asked))
    if barred:
        words = translate("Verdict", "Paid %1, it cannot be sold.")
        notes.append(words.replace("%1", barred))
    return " ".join(notes)


def _kinds(kinds: Iterable[PaymentKind]) -> str:
    """Payment kinds in words; all insured ones are one word."""
    told = tuple(kinds)
    if all(kind in told for kind in _INSURED):
        rest = [payment(kind) for kind in told if not kind.insured]
        return " / ".join([translate("Payment", "insured"), *rest])
    return " / ".join(payment(kind) for kind in told)
