"""The catalogue: drugs, what they need at the counter, and how a drug list is read."""
