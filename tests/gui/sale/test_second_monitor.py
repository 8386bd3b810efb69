"""Two monitors: the customer's screen fills the one that the counter's window is not on."""

import json

import pytest

from tests.gui.conftest import BOX
from tests.window.screens import shown

TILL, CUSTOMER = [0, 0, 1366, 768], [1366, 0, 1024, 600]


def _monitors(path, *rects):
    """A file that tells Qt's offscreen platform its monitors."""
    parts = ("x", "y", "width", "height")
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": str(n), **dict(zip(parts, rect, strict=True)), **dots}
        for n, rect in enumerate(rects)
    ]
    path.write_text(json.dumps({"screens": screens}), "utf-8")
    return f"offscreen:configfile={path}"


def test_it_fills_the_customers_monitor_and_follows_the_sale(tmp_path):
    platform = _monitors(tmp_path / "two.json", TILL, CUSTOMER)
    with shown(tmp_path / "home", platform) as program:
        told = program.ask()
        assert told["monitors"] == [TILL, CUSTOMER]
        assert (told["own"], told["customer"], told["full"]) == (TILL, CUSTOMER, True)
        program.say(f"scan {BOX}")
        told = program.until(lambda told: "¥21.80" in told["reads"])
        assert not [one for one in told["reads"] if BOX in one or "007" in one or "营业员" in one]


@pytest.mark.parametrize("monitors", [[TILL], [TILL, TILL]], ids=["one", "mirrored"])
def test_it_never_covers_the_counters_window(tmp_path, monitors):
    with shown(tmp_path / "home", _monitors(tmp_path / "told.json", *monitors)) as program:
        told = program.ask()
        assert (told["monitors"], told["own"], told["customer"]) == (monitors, TILL, None)
