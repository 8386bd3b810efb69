"""Paper drawn by Qt: receipts, A4 records, their preview."""
