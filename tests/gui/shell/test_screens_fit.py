"""Every screen fits the counter's screens also while it says something long."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton

from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from tests.gui.sale.test_everything_fits import SAID, SIZES

SECTIONS = ("receiving", "stock", "lookup", "uploads", "catalogue", "settings", "day")


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_pushes_the_window_out(shop, size) -> None:
    window, faults = shop.window, []
    window.resize(*size)
    for name in SECTIONS:
        window.go(name)
        shop.settle()
        for length, said in SAID.items():
            for verdict in window.screens[name].findChildren(VerdictPanel):
                verdict.show_answer(said)
            for _ in range(12):  # sizes travel upwards an event at a time
                QApplication.processEvents()
            if (window.width(), window.height()) != size:
                faults.append(f"{name} · {length}: the window is {window.size()}")
            faults += [f"{name} · {length}: {fault}" for fault in _outside(window)]
    assert not faults, "\n".join(faults)


def _outside(window) -> list[str]:
    """Buttons of the window itself that can be seen and are not whole inside it."""
    frame = QRect(QPoint(), window.size())
    scrolled = window.findChildren(QPushButton)
    return [
        f"{button.text()!r} leaves the window"
        for button in scrolled
        if button.isVisible()
        and not button.visibleRegion().isEmpty()
        and not frame.contains(QRect(button.mapTo(window, QPoint()), button.size()))
    ]
