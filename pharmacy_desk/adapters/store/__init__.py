"""The ledger in SQLite: the only SQL of the program."""
