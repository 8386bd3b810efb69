"""Kill -9 at every commit of the insured flows: person, prescription, register, settlement, day.

Each home is one of its own with a practice platform of its own. Its first life plays a scene and
dies before or after its n-th commit; every second time the life after it dies too, at a commit of
its recovery. The last life asks what is not known, serves the next customer, and sends everything.
"""

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pharmacy_desk.adapters.store.check.run import check
from tests.drills import insured_judge as judge
from tests.drills.insured_scenes import NUMBERS, SCENES, SECRETS, Scene
from tests.drills.insured_worker import Life
from tests.drills.lives import PracticePlatform
from tests.drills.movement_worker import AFTER_COMMIT, BEFORE_COMMIT, Death
from tests.practice import practice_home

_RECOVERY_COMMITS = 3


@dataclass(slots=True)
class Told:
    """What a life said before its end."""

    facts: list[judge.Fact] = field(default_factory=list)
    killed: bool = False
    trouble: str = ""


class InsuredDrill:
    """Homes that are killed in the middle of insured customers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sold_out = folder / "before" / "home"
        self._apart(lambda: practice_home(self._sold_out))
        self.kills = self.acknowledged = 0
        self.faults: list[str] = []

    def every_commit(self, names: Iterable[str], most: int) -> None:
        """The scenes in turn, before and after the n-th commit of each, until they end by it."""
        left = [(name, at) for name in names for at in (BEFORE_COMMIT, AFTER_COMMIT)]
        number = 0
        while left and self.kills < most:
            number += 1
            left = [one for one in left if self.kills < most and self.life(*one, number)]
            print(f"commit {number}: {self.kills} kills, {self.acknowledged} steps", flush=True)

    def life(self, name: str, at: str, number: int) -> bool:
        """One home: killed, perhaps again, brought to its end, judged.

        False when the first life had fewer commits and ended by itself.
        """
        scene, before = SCENES[name], len(self.faults)
        folder = self._folder / f"{name.replace(' ', '-')}-{at}-{number}"
        shutil.copytree(self._sold_out, folder / "home")
        platform = PracticePlatform(folder)
        try:
            platform.lay({"faults": list(scene.faults)})
            killed = self._lives(folder, platform, name, Death(at, number))
        finally:
            platform.stop()
        self.faults[before:] = [f"{name} {at} {number}: {one}" for one in self.faults[before:]]
        if len(self.faults) == before:
            shutil.rmtree(folder)
        return killed

    def _lives(self, folder: Path, platform: PracticePlatform, name: str, death: Death) -> bool:
        home, scene = folder / "home", SCENES[name]
        ledger = home / "practice-ledger.db"
        facts: list[judge.Fact] = []
        deaths = [death]
        if death.number % 2 == 0:
            deaths.append(Death(death.at, death.number // 2 % _RECOVERY_COMMITS + 1))
        deaths.append(Death())
        killed = False
        for turn, end in enumerate(deaths):
            told = self._born(home, platform.url, scene, end, turn)
            killed = killed or (turn == 0 and told.killed)
            self.kills += told.killed
            facts += told.facts
            self.faults += [told.trouble] * bool(told.trouble)
            self.faults += judge.judge(ledger, name, facts)
            self.faults += judge.judge_files(home, SECRETS, NUMBERS)
            self.faults += check(ledger).problems
        self.faults += judge.judge_platform(ledger, judge.records_of(platform.records()))
        self.acknowledged += len(facts)
        return killed

    def _born(self, home: Path, url: str, scene: Scene, death: Death, turn: int) -> Told:
        """A forked life; what it said, and how it ended."""
        reading, writing = os.pipe()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _live(home, url, scene, writing, death, turn)
        os.close(writing)
        told = Told()
        with os.fdopen(reading, encoding="utf-8") as lines:
            for line in lines:
                word, *rest = json.loads(line)
                if word == "done":
                    told.facts.append(rest)
                else:
                    told.trouble = f"life {turn}: {rest[0]}"
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told.killed = code == -signal.SIGKILL
        if code not in (0, -signal.SIGKILL) and not told.trouble:
            told.trouble = f"life {turn} ended with {code}"
        return told

    def _apart(self, job: Callable[[], object]) -> None:
        """Do it in a process of its own: this one forks, and no thread may run in it."""
        child = os.fork()
        if child == 0:
            code = 1
            try:
                job()
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0


def _live(home: Path, url: str, scene: Scene, writing: int, death: Death, turn: int) -> None:
    """The child's whole life; it never comes back. A later life's death may meet its recovery."""
    code = 1
    try:
        death.armed = turn > 0
        life = Life(home, url, writing, death)
        if turn:
            life.recover()
        death.armed = True
        if not (turn and scene.once and life.paid()):
            life.run(scene.steps, str(turn))
        life.end()
        code = 0
    except BaseException as error:  # noqa: BLE001 - told to the parent, whose child must not go on
        traceback.print_exc()
        os.write(
            writing, f"{json.dumps(['trouble', f'{type(error).__name__}: {error}'])}\n".encode()
        )
    finally:
        sys.stderr.flush()
        os._exit(code)


def drill(folder: Path, kills: int) -> list[str]:
    """Run, say how it went; the faults."""
    made = InsuredDrill(folder)
    made.every_commit(SCENES, kills)
    print(
        f"{made.kills} kills over insured sales, {made.acknowledged} steps acknowledged,"
        f" {len(made.faults)} faults"
    )
    return made.faults
