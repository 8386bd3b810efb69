"""Boxes close to their date."""

from datetime import timedelta

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, boxes_of, on_boxes


def near_expiry(facts: Facts) -> Hit | None:
    """Boxes that expire within the days of `sale.near_expiry_days`."""
    limit = facts.today + timedelta(days=facts.near_expiry_days)
    found = []
    for line, box in boxes_of(facts.sale):
        expiry = line.item.batch_of(box.batch).expiry
        if expiry is not None and facts.today <= expiry < limit:
            found.append((line, box))
    return on_boxes(found)


RULES = (
    Rule(
        place=70,
        reason=Reason(
            "NEAR_EXPIRY", marked("Setting", "box near expiry"), verdict=VerdictName.NEAR_EXPIRY
        ),
        words=Words(
            marked("Gate", "Near expiry: %1"),
            marked("Gate", "Scan boxes that last longer, or let the customer pay another way."),
        ),
        find=near_expiry,
    ),
)
