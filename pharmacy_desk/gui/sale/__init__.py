"""收银: the checkout and its parts."""
