"""Keys of a Windows session before an input method can take them: Raw Input.

An input method takes keys before a window hears of them; Raw Input (`WM_INPUT`) tells every key of
every keyboard all the same, and comes first. As on X11 this filter looks and may swallow, and
never changes a key. Written after Microsoft's reference of `RAWINPUT`, `RAWKEYBOARD` and
`ToUnicodeEx`; tried with made-up messages only, never on a Windows machine.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

from pharmacy_desk.core.scanning.keys import ALTS, Stroke

_INPUT, _KEY_DOWN, _KEY_UP, _SYS_DOWN, _SYS_UP = 0x00FF, 0x0100, 0x0101, 0x0104, 0x0105
_RID_INPUT, _KEYBOARD = 0x10000003, 1
_BREAK, _E0 = 1, 2
# Generic desktop, keyboard (USB usage tables): what `RegisterRawInputDevices` is asked for.
_PAGE, _USAGE = 1, 6
_SCAN_CODE, _EXTENDED, _UP = 8, 1, 2
_SHIFTS, _CONTROLS = frozenset({42, 54}), frozenset({29, 97})
_VK_SHIFT = 0x10
# Leaves the keyboard's own state (dead keys) as it is; Windows 10 1607 and later.
_NO_STATE = 4
# Windows' scan codes are evdev's for the main block; keys with the prefix E0 have others there.
_EXTENDED_CODES = {
    0x1C: 96,
    0x1D: 97,
    0x35: 98,
    0x37: 99,
    0x38: 100,
    0x47: 102,
    0x48: 103,
    0x49: 104,
    0x4B: 105,
    0x4D: 106,
    0x4F: 107,
    0x50: 108,
    0x51: 109,
    0x52: 110,
    0x53: 111,
    0x5B: 125,
    0x5C: 126,
}
# A fake shift that keyboards put around keypad keys; nobody pressed it.
_FAKE_SHIFTS = frozenset({0x2A, 0x36})
# Keys whose window message is still to come: a few; an input method may keep any number back.
_MOST_PENDING = 64


class _Device(ctypes.Structure):
    """`RAWINPUTDEVICE`."""

    _fields_ = (
        ("page", ctypes.c_uint16),
        ("usage", ctypes.c_uint16),
        ("flags", ctypes.c_uint32),
        ("window", ctypes.c_void_p),
    )


class RawKey(ctypes.Structure):
    """`RAWINPUT` of a keyboard: `RAWINPUTHEADER`, then `RAWKEYBOARD`."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("size", ctypes.c_uint32),
        ("device", ctypes.c_void_p),
        ("wparam", ctypes.c_size_t),
        ("make", ctypes.c_uint16),
        ("flags", ctypes.c_uint16),
        ("reserved", ctypes.c_uint16),
        ("virtual_key", ctypes.c_uint16),
        ("message", ctypes.c_uint32),
        ("extra", ctypes.c_uint32),
    )


class Message(ctypes.Structure):
    """`MSG`."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


class _KeyboardInput(ctypes.Structure):
    """`KEYBDINPUT`."""

    _fields_ = (
        ("virtual_key", ctypes.c_uint16),
        ("scan", ctypes.c_uint16),
        ("flags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("extra", ctypes.c_size_t),
    )


class _Input(ctypes.Structure):
    """`INPUT` of a keyboard; the pad is what the union's mouse part is longer."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("key", _KeyboardInput),
        ("pad", ctypes.c_uint8 * 8),
    )


