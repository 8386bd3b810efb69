"""Doors to files of other systems: tables in CSV and XLSX, in and out."""
