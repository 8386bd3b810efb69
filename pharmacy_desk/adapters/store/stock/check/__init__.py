"""Prove what is said of boxes outside a sale."""
