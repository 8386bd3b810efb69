"""Every setting, declared once; and what the scanner assistant would change of them."""
