"""Lot, production date or expiry not known: an upload line needs all three."""

from pharmacy_desk.core.sale.gate.facts import Facts, Hit, on_lines


def no_lot(facts: Facts) -> Hit | None:
    """Lines with a box whose lot or dates are not known (facts on platforms, 2.5)."""
    return on_lines(
        [
            line
            for line in facts.sale.lines
            if line.item.needs_batch and not all(batch.complete for batch, _, _ in line.batches())
        ]
    )
