"""Boxes without a receiving record."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, boxes_of, on_boxes
from pharmacy_desk.core.sale.sale import Box


def unreceived(facts: Facts) -> Hit | None:
    """Boxes the ledger never received; one of the no-code library came in by its entry."""
    found = boxes_of(facts.sale)
    return on_boxes([hit for hit in found if isinstance(hit[1], Box) and not hit[1].received])


RULES = (
    Rule(
        place=80,
        reason=Reason(
            "OK_UNRECEIVED",
            marked("Setting", "box without receiving record"),
            verdict=VerdictName.OK_UNRECEIVED,
        ),
        words=Words(
            marked("Gate", "No receiving record: %1"),
            marked(
                "Gate", "Receive the boxes first (Ctrl+2), or let the customer pay another way."
            ),
        ),
        find=unreceived,
    ),
)
