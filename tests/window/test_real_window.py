"""In a real X window with a window manager: real key events, the wedge, a short checkout."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "data" / "rehearsals" / "wedge.txt"
pytestmark = pytest.mark.window


def test_a_short_checkout_by_real_keys(tmp_path):
    assert os.environ.get("DISPLAY"), "run this through `make test-window`"
    assert shutil.which("xdotool")
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(tmp_path / "home"), "--json",
         "rehearse", str(SCRIPT), "--port", "wedge", "--shots", str(tmp_path / "shots")],
        capture_output=True, text=True, timeout=170, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb"},
    )  # fmt: skip
    assert done.stdout, f"{done.stderr}\n{_log(tmp_path / 'home')}"
    report = json.loads(done.stdout)
    assert done.returncode == 0, (report["failed"], report["verdicts"])
    assert [sale["paid"] for sale in report["sales"]] == ["insured", "self"]
    # Two lines of the first sale; the GS1 box of the second tells no production date: it waits.
    assert (report["outbox"]["accepted"], report["outbox"]["queued"]) == (2, 1)
    shot = tmp_path / "shots" / "screen-checkout.png"
    assert shot.stat().st_size > 20_000  # a painted screen, not an empty one


def _log(home: Path) -> str:
    """The program's own log, for a failure nobody can look at afterwards."""
    return "\n".join(file.read_text("utf-8")[-4000:] for file in home.rglob("*.log"))
