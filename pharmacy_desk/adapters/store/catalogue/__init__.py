"""Catalogue and three-code map in the ledger: written and read."""
