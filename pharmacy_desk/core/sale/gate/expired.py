"""Boxes past their date."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, boxes_of, on_boxes


def expired(facts: Facts) -> Hit | None:
    """Boxes whose expiry is before today; the day itself is still good."""
    found = []
    for line, box in boxes_of(facts.sale):
        expiry = line.item.batch_of(box.batch).expiry
        if expiry is not None and expiry < facts.today:
            found.append((line, box))
    return on_boxes(found)
