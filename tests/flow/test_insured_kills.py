"""The drill over insured sales itself: it passes on the program, and finds what it must find."""

import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from tests.drills.insured_judge import judge, judge_files, judge_platform
from tests.drills.insured_scenes import NUMBERS, PERSON, SECRETS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
_ROOT = Path(__file__).parents[2]
_LIVES = """
    import shutil, sys
    from pathlib import Path
    from tests.drills import insured_kills
    insured_kills.shutil.rmtree = lambda _: None
    drill = insured_kills.InsuredDrill(Path(sys.argv[1]))
    drill.life("register", "before", 7)
    drill.life("settlement unanswered", "after", 9)
    print(drill.kills, *drill.faults, sep="\\n")
"""
# What a wrong program could leave, and what is said of it.
_WRONG = {
    "a register entry that did not come with its payment": (
        "DELETE FROM register_entries",
        "0 of 2",
    ),
    "a payment that is acknowledged and gone": (
        "UPDATE sales SET state = 'open' WHERE number = (SELECT max(number) FROM sales)",
        "lost",
    ),
    "a sale without what was taken": ("UPDATE sales SET taken = NULL", "tenders"),
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes that were killed at a commit and brought to their end, without a fault."""
    folder = tmp_path_factory.mktemp("insured")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_LIVES), str(folder)],
        capture_output=True, text=True, timeout=120, check=False, cwd=_ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "2"), done
    return folder


@pytest.mark.parametrize("how", _WRONG)
def test_the_judge_finds(homes: Path, tmp_path: Path, how: str) -> None:
    sql, words = _WRONG[how]
    ledger = homes / "register-before-7" / "home" / "practice-ledger.db"
    copy = tmp_path / "ledger.db"
    with closing(sqlite3.connect(ledger)) as conn, closing(sqlite3.connect(copy)) as wrong:
        conn.backup(wrong)
        (paid,) = conn.execute("SELECT max(number) FROM sales WHERE state = 'paid'").fetchone()
        facts = [["pay", paid, "self"]]
        assert judge(copy, "register", facts) == []
        assert wrong.execute(sql).rowcount
        wrong.commit()
    found = judge(copy, "register", facts)
    assert [one for one in found if words in one], found


def test_the_judge_finds_a_settlement_that_stands_there_alone(homes: Path) -> None:
    ledger = homes / "settlement-unanswered-after-9" / "home" / "practice-ledger.db"
    faults = judge_platform(ledger, {"settlements": [], "records": []})
    assert [one for one in faults if one.startswith("settlements")], faults


def test_the_judge_finds_a_person_in_clear(homes: Path, tmp_path: Path) -> None:
    (tmp_path / "some.log").write_text(f"seen {PERSON}", encoding="utf-16-le")
    assert judge_files(tmp_path, SECRETS, NUMBERS) == [f"some.log has {PERSON}"]
    assert judge_files(homes / "register-before-7" / "home", SECRETS, NUMBERS) == []
