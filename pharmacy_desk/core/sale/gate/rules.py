"""All rules of the gate, in the order in which their reasons are told.

A new rule is a file beside this one, a row here, and a row of words.
"""

from collections.abc import Callable, Sequence

from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate import gifts, judged
from pharmacy_desk.core.sale.gate.expired import expired
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Refusal
from pharmacy_desk.core.sale.gate.missing_codes import missing_codes
from pharmacy_desk.core.sale.gate.near_expiry import near_expiry
from pharmacy_desk.core.sale.gate.no_lot import no_lot
from pharmacy_desk.core.sale.gate.no_settlement import no_settlement
from pharmacy_desk.core.sale.gate.not_known import not_known
from pharmacy_desk.core.sale.gate.not_on_sale_line import not_on_sale_line
from pharmacy_desk.core.sale.gate.not_payable import not_payable
from pharmacy_desk.core.sale.gate.unreceived import unreceived

Rule = Callable[[Facts], Hit | None]
RULES: tuple[tuple[Reason, Rule], ...] = (
    (Reason.MISSING_CODES, missing_codes),
    (Reason.NOT_PAYABLE, not_payable),
    (Reason.NOT_PAYABLE, judged.refused),
    (Reason.NO_LOT, no_lot),
    (Reason.RECALLED, judged.recalled),
    (Reason.NOT_KNOWN, not_known),
    (Reason.EXPIRED, expired),
    (Reason.NEAR_EXPIRY, near_expiry),
    (Reason.OK_UNRECEIVED, unreceived),
    (Reason.NOT_ON_SALE_LINE, not_on_sale_line),
    (Reason.GIFT_NOT_ALLOWED, gifts.not_allowed),
    (Reason.GIFT_INSURED, gifts.insured),
    (Reason.NO_SETTLEMENT, no_settlement),
)


# Rules that the judge answers: they hold however a sale is paid.
_JUDGED = tuple(row for row in RULES if row[1] in (judged.refused, judged.recalled))


def gate(facts: Facts) -> tuple[Refusal, ...]:
    """Every reason that speaks against this payment, all at once, each with its cell's action."""
    return _refusals(RULES, facts)


def doubts(facts: Facts) -> tuple[Refusal, ...]:
    """What may not be sold any more, however it is paid."""
    return _refusals(_JUDGED, facts)


def blocking(refusals: Sequence[Refusal], approved: frozenset[Reason]) -> tuple[Refusal, ...]:
    """The refusals that stop the payment: blocked cells, and approvals nobody has given."""
    return tuple(
        refusal
        for refusal in refusals
        if refusal.action is Action.BLOCK
        or (refusal.action in (Action.APPROVE, Action.ASK) and refusal.reason not in approved)
    )


def _refusals(rules: Sequence[tuple[Reason, Rule]], facts: Facts) -> tuple[Refusal, ...]:
    found = []
    for reason, rule in rules:
        hit = rule(facts)
        if hit is None:
            continue
        action = Action.BLOCK if hit.fixed else facts.policy.of_reason(reason, facts.payment)
        if action is not Action.ALLOW:
            found.append(
                Refusal(
                    reason=reason,
                    action=action,
                    lines=hit.lines,
                    boxes=hit.boxes,
                    no_code=hit.no_code,
                    doubts=hit.doubts,
                )
            )
    return tuple(found)
