"""The doors to another till."""
