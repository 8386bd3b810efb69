"""Answers that are none after the platform has committed: every code is there once all the same.

A counter sells, and is killed now and then, while the platform answers what it has processed with
an HTTP status, a cut line or other nonsense; once under each way in which a platform may treat a
line that comes twice. Every line must reach it exactly once.
"""

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.drills.lives import PracticePlatform, Worker

DUPLICATES = ("reject", "overwrite", "double")
_STATUSES = (201, 204, 301, 302, 307, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503)
_OTHERS = ("after_commit", "encoding", "no_output", "other_message")
_IDENTIFICATIONS = ("8436282", "8385793")
_DRAIN_S = 120.0


def drill(folder: Path, lives: int, seed: int) -> list[str]:
    """So many lives under each kind of duplicates; what was found, as sentences."""
    faults = []
    for duplicates in DUPLICATES:
        place = folder / duplicates
        place.mkdir()
        faults += [f"{duplicates}: {found}" for found in _under(place, duplicates, lives, seed)]
    return faults


def _under(folder: Path, duplicates: str, lives: int, seed: int) -> list[str]:
    home, exported = folder / "home", folder / "events.jsonl"
    dice = random.Random(f"{seed}/{duplicates}")
    platform = PracticePlatform(folder)
    try:
        for _ in range(lives):
            platform.lay(_plan(dice, duplicates))
            worker = Worker(home, platform.url)
            _sell(worker, dice)
            worker.end(kill=dice.random() < 0.5)
        platform.lay({"duplicates": duplicates})
        _drain(home, platform.url)
        records = json.loads(platform.records())["records"]
    finally:
        platform.stop()
    command = [sys.executable, "-m", "pharmacy_desk", "--home", str(home), "ledger", "export"]
    subprocess.run([*command, str(exported)], check=True, stdout=subprocess.DEVNULL)
    events = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    print(f"{duplicates}: {lives} lives, {len(records)} lines at the platform", flush=True)
    return judge(events, records)


def _plan(dice: random.Random, duplicates: str) -> dict[str, Any]:
    """Some messages of each life meet a status or another answer that is none; questions too."""
    faults: list[dict[str, Any]] = []
    for nth in range(1, 9):
        roll = dice.random()
        infno = "3513" if roll < 0.2 else "3505A"
        if roll < 0.6:
            faults.append({"nth": nth, "infno": infno, "at": "status",
                           "status": dice.choice(_STATUSES)})  # fmt: skip
        elif roll < 0.8:
            faults.append({"nth": nth, "infno": infno, "at": dice.choice(_OTHERS)})
    return {"faults": faults, "duplicates": duplicates}


def _sell(worker: Worker, dice: random.Random) -> None:
    """A few sales of a few boxes; time for some of them to be carried."""
    for _ in range(dice.randrange(1, 4)):
        for _ in range(dice.randrange(1, 4)):
            known = dice.choice(_IDENTIFICATIONS)
            worker.order(scan=f"{known}{dice.randrange(10**13):013d}")
        worker.order(pay="self")
        worker.order(do="send")
        time.sleep(dice.choice((0.0, 0.05, 0.3)))


def _drain(home: Path, url: str) -> None:
    """Bring everything to the platform, which answers properly now."""
    worker = Worker(home, url)
    deadline = time.monotonic() + _DRAIN_S
    with contextlib.closing(sqlite3.connect(home / "practice-ledger.db")) as conn:
        while time.monotonic() < deadline:
            worker.order(do="send")
            time.sleep(0.3)
            found = conn.execute("SELECT count(*) FROM outbox WHERE state <> 'accepted'")
            if not found.fetchone()[0]:
                break
    worker.end(kill=False)


def judge(events: list[dict[str, Any]], records: list[dict[str, Any]]) -> list[str]:
    """What must not be, from the exported log and the platform's records alone."""
    sold: list[str] = []
    settled: dict[str, str] = {}
    for event in events:
        told = event["payload"]
        payload = json.loads(told) if isinstance(told, str) else told
        if event["kind"] == "sale_paid":
            sold += payload["codes"]
        elif event["kind"] == "upload_settled":
            settled |= {key: line["state"] for key, line in payload["lines"].items()}
    there = Counter(code for row in records for code in row["codes"])
    faults = [] if sold else ["nothing was sold"]
    faults += [f"{code} is there {n} times" for code, n in there.items() if n > 1]
    faults += [f"{code} is missing" for code in sold if code not in there]
    faults += [f"{code} was never sold" for code in there.keys() - set(sold)]
    for row in records:
        key = row["fixmedins_bchno"]
        if row["received"] != 1:
            faults.append(f"line {key} reached the platform {row['received']} times")
        if settled.get(key) != "accepted":
            faults.append(f"line {key} is there, the log says {settled.get(key)}")
    kept = {row["fixmedins_bchno"] for row in records}
    faults += [
        f"line {key} is said to be accepted and is not there"
        for key, state in settled.items()
        if state == "accepted" and key not in kept
    ]
    return faults
