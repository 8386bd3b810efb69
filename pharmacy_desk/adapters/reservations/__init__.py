"""Keepers of reservations: the local ledger, later others."""
