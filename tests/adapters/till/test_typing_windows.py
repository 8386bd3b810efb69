"""Typing by SendInput, held against its reference: no Windows machine was there to try it."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from pharmacy_desk.adapters.till.typing_windows import Input, WindowsTypist, keys_of
from pharmacy_desk.core.sale.guarding import NotTyped, Typed

OURS, TILLS = 100, 200


@dataclass
class Desktop:
    """`User32` of a desktop whose windows come to the front one after the other."""

    front: list[int] = field(default_factory=lambda: [TILLS])
    held: list[bool] = field(default_factory=list)
    takes: int | None = None
    sent: list[list[Input]] = field(default_factory=list)

    def foreground(self) -> int:
        return self.front.pop(0) if len(self.front) > 1 else self.front[0]

    def process_of(self, window: int) -> int:
        return window

    def is_down(self, key: int) -> bool:
        return key == 0x11 and bool(self.held) and self.held.pop(0)

    def send(self, inputs: Sequence[Input]) -> int:
        self.sent.append(list(inputs))
        return len(inputs) if self.takes is None else self.takes

    def typed(self) -> str:
        """What the keys that went down say."""
        down = [one.of.key for part in self.sent for one in part if not one.of.key.flags & 2]
        units = [key.scan or {0x0D: 13, 0x09: 9}[key.vk] for key in down]
        return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le")


def typist(desktop: Desktop, slower_s: float = 0.0) -> WindowsTypist:
    return WindowsTypist(desktop, slower_s, process=OURS, sleep=lambda _: None)


def test_the_structure_is_as_large_as_windows_wants_it() -> None:
    assert ctypes.sizeof(Input) == (40 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28)


def test_a_text_is_one_call_and_each_sign_goes_down_and_up() -> None:
    desktop = Desktop()
    assert typist(desktop).type("aB1𠮷\r\t") == Typed()
    assert len(desktop.sent) == 1
    assert desktop.typed() == "aB1𠮷\r\t"
    ups = [one.of.key for one in desktop.sent[0] if one.of.key.flags & 2]
    assert len(ups) == len(desktop.sent[0]) // 2
    # A sign is sent as itself, Enter and Tab as keys.
    assert [(one.of.key.vk, one.of.key.flags) for one in keys_of("a")] == [(0, 4), (0, 6)]
    assert [(one.of.key.vk, one.of.key.flags) for one in keys_of("\r")] == [(0x0D, 0), (0x0D, 2)]


@pytest.mark.parametrize(
    ("desktop", "why"),
    [
        (Desktop(front=[0]), NotTyped.NO_FOCUS),
        (Desktop(front=[OURS]), NotTyped.OWN_WINDOW),
        (Desktop(held=[True] * 500), NotTyped.KEY_HELD),
        (Desktop(front=[TILLS, TILLS + 1]), NotTyped.FOCUS_LOST),
    ],
)
def test_nothing_is_sent_where_it_would_not_reach_the_till(desktop: Desktop, why: NotTyped) -> None:
    assert typist(desktop).type("8436") is why
    assert desktop.sent == []


def test_what_windows_does_not_take_is_told() -> None:
    assert typist(Desktop(takes=0)).type("8436") is NotTyped.NOT_PERMITTED
    assert typist(Desktop(takes=3)).type("8436") is NotTyped.LOST


def test_a_key_that_is_let_go_of_in_time_is_waited_for() -> None:
    desktop = Desktop(held=[True, True])
    assert typist(desktop).type("8436") == Typed()


def test_for_a_slow_till_the_focus_is_looked_at_before_each_sign() -> None:
    desktop = Desktop(front=[TILLS, TILLS, TILLS, OURS])
    assert typist(desktop, 0.01).type("8436") is NotTyped.FOCUS_LOST
    assert desktop.typed() == "84"
