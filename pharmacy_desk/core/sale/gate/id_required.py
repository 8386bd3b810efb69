"""Special compound preparations are sold to a person whose identity card was seen and entered.

Also where the customer pays alone: the trade's law asks it, not the insurance (facts on domain,
section 7).
"""

from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.special import special_lines

_NAME = Words(
    marked("Gate", "Name on the identity card needed: %1"),
    marked("Gate", "Press Ctrl+K and type the name on the card: the register needs it."),
)


def id_required(facts: Facts) -> Hit | None:
    """Lines with such a drug, while nobody's identity number and name are entered."""
    person, found = facts.sale.person, on_lines(special_lines(facts.sale))
    if facts.special is None or found is None or person is None or not person.proved:
        return found if facts.special else None
    return None if person.name_masked else replace(found, words=_NAME)


ID_REQUIRED = Reason(
    "ID_REQUIRED", marked("Setting", "identity not entered"), self_paid=Action.BLOCK
)
RULES = (
    Rule(
        place=34,
        reason=ID_REQUIRED,
        words=Words(
            marked("Gate", "Identity card needed: %1"),
            marked(
                "Gate",
                "Ask the buyer for the identity card; scan it or type its number with Ctrl+K.",
            ),
        ),
        find=id_required,
    ),
)
