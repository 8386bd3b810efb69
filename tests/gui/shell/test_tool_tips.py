"""What has no words of its own tells by a tool tip what it is."""

from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLabel, QScrollBar

from tests.gui.conftest import BOX

_SIGNS = ("●", "▲", "■", "○", "✓", "!", "✕")


def _wordless(widget):
    """True for a picture, a sign or nothing where a word would stand."""
    return not any(sign.isalpha() or sign.isdigit() for sign in widget.text())


def _untold(window):
    for made in window.findChildren(QAbstractButton):
        inside = made.parentWidget()
        if isinstance(inside, (QScrollBar, QAbstractSpinBox)) or not made.isVisible():
            continue
        if _wordless(made) and not made.toolTip():
            yield made.accessibleName() or made.objectName() or repr(made)
    for made in window.findChildren(QLabel):
        around = made.parentWidget()
        told = made.toolTip() or (around and around.toolTip())
        if made.isVisible() and made.text().strip() in _SIGNS and not told:
            yield made.text()


def test_every_button_and_sign_without_words_has_a_tool_tip(shop):
    shop.scan(BOX)
    lines = shop.checkout.lines
    lines.setCurrentIndex(lines.lines.index(0))
    QApplication.processEvents()
    untold = {}
    for name in shop.window.screens | {"checkout": None}:
        shop.window.go(name)
        QApplication.processEvents()
        untold[name] = list(_untold(shop.window))
    assert {name: found for name, found in untold.items() if found} == {}


def test_every_part_of_the_strip_tells_more_than_its_dot(shop):
    for name, part in shop.window.strip.parts.items():
        assert part.toolTip(), name
