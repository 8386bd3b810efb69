"""From a scan's last key to the last key typed into another till, above the verdict alone.

The till is a bare window of an X server that is started for this measure; what it gets is stamped
as its own connection reads it. Where there is no X server to start, nothing is measured.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter_ns

import xcffib
import xcffib.xproto

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.benchmarks import counters
from tests.benchmarks.figures import Result, Row, milliseconds, spread

# One frame of a screen at 60 Hz.
BOUND_MS = 16.7
_WARM_UP = 20
_LOST_S = 10.0
_SCREEN = Path(__file__).parents[2] / "packaging" / "x_screen.sh"
_RETURN = 0xFF0D
# A drug of the sample catalogue.
_SAMPLE = "8436282"


@contextmanager
def _screen() -> Iterator[None]:
    """An X server with a window manager, as the window tests have it."""
    child = subprocess.Popen(
        ["bash", str(_SCREEN)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if child.stdin is None or child.stdout is None:
        raise AssertionError("both are pipes")
    os.environ["DISPLAY"] = child.stdout.readline().strip()
    try:
        yield
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()


class _Till:
    """A bare window with the focus: when its last Enter went down, and the keys until then."""

    def __init__(self) -> None:
        self._conn = xcffib.connect()
        setup = self._conn.get_setup()
        screen = setup.roots[self._conn.pref_screen]
        self._window = self._conn.generate_id()
        xproto = xcffib.xproto
        events = xproto.EventMask.KeyPress | xproto.EventMask.FocusChange
        self._conn.core.CreateWindow(
            screen.root_depth, self._window, screen.root, 0, 0, 300, 200, 0,
            xproto.WindowClass.InputOutput, screen.root_visual, xproto.CW.EventMask, [events],
        )  # fmt: skip
        self._conn.core.MapWindow(self._window)
        self._conn.flush()
        rows = self._conn.core.GetKeyboardMapping(8, 248).reply()
        per = rows.keysyms_per_keycode
        self._enter = 8 + list(rows.keysyms)[::per].index(_RETURN)
        self.keys = 0
        self.at = 0
        self.entered = threading.Event()
        self.focused = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                event = self._conn.wait_for_event()
            except xcffib.XcffibException:  # the screen is gone: it was measured
                return
            if isinstance(event, xcffib.xproto.FocusInEvent):
                self.focused.set()
            elif isinstance(event, xcffib.xproto.KeyPressEvent):
                self.keys += 1
                if event.detail == self._enter:
                    self.at = perf_counter_ns()
                    self.entered.set()


def measure(count: int) -> Result:
    """`count` scans, each worked off before the next."""
    if not (shutil.which("Xvfb") and shutil.which("openbox")):
        return Result(broken=["guard: Xvfb or openbox is not installed"])
    with tempfile.TemporaryDirectory() as folder, _screen():
        till = _Till()
        till.focused.wait(_LOST_S)
        home = Home(Path(folder) / "home")
        home.make()
        home.save_settings({"till.mode": "guard"}, practice=True)
        judged: list[int] = []

        def hear(message: news.News) -> None:
            if isinstance(message, news.Judged):
                judged.append(perf_counter_ns())

        counter = Counter(home, Options(own_practice_platform=False), hear)
        counter.start()
        try:
            return _scans(counter, till, judged, count)
        finally:
            counter.stop()


def _scans(counter: Counter, till: _Till, judged: list[int], count: int) -> Result:
    result = Result()
    verdicts: list[int] = []
    above: list[int] = []
    for number in range(count + _WARM_UP):
        code = f"{_SAMPLE}{number:013d}"
        till.entered.clear()
        till.keys = 0
        begin = perf_counter_ns()
        counter.wishes.scan(RawScan(code.encode(), "bench", counter.clock.now()))
        if not till.entered.wait(_LOST_S) or till.keys != len(code) + 1:
            result.broken.append(f"guard: of {code} {till.keys} keys arrived")
        verdicts.append(judged[-1] - begin)
        above.append(till.at - judged[-1])
        if number % counters.BOXES_PER_SALE == counters.BOXES_PER_SALE - 1:
            counter.wishes.held.void().result()
    del verdicts[:_WARM_UP], above[:_WARM_UP]
    result.rows = [
        Row("guard: last key in → verdict", "ms", spread(milliseconds(verdicts))),
        Row(
            "guard: verdict → last key typed on", "ms", spread(milliseconds(above)), bound=BOUND_MS
        ),
    ]
    return result
