"""What every part of the ledger stands on: file, schema, chain, rows, shared questions."""
