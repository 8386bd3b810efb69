"""What Qt's platform plugin loads is asked of the dynamic loader before Qt ends the process."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from pharmacy_desk.adapters import window_libraries
from pharmacy_desk.core.basics.errors import Fault, WorldError

CURSOR = "libxcb-cursor.so.0"
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's loader")


def _wheel() -> Path:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "Qt"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Qt's folder with a platform plugin that needs a library no machine has."""
    plugins = tmp_path / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (tmp_path / "Qt" / "lib").symlink_to(_wheel() / "lib")
    for file in (_wheel() / "plugins" / "platforms").iterdir():
        (plugins / file.name).symlink_to(file)
    whole = (plugins / "libqxcb.so").read_bytes()
    (plugins / "libqxcb.so").unlink()
    (plugins / "libqxcb.so").write_bytes(whole.replace(CURSOR.encode(), b"libxcb-cursoX.so.0"))
    return tmp_path / "Qt"


def test_the_plugin_names_what_it_loads() -> None:
    plugin = _wheel() / "plugins" / "platforms" / "libqxcb.so"
    names = window_libraries.needed(plugin)
    assert CURSOR in names
    assert "libQt6Gui.so.6" in names


def test_a_library_the_loader_does_not_find_is_named(broken: Path) -> None:
    assert window_libraries.missing({"DISPLAY": ":9"}, broken) == ["libxcb-cursoX.so.0"]


def test_what_stands_behind_qts_own_libraries_is_looked_at_too() -> None:
    asked = []
    window_libraries.missing({"DISPLAY": ":9"}, loads=lambda name: asked.append(name) is None)
    assert {CURSOR, "libEGL.so.1", "libfontconfig.so.1"} <= set(asked)
    assert not any(name.startswith("libQt6") for name in asked)


def test_without_a_display_the_windows_libraries_are_not_asked(broken: Path) -> None:
    assert window_libraries.missing({}, broken) == []
    assert window_libraries.missing({"QT_QPA_PLATFORM": "offscreen"}, broken) == []


def test_wayland_will_do_where_it_can_be_loaded(broken: Path) -> None:
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":9"}
    loads = lambda name: "cursoX" not in name  # noqa: E731 - the loader's answer
    assert window_libraries.missing(both, broken, loads) == []


def test_the_sentence_names_library_and_command() -> None:
    error = WorldError(
        Fault.WINDOW_LIBRARY_MISSING,
        libraries=CURSOR,
        command=window_libraries.command([CURSOR]),
    )
    assert "libxcb-cursor0" in str(error)


def test_no_qt_is_loaded_to_find_it_out() -> None:
    script = (
        "import sys; from pharmacy_desk.adapters import window_libraries as w;"
        "w.missing({'DISPLAY': ':9'}); sys.exit(any('PySide6' in m for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_what_ends_qt_is_said_on_standard_error(tmp_path: Path) -> None:
    script = (
        "from pharmacy_desk.gui.shell import crash; crash.qt_to_log();"
        "from PySide6.QtWidgets import QApplication; QApplication([])"
    )
    environ = {"QT_QPA_PLATFORM": "no-such-platform", "HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environ, check=False, capture_output=True, text=True
    )
    assert ended.returncode != 0
    assert "platform plugin" in ended.stderr
