"""收货验收: the receiving screen and its parts."""
