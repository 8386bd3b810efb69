"""Trays of boxes in one picture: what reading costs against a bare pass, and how much is found."""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from time import perf_counter_ns

import zxingcpp

from pharmacy_desk.adapters.scanners.pictures.reader import FORMATS, read_tray
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread
from tests.benchmarks.trays import Look, mixed, tray

RATIO_BOUND = 1.3
# At most one code in a hundred may be left for the hand scanner.
MISSED_BOUND = 1.0
CODES = 25
_ROUNDS = 15
# Every so many pictures: at the limits of all ranges at once; without a count, with all passes.
_AT_THE_LIMITS, _UNCOUNTED = 4, 16
_TODAY = date(2026, 11, 22)
LIMITS = Look(tilt=30.0, blur=1.2, noise=8.0, px=3)


@dataclass(frozen=True, slots=True)
class Found:
    """One picture: codes on it, of these read, invented, and places marked unread."""

    codes: int
    read: int
    invented: int
    unread: int
    ms: float
    counted: bool


def look(seed: int) -> Look:
    """How picture `seed` is taken: anything within the limits, every fourth at all of them."""
    if seed % _AT_THE_LIMITS == 0:
        return LIMITS
    rng = random.Random(seed)
    return Look(rng.uniform(0, 30), rng.uniform(0, 1.2), rng.uniform(0, 8), rng.choice((3, 4)))


def one(seed: int) -> Found:
    """Make and read one picture (in a process of its own)."""
    made = tray(seed, look(seed), mixed(CODES))
    counted = seed % _UNCOUNTED != 1
    read = read_tray(made.grey, CODES if counted else None, _TODAY)
    truth = {told.data for told in made.truths}
    codes = {symbol.data for symbol in read.symbols}
    return Found(
        len(truth), len(truth & codes), len(codes - truth), len(read.unread), read.ms, counted
    )


def measure(pictures: int) -> Result:
    """Cost of a clean tray, then recall over `pictures` pictures on all processors."""
    result = Result([_cost()])
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(one, range(pictures)))
    codes, read = sum(f.codes for f in found), sum(f.read for f in found)
    invented = sum(f.invented for f in found)
    missed = 100.0 * (codes - read) / codes
    result.rows += [
        Row(
            f"trays: codes not read, of {codes}", "%", spread([missed]), bound=MISSED_BOUND,
            against=f"{pictures} pictures, {invented} codes invented,"
            f" {sum(f.unread for f in found)} places marked unread",
        ),
        Row("trays: read one, counted", "ms", spread([f.ms for f in found if f.counted])),
    ]  # fmt: skip
    uncounted = [f.ms for f in found if not f.counted]
    if uncounted:
        result.rows.append(Row("trays: read one, not counted", "ms", spread(uncounted)))
    if invented:
        result.broken.append(f"trays: {invented} codes invented")
    return result


def _cost() -> Row:
    """A clean 12-megapixel tray, ours and the bare reader in turn."""
    made = tray(7, Look(), mixed(CODES))
    ours, bare = [], []
    for _ in range(_ROUNDS):
        begin = perf_counter_ns()
        zxingcpp.read_barcodes(made.grey, FORMATS)
        between = perf_counter_ns()
        read = read_tray(made.grey, CODES, _TODAY)
        ours.append(perf_counter_ns() - between)
        bare.append(between - begin)
        if len(read.symbols) != CODES:
            raise AssertionError("a clean tray must be read whole")
    return compared(
        "read a clean tray of 25 codes, 12 MP", milliseconds(ours), milliseconds(bare),
        RATIO_BOUND, "one bare pass of the reader, same formats, its own options",
    )  # fmt: skip
