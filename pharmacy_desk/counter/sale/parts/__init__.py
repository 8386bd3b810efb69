"""The parts of the open sale: each is one matter, and none knows another's inside."""
