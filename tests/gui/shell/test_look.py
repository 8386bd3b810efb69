"""The window's look: both sets of colours can be read, and settings about it take effect."""

import os
import subprocess
import sys
from dataclasses import fields

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QScrollBar

from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.widgets.parts import Spin
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
        *((wear.quiet, ground) for ground in (wear.ground, wear.card, wear.strip, wear.head)),
        *((wear.tones[tone][0], wear.strip) for tone in ("ask", "no")),  # what the strip warns of
        # A row's words have the colour of its tone, on the list and where it is chosen.
        *(
            (ink, ground)
            for ink, _, _ in wear.tones.values()
            for ground in (wear.card, wear.selected)
        ),
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


_GROWN = """
import sys
from PySide6.QtWidgets import QLabel
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.wiring import look
app = look.dressed_application(Settings({"ui.size": sys.argv[1]}, False))
label = QLabel("追溯码")
label.show()
room = app.primaryScreen().availableGeometry()
print(label.grab().toImage().height(), room.width(), room.height())
"""
_SCREEN = (
    '{"synchronousWindowSystemEvents": false, "windowFrameMargins": false, "screens": [{"name": "s",'
    ' "x": 0, "y": 0, "width": %d, "height": %d, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}'
)


def _grown(tmp_path, size, width, height):
    """How many pixels a word is high, and what room the screens have, on such a screen."""
    (tmp_path / "screen.json").write_text(_SCREEN % (width, height), encoding="ascii")
    told = subprocess.run(
        [sys.executable, "-c", _GROWN, size],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screen.json'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(number) for number in told.stdout.split()]


@pytest.mark.parametrize(
    ("size", "screen", "factor"),
    [
        ("large", (1920, 1080), 1.15),
        ("larger", (1920, 1080), 1.3),
        ("larger", (1600, 900), 1.25),  # as far as there is room
        ("larger", (1366, 768), 1.067),
    ],
)
def test_large_text_is_larger_and_leaves_every_screen_its_room(tmp_path, size, screen, factor):
    usual, *_ = _grown(tmp_path, "normal", *screen)
    high, wide_room, high_room = _grown(tmp_path, size, *screen)
    assert high == pytest.approx(usual * factor, abs=2)
    assert high > usual
    # What everything is measured for (test_everything_fits, test_screens_fit): 1280×720.
    assert wide_room >= 1280 - 1
    assert high_room >= 720 - 1


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


@pytest.fixture(params=[theme.LIGHT, theme.DARK], ids=["light", "dark"])
def wear(request, qapp, as_before):
    theme.dress(qapp, request.param)
    return request.param


def _colours(widget):
    picture = widget.grab().toImage()
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def _at(widget, place):
    return widget.grab().toImage().pixelColor(place).name().upper()


@pytest.mark.parametrize("way", [Qt.Orientation.Vertical, Qt.Orientation.Horizontal])
def test_a_scroll_bar_is_a_bare_handle_in_our_colours(qtbot, wear, way):
    bar = QScrollBar(way)
    qtbot.addWidget(bar)
    upright = way is Qt.Orientation.Vertical
    bar.resize(14, 300) if upright else bar.resize(300, 14)
    bar.setRange(0, 100)
    bar.setPageStep(100)
    bar.setValue(0)
    bar.show()
    begin, end = (QPoint(7, 30), QPoint(7, 290)) if upright else (QPoint(30, 7), QPoint(290, 7))
    assert _at(bar, begin) == wear.handle.upper()
    assert _at(bar, end) != wear.handle.upper()
    bar.setValue(100)
    assert _at(bar, end) == wear.handle.upper()
    assert wear.ink.upper() not in _colours(bar)  # no arrows of the style's own


def test_a_spin_box_has_our_buttons_and_arrows(qtbot, wear):
    spin = Spin()
    qtbot.addWidget(spin)
    spin.resize(160, 40)
    spin.show()
    for place in (QPoint(spin.width() - 22, 8), QPoint(spin.width() - 22, 32)):
        assert _at(spin, place) == wear.head.upper()
    assert _at(spin, QPoint(30, 6)) == wear.card.upper()
    arrows = [_at(spin, QPoint(spin.width() - 14, y)) for y in range(spin.height())]
    assert wear.quiet.upper() in arrows[:20]
    assert wear.quiet.upper() in arrows[20:]
