"""The drill that kills a counter while insured goods come back: a few of its lives."""

import os
from pathlib import Path

import pytest

from tests.drills.undo_kills import kills


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
def test_a_kill_at_any_statement_leaves_nothing_half_undone(tmp_path: Path) -> None:
    lives, faults = kills(tmp_path, every=37)
    assert faults == []
    assert lives > 3  # the flow has that many places to be killed in
