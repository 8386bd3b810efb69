"""Who pays a line of an insured sale: kept from the moment the insurance is asked."""

SQL = """
ALTER TABLE sale_lines ADD COLUMN cover TEXT;
"""
