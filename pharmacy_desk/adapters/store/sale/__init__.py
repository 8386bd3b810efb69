"""Sales in the ledger: written, read, proved."""
