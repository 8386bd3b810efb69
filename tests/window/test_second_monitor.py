"""A second monitor of the X server is plugged and unplugged while the counter sells."""

import os
import shutil
import subprocess

import pytest

from tests.window.screens import shown

pytestmark = pytest.mark.window
TILL, CUSTOMER = [0, 0, 1000, 700], [1000, 0, 300, 400]


def _xrandr(*words):
    subprocess.run(["xrandr", *words], check=True, timeout=30)


def _plug(name, rect, output="none"):
    left, top, wide, high = rect
    _xrandr("--setmonitor", name, f"{wide}/300x{high}/200+{left}+{top}", output)


@pytest.fixture
def monitors():
    """The X server's one output as the till's monitor, and the customer's beside it."""
    assert os.environ.get("DISPLAY"), "run this through `make test-window`"
    assert shutil.which("xrandr")
    _plug("till", TILL, "screen")
    _plug("customer", CUSTOMER)
    yield
    for name in ("till", "customer"):
        subprocess.run(["xrandr", "--delmonitor", name], check=False, timeout=30)


def test_it_comes_and_goes_with_its_monitor(monitors, tmp_path):
    with shown(tmp_path / "home", "xcb") as program:
        told = program.until(lambda told: told["customer"] == CUSTOMER)
        assert (told["monitors"], told["own"], told["full"]) == ([TILL, CUSTOMER], TILL, True)
        program.until(lambda told: told["active"])  # the keyboard stays with the counter
        _xrandr("--delmonitor", "customer")
        told = program.until(lambda told: told["monitors"] == [TILL])
        told = program.until(lambda told: told["customer"] is None)
        assert told["own"] == TILL
        _plug("customer", CUSTOMER)
        program.until(lambda told: told["customer"] == CUSTOMER and told["full"])
        _xrandr("--delmonitor", "till")  # then the X server's whole screen is one, over both
        program.until(lambda told: told["customer"] is None)
