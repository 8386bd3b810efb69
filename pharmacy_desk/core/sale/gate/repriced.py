"""Prices that were changed at the counter: the insurance settles those of the catalogue alone."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines


def insured(facts: Facts) -> Hit | None:
    """Lines of an insured sale with another price than by the list; no cell softens it."""
    if not facts.payment.insured:
        return None
    return on_lines([line for line in facts.sale.lines if line.repriced])


RULES = (
    Rule(
        place=115,
        reason=Reason("PRICE_INSURED", fixed=True),
        words=Words(
            marked("Gate", "Another price than the catalogue's: %1"),
            marked(
                "Gate",
                "The insurance settles catalogue prices: choose the line, press Ctrl+B and take"
                " the change back, or pay with F3.",
            ),
        ),
        find=insured,
    ),
)
