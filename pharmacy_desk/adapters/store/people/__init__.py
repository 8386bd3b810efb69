"""People in the ledger: written, read, proved."""
