"""How a customer paid her part: tenders, what cash was rounded down by, and the change; as JSON."""

SQL = """
ALTER TABLE sales ADD COLUMN taken TEXT;
ALTER TABLE settlements ADD COLUMN tendered TEXT;
"""
