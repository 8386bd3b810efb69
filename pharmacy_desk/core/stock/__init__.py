"""Boxes outside a sale: custody, movements, receiving, the no-code library, drafts."""
