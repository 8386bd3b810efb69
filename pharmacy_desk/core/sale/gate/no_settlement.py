"""No settlement, and no way to ask for one."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Refusal, Rule, Words


def no_settlement(facts: Facts) -> Hit | None:
    """An insured sale closes only with a settlement (contracts, section 5)."""
    return Hit() if facts.payment.insured and not facts.settled else None


NO_SETTLEMENT = Reason("NO_SETTLEMENT", marked("Setting", "no settlement"))
_WORDS = Words(
    marked("Gate", "No insurance settlement yet"),
    marked("Gate", "Settle on the insurance terminal and type its number, or wait for the line."),
)


def is_lacking(refusal: Refusal) -> bool:
    """True where nothing is wrong but that it is not settled yet: its number can be typed."""
    return refusal.reason == NO_SETTLEMENT and refusal.words == _WORDS


# Told behind the goods: what else stops the sale is put right before the insurance is asked.
RULES = (
    Rule(
        place=120,
        reason=NO_SETTLEMENT,
        words=_WORDS,
        find=no_settlement,
    ),
)
