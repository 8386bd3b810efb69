"""A long queue: what it costs a verdict, what memory it takes, and how fast it is carried.

The verdicts are taken with the platform down and the courier knocking twice a second; the carrying is
measured against a bare loop that posts such messages to the same practice platform.
"""

import contextlib
import gc
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import psutil
import requests

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.upload.message import message_body, sale_lines, wire_line
from pharmacy_desk.counter import news
from tests.benchmarks import bulk, counters, generate, goods
from tests.benchmarks.figures import Result, Row, compared, spread

# A verdict is the same whatever waits; the rest is what two runs of one measure differ by.
VERDICT_BOUND = 1.25
# 0.8 of the bare loop's rate.
DRAIN_BOUND = 1.25
MEMORY_BOUND_MB = 30.0
# The courier itself waits up to a minute between two knocks at a line that is down.
_KNOCK_EVERY_S = 0.5
_WARM_UP = 20
_MB = 1e6
_AGAINST_EMPTY = "the same counter on as many sold codes with nothing waiting"
_AGAINST_LOOP = "requests.Session().post in a loop, such messages to the same practice platform"


def _closed() -> str:
    """An address on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _verdicts(folder: Path, count: int) -> tuple[list[float], float]:
    """Milliseconds from the scan to its verdict with the line down, and memory then (MB)."""
    inbox = counters.Inbox()

    def post(message: news.News) -> None:
        if isinstance(message, news.Judged):
            inbox.put(time.perf_counter_ns())

    taken, knocked = [], 0.0
    with counters.counter(folder, post, _closed()) as counter:
        codes = goods.fresh_codes()
        for number in range(count + _WARM_UP):
            if time.monotonic() - knocked > _KNOCK_EVERY_S:
                knocked = time.monotonic()
                counter.wake_courier(True)
            begin = time.perf_counter_ns()
            counter.wishes.scan(counters.raw(next(codes)))
            taken.append((inbox.wait() - begin) / 1e6)
            if number % counters.BOXES_PER_SALE == counters.BOXES_PER_SALE - 1:
                counters.void(counter)
        gc.collect()
        memory = psutil.Process().memory_full_info().uss / _MB
    return taken[_WARM_UP:], memory


@contextlib.contextmanager
def _platform(folder: Path) -> Iterator[str]:
    """The practice platform on a file, for the length of a `with`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pharmacy_desk", "sandbox", "--port", "0", "--store",
         str(folder / "platform.db"), "--with-parent"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.communicate(timeout=20)


def _bare(url: str, epoch: str, count: int) -> float:
    """Seconds for as many such messages, one after the other on one connection."""
    profile = resources.load_profile("generic")
    bodies = []
    for number in range(count):
        sale = bulk.sale(epoch, number)
        rows = [
            wire_line(replace(line, codes=tuple(f"{code[:7]}{epoch[:3]}{code[10:]}" for code in line.codes)),
                      profile.sale, profile)
            for line in sale_lines(sale, generate.SENDER, profile)
        ]  # fmt: skip
        msgid = f"P44030000001{bulk.moment(number):%Y%m%d%H%M%S}9900"
        payload: dict[str, object] = {profile.sale.node: rows}
        bodies.append(
            message_body("3505A", msgid, payload, bulk.moment(number), generate.SENDER, profile)
        )
    address = url + profile.transport.prefix + profile.paths["3505A"]
    begin = perf_counter()
    with requests.Session() as session:
        session.trust_env = False
        for body in bodies:
            answer = session.post(address, data=body, timeout=10)
            if answer.json()["output"]["result"]["retRslt"] != "1":
                raise generate.BuildError(answer.text)
    return perf_counter() - begin


def _drained(folder: Path, url: str, result: Result) -> float:
    """Seconds for one round over all that waits."""
    with counters.held_home(folder) as home:
        made = counters.Counter(home, counters.Options(url, own_practice_platform=False), print)
        try:
            made.open_platform()
            begin = perf_counter()
            counts = made.make_courier(lambda: False).round(everything=True)
            taken = perf_counter() - begin
        finally:
            made.stop()
        if OutboxQueue(home.ledger).due_lines(made.clock.now(), True, None, 1):
            result.broken.append(f"queue: {counts} and some still wait")
    return taken


def measure(queued: Path, plain: Path, count: int, drained: int) -> Result:
    """Verdicts with nothing waiting and with a long queue; then a queue carried away."""
    result = Result()
    empty, memory = _verdicts(plain, count)
    long, more = _verdicts(queued, count)
    result.rows += [
        compared("scan → verdict, long queue, line down, p50", long, empty, VERDICT_BOUND,
                 _AGAINST_EMPTY),
        compared("scan → verdict, long queue, line down, p99", long, empty, VERDICT_BOUND,
                 _AGAINST_EMPTY, tail=True),
        Row("memory a long queue adds", "MB", spread([max(0.0, more - memory)]),
            bound=MEMORY_BOUND_MB),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as small, _platform(Path(small)) as url:
        home = Path(small) / "home"
        generate.build(home, drained * bulk.BOXES_PER_SALE, goods.SOLD_ITEMS, queued=True)
        half = max(1, drained // 2)
        before = _bare(url, "999000", half) / half * 1e3
        ours = _drained(home, url, result) / drained * 1e3
        # Before and behind, so that a machine that grows busier or calmer favours neither.
        bare = (before + _bare(url, "998000", half) / half * 1e3) / 2
        result.rows.append(
            compared("carrying one document", [ours], [bare], DRAIN_BOUND, _AGAINST_LOOP)
        )
    return result
