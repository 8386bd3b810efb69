"""The store's agreement with the insurance is not in force (facts on the trade, section 2)."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.agreement import NotInForce
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words

_TODO = marked(
    "Gate", "Let the customer pay with F3. A manager can look at the dates in the settings, Store."
)
_WORDS: Mapping[NotInForce, Words] = {
    NotInForce.NOT_DESIGNATED: Words(
        marked("Gate", "This store does not settle with the insurance"), _TODO
    ),
    NotInForce.NOT_BEGUN: Words(
        marked("Gate", "The store's agreement with the insurance has not begun"), _TODO
    ),
    NotInForce.OVER: Words(
        marked("Gate", "The store's agreement with the insurance is over"), _TODO
    ),
    NotInForce.SUSPENDED: Words(marked("Gate", "The insurance has suspended this store"), _TODO),
}


def store_suspended(facts: Facts) -> Hit | None:
    """Nothing is settled by a store that is not designated, or is suspended, on this day."""
    why = facts.store.speaks_against(facts.today) if facts.payment.insured else None
    return Hit(words=_WORDS[why]) if why else None


RULES = (
    Rule(
        place=5,
        reason=Reason("STORE_SUSPENDED", marked("Setting", "agreement not in force")),
        words=_WORDS[NotInForce.SUSPENDED],
        find=store_suspended,
    ),
)
