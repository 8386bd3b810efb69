"""Boxes still to be scanned, or without a code and not taken by the insurance.

An insured sale needs every code (facts on the trade, section 1).
"""

from dataclasses import replace

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, on_lines
from pharmacy_desk.core.sale.sale import Line


def missing_codes(facts: Facts) -> Hit | None:
    """Lines that lack a code; `no_code` counts boxes whose entry the insurance does not take."""
    barred = {line.number: _barred(line, facts) for line in facts.sale.lines}
    lines = [line for line in facts.sale.lines if line.lacking or barred[line.number]]
    found, boxes = on_lines(lines), sum(barred.values())
    return replace(found, boxes=found.boxes + boxes, no_code=boxes) if found else None


def _barred(line: Line, facts: Facts) -> int:
    if not facts.payment.insured:
        return 0
    term = facts.term
    return sum(not (term and term.insured(box.bought_on)) for box in line.no_code)
