"""The drill over movements itself: it passes on the program, and finds what it must find."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.check.run import check
from tests.drills.movement_judge import judge
from tests.drills.movement_sabotage import JUDGED_ONLY, MARKS, TAMPERING, WRONG

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
_TAKEN_AWAY = ("events_are_never_changed", "events_are_never_deleted")
_ROOT = Path(__file__).parents[2]


def python(*words):
    return subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, timeout=120,
        check=False, cwd=_ROOT,
    )  # fmt: skip


@pytest.fixture(scope="module")
def drilled(tmp_path_factory):
    """A home after a quiet day of every flow, and what was acknowledged there."""
    folder = tmp_path_factory.mktemp("drill")
    code = """
        import sys
        from pathlib import Path
        from tests.drills.movement_kills import MovementDrill
        drill = MovementDrill(Path(sys.argv[1]), 1)
        for name in drill.stage.scenes:
            drill.life(name, "", 0)
        print("\\n".join(drill.finish()))
    """
    done = python("-c", textwrap.dedent(code), folder)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done
    return folder / "home" / "practice-ledger.db"


def test_kills_at_every_commit_of_the_first_flows_lose_nothing(tmp_path):
    done = python("-m", "tests.drills", "movements", "--kills", "40", "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "40 kills over movements" in done.stdout
    assert " 0 faults" in done.stdout


def test_a_kill_in_the_middle_of_every_flow_loses_nothing(tmp_path):
    """Before and after one commit of each; `make drill` goes through them all."""
    code = """
        import sys
        from pathlib import Path
        from tests.drills.movement_kills import MovementDrill
        drill = MovementDrill(Path(sys.argv[1]), 7)
        for name in drill.stage.scenes:
            commits, _ = drill._known(name)
            for at in ("before", "after"):
                drill.life(name, at, (commits + 1) // 2)
        print(drill.killed == 2 * len(drill.stage.scenes), *drill.finish(), sep="\\n")
    """
    done = python("-c", textwrap.dedent(code), tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done


@pytest.mark.parametrize("forgets", ["BEGIN", "COMMIT"])
def test_a_store_without_transactions_is_found_out(tmp_path, forgets):
    """The drill's own proof: with each statement on the disk by itself, or none, it cries out."""
    code = """
        import sqlite3, sys
        from pathlib import Path
        from tests.drills import movement_kills, movement_worker
        honest = movement_worker.Mortal.execute

        def execute(self, sql, parameters=()):
            plain = sqlite3.Connection.execute
            if not self.death.armed or sql not in ("BEGIN IMMEDIATE", "COMMIT"):
                return honest(self, sql, parameters)
            if sys.argv[2] == "BEGIN":  # every statement by itself
                self.death.passed(sql == "COMMIT", before=True)
                return plain(self, "SELECT 1")
            if sql == "COMMIT":  # said, and not done
                self.death.passed(True, before=True)
                self.death.passed(True, before=False)
                return plain(self, "SELECT 1")
            return plain(self, "SELECT 1") if self.in_transaction else honest(self, sql)

        movement_worker.Mortal.execute = execute
        drill = movement_kills.MovementDrill(Path(sys.argv[1]), 1)
        for at, numbers in (("statement", range(2, 12)), ("after", (3, 4))):
            for number in numbers:
                drill.life("receiving", at, number)
        drill.faults += movement_kills.judge(drill.ledger, drill.acknowledged)
        print(len(drill.faults))
    """
    done = python("-c", textwrap.dedent(code), tmp_path, forgets)
    assert done.stdout.strip().isdigit(), done
    assert int(done.stdout) > 0


def _kind(guard):
    return "index" if guard.startswith("one_") else "trigger"


def tampered(drilled, folder, sql):
    """A copy of the drilled ledger with this done to it, and the guards taken away."""
    ledger = folder / "ledger.db"
    shutil.copy(drilled, ledger)
    assert judge(ledger, set()) == []
    conn = sqlite3.connect(ledger)
    for name in _TAKEN_AWAY:
        conn.execute(f"DROP {_kind(name)} {name}")
    changed = conn.execute(sql).rowcount
    conn.commit()
    conn.close()
    assert changed > 0
    return ledger


def checked(ledger):
    """What the program's check says, without the guards that are taken away for this."""
    ours = {f"schema: the {_kind(name)} {name} is missing" for name in _TAKEN_AWAY}
    return set(check(ledger).problems) - ours


@pytest.mark.parametrize("how", TAMPERING)
def test_the_judge_finds(drilled, tmp_path, how):
    ledger = tampered(drilled, tmp_path, TAMPERING[how])
    assert judge(ledger, set())
    assert checked(ledger)


@pytest.mark.parametrize("how", MARKS)
def test_the_judge_says(drilled, tmp_path, how):
    sql, words = MARKS[how]
    ledger = tampered(drilled, tmp_path, sql)
    faults = judge(ledger, set())
    assert [fault for fault in faults if words in fault], faults
    assert how in JUDGED_ONLY or checked(ledger)


def test_the_judge_misses_a_box_that_was_acknowledged_in_a_draft(drilled):
    conn = sqlite3.connect(drilled)
    code = conn.execute("SELECT code FROM events WHERE kind = 'box_refused'").fetchone()[0]
    conn.close()
    never = "81773220000000000000"
    assert judge(drilled, set(), {code, never}) == [
        f"lost: box {never} was acknowledged in a draft"
    ]


@pytest.mark.parametrize("how", WRONG)
def test_a_program_that_is_wrong_is_found_out(tmp_path, how):
    """The flow is killed at every commit; what the books or the judge say is a difference."""
    scene, wrong = WRONG[how]
    code = """
        import sys
        from dataclasses import replace
        from pathlib import Path
        from tests.drills import movement_kills
        drill = movement_kills.MovementDrill(Path(sys.argv[1]), 1)
        commits, _ = drill._known(sys.argv[2])
        exec(sys.argv[3])
        for at in ("before", "after"):
            for number in range(1, commits + 1):
                drill.life(sys.argv[2], at, number)
        drill.faults += drill._judged()
        print(len([one for one in drill.faults if "was not killed" not in one]))
    """
    done = python("-c", textwrap.dedent(code), tmp_path, scene, textwrap.dedent(wrong))
    assert done.stdout.strip().isdigit(), done
    assert int(done.stdout) > 0, done


@pytest.mark.parametrize(
    "scene",
    ["no-code boxes sold", "no-code return", "gift and back", "online order", "draft posted",
     "map", "lock-out", "lock", "approved loss", "approved payment", "sold today and put back"],
)  # fmt: skip
def test_a_step_that_is_torn_apart_is_found_out(tmp_path, scene):
    """Each statement on the disk by itself: a kill before one of them leaves a half."""
    code = """
        import sqlite3, sys
        from pathlib import Path
        from tests.drills import movement_kills, movement_worker
        honest = movement_worker.Mortal.execute
        drill = movement_kills.MovementDrill(Path(sys.argv[1]), 1)
        _, statements = drill._known(sys.argv[2])

        def execute(self, sql, parameters=()):
            if self.death.armed and sql in ("BEGIN IMMEDIATE", "COMMIT"):
                self.death.passed(sql == "COMMIT", before=True)
                return sqlite3.Connection.execute(self, "SELECT 1")
            return honest(self, sql, parameters)

        movement_worker.Mortal.execute = execute
        for number in range(1, statements + 1):
            drill.life(sys.argv[2], "statement", number)
            drill.faults += drill._judged()
            if drill.faults:
                break
        print(len([one for one in drill.faults if "was not killed" not in one]))
    """
    done = python("-c", textwrap.dedent(code), tmp_path, scene)
    assert done.stdout.strip().isdigit(), done
    assert int(done.stdout) > 0, done


def test_the_judge_misses_a_document_a_document_that_was_acknowledged(drilled):
    assert judge(drilled, {"01NEVER-000001"}) == ["lost: document 01NEVER-000001 was acknowledged"]
