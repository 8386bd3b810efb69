"""Gifts (赠品): what may be given away. In an insured sale they stand beside what is settled."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.gifts import gift_refusal


def not_allowed(facts: Facts) -> Hit | None:
    """Gifts of a class that may not be given away; a drug's class may have changed since."""
    return on_lines([line for line in facts.sale.lines if line.gift and gift_refusal(line.item)])


RULES = (
    Rule(
        place=100,
        reason=Reason(
            "GIFT_NOT_ALLOWED",
            marked("Setting", "gift of a forbidden drug"),
            self_paid=Action.BLOCK,
        ),
        words=Words(
            marked("Gate", "May not be given away: %1"),
            marked("Gate", "Choose the gift line and press Ctrl+G: it is paid for then."),
        ),
        find=not_allowed,
    ),
)
