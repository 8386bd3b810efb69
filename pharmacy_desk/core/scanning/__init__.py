"""Scans: from bytes to a reading, and what there is to know about scanners. Pure."""
