"""Every screen fits the counter's screens also while it says something long."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from tests.gui.sale.test_everything_fits import SAID, SIZES, SLACK

# Words and signs are light on dark; of a whole screen they cover little.
MOST_LIGHT = 0.05
TABS = {
    "receiving": 1, "stock": 8, "lookup": 4, "uploads": 1, "catalogue": 2, "settings": 1, "day": 2,
}  # fmt: skip


def _turned(shop, name, tab):
    """The section with this tab in front, turned to as a person does."""
    shop.window.go(name)
    if TABS[name] > 1:
        shop.key(Qt.Key.Key_1 + tab, Qt.KeyboardModifier.AltModifier)
    shop.settle()


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_pushes_the_window_out(shop, size) -> None:
    window, faults, seen = shop.window, [], set()
    window.resize(*size)
    for name, tabs in TABS.items():
        for tab in range(tabs):
            _turned(shop, name, tab)
            screen = window.screens[name]
            page = f"{name} {tab + 1}"
            seen.add((name, *(p for p in screen.findChildren(QTableView) if p.isVisible())))
            for length, said in SAID.items():
                for verdict in screen.findChildren(VerdictPanel):
                    verdict.show_answer(said)
                for _ in range(12):  # sizes travel upwards an event at a time
                    QApplication.processEvents()
                if (window.width(), window.height()) != size:
                    faults.append(f"{page} · {length}: the window is {window.size()}")
                faults += [f"{page} · {length}: {fault}" for fault in _outside(window)]
            faults += [f"{page}: {fault}" for fault in _short(screen)]
    assert len(seen) == sum(TABS.values()), "every tab was in front"
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.fixture
def dark(qapp):
    theme.dress(qapp, theme.DARK)
    yield
    theme.dress(qapp)


def test_the_dark_window_has_no_light_place(dark, shop) -> None:
    """At night nothing glares: no part of a screen keeps a ground of the other colours."""
    glaring = {}
    for name, tabs in TABS.items() | {"checkout": 1}.items():
        for tab in range(tabs):
            if name == "checkout":
                shop.window.go(name)
            else:
                _turned(shop, name, tab)
            QApplication.processEvents()
            picture = shop.window.grab().toImage()
            lights = [
                picture.pixelColor(x, y).lightness()
                for x in range(0, picture.width(), 6)
                for y in range(0, picture.height(), 6)
            ]
            share = sum(light > 200 for light in lights) / len(lights)
            if share > MOST_LIGHT:
                glaring[f"{name} {tab + 1}"] = round(share, 3)
    assert not glaring


def _short(screen) -> list[str]:
    """Buttons and lines of words in sight that are smaller than what they say."""
    return [
        f"{part.text()!r} is {part.width()} wide, not {part.minimumSizeHint().width()}"
        for part in screen.findChildren(QPushButton)
        if part.isVisible() and part.width() < part.minimumSizeHint().width() - SLACK
    ]


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
