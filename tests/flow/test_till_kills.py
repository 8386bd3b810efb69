"""Another till and the counter beside it, killed in turn: a short one of the drill."""

import os
import sys
from pathlib import Path

import pytest

from tests.drills import till_kills


@pytest.mark.skipif(sys.platform == "win32", reason="kill and processes of POSIX")
def test_till_and_counter_agree_after_kills_of_both(tmp_path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sales, faults = till_kills.drill(tmp_path, 4, 1)
    assert faults == []
    assert sales
