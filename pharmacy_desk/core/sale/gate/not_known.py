"""Boxes that nobody could say anything about: the keeper of reservations was silent."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, boxes_of, on_boxes
from pharmacy_desk.core.sale.sale import Box


def not_known(facts: Facts) -> Hit | None:
    """Boxes whose reservation is in doubt: another counter may have them."""
    found = boxes_of(facts.sale)
    return on_boxes([hit for hit in found if isinstance(hit[1], Box) and hit[1].not_known])
