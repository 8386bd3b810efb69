"""How long it takes to recognise a 20-digit code, and a GS1 code against the parser biip alone."""

from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import TypeVar

from biip.gs1_messages import GS1Message

from pharmacy_desk.core.scanning.recognise import recognise
from tests.benchmarks import counters, goods
from tests.benchmarks.figures import Result, Row, compared, spread

BOUND_US = 15.0
GS1_BOUND = 3.0  # times bare biip, which only takes the message apart
_ROUNDS, _CALLS = 200, 1_000
_SERIALS = range(10**19, 10**19 + 100)
T = TypeVar("T")


def measure() -> Result:
    """The median of rounds of a thousand different codes."""
    codes = goods.fresh_codes()
    scans = [counters.raw(next(codes)) for _ in range(_CALLS)]
    plain = _microseconds(recognise, scans)
    bodies = [f"010690123456789221{code[7:]}\x1d1728123110LOT1" for code in map(str, _SERIALS)]
    ours = _microseconds(recognise, [counters.raw(f"]d2{body}") for body in bodies])
    bare = _microseconds(GS1Message.parse, bodies)
    return Result(
        [
            Row("recognise a 20-digit code", "µs", spread(plain), bound=BOUND_US),
            compared("recognise a GS1 code", ours, bare, GS1_BOUND, "biip", unit="µs"),
        ]
    )


def _microseconds(work: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """Per call, one figure a round."""
    found = []
    for _ in range(_ROUNDS):
        begin = perf_counter_ns()
        for one in inputs:
            work(one)
        found.append((perf_counter_ns() - begin) / len(inputs) / 1e3)
    return found
