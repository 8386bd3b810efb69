"""The counter of the catalogue: drug lists and the three-code map."""
