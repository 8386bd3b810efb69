"""Fuse box, the window's look: its language, its colours and its size, from the settings."""

from __future__ import annotations

import os
import sys
import tomllib
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QInputDevice
from PySide6.QtWidgets import QApplication

from pharmacy_desk.adapters import resources
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.qt_words import QtWords

# By how much everything grows; a step of fifteen per cent is seen at once at arm's length.
SCALES = {"normal": 1.0, "large": 1.15, "larger": 1.3}
# What every screen is laid out to fit (1920×1080 at 150 %).
_LEAST = (1280, 720)
# Qt's own: read when the application is made.
_FACTOR = "QT_SCALE_FACTOR"


def make_application(
    language: str, wear: theme.Colours = theme.LIGHT, *, touch: bool = False
) -> QApplication:
    """The Qt application in its language and dress; offscreen when there is no display."""
    _offscreen_without_display()
    _speak(language)
    app = QApplication.instance() or QApplication(["pharmacy-desk"])
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication is needed")
    app.setApplicationName("Pharmacy Desk")
    # Days and sizes in Qt's own dialogs; where the system has a dialog of its own (Windows, macOS)
    # that one is used, elsewhere Qt's, which wears our dress.
    QLocale.setDefault(QLocale(language))
    if sys.platform.startswith("linux"):
        app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    for old in app.findChildren(QTranslator):  # a window opened again in another language
        app.removeTranslator(old)
        old.deleteLater()
    for translator in translators(language):
        translator.setParent(app)
        app.installTranslator(translator)
    theme.dress(app, wear, touch=touch)
    return app


def dressed_application(settings: Settings) -> QApplication:
    """The application as the settings want it."""
    _speak(settings.text("ui.language"))
    grown = grow(settings.text("ui.size"))
    wear = theme.DARK if settings.text("ui.theme") == "dark" else theme.LIGHT
    app = make_application(settings.text("ui.language"), wear, touch=settings.flag("ui.touch"))
    if not theme.touch() and _has_touch_screen():  # Qt lists it once there is an application
        theme.dress(app, wear, touch=True)
    if grown:  # Qt has read it: a program that this one starts is to grow by its own settings
        os.environ.pop(_FACTOR, None)
    return app


def start_again() -> NoReturn:
    """Become the same program anew, as it was called: Qt takes another size only then."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _has_touch_screen() -> bool:
    """True when the window system knows a screen that is touched."""
    kinds = {device.type() for device in QInputDevice.devices()}
    return QInputDevice.DeviceType.TouchScreen in kinds


def grow(size: str) -> bool:
    """Enlarge everything that is drawn from now on, as far as the smallest screen has room.

    Qt takes the factor when its application is made, but tells a screen's size only then: a first
    one is made to ask, and put away again. Where an application is there already, or the factor is
    given from outside, nothing is done, and the answer is False.
    """
    if size == "normal" or os.environ.get(_FACTOR) or QGuiApplication.instance():
        return False
    _offscreen_without_display()
    asking = QGuiApplication(["pharmacy-desk"])
    rooms = [screen.availableGeometry().size() for screen in asking.screens()]
    asking.shutdown()
    room = min((min(s.width() / _LEAST[0], s.height() / _LEAST[1]) for s in rooms), default=1.0)
    os.environ[_FACTOR] = f"{max(1.0, min(SCALES[size], room)):.3f}"
    return True


def translators(language: str) -> list[QTranslator]:
    """Translators for a language, newest last; English needs none."""
    made: list[QTranslator] = []
    if language == "en":
        return made
    # The first that is installed is asked last.
    made.append(QtWords(tomllib.loads(_qt_words(language))))
    ours = QTranslator()
    if ours.load(str(resources.resource("i18n", f"{language}.qm"))):
        made.append(ours)
    qt = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(QLocale(language), "qtbase", "_", folder):
        made.append(qt)
    return made


def _qt_words(language: str) -> str:
    return resources.resource("words", f"qt.{language}.toml").read_text(encoding="utf-8")


def _speak(language: str) -> None:
    """Let what Qt takes from the system's own language be of the program's too.

    The sizes and days of a list of files are told so. Qt looks at these variables when it is first
    asked, and keeps what it has found; everything else of the process finds them as they were.
    """
    if not sys.platform.startswith("linux") or QCoreApplication.instance():
        return
    wanted = {"LC_ALL": f"{QLocale(language).name()}.UTF-8", "LANGUAGE": ""}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    QLocale.system().name()
    for key, value in before.items():
        if value is None:
            del os.environ[key]
        else:
            os.environ[key] = value


def _offscreen_without_display() -> None:
    needs_display = sys.platform.startswith("linux")
    if needs_display and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