class Windows:
    """What is asked of `user32`. Raises `OSError` when keyboards cannot be listened to."""

    def __init__(self, user32: Any) -> None:
        self._user32 = user32
        device = _Device(_PAGE, _USAGE, 0, None)
        size = ctypes.sizeof(_Device)
        if not user32.RegisterRawInputDevices(ctypes.byref(device), 1, size):
            raise OSError("raw input was refused")

    def raw_key(self, handle: int) -> RawKey | None:
        """The key behind a `WM_INPUT`; None for a mouse, or a key somebody's program sent."""
        key = RawKey()
        size = ctypes.c_uint32(ctypes.sizeof(RawKey))
        header = RawKey.make.offset
        done = self._user32.GetRawInputData(
            ctypes.c_void_p(handle), _RID_INPUT, ctypes.byref(key), ctypes.byref(size), header
        )
        if done in (0, 0xFFFFFFFF, -1) or key.type != _KEYBOARD or not key.device:
            return None
        return key

    def character(self, key: RawKey, *, shift: bool) -> str:
        """What a key types in the layout in force, without CapsLock; empty for no character."""
        state = (ctypes.c_uint8 * 256)()
        state[_VK_SHIFT] = 0x80 if shift else 0
        made = ctypes.create_unicode_buffer(8)
        layout = self._user32.GetKeyboardLayout(0)
        count = self._user32.ToUnicodeEx(
            key.virtual_key, key.make, state, made, 7, _NO_STATE, ctypes.c_void_p(layout)
        )
        return made.value if count == 1 and made.value.isprintable() else ""

    def send(self, event: bytes) -> None:
        """Send a key again; it comes back without a device, so that nobody hears it twice."""
        key = RawKey.from_buffer_copy(event)
        flags = _SCAN_CODE
        flags |= _EXTENDED if key.flags & _E0 else 0
        flags |= _UP if key.flags & _BREAK else 0
        sent = _Input(1, _KeyboardInput(0, key.make, flags, 0, 0))
        self._user32.SendInput(1, ctypes.byref(sent), ctypes.sizeof(_Input))


class RawKeys(QAbstractNativeEventFilter):
    """Hands every real key to `heard(stroke, bytes)`; what that answers True is swallowed."""

    def __init__(self, windows: Windows, heard: Callable[[Stroke, bytes], bool]) -> None:
        super().__init__()
        self._windows = windows
        self._heard = heard
        self._held: set[int] = set()
        self._swallowed: deque[tuple[int, bool]] = deque(maxlen=_MOST_PENDING)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Qt's hook."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name) != b"windows_generic_MSG":
            return False, 0
        told = Message.from_address(int(message))
        if told.message == _INPUT:
            self._raw(told)
        elif told.message in (_KEY_DOWN, _KEY_UP, _SYS_DOWN, _SYS_UP):
            return self._follows(told), 0
        return False, 0

    def _raw(self, told: Message) -> None:
        key = self._windows.raw_key(told.lparam)
        if key is None or (key.flags & _E0 and key.make in _FAKE_SHIFTS):
            return
        code = evdev_code(key.make, extended=bool(key.flags & _E0))
        pressed = not key.flags & _BREAK
        (self._held.add if pressed else self._held.discard)(code)
        shift = bool(self._held & _SHIFTS)
        stroke = Stroke(
            code=code,
            pressed=pressed,
            at_ms=told.time,
            host=self._windows.character(key, shift=shift),
            shift=shift,
            ctrl=bool(self._held & _CONTROLS),
            alt=bool(self._held & ALTS),
        )
        if self._heard(stroke, bytes(key)):
            self._swallowed.append((code, pressed))

    def _follows(self, told: Message) -> bool:
        """Whether a window's key message is one whose raw key was swallowed."""
        code = evdev_code(told.lparam >> 16 & 0xFF, extended=bool(told.lparam >> 24 & 1))
        key = (code, told.message in (_KEY_DOWN, _SYS_DOWN))
        if key not in self._swallowed:
            return False
        # Those before it never became messages: an input method had them.
        while self._swallowed.popleft() != key:
            pass
        return True


def evdev_code(scan: int, *, extended: bool) -> int:
    """The evdev position of a Windows scan code; 0 for an extended key that types nothing here."""
    return _EXTENDED_CODES.get(scan, 0) if extended else scan
