"""`python -m tests.drills [kills|till|movements|undoing|insured|days|statuses|copies|fuzz|cycles|pages] [--kills N]`.

kills: kill -9 while selling, faults while uploading. till: another till and the counter beside it
are killed in turn (see `tests.drills.till_kills`). movements: kill -9 at every commit of every
other flow of boxes (see `tests.drills.movement_kills`). undoing: kill -9 while an insured box comes
back (see `tests.drills.undo_kills`). insured: kill -9 at every commit of the insured flows (see
`tests.drills.insured_kills`). days: random days over all of the clerk's
wishes against a model (see `tests.drills.days`). statuses: answers that are none after the
platform has committed (see `tests.drills.statuses`). copies: homes put back older, cloned or
emptied (see `tests.drills.copies`). fuzz: see `tests.drills.fuzz`. cycles: a
scanner is pulled out and plugged in again. pages: bytes of a ledger are flipped (see
`tests.drills.pages`). Without a name all are done.

After every kill the counter starts again on the same home. At the end everything is brought to
the platform and the judge looks at ledger and platform.
"""

import argparse
import contextlib
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from tests.drills import (
    copies,
    cycles,
    days,
    insured_kills,
    movement_kills,
    pages,
    statuses,
    till_kills,
    undo_kills,
)
from tests.drills.fuzz import fuzz
from tests.drills.judge import judge
from tests.drills.lives import PracticePlatform, Worker

_FAULTS = ("before_commit", "after_commit", "500", "html", "encoding", "infcode_text", "no_output",
           "other_message", "half")  # fmt: skip
_IDENTIFICATIONS = ("8436282", "8177322", "8385793", "8180901", "8342704")
_KINDS = ("self", "pooled")
_DRAIN_S = 240.0
# All commits of the movements' flows are some 110 kills; the rest are statements and moments.
_KILLS, _MOVEMENT_KILLS = 200, 300
# More than the insured flows have commits, so that each is met; a number given ends it sooner.
_INSURED_KILLS = 2000
_DAYS = 240
_LIVES = 10


class Drill:
    """Many lives of one home."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.home = folder / "home"
        self.records = folder / "records.json"
        self.random = random.Random(seed)
        self.acknowledged: set[str] = set()
        self.undone = 0
        self.platform = PracticePlatform(folder)
        self.url = self.platform.url

    def faults(self, at: str | None) -> None:
        """Let the platform fail in one way from now on, or in none."""
        plan = {"faults": [{"nth": [1, 3], "at": at, "infno": "3505A"}] if at else []}
        self.platform.lay(plan)

    def life(self) -> None:
        """Start, sell for a random while, die in the middle of it."""
        self.faults(self.random.choice((*_FAULTS, None)))
        worker = Worker(self.home, self.url)
        for _ in range(self.random.randrange(1, 9)):
            self._something(worker)
            time.sleep(self.random.choice((0.0, 0.002, 0.01, 0.03)))
        time.sleep(self.random.random() * 0.06)
        self._listen(worker.end(kill=True))

    def _something(self, worker: Worker) -> None:
        dice = self.random.random()
        if dice < 0.70:
            known = self.random.choice(_IDENTIFICATIONS)
            worker.order(scan=f"{known}{self.random.randrange(10**13):013d}")
        elif dice < 0.88:
            worker.order(pay=self.random.choice(_KINDS))
        elif dice < 0.94:
            worker.order(do="hold")
        else:
            worker.order(do="resume")

    def _listen(self, said: list[dict[str, object]]) -> None:
        for told in said:
            if told.get("accepted"):
                self.acknowledged.add(str(told["scan"]))

    def finish(self) -> list[str]:
        """Bring everything to the platform and judge."""
        self.faults(None)
        worker = Worker(self.home, self.url)
        ledger = self.home / "practice-ledger.db"
        deadline = time.monotonic() + _DRAIN_S
        with contextlib.closing(sqlite3.connect(ledger)) as conn:
            while time.monotonic() < deadline:
                worker.order(do="send")
                open_lines = conn.execute(
                    "SELECT count(*) FROM outbox WHERE state <> 'accepted'"
                ).fetchone()[0]
                if not open_lines:
                    break
                time.sleep(0.5)
        self._listen(worker.end(kill=False))
        self.records.write_bytes(self.platform.records())
        self.platform.stop()
        return judge(ledger, self.records, self.acknowledged, set())


def main() -> int:
    """Run the drills; 0 when nothing is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    names = (
        "kills", "movements", "undoing", "insured", "days", "statuses", "copies", "fuzz", "cycles",
        "pages", "till",
    )  # fmt: skip
    parser.add_argument("drill", nargs="?", choices=names, help="one drill alone")
    parser.add_argument(
        "--kills", type=int, help=f"{_KILLS} while selling, {_MOVEMENT_KILLS} moving"
    )
    parser.add_argument("--days", type=int, default=_DAYS, help="random days at a counter")
    parser.add_argument("--lives", type=int, default=_LIVES, help="under each kind of duplicates")
    parser.add_argument("--copies", type=int, default=27, help="homes that are put back or cloned")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="for each fuzzed target")
    parser.add_argument("--cycles", type=int, default=1000, help="times a scanner is pulled out")
    parser.add_argument("--pages", type=int, default=300, help="damages of a ledger's file")
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    faults = 0
    faults += _forking(arguments)  # first: they fork, and no thread may run yet
    if arguments.drill in (None, "days"):
        faults += _listed(days.drill(arguments.days, arguments.seed))
    if arguments.drill in (None, "statuses"):
        faults += _statuses(arguments.lives, arguments.seed)
    if arguments.drill in (None, "copies"):
        folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-drill-"))
        faults += _told(folder, copies.drill(folder, arguments.copies, arguments.seed))
    if arguments.drill in (None, "fuzz"):
        faults += _listed(fuzz(arguments.inputs, arguments.seed))
    if arguments.drill in (None, "cycles"):
        faults += _listed(cycles.drill(arguments.cycles))
    if arguments.drill in (None, "pages"):
        folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-drill-"))
        faults += _told(folder, pages.drill(folder, arguments.pages, arguments.seed))
    if arguments.drill in (None, "kills"):
        faults += _kills(arguments.kills or _KILLS, arguments.seed)
    if arguments.drill in (None, "till"):
        faults += _till(arguments.kills or _KILLS, arguments.seed)
    return 1 if faults else 0


