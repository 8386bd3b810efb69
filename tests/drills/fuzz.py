"""`python -m tests.drills fuzz [--inputs N]`: bytes against the recogniser and the framer.

Each target gets N inputs. Where atheris is installed (Linux x86-64) it looks for new paths through
the code for a minute, guided by coverage; what it found, and the scans of the recognise table, are
then changed at random until N is full. Without atheris all N come from the table and at random;
the checks are the same. Then N random codes of each family are counted: no payment code,
e-voucher, parcel number, commodity barcode or identity number may become a trace code, and no
genuine-looking trace code anything else; and no box another one because its separators are written
out (`<GS>`, `%1D`).
"""

import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.drills import fuzz_targets, random_codes

Job = tuple[str, int, int, Path]
_WORKERS = 2
# Watching coverage costs a factor of ten to a hundred: a minute finds most paths, and the rest of
# the inputs runs at full speed.
_GUIDED_S = 60
_STUCK_S = 300
_TABLE = Path(__file__).parents[1] / "data" / "recognise.tsv"
_DONE = re.compile(r"Done (\d+) runs")


def fuzz(inputs: int, seed: int) -> list[str]:
    """Everything that was found, in words; an empty list is what is hoped for."""
    with tempfile.TemporaryDirectory(prefix="pharmacy-desk-fuzz-") as name:
        folder = Path(name)
        for target in fuzz_targets.TARGETS:
            _plant(folder / target, framed=target == "framer")
        done, found = dict.fromkeys(fuzz_targets.TARGETS, 0), []
        if importlib.util.find_spec("atheris"):
            done, found = _guided(folder, inputs, seed)
        else:
            print("atheris is not installed: all inputs are made at random", flush=True)
        for target, so_far in done.items():
            found += _many("complaints", _random, target, max(inputs - so_far, 0), seed, folder)
        for family in random_codes.NEVER_TRACE:
            found += _many("taken for a trace code", _false, family, inputs, seed, folder)
        for family in random_codes.ALWAYS_TRACE:
            found += _many("not taken for one", _missed, family, inputs, seed, folder)
    return found + _many(
        "taken for another box", _other, "spelled separators", inputs, seed, folder
    )


def _plant(corpus: Path, *, framed: bool) -> None:
    """The scans of the table as first inputs; a stream begins with terminator and cuts."""
    corpus.mkdir()
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        start = bytes((number % 6, 40, 90, 200)) if framed else b""
        (corpus / str(number)).write_bytes(start + line.split("\t")[0].encode())


def _many(
    what: str, work: Callable[[Job], list[str]], name: str, inputs: int, seed: int, folder: Path
) -> list[str]:
    """One kind of work on one name, cut into as many jobs as there are workers."""
    begin = time.perf_counter()
    share, rest = divmod(inputs, _WORKERS)
    jobs = [(name, seed + n, share + (n < rest), folder) for n in range(_WORKERS)]
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        wrong = [line for lines in pool.map(work, jobs) for line in lines]
    seconds = time.perf_counter() - begin
    print(f"{name}: {inputs} at random, {len(wrong)} {what}, {seconds:.0f} s", flush=True)
    return wrong


def _random(job: Job) -> list[str]:
    target, seed, inputs, folder = job
    corpus = [path.read_bytes() for path in sorted((folder / target).iterdir())]
    return random_inputs(target, random.Random(seed), inputs, corpus)


def random_inputs(
    target: str, dice: random.Random, inputs: int, corpus: Iterable[bytes] = ()
) -> list[str]:
    """What the check of `target` has against random bytes near to codes."""
    check, known = fuzz_targets.TARGETS[target], list(corpus)
    wrong = []
    for _ in range(inputs):
        data = fuzz_targets.noise(dice, known)
        try:
            told = check(data)
        except Exception as error:  # noqa: BLE001 (any exception is a finding)
            told = f"raised {error!r}"
        if told:
            wrong.append(f"{target}: {told}: {data!r}")
    return wrong


def _false(job: Job) -> list[str]:
    family, seed, inputs, _ = job
    return fuzz_targets.count_false(family, random.Random(seed), inputs)


def _missed(job: Job) -> list[str]:
    family, seed, inputs, _ = job
    return fuzz_targets.count_missed(family, random.Random(seed), inputs)


def _other(job: Job) -> list[str]:
    _, seed, inputs, _ = job
    return fuzz_targets.count_other(random.Random(seed), inputs)


def _guided(folder: Path, inputs: int, seed: int) -> tuple[dict[str, int], list[str]]:
    """Both targets at once under atheris; how many inputs each got, and what was found."""
    children = {name: _child(name, folder, inputs, seed) for name in fuzz_targets.TARGETS}
    counts: dict[str, int] = {}
    found: list[str] = []
    for name, child in children.items():
        told, _ = child.communicate(timeout=_GUIDED_S + _STUCK_S)
        done = _DONE.search(told)
        counts[name] = int(done.group(1)) if done else 0
        print(f"{name}: {counts[name]} guided by coverage, exit {child.returncode}", flush=True)
        if child.returncode or not done:
            found.append(f"{name}: {told[-2000:]}")
    return counts, found


def _child(name: str, folder: Path, inputs: int, seed: int) -> subprocess.Popen[str]:
    """One atheris process; what it finds interesting joins the corpus."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.drills.fuzz_child", name, f"-runs={inputs}", f"-seed={seed}",
         f"-max_total_time={_GUIDED_S}", "-max_len=400", f"-artifact_prefix={folder}{os.sep}",
         str(folder / name)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
