"""Where no window can be opened, who has clicked the icon is told by what the desktop has."""

import logging

import pytest

from pharmacy_desk.adapters import desktop_message
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.wiring import no_window

LACKS = WorldError(
    Fault.WINDOW_LIBRARY_MISSING,
    libraries="libxcb-cursor.so.0",
    command="sudo apt-get install libxcb-cursor0",
)


class Desktop:
    """Has some of the programs that show a text; some of those cannot."""

    def __init__(self, *there, broken=()):
        self.there, self.broken, self.shown = there, broken, []

    def which(self, name):
        return f"/usr/bin/{name}" if name in self.there else None

    def stands(self, command):
        if command[0] in self.broken:
            return False
        self.shown.append(command)
        return True

    def show(self, text):
        return desktop_message.show(text, self.which, self.stands)


@pytest.mark.parametrize("name", ["zenity", "kdialog", "xmessage", "notify-send"])
def test_what_the_desktop_has_shows_the_sentence(name):
    desktop = Desktop(name)
    assert desktop.show("缺少组件")
    ((program, *_, text),) = desktop.shown
    assert (program, text) == (name, "缺少组件")


def test_one_that_fails_gives_way_to_the_next_and_only_one_shows_it():
    desktop = Desktop("zenity", "kdialog", "xmessage", broken=("zenity",))
    assert desktop.show("x")
    assert [command[0] for command in desktop.shown] == ["kdialog"]
    assert not Desktop().show("x")


def test_a_program_that_ends_badly_has_shown_nothing(tmp_path, monkeypatch):
    """The real programs of a desktop, stood in for by two scripts on the path."""
    for name, code in (("zenity", 1), ("kdialog", 0)):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/{name}.told"\nexit {code}\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert desktop_message.show("缺少组件")
    assert (tmp_path / "zenity.told").exists()
    assert "缺少组件" in (tmp_path / "kdialog.told").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("environ", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({}, False),
    ],
)
def test_the_sentence_is_in_the_systems_language(environ, chinese):
    text = no_window.sentence(LACKS, environ)
    assert "libxcb-cursor.so.0" in text
    assert "sudo apt-get install libxcb-cursor0" in text
    assert ("窗口" in text) is chinese
    assert ("window" in text) is not chinese


@pytest.mark.may_log("libxcb-cursor")
def test_a_desktop_that_shows_nothing_leaves_it_in_the_log(tmp_path):
    home = Home(tmp_path / "home")
    no_window.tell(LACKS, home, {"LANG": "zh_CN.UTF-8"}, Desktop().show)
    for handler in logging.getLogger("pharmacy_desk").handlers:
        handler.flush()
    logs = [file.read_text(encoding="utf-8") for file in home.folder.rglob("*.log*")]
    assert any("libxcb-cursor0" in text for text in logs)


def test_a_desktop_that_shows_it_makes_no_home(tmp_path):
    home = Home(tmp_path / "home")
    desktop = Desktop("zenity")
    no_window.tell(LACKS, home, {}, desktop.show)
    assert len(desktop.shown) == 1
    assert not home.folder.exists()
