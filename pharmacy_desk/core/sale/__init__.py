"""The sale: its values, the judge of a box, the gate of a payment."""
