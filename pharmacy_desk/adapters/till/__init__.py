"""Doors to another till: the calls it makes to us on this machine."""
