"""Doors to receipt printers. Pages (PDF, picture) are drawn by the window's own painter."""
