"""Scans beside an input method, CapsLock and another layout, with real keys in a real window.

Without native keys `]d201…` arrives as `】对01…`, and the 8 of a scan after `nihao` chooses a
candidate word (seen with ibus and libpinyin).
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time

import pytest

from tests.window.session import pinyin_session, wait_until

pytestmark = pytest.mark.window
BOX, SECOND = "84362820442053402132", "84362820442053402149"
PERSON_MS, SCANNER_MS = 150, 12
# What a person sets in the engine's own dialog: letters and digits as wide as characters.
_FULL_WIDTH = """[com/github/libpinyin/ibus-libpinyin/libpinyin]
init-full=true
"""


class Program:
    """The program in a child process, its answers, and keys typed into it."""

    def __init__(self, home, env):
        self._env = env
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.window.keys_child", str(home)], env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._told = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        assert self.hear()["ready"]
        wait_until(lambda: self.field()["focus"])

    def _read(self):
        for line in self._child.stdout:
            self._told.put(json.loads(line))

    def hear(self):
        return self._told.get(timeout=30)

    def field(self):
        self._child.stdin.write("ask\n")
        self._child.stdin.flush()
        return self.hear()

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], env=self._env, check=True)

    def person(self, text):
        self.xdotool("type", "--delay", str(PERSON_MS), text)

    def scan(self, text):
        """All keys by one call: a scanner does not pause inside a code."""
        pace = ("--delay", str(SCANNER_MS))
        words = []
        for place, part in enumerate(text.split("\x1d")):
            words += ["key", *pace, "ctrl+bracketright"] if place else []
            words += ["type", *pace, "--args", "1", part]
        self.xdotool(*words)

    def close(self):
        self._child.stdin.write("quit\n")
        self._child.stdin.close()
        self._child.wait(timeout=20)
        self._child.stdout.close()


@pytest.fixture
def program(tmp_path):
    assert os.environ.get("DISPLAY"), "run this through `make test-window`"
    made = Program(tmp_path / "home", os.environ | {"QT_QPA_PLATFORM": "xcb"})
    yield made
    made.close()


@pytest.fixture
def pinyin(tmp_path, request):
    """The same with ibus and its pinyin engine at work; its parameter is what the engine is told."""
    with pinyin_session(getattr(request, "param", "")) as env:
        made = Program(tmp_path / "home", env)
        yield made
        made.close()


def composing(program):
    """Compose a word; the engine may need a moment before it takes the first letters."""
    program.person("nihao")
    time.sleep(0.5)
    if program.field()["preedit"] == "你好":
        return True
    for key in ("Escape", "ctrl+a", "BackSpace"):
        program.xdotool("key", key)
    return False


def settled(program):
    """What the field holds when nothing changes any more."""
    time.sleep(1)
    before = program.field()
    while (now := program.field()) != before:
        before = now
        time.sleep(0.5)
    return now


def test_a_scan_arrives_whole_while_a_person_composes(pinyin):
    wait_until(lambda: composing(pinyin), 40)
    for sent, code in (
        (BOX + "\n", BOX),
        ("]d2010690123456789210LOT7A\x1d21SN0001\n", "010690123456789221SN0001"),
        (SECOND + "\n", SECOND),
    ):
        pinyin.scan(sent)
        heard = pinyin.hear()
        assert (heard["code"], heard["text"]) == (code, sent.strip())
        # What the person had begun is there again, and nothing of the scan. The engine may take
        # its time over the keys that are given back; once it has them, nothing changes any more.
        again = {"field": "", "preedit": "你好", "focus": True}
        wait_until(lambda now=again: pinyin.field() == now)
        assert settled(pinyin) == again
    pinyin.xdotool("key", "space")
    wait_until(lambda: pinyin.field()["field"] == "你好")


@pytest.mark.parametrize("pinyin", [_FULL_WIDTH], indirect=True)
def test_full_width_letters_change_no_digit_of_a_code(pinyin):
    def on():
        pinyin.person("1")
        time.sleep(0.3)
        if pinyin.field()["field"] == "１":
            return True
        for key in ("Escape", "ctrl+a", "BackSpace"):
            pinyin.xdotool("key", key)
        return False

    wait_until(on, 40)
    for sent, code in (
        (BOX + "\n", BOX),
        ("]d2010690123456789210LOT7A\x1d21SN0001\n", "010690123456789221SN0001"),
    ):
        pinyin.scan(sent)
        heard = pinyin.hear()
        assert (heard["code"], heard["text"]) == (code, sent.strip())
        assert settled(pinyin) == {"field": "１", "preedit": "", "focus": True}


def test_capslock_changes_no_letter_of_a_code(program):
    program.xdotool("key", "Caps_Lock")
    try:
        program.scan("8436282044205340aBcd\n")
        assert program.hear()["text"] == "8436282044205340aBcd"
    finally:
        program.xdotool("key", "Caps_Lock")
    assert program.field()["field"] == ""


def test_a_french_layout_changes_no_digit_of_a_code(program):
    if not shutil.which("setxkbmap"):
        pytest.skip("setxkbmap is not installed")
    subprocess.run(["setxkbmap", "fr"], check=True)
    try:
        time.sleep(2.5)  # longer than the program trusts the layout it knows
        program.scan(BOX + "\n")
        assert program.hear()["code"] == BOX
    finally:
        subprocess.run(["setxkbmap", "us"], check=True)
    assert program.field()["field"] == ""
