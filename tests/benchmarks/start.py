"""From the start of the process to a usable checkout, against an empty PySide6 window's start."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter_ns

from tests.benchmarks import cache
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread

BOUND = 4.0
_END_S = 30
# A shell that forbids byte code would have every start compile the whole program again.
_NO_BYTE_CODE = ("PYTHONDONTWRITEBYTECODE",)
_AGAINST = "a process that shows an empty QMainWindow, to the end of its first paint"
# Nothing listens there: the courier is refused at once, as on a counter without a line.
_NO_PLATFORM = "http://127.0.0.1:9"


def _environment() -> dict[str, str]:
    """Byte code is kept, as in every installed program; here beside the generated homes."""
    kept = {name: value for name, value in os.environ.items() if name not in _NO_BYTE_CODE}
    return kept | {"PYTHONPYCACHEPREFIX": str(cache.folder() / "byte-code")}


def _ours(folder: Path) -> tuple[int, int]:
    """(to `Ready`, to the answer of a barrier): the latter has gone through desk and window."""
    command = [sys.executable, "-m", "pharmacy_desk", "--home", str(folder), "rehearsed"]
    begin = perf_counter_ns()
    with subprocess.Popen(
        [*command, "--platform", _NO_PLATFORM], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=_environment(),
    ) as process:  # fmt: skip
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both are pipes")
        process.stdin.write(json.dumps({"do": "barrier", "id": 1}) + "\n")
        process.stdin.flush()
        moments: dict[str, int] = {}
        for line in process.stdout:
            moments[str(json.loads(line)["news"])] = perf_counter_ns() - begin
            if "Barrier" in moments:
                break
        else:
            raise subprocess.CalledProcessError(process.wait(timeout=_END_S), command)
        process.stdin.write(json.dumps({"do": "close"}) + "\n")
        process.stdin.close()
        process.stdout.read()
        process.wait(timeout=_END_S)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return moments["Ready"], moments["Barrier"]


def _bare() -> int:
    begin = perf_counter_ns()
    command = [sys.executable, "-m", "tests.benchmarks.empty_window"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=_environment()
    ) as process:
        if process.stdout is None or process.stdout.readline() != "painted\n":
            raise AssertionError("the empty window does not start")
        taken = perf_counter_ns() - begin
        process.wait(timeout=_END_S)
    return taken


def measure(folder: Path, count: int) -> Result:
    """`count` interleaved starts of each; the first of both fills the caches and is dropped."""
    runs = [(_ours(folder), _bare()) for _ in range(count + 1)][1:]
    ready = milliseconds([ours[0] for ours, _ in runs])
    usable = milliseconds([ours[1] for ours, _ in runs])
    bare = milliseconds([plain for _, plain in runs])
    return Result(
        [
            compared("start → usable checkout", usable, bare, BOUND, _AGAINST),
            Row("start → window shown (Ready)", "ms", spread(ready)),
        ]
    )
