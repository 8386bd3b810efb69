"""A line whose price was changed at the counter: what it cost by the list, and why it does not."""

SQL = """
ALTER TABLE sale_lines ADD COLUMN list_fen INTEGER CHECK(list_fen >= 0);
ALTER TABLE sale_lines ADD COLUMN price_reason TEXT;
"""
