"""The press: receipts, after the sale is on the disk."""
