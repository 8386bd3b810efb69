"""The doors as the clerk sees them: one Protocol for each outside thing."""
