"""The doors as the counter sees them: one Protocol for each outside thing."""
