"""Memory (USS) after a day's thousand scans, against a process with the same modules loaded."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import psutil

from tests.benchmarks import counters, goods
from tests.benchmarks.figures import Result, compared
from tests.benchmarks.windows import PaintWatch, scan_loop, windowed

BOUND = 1.5
SCANS = 1_000
_MB = 1e6
_AGAINST = "a process that imports exactly the modules then loaded and shows an empty window"


def child(folder: Path) -> None:
    """Scan, then print USS and the modules that are loaded (a process of its own)."""
    inbox = counters.Inbox()
    watch = PaintWatch(inbox)
    with windowed(folder, before=watch.listen) as whole:
        watch.watch(whole.window.checkout.verdict)
        codes = goods.fresh_codes()

        def work() -> None:
            for number in range(SCANS):
                whole.counter.wishes.scan(counters.raw(next(codes)))
                inbox.wait()
                if number % counters.BOXES_PER_SALE == counters.BOXES_PER_SALE - 1:
                    counters.void(whole.counter)

        scan_loop(work)
        del watch
        gc.collect()
        uss = psutil.Process().memory_full_info().uss
        print(json.dumps({"uss": uss, "modules": sorted(sys.modules)}), flush=True)


def measure(folder: Path, count: int) -> Result:
    """`count` of each, one after the other."""
    ours, bare, missing = [], [], 0
    for _ in range(count):
        command = [sys.executable, "-m", "tests.benchmarks", "--child", "memory-child",
                   "--home", str(folder)]  # fmt: skip
        told = json.loads(subprocess.check_output(command, text=True).splitlines()[-1])
        ours.append(told["uss"] / _MB)
        plain = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.empty_window", "--memory"],
            input="\n".join(told["modules"]), text=True, check=True, stdout=subprocess.PIPE,
        ).stdout.split()  # fmt: skip
        bare.append(int(plain[0]) / _MB)
        missing = len(plain) - 1
    against = f"{_AGAINST} ({missing} of them cannot be imported alone)"
    name = f"memory (USS) after {SCANS} scans"
    return Result([compared(name, ours, bare, BOUND, against, unit="MB")])
