"""The window's look: both sets of colours can be read, and settings about it take effect."""

import subprocess
import sys
from dataclasses import fields

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.words.settings import setting_text
from pharmacy_desk.wiring import look
from tests.gui import seen


def _light(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    low, high = sorted((_light(first), _light(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("wear", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(wear):
    pairs = [
        *((wear.ink, ground) for ground in (wear.ground, wear.card, wear.head, wear.strip)),
        *((wear.ink, ground) for ground in (wear.chosen, wear.selected, wear.hover, wear.pressed)),
        *((wear.quiet, ground) for ground in (wear.ground, wear.card)),
        *((wear.bar_text, ground) for ground in (wear.bar, wear.bar_hover, wear.bar_chosen)),
        (wear.off_ink, wear.off),
        ("#FFFFFF", wear.accent),
        (wear.training_ink, wear.training),
        (wear.ink, wear.training_ground),
        *((ink, ground) for ink, ground, _ in wear.tones.values()),
    ]
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def test_both_sets_have_every_colour_and_tone():
    for one in fields(theme.Colours):
        if one.name != "tones":
            assert QColor(getattr(theme.DARK, one.name)).isValid(), one.name
    assert theme.DARK.tones.keys() == theme.LIGHT.tones.keys()
    assert {tone.name for tone in theme.TONES} == set(theme.LIGHT.tones)


@pytest.fixture
def as_before(qapp):
    yield
    look.make_application("zh_CN")


def _settings(**values):
    return Settings({key.replace("_", ".", 1): value for key, value in values.items()}, False)


def test_the_language_changes_without_leaving_the_program(as_before):
    look.dressed_application(_settings(ui_language="en"))
    assert QCoreApplication.translate("Window", "Checkout") == "Checkout"
    look.dressed_application(_settings(ui_language="zh_CN"))
    assert QCoreApplication.translate("Window", "Checkout") == "收银"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    wanted = len(look.translators("zh_CN"))
    assert len(QApplication.instance().findChildren(QTranslator)) == wanted


def test_dark_colours_reach_tones_and_palette(as_before):
    app = look.dressed_application(_settings(ui_theme="dark"))
    assert theme.NO.ground == theme.DARK.tones["no"][1]
    assert app.palette().window().color() == QColor(theme.DARK.ground)
    assert "$" not in app.styleSheet()


_TELLS = """
import os
from pharmacy_desk.wiring import look
grown = look.grow({size!r})
print(os.environ.get("QT_SCALE_FACTOR", "none"))
look.make_application("en")
"""


@pytest.mark.parametrize(("size", "least"), [("normal", None), ("larger", 1.0)])
def test_a_size_grows_only_as_far_as_the_screen_has_room(size, least):
    told = subprocess.run(
        [sys.executable, "-c", _TELLS.format(size=size)],
        capture_output=True,
        text=True,
        check=True,
    )
    factor = told.stdout.strip()
    # The offscreen screen is 800×800: smaller than what the screens are laid out for.
    assert factor == "none" if least is None else float(factor) == least


_ROUNDS = """
import os, sys
from pharmacy_desk.wiring import look
print(os.environ.get("ROUND", "first"), sys.argv[1:], flush=True)
if os.environ.setdefault("ROUND", "second") == "second" and not os.environ.get("LAST"):
    os.environ["LAST"] = "1"
    look.start_again()
"""


def test_another_size_starts_the_program_as_it_was_called():
    told = subprocess.run(
        [sys.executable, "-c", _ROUNDS, "--home", "a b"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == ["first ['--home', 'a b']", "second ['--home', 'a b']"]


def test_saving_offers_to_open_the_window_again(shop, filled):
    shop.window.go("settings")
    screen = shop.window.screens["settings"]
    assert screen.again.isHidden()
    theme_field = seen.named(screen, setting_text("ui.theme"))
    theme_field.setCurrentIndex(theme_field.findData("dark"))
    screen.save()
    shop.settle()
    assert not screen.again.isHidden()
    with shop.qtbot.waitSignal(shop.window.again_wanted):
        screen.again.click()
    assert filled.load_settings().text("ui.theme") == "dark"
