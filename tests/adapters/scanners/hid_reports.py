"""Input reports as HID-POS scanners send them, and collections as hidapi lists them.

Layouts: facts on codes, section 3.3. The reports are generated; the listing has the form hidapi
0.15 gives.
"""

from collections.abc import Iterator
from typing import Any

_HHP_MOST, _MICROSCAN_MOST = 56, 62


def _parts(data: bytes, most: int) -> list[bytes]:
    return [data[at : at + most] for at in range(0, len(data), most)] or [b""]


def hhp(aim: bytes, data: bytes) -> Iterator[bytes]:
    """Honeywell, HHP, Access-IS: 64 bytes, report id 2, the AIM id in each, more in byte 63."""
    parts = _parts(data, _HHP_MOST)
    for number, part in enumerate(parts, start=1):
        more = number < len(parts)
        yield bytes([2, len(part)]) + aim + part.ljust(_HHP_MOST, b"\0") + bytes([0x6A, 0, more])


def microscan(data: bytes) -> Iterator[bytes]:
    """Microscan: 64 bytes, report id 1; the data holds the AIM id."""
    for part in _parts(data, _MICROSCAN_MOST):
        yield bytes([1, len(part)]) + part.ljust(_MICROSCAN_MOST, b"\0")


def collection(path: str, page: int, usage: int, **more: Any) -> dict[str, Any]:
    """One collection as hidapi lists it."""
    return {
        "path": path.encode(),
        "vendor_id": 0x0C2E,
        "product_id": 0x0B61,
        "serial_number": "S1",
        "release_number": 1,
        "manufacturer_string": "Honeywell",
        "product_string": "Voyager 1450g",
        "usage_page": page,
        "usage": usage,
        "interface_number": 0,
        "bus_type": 1,
        **more,
    }
