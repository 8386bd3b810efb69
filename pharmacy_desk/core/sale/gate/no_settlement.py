"""No settlement, and no way to ask for one."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit


def no_settlement(facts: Facts) -> Hit | None:
    """An insured sale closes only with a settlement (contracts, section 5)."""
    return Hit() if facts.payment.insured and not facts.settled else None
