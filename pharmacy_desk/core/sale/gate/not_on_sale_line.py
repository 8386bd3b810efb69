"""Boxes of drugs that nobody has asked for, where the store wants that."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, boxes_of, on_boxes


def not_on_sale_line(facts: Facts) -> Hit | None:
    """Boxes on lines without asked boxes; split lines are asked for by their units."""
    if not facts.asked_only:
        return None
    found = boxes_of(facts.sale)
    return on_boxes([hit for hit in found if not hit[0].split and not hit[0].asked])


RULES = (
    Rule(
        place=90,
        reason=Reason(
            "NOT_ON_SALE_LINE",
            marked("Setting", "box no line has asked for"),
            verdict=VerdictName.NOT_ON_SALE_LINE,
        ),
        words=Words(
            marked("Gate", "Not asked for: %1"),
            marked("Gate", "Scan the drug's commodity barcode, or take the line out."),
        ),
        find=not_on_sale_line,
    ),
)
