"""Tests, drills and benchmarks of the program."""
