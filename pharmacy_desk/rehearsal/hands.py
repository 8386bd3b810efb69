"""The hands of a rehearsal: how scans and wishes reach the program.

Through a port (pty or replayed file) and the counter's jobs, or through the keyboard alone: real
key events of the X server when there is a display, else the window system's own queue.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Protocol

from pharmacy_desk.adapters.scanners.practice_port import PracticePort
from pharmacy_desk.rehearsal.child import Child
from pharmacy_desk.rehearsal.steps import SPLIT, Step, Told

# Enter pays only 300 ms after the last scan (design of the checkout); a little more is waited.
_QUIET_S = 0.4
# People need 80 ms a key and more (facts on codes, 3.1).
_PERSON_S = 0.12
# A person looks again and again for some seconds before typing anew.
_LOOK_S, _GLANCE_S, _TRIES = 5.0, 0.1, 3
# The insurance answers within the profile's time, or not at all.
_SPLIT_S = 20.0
_X_NAMES = {
    "Ctrl+A": "ctrl+a",
    "Ctrl+G": "ctrl+g",
    "Return": "Return",
    "Esc": "Escape",
    "Backspace": "BackSpace",
}


class Hands(Protocol):
    """What a rehearsal can do to the program."""

    arguments: list[str]

    def scan(self, child: Child, text: str) -> bool:
        """Deliver a scan; False when no scanner is plugged in."""
        ...

    def wish(self, child: Child, step: Step) -> Told:
        """Ask for what a step wants; the answer to it."""
        ...

    def plug(self, *, into: bool) -> None:
        """Pull the scanner's cable or put it back."""
        ...

    def close(self) -> None:
        """Put everything away."""
        ...


class PortHands:
    """Scans come through a pty or a replayed file, wishes through the counter's jobs."""

    def __init__(self, folder: Path, *, serial: bool) -> None:
        self._serial = serial
        if serial:
            self._port = PracticePort(folder / "scanner")
            self.arguments = ["--scanner", self._port.path]
        else:
            self._file = folder / "scans.txt"
            self._file.write_bytes(b"")
            self.arguments = ["--replay", str(self._file)]
        self._plugged = True

    def scan(self, child: Child, text: str) -> bool:
        """Deliver a scan with the terminator a scanner adds."""
        if not self._plugged:
            return False
        data = text.encode("latin-1") if _is_bytes(text) else text.encode("utf-8")
        if self._serial:
            self._port.send_bytes(data + b"\r")
        else:
            with self._file.open("ab") as file:
                file.write(data.replace(b"\n", b"") + b"\n")
        return True

    def wish(self, child: Child, step: Step) -> Told:
        """Order the counter."""
        return _ordered(child, step)

    def plug(self, *, into: bool) -> None:
        """Make the port appear or disappear; a replayed file is just not written to."""
        self._plugged = into
        if self._serial:
            if into:
                self._port.plug_in()
            else:
                self._port.unplug()

    @property
    def port_name(self) -> str | None:
        """The name the program has for the port, to wait for its state."""
        return f"serial:{self._port.path}" if self._serial else None

    def close(self) -> None:
        """Put the port away."""
        if self._serial:
            self._port.close()


class KeyHands:
    """Everything through the keyboard, as at a counter with a keyboard wedge."""

    arguments: list[str]

    def __init__(self) -> None:
        self.arguments = []
        self._real = bool(os.environ.get("DISPLAY")) and shutil.which("xdotool") is not None
        self._plugged = True
        self._armed = False

    def scan(self, child: Child, text: str) -> bool:
        """Type the code as a burst, Enter behind it."""
        if not self._plugged:
            return False
        if self._real:
            self._focus(child)
            for number, part in enumerate(text.split("\x1d")):
                if number:
                    _xdotool("key", "ctrl+bracketright")  # how a keyboard sends GS
                _xdotool("type", "--delay", "4", "--", part)
            _xdotool("key", "Return")
        else:
            child.order(do="type", text=text)
        return True

    def wish(self, child: Child, step: Step) -> Told:
        """Press the keys of the screen, or order what has no key of its own."""
        keys = step.row.keys(step.words)
        if step.name == "void" and keys and self._armed:
            keys = ["Esc", *keys]  # the first Esc only takes the armed payment back
        self._armed = False
        if keys is None:
            return _ordered(child, step)
        for key in keys:
            if key == SPLIT:
                if not self._split_shown(child):
                    break
                continue
            if key == "Return" and child.has_answer("gate"):
                self._armed = True
                if not child.forget_approvable():  # the screen has already said why not
                    break
            self.press(child, key)
        return child.answer(None, step.text)

    def _split_shown(self, child: Child) -> bool:
        """Whether the split came; not, where the screen has said why it does not."""
        deadline = time.monotonic() + _SPLIT_S
        while time.monotonic() < deadline:
            child.barrier()
            if child.has_news("Previewed"):
                return True
            if child.has_answer("gate"):
                self._armed = True
                if not child.forget_approvable():  # the screen has already said why not
                    return False
                self.press(child, "Return")
            elif child.has_answer("pay"):
                return False
            time.sleep(_GLANCE_S)
        return False

    def press(self, child: Child, key: str) -> None:
        """Press one key, or type a word slowly as a person does (words begin with `=`)."""
        if key == "…":
            time.sleep(_QUIET_S)
        elif key.startswith("="):
            self._search(child, key[1:])
        else:
            self._key(child, key)
            child.barrier()

    def _search(self, child: Child, text: str) -> None:
        """Type into the search as a person does: look, and type once more what came out wrong.

        Keys that a busy machine hands on late may come in as fast as a scanner's; the program
        rightly takes those out of the field again.
        """
        for _ in range(_TRIES):
            self._type_slowly(child, text)
            if self._found(child, text):
                return
            self._key(child, "Ctrl+A")

    def _found(self, child: Child, text: str) -> bool:
        right, deadline = False, time.monotonic() + _LOOK_S
        while time.monotonic() < deadline:
            child.order(do="look")
            seen = child.wait(lambda n: n["news"] == "Looked", "look")
            right = bool(seen["text"] == text)
            if right and seen["hits"]:
                return True
            time.sleep(_GLANCE_S)
        return right  # typed right, but no such drug

    def _type_slowly(self, child: Child, text: str) -> None:
        if self._real:
            self._focus(child)
            for ch in text:
                # One call a key: it ends when the X server has the key, so that a server that
                # stops for a moment cannot make a scanner's burst of what a person types.
                _xdotool("type", "--", ch)
                time.sleep(_PERSON_S)
        else:
            child.order(do="type_slowly", text=text)
            child.wait(lambda n: n["news"] == "Typed", "typing")

    def _key(self, child: Child, key: str) -> None:
        if self._real:
            self._focus(child)
            _xdotool("key", _X_NAMES.get(key, key))
        else:
            child.order(do="key", key=key)

    def _focus(self, child: Child) -> None:
        active = _xdotool("getactivewindow")
        if active != str(child.window):
            _xdotool("windowactivate", "--sync", str(child.window))

    def plug(self, *, into: bool) -> None:
        """A wedge that is unplugged types nothing."""
        self._plugged = into

    def close(self) -> None:
        """Nothing to put away."""


def _ordered(child: Child, step: Step) -> Told:
    """The answer to a step's order, once the window has heard all that was told by the way."""
    told = child.answer(child.wish(do="step", name=step.name, words=step.words), step.text)
    child.barrier()
    return told


def _xdotool(*words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], check=False, capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip()


def _is_bytes(text: str) -> bool:
    """True when a scan was written with escapes for bytes that are no text."""
    return any("\x80" <= ch <= "\xff" for ch in text)
