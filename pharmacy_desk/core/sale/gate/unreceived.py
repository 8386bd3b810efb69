"""Boxes without a receiving record."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, boxes_of, on_boxes
from pharmacy_desk.core.sale.sale import Box


def unreceived(facts: Facts) -> Hit | None:
    """Boxes the ledger never received; one of the no-code library came in by its entry."""
    found = boxes_of(facts.sale)
    return on_boxes([hit for hit in found if isinstance(hit[1], Box) and not hit[1].received])
