"""No settlement, and no way to ask for one."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words


def no_settlement(facts: Facts) -> Hit | None:
    """An insured sale closes only with a settlement (contracts, section 5)."""
    return Hit() if facts.payment.insured and not facts.settled else None


NO_SETTLEMENT = Reason("NO_SETTLEMENT", marked("Setting", "no settlement"))
# Told last: what else stops the sale is put right before the insurance is asked.
RULES = (
    Rule(
        place=120,
        reason=NO_SETTLEMENT,
        words=Words(
            marked("Gate", "No insurance settlement yet"),
            marked(
                "Gate",
                "Settle on the insurance terminal and type its number, or wait for the line.",
            ),
        ),
        find=no_settlement,
    ),
)
