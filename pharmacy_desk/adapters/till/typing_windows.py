"""Types into the foreground window of Windows, by SendInput.

A sign is sent as itself (`KEYEVENTF_UNICODE`): no layout, CapsLock or input method stands in
between. A whole text is one call, which Windows mixes with no other input. Written after the
reference; no Windows machine was at hand.
"""

import ctypes
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from pharmacy_desk.core.sale.guarding import NotTyped, Typed

_KEYBOARD = 1
_KEY_UP, _UNICODE = 0x0002, 0x0004
_KEYS: Mapping[str, int] = {"\r": 0x0D, "\t": 0x09}
# Shift, Ctrl, Alt and both Windows keys.
_HELD = (0x10, 0x11, 0x12, 0x5B, 0x5C)
_DOWN = 0x8000
# As long as a key combination lasts.
_LET_GO_S = 1.0
_LOOK_S = 0.01


class _Key(ctypes.Structure):
    """`KEYBDINPUT`."""

    _fields_ = (
        ("vk", ctypes.c_uint16),
        ("scan", ctypes.c_uint16),
        ("flags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("extra", ctypes.c_void_p),
    )


class _Union(ctypes.Union):
    """Of the size of its largest member, `MOUSEINPUT`: eight bytes more than a key."""

    _fields_ = (("key", _Key), ("room", ctypes.c_byte * (ctypes.sizeof(_Key) + 8)))


class Input(ctypes.Structure):
    """`INPUT`."""

    _fields_ = (("kind", ctypes.c_uint32), ("of", _Union))


class User32(Protocol):
    """What is used of user32.dll."""

    def foreground(self) -> int:
        """The window that has the keyboard; 0 for none."""
        ...

    def process_of(self, window: int) -> int:
        """Whose window it is."""
        ...

    def is_down(self, key: int) -> bool:
        """Whether a key is held."""
        ...

    def send(self, inputs: Sequence[Input]) -> int:
        """Send them in one go; how many were taken."""
        ...


class SystemUser32:
    """`User32` of this machine."""

    def __init__(self, dll: ctypes.CDLL) -> None:
        self._dll = dll

    def foreground(self) -> int:
        """GetForegroundWindow."""
        return int(self._dll.GetForegroundWindow() or 0)

    def process_of(self, window: int) -> int:
        """GetWindowThreadProcessId."""
        process = ctypes.c_uint32()
        self._dll.GetWindowThreadProcessId(ctypes.c_void_p(window), ctypes.byref(process))
        return process.value

    def is_down(self, key: int) -> bool:
        """GetAsyncKeyState."""
        return bool(int(self._dll.GetAsyncKeyState(key)) & _DOWN)

    def send(self, inputs: Sequence[Input]) -> int:
        """SendInput."""
        rows = (Input * len(inputs))(*inputs)
        return int(self._dll.SendInput(len(inputs), rows, ctypes.sizeof(Input)))


class WindowsTypist:
    """`Typist` of a Windows session.

    `slower_s` is waited between two keys, for a till that loses quick ones; the foreground is
    then looked at before each of them.
    """

    def __init__(
        self,
        user32: User32,
        slower_s: float = 0.0,
        process: int | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._user32 = user32
        self._slower_s = slower_s
        self._process = os.getpid() if process is None else process
        self._sleep = sleep

    def type(self, text: str) -> Typed | NotTyped:
        """Type all of it, or say why not."""
        window = self._user32.foreground()
        if not window:
            return NotTyped.NO_FOCUS
        if self._user32.process_of(window) == self._process:
            return NotTyped.OWN_WINDOW
        if not self._let_go():
            return NotTyped.KEY_HELD
        parts = [[key for sign in text for key in keys_of(sign)]]
        if self._slower_s:
            parts = [keys_of(sign) for sign in text]
        for number, part in enumerate(parts):
            if number:
                self._sleep(self._slower_s)
            if self._user32.foreground() != window:
                return NotTyped.FOCUS_LOST
            taken = self._user32.send(part)
            if taken < len(part):
                # A window of higher rights takes none.
                return NotTyped.LOST if taken or number else NotTyped.NOT_PERMITTED
        return Typed()

    def close(self) -> None:
        """Nothing was changed."""

    def _let_go(self) -> bool:
        """Wait until nobody holds Ctrl, Alt or the like: the till would take it for a command."""
        waited = 0.0
        while any(self._user32.is_down(key) for key in _HELD):
            if waited >= _LET_GO_S:
                return False
            self._sleep(_LOOK_S)
            waited += _LOOK_S
        return True


def keys_of(sign: str) -> list[Input]:
    """A sign's key down and up; one beyond the basic plane is two of them, as Windows wants it."""
    if sign in _KEYS:
        code = _KEYS[sign]
        return [_input(code, 0, 0), _input(code, 0, _KEY_UP)]
    units = sign.encode("utf-16-le")
    halves = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    down = [_input(0, half, _UNICODE) for half in halves]
    return [*down, *(_input(0, half, _UNICODE | _KEY_UP) for half in halves)]


def _input(vk: int, scan: int, flags: int) -> Input:
    return Input(_KEYBOARD, _Union(key=_Key(vk, scan, flags, 0, None)))
