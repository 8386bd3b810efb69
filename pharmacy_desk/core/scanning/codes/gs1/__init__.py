"""GS1: application identifiers as data, their values checked, element strings read."""
