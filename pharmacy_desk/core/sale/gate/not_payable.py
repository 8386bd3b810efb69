"""Goods that may not stand in an insured sale, and sales the insurance would pay nothing of."""

from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.cover import Barred
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.sale import Cover, Line

NO_DRUG = Words(
    marked("Gate", "No drug, not in an insured sale (substitution): %1"),
    marked("Gate", "Sell it in a sale of its own with F3, or take the line out."),
)
UNKNOWN = Words(
    marked("Gate", "Nobody has told yet what it is: %1"),
    marked("Gate", "Sell it with F3, or have the office complete it first (Ctrl+7)."),
)
NOT_LISTED = Words(
    marked("Gate", "Not on the list this insurance pays: %1"),
    marked("Gate", "Settle it by another kind of insurance (F2), with F3, or take the line out."),
)
NOTHING = Words(
    marked("Gate", "Nothing here that insurance pays"),
    marked("Gate", "Press F3: the customer pays all of it."),
)
# The gravest first.
_TOLD = {Barred.NO_DRUG: NO_DRUG, Barred.UNKNOWN: UNKNOWN, Barred.NOT_LISTED: NOT_LISTED}


def barred(facts: Facts) -> Hit | None:
    """Lines this kind does not let into the sale: 串换, or a drug that is not on its list.

    Drugs of class 自费 and gifts are none: the customer pays them beside what is settled.
    """
    if not facts.payment.insured:
        return None
    lines = [line for line in facts.sale.lines if facts.cover_of(line) is Cover.BARRED]
    for why, words in _TOLD.items():
        hit = on_lines([line for line in lines if _why(facts, line) is why])
        if hit:  # all lines are meant, and the gravest is said
            return replace(hit, lines=tuple(line.number for line in lines), words=words)
    return None


def nothing_insured(facts: Facts) -> Hit | None:
    """No line that the insurance pays: there is nothing to settle, whatever a cell says."""
    if not facts.payment.insured or barred(facts):
        return None
    paid = any(facts.cover_of(line) is Cover.INSURED for line in facts.sale.lines)
    return None if paid else Hit(tuple(line.number for line in facts.sale.lines), fixed=True)


def _why(facts: Facts, line: Line) -> Barred | None:
    return facts.cover.barred(line.item, facts.payment, facts.today)


NOT_PAYABLE = Reason("NOT_PAYABLE", marked("Setting", "not payable by insurance"))
RULES = (
    Rule(place=20, reason=NOT_PAYABLE, words=NO_DRUG, find=barred),
    Rule(place=21, reason=NOT_PAYABLE, words=NOTHING, find=nothing_insured),
)
