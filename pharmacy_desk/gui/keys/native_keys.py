"""Keys of an X11 session before an input method can take them.

An application event filter never sees the characters an input method takes; this filter gets
every key event of the connection (facts on codes, section 3.1, and tried with ibus). It only
looks and may swallow; it never changes a key.
"""

import ctypes
import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

from pharmacy_desk.core.scanning.keys import Stroke

_PRESS, _RELEASE, _SENT = 2, 3, 0x80
_SHIFT, _CONTROL, _ALT = 1, 4, 8
_GROUP_SHIFT = 13
# X11 key codes are evdev's plus eight.
_EVDEV = 8
_FIRST_CODE, _CODES = 8, 248
# People change their layout now and then; asking anew costs a tenth of a millisecond.
_MAPPING_S = 2.0
_EVENT_BYTES = 32


class _KeyEvent(ctypes.Structure):
    """`xcb_key_press_event_t`."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("root", ctypes.c_uint32),
        ("event", ctypes.c_uint32),
        ("child", ctypes.c_uint32),
        ("root_x", ctypes.c_int16),
        ("root_y", ctypes.c_int16),
        ("event_x", ctypes.c_int16),
        ("event_y", ctypes.c_int16),
        ("state", ctypes.c_uint16),
        ("same_screen", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
    )


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Mapping(ctypes.Structure):
    """The head of `xcb_get_keyboard_mapping_reply_t`; the key symbols follow it."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("per_code", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("pad", ctypes.c_uint8 * 24),
    )


class XServer:
    """A connection of our own: which characters the layout types, and keys sent again.

    Raises `OSError` when there is no X server or its library.
    """

    def __init__(self) -> None:
        self._xcb = ctypes.CDLL("libxcb.so.1")
        self._xcb.xcb_connect.restype = ctypes.c_void_p
        self._xcb.xcb_get_keyboard_mapping.restype = _Cookie
        self._xcb.xcb_get_keyboard_mapping_reply.restype = ctypes.POINTER(_Mapping)
        self._free = ctypes.CDLL(None).free
        self._conn = ctypes.c_void_p(self._xcb.xcb_connect(None, None))
        if self._xcb.xcb_connection_has_error(self._conn):
            self.close()
            raise OSError("no X server")
        self._symbols: dict[int, tuple[int, ...]] = {}
        self._asked = 0.0

    def close(self) -> None:
        """Leave the server."""
        self._xcb.xcb_disconnect(self._conn)

    def character(self, code: int, state: int) -> str:
        """What a key types in the layout in force, without CapsLock; empty for no character."""
        symbols = self._symbols.get(code, ())
        group = (state >> _GROUP_SHIFT) & 3
        column = 2 * group + bool(state & _SHIFT)
        if column >= len(symbols):
            column %= 2
        symbol = symbols[column] if column < len(symbols) else 0
        if not symbol and column % 2:
            symbol = symbols[column - 1]
        latin = 0x20 <= symbol <= 0x7E or 0xA0 <= symbol <= 0xFF
        return chr(symbol) if latin else ""

    def refresh(self) -> None:
        """Ask for the layout if the last answer is old."""
        now = time.monotonic()
        if self._symbols and now - self._asked < _MAPPING_S:
            return
        self._asked = now
        cookie = self._xcb.xcb_get_keyboard_mapping(
            self._conn, ctypes.c_uint8(_FIRST_CODE), ctypes.c_uint8(_CODES)
        )
        reply = self._xcb.xcb_get_keyboard_mapping_reply(self._conn, cookie, None)
        if not reply:
            return
        per, length = reply.contents.per_code, reply.contents.length
        start = ctypes.addressof(reply.contents) + ctypes.sizeof(_Mapping)
        found = (ctypes.c_uint32 * length).from_address(start)
        self._symbols = {
            _FIRST_CODE + row: tuple(found[row * per : (row + 1) * per])
            for row in range(length // per if per else 0)
        }
        self._free(reply)

    def send(self, event: bytes) -> None:
        """Send a key event again to the window it was meant for."""
        window = _KeyEvent.from_buffer_copy(event).event
        self._xcb.xcb_send_event(
            self._conn, ctypes.c_uint8(0), ctypes.c_uint32(window), ctypes.c_uint32(1), event
        )
        self._xcb.xcb_flush(self._conn)


class XcbKeys(QAbstractNativeEventFilter):
    """Hands every real key event to `heard(stroke, bytes)`; what that answers True is swallowed."""

    def __init__(self, server: XServer, heard: Callable[[Stroke, bytes], bool]) -> None:
        super().__init__()
        self._server = server
        self._heard = heard

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Qt's hook."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name) != b"xcb_generic_event_t":
            return False, 0
        event = _KeyEvent.from_address(int(message))
        # What we have sent ourselves carries the mark of a sent event.
        if event.response_type not in (_PRESS, _RELEASE):
            return False, 0
        pressed = event.response_type == _PRESS
        if pressed:
            self._server.refresh()
        stroke = Stroke(
            code=event.detail - _EVDEV,
            pressed=pressed,
            at_ms=event.time,
            host=self._server.character(event.detail, event.state),
            shift=bool(event.state & _SHIFT),
            ctrl=bool(event.state & _CONTROL),
            alt=bool(event.state & _ALT),
        )
        return self._heard(stroke, bytes(event)[:_EVENT_BYTES]), 0
