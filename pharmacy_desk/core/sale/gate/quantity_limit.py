"""So many smallest packs of special compound preparations a sale, unless by prescription.

All of them count together; the number is dated data of the profile (facts on domain, section 7).
"""

from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.special import packs_of, special_lines

WORDS = Words(
    marked("Gate", "At most %1 packs of preparations with ephedrine a sale"),
    marked("Gate", "Take out what is too much; more needs a doctor's prescription."),
)


def quantity_limit(facts: Facts) -> Hit | None:
    """Lines with such drugs, when together they are more than the rule lets through."""
    rule, lines = facts.special, special_lines(facts.sale)
    if rule is None or sum(packs_of(line) for line in lines) <= rule.most_packs:
        return None
    return Hit(tuple(line.number for line in lines), words=replace(WORDS, number=rule.most_packs))


RULES = (
    Rule(
        place=36,
        reason=Reason(
            "QUANTITY_LIMIT", marked("Setting", "too many packs"), self_paid=Action.BLOCK
        ),
        words=WORDS,
        find=quantity_limit,
    ),
)
