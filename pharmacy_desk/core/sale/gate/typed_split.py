"""The parts of a settlement that was typed do not come to what the insurance's lines cost."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.gate.no_settlement import NO_SETTLEMENT

_TOLD = marked("Gate", "The parts of settlement %2 come to ¥%3, the sale to ¥%4")
_TODO = marked("Gate", "Compare with the insurance's slip and type the parts again.")
SPLIT = Words(marked("Gate", "The parts of the settlement do not come to the sale's sum"), _TODO)


def typed_split(facts: Facts) -> Hit | None:
    """A settlement with such parts is none, whatever a cell says."""
    typed, total_fen = facts.told.settlement, facts.told.insured_fen
    if not facts.payment.insured or typed is None or typed.adds_up(total_fen):
        return None
    parts_fen = sum(part or 0 for part in typed.parts)
    more = (typed.setl_id, yuan(parts_fen), yuan(total_fen))
    return Hit(words=Words(_TOLD, _TODO, more=more), fixed=True)


RULES = (Rule(place=121, reason=NO_SETTLEMENT, words=SPLIT, find=typed_split),)
