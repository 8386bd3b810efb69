"""Raw Input, with messages made up after its reference: no Windows machine was there to try it."""

import ctypes

import pytest

from pharmacy_desk.core.scanning.keys import Stroke
from pharmacy_desk.gui.keys.raw_keys import Message, RawKey, RawKeys, Windows, evdev_code

INPUT, DOWN, UP = 0x00FF, 0x0100, 0x0101
MSG = b"windows_generic_MSG"
UNSHIFTED, SHIFTED = {0x08: "7", 0x1E: "a"}, {0x08: "&", 0x1E: "A"}


class FakeUser32:
    """Answers as `user32` does, for the keys that a test has put in."""

    def __init__(self, allowed=1):
        self.allowed, self.keys, self.sent = allowed, {}, []

    def RegisterRawInputDevices(self, *_):  # noqa: N802 - Windows' name
        return self.allowed

    def GetRawInputData(self, handle, _, key, size, __):  # noqa: N802
        made = self.keys[handle.value]
        ctypes.memmove(key, ctypes.byref(made), ctypes.sizeof(made))
        return ctypes.sizeof(made)

    def GetKeyboardLayout(self, _):  # noqa: N802
        return 0x04090409

    def ToUnicodeEx(self, _, scan, state, made, *__):  # noqa: N802
        made.value = (SHIFTED if state[0x10] else UNSHIFTED).get(scan, "")
        return len(made.value)

    def SendInput(self, _, sent, size):  # noqa: N802
        self.sent.append(ctypes.string_at(sent, size))
        return 1


class Session:
    """A filter with its messages; `swallow` says what the wedge answers."""

    def __init__(self, swallow=False):
        self.user32, self.heard, self.swallow = FakeUser32(), [], swallow
        self.windows = Windows(self.user32)
        self.filter = RawKeys(self.windows, self._hear)

    def _hear(self, stroke, raw):
        self.heard.append((stroke, raw))
        return self.swallow

    def tell(self, message, lparam, at_ms=1000):
        told = Message(None, message, 0, lparam, at_ms)
        answer, _ = self.filter.nativeEventFilter(MSG, ctypes.addressof(told))
        return answer

    def key(self, make, flags=0, device=77, at_ms=1000):
        handle = len(self.user32.keys) + 1
        self.user32.keys[handle] = RawKey(1, 48, device, 0, make, flags)
        return self.tell(INPUT, handle, at_ms)


def test_a_key_is_told_with_position_character_and_time():
    session = Session()
    session.key(0x08, at_ms=4242)
    assert session.heard[0][0] == Stroke(8, True, 4242, "7")


def test_held_keys_change_the_others_until_they_are_let_go():
    session = Session()
    for make, flags in (
        (0x2A, 0),
        (0x1E, 0),
        (0x2A, 1),
        (0x1E, 0),
        (0x38, 2),
        (0x1D, 0),
        (0x08, 0),
    ):
        session.key(make, flags)
    told = [stroke for stroke, _ in session.heard]
    assert (told[1].host, told[1].shift) == ("A", True)
    assert (told[3].host, told[3].shift) == ("a", False)
    assert (told[6].ctrl, told[6].alt) == (True, True)


def test_a_swallowed_key_never_reaches_the_window_and_others_do():
    session = Session(swallow=True)
    session.key(0x08)
    session.key(0x1E)
    assert not session.tell(DOWN, 0x1C << 16)
    assert session.tell(DOWN, 0x1E << 16)  # the 7 before it was taken by an input method
    assert not session.tell(DOWN, 0x1E << 16)
    session.key(0x1C, 2)
    assert session.tell(DOWN, 0x1C << 16 | 1 << 24)
    assert not session.tell(UP, 0x1C << 16 | 1 << 24)


def test_what_a_program_sends_is_nobodys_key_and_a_fake_shift_is_none():
    session = Session()
    session.key(0x08, device=None)
    session.key(0x2A, flags=2)
    assert session.heard == []


def test_a_key_sent_again_is_the_same_key():
    session = Session()
    session.key(0x1C, flags=3)
    session.windows.send(session.heard[0][1])
    (sent,) = session.user32.sent
    assert len(sent) == 40  # sizeof(INPUT) in 64 bits
    scan, flags = (int.from_bytes(sent[at : at + 2], "little") for at in (10, 12))
    assert (scan, flags) == (0x1C, 8 | 1 | 2)  # by scan code, extended, going up


@pytest.mark.parametrize(
    ("scan", "extended", "code"),
    [(0x02, False, 2), (0x1C, True, 96), (0x50, True, 108), (0x99, True, 0)],
)
def test_positions_are_those_of_evdev(scan, extended, code):
    assert evdev_code(scan, extended=extended) == code


def test_a_session_that_refuses_says_so():
    with pytest.raises(OSError, match="raw input"):
        Windows(FakeUser32(allowed=0))


def test_messages_of_another_system_are_let_pass():
    session = Session()
    assert session.filter.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
