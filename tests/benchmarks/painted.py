"""From the end of a scan to its painted verdict, against the bare sequence on the same file."""

from pathlib import Path
from time import perf_counter_ns

from pharmacy_desk.wiring.window import WindowedCounter
from tests.benchmarks import goods
from tests.benchmarks.bare import BareDesk, bare_ledger
from tests.benchmarks.counters import BOXES_PER_SALE, Inbox, LostError, raw, void
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread
from tests.benchmarks.windows import BareWindow, PaintWatch, scan_loop, settle, windowed

P50_BOUND, P99_BOUND = 2.0, 3.0
_WARM_UP = 50
# Between two samples, so that each begins with everything at rest.
_REST_S = 0.01
_GOOD = "OK_UNRECEIVED"
_AGAINST = "queue hop, indexed look-up, fsync'd insert, repaint of a bare 1366×768 window"


class _Samples:
    """Takes one of ours and one bare in turn, on a port's thread."""

    def __init__(self, whole: WindowedCounter, watch: PaintWatch, inbox: Inbox) -> None:
        self._whole = whole
        self._watch = watch
        self._inbox = inbox
        self.ours: list[int] = []
        self.bare: list[int] = []

    def take(self, count: int, bare: BareDesk) -> None:
        """`count` of each, after a warm-up."""
        codes = goods.fresh_codes()
        for number in range(count + _WARM_UP):
            self._one(next(codes))
            begin = perf_counter_ns()
            bare.scan(next(codes))
            self.bare.append(self._inbox.wait() - begin)
            self._watch.rest(_REST_S)
            if number % BOXES_PER_SALE == BOXES_PER_SALE - 1:
                void(self._whole.counter)
                self._watch.rest(5 * _REST_S)
        del self.ours[:_WARM_UP], self.bare[:_WARM_UP]

    def _one(self, code: str) -> None:
        begin = perf_counter_ns()
        self._whole.counter.wishes.scan(raw(code))
        self.ours.append(self._inbox.wait() - begin)
        self._watch.rest(_REST_S)
        if self._watch.verdict != _GOOD:
            raise LostError(f"{code} was judged {self._watch.verdict}")


def measure(folder: Path, count: int) -> Result:
    """`count` interleaved samples of each."""
    result = Result()
    inbox = Inbox()
    watch = PaintWatch(inbox)
    with (
        windowed(folder, before=watch.listen) as whole,
        bare_ledger(whole.counter.ledger.path) as ledger,
    ):
        watch.watch(whole.window.checkout.verdict)
        window = BareWindow(inbox)
        settle()
        samples = _Samples(whole, watch, inbox)
        bare = BareDesk(ledger, window.done.emit)
        try:
            scan_loop(lambda: samples.take(count, bare))
        except LostError as error:
            result.broken.append(str(error))
        finally:
            bare.stop()
            window.close()
    if samples.ours and samples.bare:
        result.rows = _rows(milliseconds(samples.ours), milliseconds(samples.bare))
    return result


def _rows(ours: list[float], bare: list[float]) -> list[Row]:
    frames = sum(value <= 16 for value in ours) / len(ours) * 100
    return [
        compared("scan → verdict painted, p50", ours, bare, P50_BOUND, _AGAINST),
        compared("scan → verdict painted, p99", ours, bare, P99_BOUND, _AGAINST, tail=True),
        Row("scans painted within one frame (16 ms)", "%", spread([frames])),
    ]
