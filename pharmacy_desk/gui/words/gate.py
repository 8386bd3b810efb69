"""Why a sale is not paid, in words: short ones for the pay button, and what to do now.

The sentences stand beside the gate's rules, each in the file of its rule.
"""

from collections.abc import Sequence

from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.gui.base.said import in_language, translate


def reason(refusal: Refusal, sale: Sale | None) -> str:
    """Why a sale is not paid, short enough for the pay button."""
    lines = sale.lines if sale else ()
    return reason_of(refusal, [ln.item.name for ln in lines if ln.number in refusal.lines])


def reason_of(refusal: Refusal, drugs: Sequence[str]) -> str:
    """The same, by the names of the drugs that are meant."""
    words = refusal.words
    counted = words.number is not None
    meant = str(words.number) if counted else _names(drugs)
    return _filled(in_language("Gate", words.told), words.more).replace("%1", meant)


def reason_todo(refusal: Refusal) -> str:
    """What to do about a refused payment."""
    if refusal.action is Action.APPROVE:
        return translate("Gate", "Enter asks a second person to approve it.")
    return _filled(in_language("Gate", refusal.words.todo), refusal.words.more)


def _filled(text: str, more: Sequence[str]) -> str:
    for place, told in enumerate(more, start=2):
        text = text.replace(f"%{place}", told)
    return text


def _names(drugs: Sequence[str]) -> str:
    more = translate("Gate", " and %1 more").replace("%1", str(len(drugs) - 1))
    return (drugs[0] + (more if len(drugs) > 1 else "")) if drugs else ""
