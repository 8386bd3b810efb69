"""From a scan to its durable reservation, on the desk lane, against a bare fsync'd insert."""

from functools import partial
from pathlib import Path
from time import perf_counter_ns

from pharmacy_desk.counter import news
from pharmacy_desk.wiring.counter import Counter
from tests.benchmarks import counters, goods
from tests.benchmarks.bare import BareLedger, bare_ledger
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread

BOUND = 3.0
_WARM_UP = 50
_AGAINST = "one fsync'd INSERT of a row, same file, plain sqlite3 connection"


class _Samples:
    """Runs on the desk lane; knows when the reservation was committed."""

    def __init__(self, counter: Counter, bare: BareLedger) -> None:
        self._counter = counter
        self._bare = bare
        self._committed = 0
        self.ours: list[int] = []
        self.judged: list[int] = []
        self.bare: list[int] = []
        self.verdict = ""
        reserve = counter.ledger.basket.reserve

        def timed(*words: object, **named: object) -> object:
            answer = reserve(*words, **named)  # type: ignore[arg-type]  # handed through
            self._committed = perf_counter_ns()
            return answer

        counter.ledger.basket.reserve = timed  # type: ignore[method-assign, assignment]

    def hear(self, message: news.News) -> None:
        """What the desk posts."""
        if isinstance(message, news.Judged):
            self.verdict = message.verdict.name.value

    def take(self, ours: str, bare: str) -> None:
        """One of each."""
        scan = counters.raw(ours)
        begin = perf_counter_ns()
        self._counter.desk.scan(scan)
        self.judged.append(perf_counter_ns() - begin)
        if self.verdict != "OK_UNRECEIVED" or self._committed < begin:
            raise counters.LostError(f"{ours} was judged {self.verdict}")
        self.ours.append(self._committed - begin)
        begin = perf_counter_ns()
        self._bare.insert(bare)
        self.bare.append(perf_counter_ns() - begin)


def measure(folder: Path, count: int) -> Result:
    """`count` interleaved samples of each."""
    listeners: list[_Samples] = []

    def post(message: news.News) -> None:
        for listener in listeners:
            listener.hear(message)

    with counters.counter(folder, post) as counter, bare_ledger(counter.ledger.path) as bare:
        samples = _Samples(counter, bare)
        listeners.append(samples)
        codes = goods.fresh_codes()
        try:
            for number in range(count + _WARM_UP):
                pair = next(codes), next(codes)
                counter.desk_lane.call(partial(samples.take, *pair))
                if number % counters.BOXES_PER_SALE == counters.BOXES_PER_SALE - 1:
                    counters.void(counter)
        except counters.LostError as error:
            return Result(broken=[str(error)])
    ours, judged, plain = (
        milliseconds(taken[_WARM_UP:]) for taken in (samples.ours, samples.judged, samples.bare)
    )
    return Result(
        [
            compared("scan → durable reservation, p50", ours, plain, BOUND, _AGAINST),
            Row("scan → verdict posted (desk lane)", "ms", spread(judged)),
        ]
    )
