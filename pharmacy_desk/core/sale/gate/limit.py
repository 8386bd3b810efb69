"""Beyond the limits of the bureau's published knowledge base, or outside the certified diseases.

What a store makes of each kind decides: a reminder never stops (事前提醒), a limit goes by the
policy's cells, an interception (事前结算拦截) has a reason of its own.
"""

from collections.abc import Sequence

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.limits import NOTHING_FOUND, LimitHit, LimitMode, LimitsFound, look
from pharmacy_desk.core.sale.sale import Cover

_TODO = marked("Gate", "Take the line out, or let the customer pay it with F3.")


def beyond(facts: Facts) -> Hit | None:
    """Lines beyond a limit that the policy's cells decide about."""
    return _hit(found(facts).of(LimitMode.LIMIT))


def reminded(facts: Facts) -> Hit | None:
    """Lines beyond a limit that the store wants to be reminded of only."""
    return _hit(found(facts).of(LimitMode.REMIND), reminds=True)


def intercepted(facts: Facts) -> Hit | None:
    """Lines beyond a limit by which the store, or its region, stops the settlement."""
    return _hit(found(facts).of(LimitMode.INTERCEPT))


def found(facts: Facts) -> LimitsFound:
    """What goes beyond a limit, of the lines that would be paid so: gifts are paid by nobody."""
    if facts.limits is None:
        return NOTHING_FOUND
    insured = facts.payment.insured
    lines = (
        line
        for line in facts.sale.lines
        if not line.gift and (not insured or facts.cover_of(line) is Cover.INSURED)
    )
    return look(lines, facts.payment, facts.limits, facts.today)


def _hit(hits: Sequence[LimitHit], *, reminds: bool = False) -> Hit | None:
    if not hits:
        return None
    lines = tuple(dict.fromkeys(hit.line for hit in hits))
    return Hit(lines, limits=tuple(hits), reminds=reminds)


LIMIT = Reason("LIMIT", marked("Setting", "beyond a limit"), self_paid=Action.WARN)
INTERCEPTED = Reason(
    "INTERCEPTED", marked("Setting", "settlement intercepted"), self_paid=Action.WARN
)
RULES = (
    Rule(
        place=112,
        reason=LIMIT,
        words=Words(marked("Gate", "Beyond what insurance pays: %1"), _TODO),
        find=beyond,
    ),
    Rule(
        place=113,
        reason=INTERCEPTED,
        words=Words(marked("Gate", "Settlement intercepted: %1"), _TODO),
        find=intercepted,
    ),
    Rule(
        place=114,
        reason=LIMIT,
        words=Words(marked("Gate", "Reminder: %1"), _TODO),
        find=reminded,
    ),
)
