"""当班: who is on duty, the shift and the day."""
