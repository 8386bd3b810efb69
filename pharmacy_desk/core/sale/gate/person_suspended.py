"""The insurance of the person the sale is for is suspended: it would pay nothing.

By what the insurance told when she was shown. What its own terminal has settled stands anyway.
"""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.gate.no_settlement import NO_SETTLEMENT

_TODO = marked("Gate", "Let the customer pay (F3), or ask at the insurance bureau.")
SUSPENDED = Words(marked("Gate", "The person's insurance is suspended: it pays nothing"), _TODO)
_SINCE = marked("Gate", "The person's insurance is suspended (since %2): it pays nothing")


def person_suspended(facts: Facts) -> Hit | None:
    """Nothing is settled for her, whatever a cell says."""
    since = facts.suspended_since
    if not facts.payment.insured or since is None or facts.told.settlement is not None:
        return None
    return Hit(words=Words(_SINCE, _TODO, more=(since,)) if since else SUSPENDED, fixed=True)


RULES = (Rule(place=6, reason=NO_SETTLEMENT, words=SUSPENDED, find=person_suspended),)
