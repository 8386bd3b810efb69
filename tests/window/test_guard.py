"""The guard between a scanner and a till that knows nothing of it, in a real X window.

The scanner is a pseudo terminal, the till a program of its own (`foreign_till.py`).
"""

import json
import os
import pty
import shutil
import subprocess
import sys
import threading
import time
import tty

import pytest

from tests.window.session import pinyin_chosen, pinyin_session, wait_until

pytestmark = pytest.mark.window
# A scanner in continuous mode reads a box every 50 to 100 ms; people are ten times slower.
SCANNER_S = 0.06


def box(number):
    return f"8436282{number:013d}"


class Child:
    """A program in a process of its own, and what it has said."""

    def __init__(self, *words, env):
        self.told = []
        self._child = subprocess.Popen(
            [sys.executable, "-m", *words], env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_until(lambda: self.of("ready"), 60)

    def _read(self):
        for line in self._child.stdout:
            self.told.append(json.loads(line))

    def of(self, key):
        return [one[key] for one in self.told if key in one]

    def say(self, word):
        self._child.stdin.write(word + "\n")
        self._child.stdin.flush()

    def kill(self):
        self._child.kill()
        self._child.wait(timeout=20)

    def close(self):
        if self._child.poll() is None:
            self.say("quit")
        self._child.stdin.close()
        self._child.wait(timeout=30)
        self._reader.join(timeout=10)
        self._child.stdout.close()


class Counter:
    """The program as a guard, its scanner, and the tills that are opened beside it."""

    def __init__(self, folder, env, **settings):
        self.env = env
        self._scanner, self._port = pty.openpty()
        tty.setraw(self._port)
        self.guard = Child(
            "tests.window.guard_child",
            str(folder / "home"),
            os.ttyname(self._port),
            json.dumps({key.replace("__", "."): value for key, value in settings.items()}),
            env=env,
        )
        self.tills = []

    def till(self, kit="qt"):
        self.tills.append(Child("tests.window.foreign_till", kit, env=self.env))
        return self.tills[-1]

    def scan(self, text):
        os.write(self._scanner, text.encode() + b"\r")

    def answered(self, scans, seconds=60):
        wait_until(lambda: len(self.views()) >= scans, seconds)
        return self.views()[scans - 1]

    def views(self):
        return [one for one in self.guard.told if one.get("scan")]

    def close(self):
        for child in (*self.tills, self.guard):
            child.close()
        os.close(self._scanner)
        os.close(self._port)


@pytest.fixture
def counter(tmp_path):
    assert os.environ.get("DISPLAY"), "run this through `make test-window`"
    opened = []

    def open_counter(env=None, **settings):
        env = env or os.environ | {"QT_QPA_PLATFORM": "xcb"}
        opened.append(Counter(tmp_path, env, **settings))
        return opened[-1]

    yield open_counter
    for one in opened:
        one.close()


def _keys(till):
    """What the till was typed, line by line, once nothing more comes."""
    before = -1
    while len(till.told) != before:
        before = len(till.told)
        time.sleep(1)
    return till.of("line")


def test_of_500_scans_the_till_gets_the_450_that_may_be_sold(counter):
    desk = counter()
    till = desk.till()
    good = [box(number) for number in range(450)]
    refused = iter(
        [code for number in range(0, 400, 16) for code in (box(number), box(number)[:19])]
    )
    sent = []
    for place, code in enumerate(good):
        sent.append(code)
        if place % 9 == 8:  # a box that is in already, or a read that is not whole
            sent.append(next(refused))
    assert len(sent) == 500
    due = time.monotonic()
    for code in sent:
        desk.scan(code)
        due += SCANNER_S
        time.sleep(max(0.0, due - time.monotonic()))
    desk.answered(500, 150)
    assert [view["what"] for view in desk.views()].count("refused") == 50
    assert _keys(till) == good
    till.say("ask")
    wait_until(lambda: till.of("field"))
    assert till.of("field") == [""]
    # The keyboard stayed with the till all the time.
    assert not any(desk.guard.of("focus"))


def _composes(env, till):
    """A person's letters become Chinese in the till's field: the input method is at work there."""
    time.sleep(1)  # an engine that was just chosen takes no key for a while
    before = len(till.of("line"))
    subprocess.run(["xdotool", "type", "--delay", "150", "nihao "], env=env, check=True)
    subprocess.run(["xdotool", "key", "Return"], env=env, check=True)
    wait_until(lambda: len(till.of("line")) > before)
    return till.of("line")[-1] == "你好"


@pytest.mark.parametrize("kit", ["qt", "tk"])
def test_beside_an_input_method_a_code_arrives_as_it_is(counter, kit):
    if kit == "tk":
        pytest.importorskip("tkinter")
    with pinyin_session(x11=True) as env:
        # Qt gives keys that come while it waits for ibus out of their order: beside an input method
        # the till is given its time, as README says.
        desk = counter(env, till__key_ms=20)
        till = desk.till(kit)
        wait_until(lambda: pinyin_chosen(env))
        wait_until(lambda: _composes(env, till), 60)
        before = len(till.of("line"))
        sent = [f"8436282044205340aB{number:02d}" for number in range(5)]
        sent += [box(number) for number in range(25)]
        for number, code in enumerate(sent, 1):
            desk.scan(code)
            assert desk.answered(number)["what"] == "typed"
            # One at a time, as a person scans.
            wait_until(lambda so_far=number: len(till.of("line")) >= before + so_far)
        assert _keys(till)[before:] == sent


def test_layout_capslock_and_the_tills_own_signs_change_nothing(counter):
    desk = counter(till__prefix="#", till__suffix_text="*", till__suffix="tab")
    till = desk.till()
    wanted = []
    for number, (begin, end) in enumerate(
        (
            (["setxkbmap", "fr"], ["setxkbmap", "us"]),
            (["xdotool", "key", "Caps_Lock"], ["xdotool", "key", "Caps_Lock"]),
        ),
        1,
    ):
        if not shutil.which(begin[0]):
            pytest.skip(f"{begin[0]} is not installed")
        subprocess.run(begin, check=True)
        try:
            time.sleep(1)
            code = f"8436282044205340aB{number:02d}"
            desk.scan(code)
            wanted.append(f"#{code}*")
            assert desk.answered(number)["what"] == "typed"
            wait_until(lambda: till.of("line") == wanted)
        finally:
            subprocess.run(end, check=True)


def test_nothing_is_typed_into_a_window_of_our_own_and_a_key_types_it_later(counter):
    desk = counter()
    till = desk.till()
    desk.guard.say("up")
    wait_until(lambda: desk.guard.of("focus")[-1:] == [True])
    time.sleep(0.5)
    desk.scan(box(1))
    view = desk.answered(1)
    assert (view["what"], view["why"], view["untyped"]) == ("not_typed", "own_window", [box(1)])
    desk.guard.say("down")
    wait_until(lambda: desk.guard.of("focus")[-1] is False)
    wait_until(lambda: len(till.of("ready")) == 2)  # its field has the keyboard again
    desk.guard.say("where again")
    wait_until(lambda: desk.guard.of("x"))
    place = [str(desk.guard.of(axis)[-1]) for axis in "xy"]
    subprocess.run(["xdotool", "mousemove", *place, "click", "1"], check=True)
    wait_until(lambda: till.of("line") == [box(1)])
    # The strip's key was pressed by the mouse, and did not take the keyboard.
    assert desk.guard.of("focus")[-1] is False
    assert len(till.of("ready")) == 2


def test_a_held_key_is_waited_for_and_nothing_becomes_a_command(counter):
    desk = counter()
    till = desk.till()
    subprocess.run(["xdotool", "keydown", "ctrl"], check=True)
    try:
        desk.scan(box(1))
        view = desk.answered(1)
    finally:
        subprocess.run(["xdotool", "keyup", "ctrl"], check=True)
    assert (view["what"], view["why"]) == ("not_typed", "key_held")
    desk.guard.say("again")
    wait_until(lambda: till.of("line") == [box(1)])


def test_it_survives_the_tills_crash_and_goes_on_with_the_next_one(counter):
    desk = counter()
    desk.till().kill()
    time.sleep(1)
    desk.scan(box(1))
    view = desk.answered(1)
    assert (view["what"], view["why"]) == ("not_typed", "no_focus")
    till = desk.till()
    desk.scan(box(2))
    assert desk.answered(2)["what"] == "typed"
    desk.guard.say("again")
    wait_until(lambda: till.of("line") == [box(2), box(1)])
    desk.guard.say("self")
    wait_until(lambda: "SETTLED" in desk.guard.of("answer"))
