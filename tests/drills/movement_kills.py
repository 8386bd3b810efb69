"""Kill -9 in every flow that moves boxes: at every commit, at every statement, at any moment.

Each life is forked from this process, which has the program loaded and never opens the ledger for
writing: receiving, opening stock, transfers, loss, destruction, returns, split sale, stock-take,
recall; the no-code library, gifts, orders, drafts of receiving, the map, people and approvals.
After each kill the boxes in hand are compared with the drill's own books; at the end the judge
reads the whole file.
"""

import contextlib
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.store.check.run import check
from tests.drills import movement_worker as worker
from tests.drills.movement_books import Books
from tests.drills.movement_judge import judge
from tests.drills.movement_scenes import Scene, Stage
from tests.drills.movement_worker import Death, Life

# A life takes a tenth of a second; one that says nothing for so long hangs.
_SILENT_S = 60
# A flow takes 5 to 40 ms: a kill by time falls into it or, at random, behind it.
_LONGEST_S = 0.05
_FLOWS_A_DAY = 4
# Every so often the judge looks, so that a fault is found near the kill that made it.
_JUDGED_EVERY = 250


@dataclass(slots=True)
class Told:
    """What a life said before its end."""

    done: list[str] = field(default_factory=list)
    armed: bool = False
    whole: tuple[int, int] | None = None
    trouble: str = ""
    killed: bool = False


