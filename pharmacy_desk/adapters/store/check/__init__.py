"""Prove the ledger whole: chain, schema, rows by their digests, and every district."""
