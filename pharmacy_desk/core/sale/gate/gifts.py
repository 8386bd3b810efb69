"""Gifts (赠品): what may be given away, and with which payment."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, on_lines
from pharmacy_desk.core.sale.gifts import gift_refusal


def not_allowed(facts: Facts) -> Hit | None:
    """Gifts of a class that may not be given away; a drug's class may have changed since."""
    return on_lines([line for line in facts.sale.lines if line.gift and gift_refusal(line.item)])


def insured(facts: Facts) -> Hit | None:
    """An insured sale takes no gifts."""
    if not facts.payment.insured:
        return None
    return on_lines([line for line in facts.sale.lines if line.gift])
