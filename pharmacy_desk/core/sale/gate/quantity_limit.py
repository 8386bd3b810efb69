"""So many smallest packs of special compound preparations a sale, unless by prescription.

All of them count together; the number is dated data of the profile (facts on domain, section 7).
"""

from collections.abc import Sequence
from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.dispensing import allot, packs_of
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.sale.special import special_lines

WORDS = Words(
    marked("Gate", "At most %1 packs of preparations with ephedrine a sale"),
    marked("Gate", "Take out what is too much; more needs a doctor's prescription."),
)


def quantity_limit(facts: Facts) -> Hit | None:
    """Lines with such drugs, when more of them than the rule lets through is not prescribed."""
    rule, lines = facts.special, special_lines(facts.sale)
    if rule is None:
        return None
    packs = sum(packs_of(line) for line in lines) - _prescribed(facts, lines)
    if packs <= rule.most_packs:
        return None
    return Hit(tuple(line.number for line in lines), words=replace(WORDS, number=rule.most_packs))


def _prescribed(facts: Facts, lines: Sequence[Line]) -> int:
    """Packs that the sale's prescription stands behind; one that does not count lifts nothing."""
    known = facts.sale.prescription
    if known is None or facts.rx.flaws(known, facts.payment, facts.area, facts.today):
        return 0
    return sum(taken.packs for taken in allot(known, lines))


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
