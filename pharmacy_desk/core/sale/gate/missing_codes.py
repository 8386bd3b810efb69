"""Boxes still to be scanned, or without a code and not taken by the insurance.

An insured sale needs every code (facts on the trade, section 1).
"""

from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.sale import Cover, Line

TO_SCAN = Words(
    marked("Gate", "%1 boxes still to scan"),
    marked("Gate", "Scan the boxes, or take the lines out. Without codes insurance does not pay."),
)
NOT_TAKEN = Words(
    marked("Gate", "%1 boxes without code: insurance does not take them"),
    marked(
        "Gate",
        "Bought since 2025-07-01, or the region's term is over. Sell them in a sale of their"
        " own with F3, or take them out.",
    ),
)


def missing_codes(facts: Facts) -> Hit | None:
    """Lines that lack a code; told first are boxes to scan, then those that have none."""
    coded = [ln for ln in facts.sale.lines if not facts.cover.exempts(ln.item, facts.today)]
    barred = {line.number: _barred(line, facts) for line in coded}
    to_scan = {line.number: line.lacking or _without_udi(line, facts) for line in coded}
    lines = [ln for ln in coded if to_scan[ln.number] or barred[ln.number]]
    if not lines:
        return None
    lacking, no_code = sum(to_scan.values()), sum(barred.values())
    words = replace(TO_SCAN, number=lacking) if lacking else replace(NOT_TAKEN, number=no_code)
    return Hit(tuple(line.number for line in lines), lacking + no_code, words=words)


def _without_udi(line: Line, facts: Facts) -> int:
    """Devices that the insurance pays, whose UDI the region wants and that were not scanned.

    Nobody uploads those that the customer pays alone: nobody is stopped for them either.
    """
    paid = facts.payment.insured and facts.cover_of(line) is Cover.INSURED
    if not paid or line.item.category not in facts.coded:
        return 0
    return line.quantity - len(line.boxes)


def _barred(line: Line, facts: Facts) -> int:
    """Boxes of the no-code library that the insurance does not take, of what it is asked for."""
    if facts.cover_of(line) is not Cover.INSURED:
        return 0
    term = facts.term
    return sum(not (term and term.insured(box.bought_on)) for box in line.no_code)


RULES = (
    Rule(
        place=10,
        reason=Reason("MISSING_CODES", marked("Setting", "codes missing"), self_paid=Action.WARN),
        words=TO_SCAN,
        find=missing_codes,
    ),
)
