"""Boxes that nobody could say anything about: the keeper of reservations was silent."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, boxes_of, on_boxes
from pharmacy_desk.core.sale.sale import Box


def not_known(facts: Facts) -> Hit | None:
    """Boxes whose reservation is in doubt: another counter may have them."""
    found = boxes_of(facts.sale)
    return on_boxes([hit for hit in found if isinstance(hit[1], Box) and hit[1].not_known])


RULES = (
    Rule(
        place=50,
        reason=Reason(
            "NOT_KNOWN",
            marked("Setting", "box in doubt: no answer"),
            verdict=VerdictName.NOT_KNOWN,
        ),
        words=Words(
            marked("Gate", "Free or not is not known: %1"),
            marked("Gate", "Wait until the counters hear each other again, or take the boxes out."),
        ),
        find=not_known,
    ),
)
