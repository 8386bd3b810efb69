"""Boxes past their date."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, boxes_of, on_boxes


def expired(facts: Facts) -> Hit | None:
    """Boxes whose expiry is before today; the day itself is still good."""
    found = []
    for line, box in boxes_of(facts.sale):
        expiry = line.item.batch_of(box.batch).expiry
        if expiry is not None and expiry < facts.today:
            found.append((line, box))
    return on_boxes(found)


RULES = (
    Rule(
        place=60,
        reason=Reason("EXPIRED", marked("Setting", "expired box"), verdict=VerdictName.EXPIRED),
        words=Words(
            marked("Gate", "Expired: %1"),
            marked("Gate", "Take the boxes out of the sale and off the shelf."),
        ),
        find=expired,
    ),
)
