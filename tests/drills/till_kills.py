"""The till of `examples/till` and the counter beside it are killed in turn, at any step.

The till sells through the calls as it is; after a kill of either, the till goes on with what its
journal has begun. At the end both must agree: the same tickets settled with the same codes, no code
lost and none in two of them. Judged from the two files with the standard library alone.
"""

import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.drills.judge import judge
from tests.drills.lives import PracticePlatform

_TILL = Path(__file__).parents[2] / "examples" / "till" / "till.py"
_ITEMS = (("Y00001", "8436282"), ("Y00002", "8177322"))
_START_S = 120.0
_DRAIN_S = 240.0


class Beside:
    """A counter in ticket mode without a display, and the till's lives beside it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        (self.home / "practice.toml").write_text('[till]\nmode = "ticket"\n', encoding="utf-8")
        self.random = random.Random(seed)
        self.platform = PracticePlatform(folder)
        self.sales = 0
        self.counter: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """The counter lives, and its calls are served."""
        env = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "PHARMACY_DESK_STATE": str(self.folder / "state"),
        }
        words = ["--home", str(self.home), "--platform", self.platform.url]
        self.counter = subprocess.Popen(
            [sys.executable, "-m", "pharmacy_desk", *words], env=env, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + _START_S
        while not self._served():
            assert time.monotonic() < until, "the counter does not serve the till's calls"
            time.sleep(0.05)

    def _served(self) -> bool:
        with contextlib.suppress(OSError, ValueError):
            told = json.loads((self.home / "till-api.json").read_text(encoding="utf-8"))
            request = urllib.request.Request(
                told["url"] + "/v1/health", headers={"Authorization": f"Bearer {told['token']}"}
            )
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status == 200)
        return False

    def stop(self) -> None:
        """The counter is killed."""
        if self.counter:
            self.counter.kill()
            self.counter.wait()

    def till(self) -> "subprocess.Popen[bytes]":
        """A life of the till: what is unfinished first, else a new sale."""
        ticket = self.unfinished()
        words = ["resume"]
        if ticket is None:
            self.sales += 1
            ticket = f"T{self.sales:05d}"
            words = ["sell", ticket, *(f"{item}=2" for item, _ in _ITEMS)]
        started = subprocess.Popen(
            [sys.executable, str(_TILL), str(self.home), *words],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert started.stdin
        with contextlib.suppress(OSError):
            started.stdin.write("\n".join(codes_of(ticket)).encode())
            started.stdin.close()
        return started

    def journal(self) -> list[dict[str, object]]:
        """What the till has written down; a half line is none."""
        file = self.home / "example-till.jsonl"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def unfinished(self) -> str | None:
        """The ticket that the till has begun and not ended."""
        steps = self.journal()
        ended = {step["ticket"] for step in steps if step["step"] == "settled"}
        begun = [step["ticket"] for step in steps if step["step"] == "sale"]
        return next((str(ticket) for ticket in begun if ticket not in ended), None)

    def life(self, *, kill_counter: bool) -> None:
        """The till sells; one of the two is killed while it does."""
        till = self.till()
        time.sleep(self.random.random() * self.random.choice((0.2, 0.6, 1.2)))
        if kill_counter:
            self.stop()
            self.start()
            with contextlib.suppress(subprocess.TimeoutExpired):
                till.wait(timeout=self.random.random() * 2)
        till.kill()
        till.wait()

    def finish(self) -> list[str]:
        """The till ends what it has begun, everything is uploaded, and both are judged."""
        until = time.monotonic() + _DRAIN_S
        while self.unfinished() and time.monotonic() < until:
            self.till().wait(timeout=_DRAIN_S)
        ledger = self.home / "practice-ledger.db"
        with contextlib.closing(sqlite3.connect(ledger)) as conn:
            while (
                time.monotonic() < until
                and conn.execute(
                    "SELECT 1 FROM outbox WHERE state <> 'accepted' LIMIT 1"
                ).fetchone()
            ):
                time.sleep(0.5)
        records = self.folder / "records.json"
        records.write_bytes(self.platform.records())
        self.stop()
        self.platform.stop()
        return agree(ledger, records, self.journal())


def codes_of(ticket: str) -> list[str]:
    """Two boxes of each drug; the same ones whenever the ticket is told again."""
    number = int(ticket.removeprefix("T"))
    return [f"{known}{number * 10 + n:013d}" for _, known in _ITEMS for n in (1, 2)]


def agree(ledger: Path, records: Path, journal: list[dict[str, object]]) -> list[str]:
    """What the till and the ledger do not agree on, and all that a ledger must never hold."""
    told = {
        str(step["ticket"]): sorted(map(str, step["codes"]))  # type: ignore[call-overload]
        for step in journal
        if step["step"] == "settled"
    }
    conn = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(conn):
        states = dict(conn.execute("SELECT number, state FROM tickets"))
        kept: dict[str, list[str]] = {}
        for ticket, code in conn.execute(
            "SELECT t.number, e.code FROM tickets t JOIN sale_entries e ON e.sale = t.sale"
            " WHERE e.state = 'final' AND e.code IS NOT NULL ORDER BY e.code"
        ):
            kept.setdefault(ticket, []).append(code)
    faults = [f"ticket {number} is {state}" for number, state in states.items() if state == "open"]
    faults += [f"ticket {number} is not settled" for number in told if number not in states]
    faults += [
        f"ticket {number}: the till has {told.get(number)}, the ledger {kept.get(number)}"
        for number in sorted(told.keys() | kept.keys())
        if told.get(number) != kept.get(number)
    ]
    faults += [
        f"ticket {number} was settled without its own codes"
        for number, codes in told.items()
        if codes != sorted(codes_of(number))
    ]
    every = {code for codes in told.values() for code in codes}
    return faults + judge(ledger, records, every, set())


def drill(folder: Path, kills: int, seed: int) -> tuple[int, list[str]]:
    """So many kills, of the till and of the counter in turn: how many sales, and the faults."""
    beside = Beside(folder, seed)
    beside.start()
    for number in range(kills):
        beside.life(kill_counter=number % 2 == 1)
        if (number + 1) % 20 == 0:
            print(f"{number + 1} kills, {beside.sales} sales begun", flush=True)
    return beside.sales, beside.finish()
