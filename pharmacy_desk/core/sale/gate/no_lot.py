"""Lot, production date or expiry not known: an upload line needs all three."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines


def no_lot(facts: Facts) -> Hit | None:
    """Lines with a box whose lot or dates are not known (facts on platforms, 2.5)."""
    return on_lines(
        [
            line
            for line in facts.sale.lines
            if line.item.needs_batch and not all(batch.complete for batch, _, _ in line.batches())
        ]
    )


NO_LOT = Reason("NO_LOT", marked("Setting", "lot or dates missing"))
RULES = (
    Rule(
        place=30,
        reason=NO_LOT,
        words=Words(
            marked("Gate", "Lot or dates missing: %1"),
            marked("Gate", "Fill in lot and dates from the box below."),
        ),
        find=no_lot,
    ),
)
