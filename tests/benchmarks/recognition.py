"""How long it takes to recognise a 20-digit code."""

from time import perf_counter_ns

from pharmacy_desk.core.recognise import recognise
from tests.benchmarks import counters, goods
from tests.benchmarks.figures import Result, Row, spread

BOUND_US = 15.0
_ROUNDS, _CALLS = 200, 1_000


def measure() -> Result:
    """The median of rounds of a thousand different codes."""
    codes = goods.fresh_codes()
    scans = [counters.raw(next(codes)) for _ in range(_CALLS)]
    found = []
    for _ in range(_ROUNDS):
        begin = perf_counter_ns()
        for scan in scans:
            recognise(scan)
        found.append((perf_counter_ns() - begin) / _CALLS / 1e3)
    return Result([Row("recognise a 20-digit code", "µs", spread(found), bound=BOUND_US)])
