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
    words = refusal.words
    counted = words.number is not None
    meant = str(words.number) if counted else _line_names(refusal, sale)
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


def _line_names(refusal: Refusal, sale: Sale | None) -> str:
    lines: Sequence[str] = (
        [line.item.name for line in sale.lines if line.number in refusal.lines] if sale else []
    )
    more = translate("Gate", " and %1 more").replace("%1", str(len(lines) - 1))
    return (lines[0] + (more if len(lines) > 1 else "")) if lines else ""