def _till(kills: int, seed: int) -> int:
    """Kill another till and the counter in turn; the number of faults."""
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-till-"))
    sales, faults = till_kills.drill(folder, kills, seed)
    print(f"{kills} kills, {sales} sales of another till, {len(faults)} faults", flush=True)
    return _told(folder, faults)


def _forking(arguments: argparse.Namespace) -> int:
    """The drills whose lives are forked; the number of faults."""
    faults = 0
    if arguments.drill in (None, "movements"):
        faults += _movements(arguments.kills or _MOVEMENT_KILLS, arguments.seed)
    if arguments.drill in (None, "undoing"):
        faults += _undoing()
    if arguments.drill in (None, "insured"):
        faults += _insured(arguments.kills or _INSURED_KILLS)
    return faults


def _kills(kills: int, seed: int) -> int:
    """Sell, kill and judge; the number of faults."""
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-drill-"))
    drill = Drill(folder, seed)
    for number in range(kills):
        drill.life()
        if (number + 1) % 20 == 0:
            print(f"{number + 1} kills, {len(drill.acknowledged)} scans acknowledged", flush=True)
    faults = drill.finish()
    print(f"{kills} kills, {len(drill.acknowledged)} acknowledged scans, {len(faults)} faults")
    return _told(folder, faults)


def _undoing() -> int:
    """Kill at each third statement of an insured box's way back."""
    if not hasattr(os, "fork"):
        print("the drill over undoing needs fork: not on this system")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-undoing-"))
    lives, faults = undo_kills.kills(folder, 3)
    print(f"{lives} lives killed while an insured box came back", flush=True)
    return _told(folder, faults)


def _insured(kills: int) -> int:
    """Kill at each commit while insured customers are served; the number of faults."""
    if not hasattr(os, "fork"):
        print("the drill over insured sales needs fork: not on this system")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-insured-"))
    return _told(folder, insured_kills.drill(folder, kills))


def _statuses(lives: int, seed: int) -> int:
    """Sell while the platform's answers are none, and judge; the number of faults."""
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-drill-"))
    return _told(folder, statuses.drill(folder, lives, seed))


def _movements(kills: int, seed: int) -> int:
    """Move boxes, kill and judge; the number of faults."""
    if not hasattr(os, "fork"):
        print("the drill over movements needs fork: not on this system")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="pharmacy-desk-drill-"))
    return _told(folder, movement_kills.drill(folder, kills, seed))


def _listed(faults: list[str]) -> int:
    """Print the faults; how many they are."""
    for fault in faults[:50]:
        print("✕", fault)
    return len(faults)


def _told(folder: Path, faults: list[str]) -> int:
    """Print the faults; a home with faults is kept. How many they are."""
    _listed(faults)
    if not faults:
        shutil.rmtree(folder)
    else:
        print("kept for looking:", folder)
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
