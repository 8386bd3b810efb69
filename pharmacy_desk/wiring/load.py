"""Fuse box, the first of a window: Qt is loaded, and modules behind it load as fast as before."""

import builtins
import importlib


def load_qt() -> None:
    """Load Qt for Python, and give Python back the import it had before Qt's switches.

    Qt for Python puts one of its own in that place, which reads the source of each module that is
    imported from then on, to know which of them use Qt: `from __feature__ import snake_case` would
    change the names of its methods there. The program does not use that, and to read four hundred
    sources, and keep them in memory, was a tenth of its start.
    """
    importlib.import_module("PySide6.QtCore")
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before
