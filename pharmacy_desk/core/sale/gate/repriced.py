"""Prices that were changed at the counter: the insurance settles those of the catalogue alone."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.sale import Cover


def insured(facts: Facts) -> Hit | None:
    """Lines the insurance pays with another price than by the list; no cell softens it."""
    repriced = [line for line in facts.sale.lines if line.repriced]
    return on_lines([line for line in repriced if facts.cover_of(line) is Cover.INSURED])


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
