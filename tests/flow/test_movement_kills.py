"""The drill over movements itself: it passes on the program, and finds what it must find."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.check import _GUARDS, check
from tests.drills.movement_judge import judge

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
_TAKEN_AWAY = ("events_are_never_deleted", "one_final_sale_per_code")
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


TAMPERING = {
    "an upload line is gone": "DELETE FROM outbox WHERE document IN"
    " (SELECT number FROM documents WHERE kind = 'delivery' LIMIT 1)",
    "an upload line tells a code more": "UPDATE outbox SET codes = json_insert(codes, '$[#]', 'x')"
    " WHERE infno = '3502A'",
    "a document without its lines": "DELETE FROM document_lines WHERE document IN"
    " (SELECT number FROM documents WHERE kind = 'loss' LIMIT 1)",
    "a document without its head": "DELETE FROM documents WHERE kind = 'transfer_out'",
    "a box somewhere else": "UPDATE boxes SET state = 'on_shelf' WHERE state = 'destroyed'",
    "units out of nothing": "UPDATE boxes SET units_left = units_left + 1 WHERE state = 'opened'",
    "a payment half there": "UPDATE sales SET state = 'voided' WHERE state = 'paid'",
    "a return half there": "DELETE FROM returns WHERE number = (SELECT max(number) FROM returns)",
    "a return told to nobody": "DELETE FROM outbox WHERE document IN (SELECT number FROM returns)",
    "a recall half there": "DELETE FROM recalls",
    "a recall ended and in force": "UPDATE recalls SET closed_at = NULL",
    "a code sold twice": "INSERT INTO sale_entries(sale, entry, line, code, asked, state, at)"
    " SELECT 'X' || sale, entry, line, code, 0, 'final', at FROM sale_entries"
    " WHERE state = 'final' LIMIT 1",
    "an event is gone": "DELETE FROM events WHERE kind = 'box_received' AND seq > 20",
}


@pytest.mark.parametrize("how", TAMPERING)
def test_the_judge_finds(drilled, tmp_path, how):
    ledger = tmp_path / "ledger.db"
    shutil.copy(drilled, ledger)
    assert judge(ledger, set()) == []
    conn = sqlite3.connect(ledger)
    # What the check says of the guards that are taken away for this.
    ours = {f"constraint: {_GUARDS[name]} is missing" for name in _TAKEN_AWAY}
    conn.execute("DROP TRIGGER events_are_never_deleted")
    conn.execute("DROP INDEX one_final_sale_per_code")
    changed = conn.execute(TAMPERING[how]).rowcount
    conn.commit()
    conn.close()
    assert changed > 0
    assert judge(ledger, set())
    assert set(check(ledger).problems) - ours


def test_the_judge_misses_a_document_that_was_acknowledged(drilled):
    assert judge(drilled, {"01NEVER-000001"}) == ["lost: document 01NEVER-000001 was acknowledged"]
