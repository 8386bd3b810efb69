"""Scans at speed through a real serial reader: none lost, merged or reordered."""

import contextlib
import tempfile
import threading
import time
from pathlib import Path

from pharmacy_desk.adapters.scanners.practice_port import PracticePort
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.window import WindowedCounter
from tests.benchmarks import counters, goods
from tests.benchmarks.bare import BareLedger, bare_ledger
from tests.benchmarks.figures import Result, Row, spread
from tests.benchmarks.windows import scan_loop, windowed

RATE = 20
BURST = 200
_QUIET_S = 30.0


class _Sent:
    """What was sent through the port and what the window was told, with their moments."""

    def __init__(self, port: PracticePort) -> None:
        self._port = port
        self._all = threading.Event()
        self.clear(0)

    def clear(self, expected: int) -> None:
        """Begin anew."""
        self._expected = expected
        self._all.clear()
        self.sent: list[tuple[str, float]] = []
        self.heard: list[tuple[str, str, float]] = []

    def send(self, code: str) -> None:
        """One scan with its terminator."""
        self.sent.append((code, time.perf_counter()))
        self._port.send(code)

    def hear(self, message: news.News) -> None:
        """What the window hears."""
        if isinstance(message, news.Judged):
            verdict = message.verdict
            told = verdict.reading.text, verdict.name.value, time.perf_counter()
            self.heard.append(told)
            if len(self.heard) >= self._expected:
                self._all.set()

    def wait(self) -> None:
        """Until every scan has its verdict, or nothing comes any more."""
        self._all.wait(_QUIET_S)
        time.sleep(0.2)  # one too many would come now

    def problems(self, name: str, reserved: list[str]) -> list[str]:
        """Whatever is not exactly one good verdict and one reservation for each, in order."""
        sent = [code for code, _ in self.sent]
        found = []
        if [code for code, _, _ in self.heard] != sent:
            found.append(f"{name}: sent {len(sent)}, judged {len(self.heard)}, not the same codes")
        if any(verdict != "OK_UNRECEIVED" for _, verdict, _ in self.heard):
            found.append(f"{name}: some scans were refused")
        if reserved != sent:
            found.append(f"{name}: the log holds {len(reserved)} of {len(sent)}, or another order")
        return found

    def waits(self) -> list[float]:
        """From sending to hearing, in milliseconds."""
        pairs = zip(self.sent, self.heard, strict=False)
        return [(heard[2] - sent[1]) * 1e3 for sent, heard in pairs]


class _Log:
    """The ledger's own log of reservations, read from where it ended last."""

    def __init__(self, counter: Counter, ledger: BareLedger) -> None:
        self._origin = counter.ledger.chain.origin
        self._ledger = ledger
        self._seq = ledger.head(self._origin.counter, self._origin.epoch)

    def reserved(self) -> list[str]:
        """Codes reserved since the last question, in the order of the chain."""
        rows = self._ledger.events_after(self._origin.counter, self._origin.epoch, self._seq)
        self._seq = rows[-1][0] if rows else self._seq
        return [code for _, kind, code in rows if kind == "box_reserved"]


def _steady(whole: WindowedCounter, sent: _Sent, seconds: int) -> None:
    """`RATE` scans a second, on the beat; the sale is voided now and then as it goes."""
    codes = goods.fresh_codes()
    begin = time.perf_counter()
    for number in range(RATE * seconds):
        time.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
        sent.send(next(codes))
        if number % counters.BOXES_PER_SALE == counters.BOXES_PER_SALE - 1:
            whole.counter.wishes.held.void()


def _burst(sent: _Sent) -> None:
    codes = goods.fresh_codes()
    for _ in range(BURST):
        sent.send(next(codes))


def measure(folder: Path, seconds: int) -> Result:
    """A steady stream and a burst."""
    result = Result()
    with contextlib.ExitStack() as stack:
        link = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "scanner"
        port = PracticePort(link)
        stack.callback(port.close)
        whole = stack.enter_context(windowed(folder, port.path))
        log = _Log(whole.counter, stack.enter_context(bare_ledger(whole.counter.ledger.path)))
        sent = _Sent(port)
        whole.window.heard.connect(sent.hear)

        def work() -> None:
            for name, count in ((f"{RATE} a second", RATE * seconds), (f"{BURST} at once", BURST)):
                sent.clear(count)
                _steady(whole, sent, seconds) if count != BURST else _burst(sent)
                sent.wait()
                result.broken += sent.problems(name, log.reserved())
                if sent.heard:
                    row = Row(f"{name}: sent → heard", "ms", spread(sent.waits()))
                    result.rows.append(row)
                counters.void(whole.counter)

        scan_loop(work)
    return result
