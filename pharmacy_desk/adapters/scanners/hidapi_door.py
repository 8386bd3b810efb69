"""hidapi itself: lists HID collections and opens them. Loaded only when HID-POS is switched on.

On Linux the module `hidraw` is used: `hid` there goes through libusb and would take the device away
from the system's own driver (facts on codes, section 4).
"""

import importlib
import sys
from collections.abc import Sequence

from pharmacy_desk.adapters.scanners.hid_pos import Collection, HidHandle

_LIBRARY = importlib.import_module("hidraw" if sys.platform.startswith("linux") else "hid")


def list_collections() -> Sequence[Collection]:
    """Every HID collection of this machine; also those this user may not open."""
    found: Sequence[Collection] = _LIBRARY.enumerate()
    return found


def open_collection(path: bytes) -> HidHandle:
    """Open one collection by its path. Raises `OSError` when it is gone or forbidden."""
    device = _LIBRARY.device()
    device.open_path(path)
    opened: HidHandle = device
    return opened
