"""Fuse box of the keyboard scanners: native keys, by the window system there is."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.keys import Stroke


@dataclass(frozen=True, slots=True)
class NativeKeys:
    """A filter that tells every key, how a key is sent once more, and how it all ends."""

    filter: QAbstractNativeEventFilter
    send: Callable[[bytes], None]
    close: Callable[[], None]


def native_keys(platform: str, heard: Callable[[Stroke, bytes], bool]) -> NativeKeys | None:
    """Keys before an input method takes them; None where the window's own events must do.

    `platform` is Qt's name of the window system. Raises `OSError` when it lets nobody listen.
    """
    if platform == "xcb":
        from pharmacy_desk.gui.keys.native_keys import XcbKeys, XServer

        server = XServer()
        return NativeKeys(XcbKeys(server, heard), server.send, server.close)
    if platform == "windows" and sys.platform == "win32":
        from pharmacy_desk.gui.keys.raw_keys import RawKeys, Windows

        windows = Windows(ctypes.WinDLL("user32"))
        return NativeKeys(RawKeys(windows, heard), windows.send, lambda: None)
    return None
