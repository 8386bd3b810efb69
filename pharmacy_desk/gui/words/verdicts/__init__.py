"""Verdicts in words: one row for each, by what it is about."""
