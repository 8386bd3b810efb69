"""The counter of boxes outside a sale: movements, tables, the no-code library."""
