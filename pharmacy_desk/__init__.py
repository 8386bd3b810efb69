"""Pharmacy Desk: captures drug trace codes at a pharmacy counter."""