class MovementDrill:
    """Many lives of one home, each ended where its order says."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.home = folder / "home"
        self.ledger = self.home / "practice-ledger.db"
        self.stage = Stage(seed)
        self.random = random.Random(seed)
        self.books = Books()
        self.acknowledged: set[str] = set()
        self.kills: Counter[str] = Counter()
        self.steps = 0
        self.faults: list[str] = []
        self._counted: dict[str, tuple[int, int]] = {}
        self._live([], [], Death())

    def run(self, kills: int) -> None:
        """Kill at every commit of every flow first, then at statements, in turn with any moment."""
        judged = 0
        for scene, at, number in self._orders():
            if self.killed >= kills or self.faults:
                break
            self.life(scene, at, number)
            if self.killed >= judged + _JUDGED_EVERY:
                judged = self.killed
                self.faults += self._judged()
                print(f"{self.killed} kills, {self.steps} steps acknowledged", flush=True)

    @property
    def killed(self) -> int:
        """Kills so far."""
        return sum(self.kills.values())

    def finish(self) -> list[str]:
        """One more quiet day, then the judge, and the program's own check."""
        self._live(self.stage.recover(self.books), [], Death())
        self.faults += self._judged()
        self.faults += check(self.ledger).problems
        return self.faults

    def _judged(self) -> list[str]:
        return judge(self.ledger, self.acknowledged, self.books.marks.scanned)

    def _orders(self) -> Iterator[tuple[str, str, int]]:
        """(scene, where, which): each commit of each scene, then statements and moments forever."""
        for name in self.stage.scenes:
            for at in (worker.BEFORE_COMMIT, worker.AFTER_COMMIT):
                number = 1
                while number <= self._known(name)[0]:
                    yield name, at, number
                    number += 1
        while True:
            for name in self.stage.scenes:
                commits, statements = self._known(name)
                at = self.random.choice((worker.BEFORE_COMMIT, worker.AFTER_COMMIT))
                yield name, worker.STATEMENT, self.random.randint(1, statements)
                yield name, at, self.random.randint(1, commits)
                yield "", worker.BY_TIME, 0

    def _known(self, name: str) -> tuple[int, int]:
        """Commits and statements of a scene, counted in a life that is not killed."""
        if name not in self._counted:
            whole = self.life(name, worker.NEVER, 0).whole
            self._counted[name] = whole or (0, 0)
        return self._counted[name]

    def life(self, name: str, at: str, number: int) -> Told:
        """One scene from its start to its end; the books follow what was told."""
        made: Scene = self.stage.scenes[name]() if name else self.stage.day(_FLOWS_A_DAY)
        prepare, steps = made
        prepare = self.stage.recover(self.books) + prepare
        told = self._live(prepare, steps, Death(at, number))
        if told.killed:
            self.kills[at] += 1
        elif at not in (worker.NEVER, worker.BY_TIME) or told.trouble:
            self.faults.append(f"{name} {at} {number}: {told.trouble or 'was not killed'}")
        return told

    def _live(
        self, prepare: list[dict[str, Any]], steps: list[dict[str, Any]], death: Death
    ) -> Told:
        before = time.monotonic()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _be_born(self.home, writing, death, prepare, steps)
        os.close(writing)
        told = self._listen(reading, child, death)
        _, status = os.waitpid(child, 0)
        told.killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if not told.killed and os.waitstatus_to_exitcode(status):
            told.trouble = told.trouble or f"ended with {os.waitstatus_to_exitcode(status)}"
        self._follow(told, [*prepare, *steps], death)
        if time.monotonic() - before > _SILENT_S:
            self.faults.append(f"a life took {time.monotonic() - before:.0f} s")
        return told

    def _listen(self, reading: int, child: int, death: Death) -> Told:
        told = Told()
        with os.fdopen(reading, encoding="utf-8") as lines:
            for line in lines:
                word, _, rest = line.rstrip("\n").partition(" ")
                if word == "done" and line.endswith("\n"):
                    told.done.append(rest.partition(" ")[2])
                elif word == "armed":
                    told.armed = True
                    if death.at == worker.BY_TIME:
                        time.sleep(self.random.random() * _LONGEST_S)
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(child, signal.SIGKILL)
                elif word == "whole":
                    commits, _, statements = rest.partition(" ")
                    told.whole = int(commits), int(statements)
                elif word == "trouble":
                    told.trouble = rest
        return told

    def _follow(self, told: Told, steps: list[dict[str, Any]], death: Death) -> None:
        """Books after what was acknowledged; what was in flight happened or did not."""
        books = self.books
        for step, number in zip(steps, told.done, strict=False):
            books = books.stages(step)[-1]
            self.acknowledged.update(number.split(",") if number else ())
        self.steps += len(told.done)
        possible = [books]
        if len(told.done) < len(steps):
            possible += books.stages(steps[len(told.done)])
        codes = {code for step in steps for code in _codes(step)}
        conn = sqlite3.connect(f"{self.ledger.absolute().as_uri()}?mode=ro", uri=True)
        try:
            conn.execute("BEGIN")
            differs = [one.differs(conn, codes) for one in possible]
        finally:
            conn.close()
        fitting = [one for one, wrong in zip(possible, differs, strict=True) if not wrong]
        if not fitting:
            where = steps[len(told.done)] if len(told.done) < len(steps) else "the end"
            self.faults.append(
                f"killed {death.at} {death.number} in {where}: {' | '.join(differs)}"
            )
        self.books = fitting[-1] if fitting else books


def _codes(step: dict[str, Any]) -> list[str]:
    codes = [step["code"]] if "code" in step else list(step.get("codes", ()))
    return codes + [code for code, *_ in step.get("relations", ())]


def _be_born(
    home: Path, writing: int, death: Death, prepare: list[dict[str, Any]],
    steps: list[dict[str, Any]],
) -> None:  # fmt: skip
    """The child's whole life; it never comes back."""
    code = 0
    try:
        life = Life(home, writing, death)
        life.furnish()
        life.run(prepare, steps)
        life.end()
    except Exception as error:  # noqa: BLE001 - told to the parent, whose child must not go on
        traceback.print_exc()
        os.write(writing, f"trouble {type(error).__name__}: {error}\n".encode())
        code = 1
    finally:
        sys.stderr.flush()
        os._exit(code)


def drill(folder: Path, kills: int, seed: int) -> list[str]:
    """Run, judge, say how it went; the faults."""
    made = MovementDrill(folder, seed)
    made.run(kills)
    faults = made.finish()
    told = ", ".join(f"{count} {at}" for at, count in sorted(made.kills.items()))
    print(
        f"{made.killed} kills over movements ({told}), {made.steps} steps acknowledged,"
        f" {len(made.acknowledged)} documents, {len(faults)} faults"
    )
    return faults
