"""Homes that come back older, twice or empty, by every way at random; the judge reads logs only.

Each round a home sells, is saved, sells on and is then put back, cloned, emptied or cut; a manager
decides where something is missing, it sells again, and what was sold in the missing time is scanned
once more. Between all lives the logs are exported. The judge knows nothing but them and what the
platform holds.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.drills.lives import PracticePlatform, Worker

_IDENTIFICATIONS = ("8436282", "8177322", "8385793", "8180901", "8342704")
_MANAGER = ("001", "123456")
_STATE = "PHARMACY_DESK_STATE"
_LEDGER = "practice-ledger"
# A scan takes milliseconds; a platform that is down is not part of this drill.
_WAIT_S = 30.0


class _Drill:
    """One platform, and the homes of all rounds."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.logs = folder / "logs"
        self.logs.mkdir()
        self.faults: list[str] = []
        self.ways: list[str] = []
        os.environ[_STATE] = str(folder / "state")
        self.platform = PracticePlatform(folder)
        self.url = self.platform.url

    def command(self, home: Path, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pharmacy_desk", "--home", str(home), *words],
            capture_output=True, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def code(self) -> str:
        known = self.random.choice(_IDENTIFICATIONS)
        return f"{known}{self.random.randrange(10**13):013d}"

    def live(self, home: Path, again: list[str], *, kill: bool, copied: bool = False) -> list[str]:
        """Sell boxes, leave a sale open, scan `again` what must not be sold; the sold codes."""
        worker = Worker(home, self.url)
        sales = self.random.randrange(2, 4)
        sold: list[str] = []
        if copied:  # the box of the open sale is in nobody's hand here: the other copy has sold it
            worker.order(do="void")
        for code in again:
            worker.order(scan=code)
        for _ in range(sales):
            codes = [self.code() for _ in range(self.random.randrange(1, 3))]
            for code in codes:
                worker.order(scan=code)
            worker.order(pay="self")
            sold += codes
        self._until_paid(worker, sales)
        worker.order(scan=self.code())  # its sale is unpaid when the home is saved or lost
        if not kill:
            worker.order(do="hold" if self.random.random() < 0.5 else "send")
            time.sleep(0.2)
        worker.end(kill=kill)
        return sold

    def _until_paid(self, worker: Worker, sales: int) -> None:
        until = time.monotonic() + _WAIT_S
        while sales and time.monotonic() < until:
            sales -= "paid" in worker.heard.get(timeout=_WAIT_S)

    def upload(self, home: Path) -> None:
        """Everything to the platform; what is missing is asked on the way."""
        for _ in range(4):
            if self.command(home, "--platform", self.url, "sync", "--once")[0] == 0:
                return
            time.sleep(1.0)

    def export(self, home: Path, name: str) -> None:
        code, said = self.command(home, "ledger", "export", str(self.logs / f"{name}.jsonl"))
        if code:
            self.faults.append(f"{name}: no log: {said.strip()}")

    def round(self, number: int) -> None:
        home = self.folder / f"home-{number}"
        self.live(home, [], kill=self.random.random() < 0.3)
        self.upload(home)
        saved = self.folder / f"saved-{number}"
        shutil.copytree(home, saved)
        self.command(home, "backup", str(saved) + ".backup")
        marks = {file: file.read_bytes() for file in (self.folder / "state").rglob("*.json")}
        self.export(home, f"{number}-saved")
        lost = self.live(home, [], kill=self.random.random() < 0.3)
        self.upload(home)
        self.export(home, f"{number}-lost")
        if not self.ways:
            self.ways = self.random.sample(list(_WAYS), len(_WAYS))
        name = self.ways.pop()
        told = _WAYS[name](self, home, saved, marks)
        code, said = self.command(home, "--platform", self.url, "sync", "--once")
        if told and code != 2:
            self.faults.append(f"round {number} ({name}): nothing was said to be missing: {said}")
        if code == 2:
            person, pin = _MANAGER
            words = ("accept", "--operator", person, "--pin", pin, "--reason", "练习")
            code, said = self.command(home, "ledger", *words)
            if code:
                self.faults.append(f"round {number} ({name}): not decided: {said}")
        self.upload(home)
        self.live(home, lost if told else [], kill=False, copied=True)
        self.upload(home)
        self.export(home, f"{number}-{name}")
        code, said = self.command(home, "ledger", "check")
        if code:
            self.faults.append(f"round {number} ({name}): {said.strip()}")
        print(f"round {number}: {name}", flush=True)

    def finish(self) -> list[str]:
        records = json.loads(self.platform.records())["records"]
        self.platform.stop()
        return self.faults + judge(sorted(self.logs.glob("*.jsonl")), records)


def _clear(home: Path) -> None:
    for file in home.glob(f"{_LEDGER}.db*"):
        file.unlink()


def _copy(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    _clear(home)
    subprocess.run(["cp", "-a", f"{saved}/.", f"{home}/"], check=True)
    return True


def _tar(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    _clear(home)
    tar = saved.with_suffix(".tar")
    subprocess.run(["tar", "cf", str(tar), "-C", str(saved), "."], check=True)
    subprocess.run(["tar", "xf", str(tar), "-C", str(home)], check=True)
    return True


def _cat(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    for file in home.glob(f"{_LEDGER}.db-*"):
        file.unlink()
    with (home / f"{_LEDGER}.db").open("r+b") as there:
        there.truncate()
        there.write((saved / f"{_LEDGER}.db").read_bytes())
    return True


def _headless(drill: _Drill, home: Path, saved: Path, marks: dict[Path, bytes]) -> bool:
    _copy(drill, home, saved, marks)
    (home / f"{_LEDGER}.head").unlink()
    return True


def _restore(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    code, said = drill.command(home, "restore", str(saved) + ".backup")
    if code:
        drill.faults.append(f"restore: {said.strip()}")
    return True


def _vanish(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    _clear(home)
    return True


def _empty(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    _clear(home)
    (home / f"{_LEDGER}.db").touch()
    return True


def _clone(drill: _Drill, home: Path, saved: Path, _: dict[Path, bytes]) -> bool:
    """The saved folder becomes a second counter, and the first one sells on."""
    drill.live(saved, [], kill=False, copied=True)
    drill.upload(saved)
    drill.export(saved, f"{saved.name}-clone")
    return False


def _snapshot(drill: _Drill, home: Path, saved: Path, marks: dict[Path, bytes]) -> bool:
    """The disk of the moment before, its marks included, in another run of the machine."""
    shutil.rmtree(home)
    shutil.copytree(saved, home)
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    for file, content in marks.items():
        told = content[8:].replace(boot.encode(), b"0" * len(boot))
        file.write_bytes(f"{zlib.crc32(told.rstrip()):08x}".encode() + told)
    return False


_WAYS: dict[str, Callable[[_Drill, Path, Path, dict[Path, bytes]], bool]] = {
    "cp": _copy,
    "tar": _tar,
    "cat": _cat,
    "no-head": _headless,
    "restore": _restore,
    "vanished": _vanish,
    "emptied": _empty,
    "clone": _clone,
    "snapshot": _snapshot,
}


def judge(logs: list[Path], records: list[dict[str, Any]]) -> list[str]:
    """What two copies made alike, and what the platform lacks or has twice."""
    faults: list[str] = []
    events: dict[str, dict[str, Any]] = {}
    for log in logs:
        for line in log.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            name = f"{event['counter']}-{event['epoch']}-{event['seq']}"
            if events.setdefault(name, event)["hash"] != event["hash"]:
                faults.append(f"event id {name} is given twice")
    paid = [event for event in events.values() if event["kind"] == "sale_paid"]
    settled = [event for event in events.values() if event["kind"] == "upload_settled"]
    return faults + _made_twice(paid, settled) + _at_the_platform(paid, settled, records)


def _made_twice(paid: list[dict[str, Any]], settled: list[dict[str, Any]]) -> list[str]:
    """Numbers, keys, message ids and boxes that belong to more than one sale."""
    owners: dict[str, set[str]] = defaultdict(set)
    for event in paid:
        told = json.loads(event["payload"])
        owners[f"receipt {event['document']}"].add(event["hash"])
        for key in told["uploads"]:
            owners[f"upload key {key}"].add(event["hash"])
        for code in told["codes"]:
            owners[f"box {code}"].add(event["hash"])
    for event in settled:
        told = json.loads(event["payload"])
        for key in told["lines"]:
            owners[f"message id {told['msgid']}"].add(key[: -len("001S")])
    return [f"{what} belongs to two sales" for what, by in owners.items() if len(by) > 1]


def _at_the_platform(
    paid: list[dict[str, Any]], settled: list[dict[str, Any]], records: list[dict[str, Any]]
) -> list[str]:
    """Every box of lines that were said to be accepted is there, and each box once."""
    accepted: set[str] = set()
    for event in settled:
        lines = json.loads(event["payload"])["lines"].items()
        accepted |= {key for key, line in lines if line["state"] == "accepted"}
    there = Counter(code for row in records for code in row["codes"])
    faults = [f"platform: {code} is there {n} times" for code, n in there.items() if n > 1]
    for event in paid:
        told = json.loads(event["payload"])
        if set(told["uploads"]) <= accepted:
            gone = [code for code in told["codes"] if code not in there]
            faults += [f"platform: {code} was said to be accepted and is missing" for code in gone]
    return faults


def drill(folder: Path, rounds: int, seed: int) -> list[str]:
    """All rounds; what the judge found."""
    made = _Drill(folder, seed)
    for number in range(rounds):
        made.round(number)
    return made.finish()
