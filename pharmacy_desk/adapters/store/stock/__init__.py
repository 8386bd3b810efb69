"""Boxes outside a sale in the ledger: written, read, proved."""
