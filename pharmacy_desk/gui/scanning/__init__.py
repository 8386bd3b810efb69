"""Scanners and pictures on the screen: assistant, ports, trays, practice scanner."""
