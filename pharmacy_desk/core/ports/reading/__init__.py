"""The read port: what the window asks of the ledger for its lists, by district."""
