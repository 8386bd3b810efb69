"""With `ui.size` larger everything is drawn by a factor, and fits where it fits without one.

Qt takes the factor when its application is made: the tests of what fits run again in a process of
their own, on a screen that has the room (1280×720 of what is drawn, as `grow` asks for).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pharmacy_desk.wiring.look import SCALES

HERE = Path(__file__).parent
AGAIN = (
    "test_beside_a_long_answer_the_most_wanted_keys_stay",
    "test_what_gives_way_comes_back",
    "test_what_to_do_is_never_left_out",
)


@pytest.mark.parametrize("size", [size for size in SCALES if size != "normal"])
def test_what_fits_still_fits_in_larger_letters(size) -> None:
    tests = [f"{HERE / 'test_everything_fits.py'}::{name}" for name in AGAIN]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", *tests],
        env=os.environ | {"QT_SCALE_FACTOR": str(SCALES[size]), "QT_QPA_PLATFORM": "offscreen"},
        cwd=HERE.parents[2], capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "4 passed" in ran.stdout
