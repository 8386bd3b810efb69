"""The help at the counter."""
