"""Codes out of pictures: loading, locating, looking again, reading."""
