"""The one source of the program's version: packaging, the window and messages read it from here."""

VERSION = "0.1.0"
