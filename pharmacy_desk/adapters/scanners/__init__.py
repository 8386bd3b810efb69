"""Doors to scanners: serial ports and replayed files. The keyboard wedge lives in the window."""
