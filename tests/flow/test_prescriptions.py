"""Prescriptions on the real program: every way of being refused, sold on, and told as dispensed."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "data" / "rehearsals" / "prescriptions.txt"


def test_a_day_of_prescriptions(tmp_path):
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), "--json", "rehearse",
         str(SCRIPT), "--port", "replay"],
        capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert done.returncode == 0, report["failed"] or report["problems"]
    # Four sales of one line each, and two boxes that are told as dispensed.
    assert report["outbox"] == {"accepted": 6, "queued": 0, "refused": 0, "unknown": 0}
    # What the patient has is nowhere in the clear: not in the home, nor in the report.
    assert "扁桃体" not in done.stdout
    for file in home.rglob("*"):
        if file.is_file() and "practice-platform" not in file.name:
            assert "扁桃体".encode() not in file.read_bytes(), file
