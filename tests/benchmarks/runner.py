"""Run the measures, each in a process of its own, and show what they found."""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PySide6

from tests.benchmarks import bulk, cache
from tests.benchmarks.figures import Result, result_from_json, table

OUT = Path("out") / "bench.json"
_MARK = "bench-result "
# The longest measure takes two minutes; one that hangs is broken.
_MEASURE_S = 600
# At the pace of a till, half a minute.
_MOST_TICKETS = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured, and on which generated homes."""

    big_codes: int = 10_000_000
    million_codes: int = 1_000_000
    samples: int = 2_000
    starts: int = 7
    seconds: int = 60
    memory: int = 3
    pictures: int = 208
    recalls: int = 7
    list_rows: int = 1_000_000
    pages: int = 300
    waiting: int = 100_000
    drained: int = 1_000


FULL = Plan()
QUICK = Plan(100_000, 100_000, 200, 3, 5, 1, 8, 2, 50_000, 40, 10_000, 300)


def _painted(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import painted

    return painted.measure(home, plan.samples)


def _durable(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import durable

    return durable.measure(home, plan.samples)


def _throughput(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import throughput

    return throughput.measure(home, plan.seconds)


def _start(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import start

    return start.measure(home, plan.starts)


def _memory(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import memory

    return memory.measure(home, plan.memory)


def _recognition(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import recognition

    return recognition.measure()


def _wedge(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import wedge

    return wedge.measure(plan.samples)


def _guard(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import guard

    return guard.measure(plan.samples // 4)


def _pictures(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import pictures

    return pictures.measure(plan.pictures)


def _recall(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import recall

    return recall.measure(home, plan.big_codes, plan.recalls)


def _scrolling(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import scrolling

    return scrolling.measure(plan.list_rows, plan.pages)


def _queue(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import waiting

    plain = cache.home(plan.million_codes, say)
    return waiting.measure(home, plain, plan.samples, plan.drained)


def _till(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import tills

    return tills.measure(home, min(plan.samples, _MOST_TICKETS))


def _rest(plan: Plan, home: Path) -> Result:
    from tests.benchmarks import tills

    return tills.measure_rest(plan.seconds)


# Name → (measure, which generated home it runs on). Modules load in the measure's own process.
MEASURES: dict[str, tuple[Callable[[Plan, Path], Result], str]] = {
    "recognise": (_recognition, ""),
    "pictures": (_pictures, ""),
    "wedge": (_wedge, ""),
    "guard": (_guard, ""),
    "start": (_start, "million"),
    "painted": (_painted, "big"),
    "durable": (_durable, "big"),
    "throughput": (_throughput, "big"),
    "memory": (_memory, "million"),
    "scrolling": (_scrolling, ""),
    "recall": (_recall, "big"),
    "queue": (_queue, "queued"),
    "till": (_till, "million"),
    "rest": (_rest, ""),
}


def run_child(name: str, plan: Plan, home: Path) -> None:
    """One measure in this process; its result is the last line on standard output."""
    measure, _ = MEASURES[name]
    result = measure(plan, home)
    print(_MARK + json.dumps(result.as_json(), ensure_ascii=False), flush=True)


def _in_child(name: str, home: Path, *, quick: bool) -> Result:
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.benchmarks"]
    command += ["--child", name, "--home", str(home)]
    try:
        done = subprocess.run(
            [*command, *(["--quick"] if quick else [])], stdout=subprocess.PIPE, text=True,
            timeout=_MEASURE_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Result(broken=[f"{name}: not done after {_MEASURE_S} s"])
    told = [line for line in done.stdout.splitlines() if line.startswith(_MARK)]
    if done.returncode or not told:
        return Result(broken=[f"{name}: exit {done.returncode} without a result"])
    return result_from_json(json.loads(told[-1].removeprefix(_MARK)))


def run(names: Sequence[str], *, quick: bool) -> int:
    """Generate what is missing, measure, print and write the figures; 1 if a measure broke."""
    plan = QUICK if quick else FULL
    homes = {"": Path()}
    for kind, codes in (("million", plan.million_codes), ("big", plan.big_codes)):
        if any(MEASURES[name][1] == kind for name in names):
            homes[kind] = cache.home(codes, say)
    if any(MEASURES[name][1] == "queued" for name in names):
        cache.home(plan.million_codes, say)  # what it is measured against
        homes["queued"] = cache.home(plan.waiting * bulk.BOXES_PER_SALE, say, queued=True)
    whole = Result()
    begin = time.perf_counter()
    for name in names:
        say(f"{name} ...")
        found = _in_child(name, homes[MEASURES[name][1]], quick=quick)
        whole.rows += found.rows
        whole.broken += found.broken
    say(f"measured in {time.perf_counter() - begin:.0f} s")
    print(table(whole.rows))
    for row in whole.rows:
        if row.against:
            print(f"  {row.name}: against {row.against}")
    for problem in whole.broken:
        print(f"BROKEN  {problem}")
    OUT.parent.mkdir(exist_ok=True)
    report = {"machine": _machine(), "plan": _plan(plan)} | whole.as_json()
    OUT.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if whole.broken else 0


def say(text: str) -> None:
    """Tell what is going on."""
    print(text, file=sys.stderr, flush=True)


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "pyside6": PySide6.__version__,
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "cpus": os.cpu_count(),
        "screen": os.environ.get("QT_QPA_PLATFORM")
        or ("display" if os.environ.get("DISPLAY") else "offscreen"),
    }


def _plan(plan: Plan) -> dict[str, int]:
    return {name: getattr(plan, name) for name in Plan.__slots__}
