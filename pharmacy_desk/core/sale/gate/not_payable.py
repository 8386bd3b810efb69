"""Goods that the insurance does not pay for."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, on_lines


def not_payable(facts: Facts) -> Hit | None:
    """Lines of an insured sale that are no drugs of class 甲 or 乙; gifts are told as gifts."""
    if not facts.payment.insured:
        return None
    lines = facts.sale.lines
    return on_lines([line for line in lines if not line.item.insurance_payable and not line.gift])
