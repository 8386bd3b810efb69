"""The start to the first checkout: what it loads, and that Python imports as it did before."""

import json
import os
import py_compile
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.practice import practice_home

# None is needed to sell the first box: each is loaded when its door or its screen is first used.
LATER = (
    "PIL", "barcode", "charset_normalizer", "cryptography", "escpos", "fastapi", "hid", "keyring",
    "numpy", "openpyxl", "pydantic", "pypinyin", "requests", "serial", "sqlite_utils",
    "starlette", "uvicorn", "zxingcpp",
    "pharmacy_desk.adapters.till.api", "pharmacy_desk.rehearsal.steps", "pharmacy_desk.sandbox",
)  # fmt: skip
# As `pharmacy-desk` does it, but that the window is looked at instead of run.
_OPEN = """
import json, sys
from pathlib import Path
from pharmacy_desk.wiring.load import load_qt
load_qt()
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.wiring.look import dressed_application
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.window import WindowedCounter
home = Home(Path(sys.argv[1]))
home.acquire()
app = dressed_application(home.load_settings())
whole = WindowedCounter(home, Options(own_practice_platform=False), rehearsed=True, play=False)
window = whole.open()
print(json.dumps([window.checkout.isVisible(), sorted(sys.modules)]))
whole.stop()
home.release()
"""
# What is read of a module that is compiled already and imported behind Qt.
_IMPORT = """
import json, sys
{load}
opened = []
sys.addaudithook(lambda event, told: event == "open" and opened.append(str(told[0])))
sys.path.insert(0, sys.argv[1])
import late
print(json.dumps([one.rpartition(".")[2] for one in opened if "late." in one]))
"""


def _told(script: str, *words: str) -> Any:
    """What a Python of its own prints, as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_first_checkout_loads_nothing_that_can_wait(tmp_path: Path) -> None:
    home = practice_home(tmp_path / "home")
    shown, loaded = _told(_OPEN, str(home.folder))
    assert shown
    assert "pharmacy_desk.gui.sale.screen" in loaded
    assert sorted(set(LATER) & set(loaded)) == []


@pytest.mark.parametrize("name", LATER)
def test_what_can_wait_is_called_so(name: str) -> None:
    """A name that nothing has would never be found among what is loaded."""
    assert find_spec(name) is not None


@pytest.mark.parametrize(
    ("load", "read"),
    [
        ("from pharmacy_desk.wiring.load import load_qt; load_qt()", ["pyc"]),
        # What it is there for: alone Qt reads each source again, for switches we do not use.
        ("import PySide6.QtCore", ["pyc", "py"]),
    ],
)
def test_behind_qt_no_source_is_read_that_is_compiled(
    tmp_path: Path, load: str, read: list[str]
) -> None:
    source = tmp_path / "late.py"
    source.write_text("import json\n", encoding="utf-8")
    py_compile.compile(str(source), doraise=True)
    assert _told(_IMPORT.format(load=load), str(tmp_path)) == read
