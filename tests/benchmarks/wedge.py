"""From a keyboard scanner's last key to the scan being handed over, against one bare key.

The keys are sent to the real window one by one, as `gui/remote.burst` sends them. The bare
operation is Qt delivering one key to an empty widget. Scans are not worked off: what follows is
the measure `painted`.
"""

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter_ns

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.wiring.window import WindowedCounter
from tests.benchmarks import goods
from tests.benchmarks.figures import Result, Row, milliseconds, spread
from tests.benchmarks.windows import settle, windowed

BOUND_MS = 1.0
_WARM_UP = 20
# As fast scanners type, and a pause that parts two scans; milliseconds of the keys' own stamps.
_KEY_MS, _APART_MS = 4, 1_000
# Scans that end by silence take a pause each: as many as fit a few seconds.
_SILENT = 20
_LOST_MS = 2_000
_AGAINST = "Qt delivering one key to an empty widget"


class _Bare(QWidget):
    """An empty window that stamps the key it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Qt's hook."""
        self.at = perf_counter_ns()


class _Keys:
    """Keys with growing time stamps, sent to a window."""

    def __init__(self) -> None:
        self._at_ms = 1_000_000

    def send(self, window: QWindow, ch: str) -> int:
        """One key; the moment just before it was sent."""
        self._at_ms += _KEY_MS
        key = Qt.Key.Key_Return.value if ch == "\r" else ord(ch.upper())
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, ch)
        event.setTimestamp(self._at_ms)
        begin = perf_counter_ns()
        QApplication.sendEvent(window, event)
        return begin

    def pause(self) -> None:
        """The next key is another scan's, or another person's."""
        self._at_ms += _APART_MS


class _Desk:
    """Stands where the clerk takes scans: stamps them."""

    def __init__(self) -> None:
        self.at = 0
        self.got = ""
        self.loop: QEventLoop | None = None

    def stand_in(self, whole: WindowedCounter) -> None:
        """Take what the window's wedge will deliver."""
        whole.counter.deliver = self._take  # type: ignore[method-assign]

    def _take(self, raw: RawScan) -> None:
        self.at = perf_counter_ns()
        self.got = raw.data.decode()
        if self.loop:
            self.loop.quit()


def measure(count: int) -> Result:
    """`count` scans with a suffix and as many bare keys, in turn; then some without suffix."""
    result = Result()
    desk = _Desk()
    with (
        tempfile.TemporaryDirectory() as folder,
        windowed(Path(folder) / "home", before=desk.stand_in) as whole,
    ):
        bare = _Bare()
        settle()
        keys, codes = _Keys(), goods.fresh_codes()
        window = whole.window.windowHandle()
        ours: list[int] = []
        one: list[int] = []
        for code in islice(codes, count + _WARM_UP):
            ours.append(_scan(window, keys, desk, code, result))
            begin = keys.send(bare.windowHandle(), "8")
            one.append(bare.at - begin)
            keys.pause()
            QCoreApplication.processEvents()
        silent = [value for value in _silences(window, keys, desk, codes, result) if value]
        bare.close()
    del ours[:_WARM_UP], one[:_WARM_UP]
    result.rows = _rows(milliseconds(ours), milliseconds(one), milliseconds(silent))
    return result


def _scan(window: QWindow, keys: _Keys, desk: _Desk, code: str, result: Result) -> int:
    """Nanoseconds from the suffix key to the scan being taken."""
    for ch in code:
        keys.send(window, ch)
    begin = keys.send(window, "\r")
    if desk.got != code:
        result.broken.append(f"{code} was typed and {desk.got or 'nothing'} arrived")
    return desk.at - begin


def _silences(
    window: QWindow, keys: _Keys, desk: _Desk, codes: Iterator[str], result: Result
) -> Iterator[int]:
    """The same for scans that only silence ends; the first tells the wedge so and is left out."""
    for number, code in enumerate(islice(codes, _SILENT + 1)):
        begin = 0
        for ch in code:
            begin = keys.send(window, ch)
        desk.loop = QEventLoop()
        QTimer.singleShot(_LOST_MS, desk.loop.quit)
        desk.loop.exec()
        if desk.got != code:
            result.broken.append(f"{code} was typed without a suffix and did not arrive")
        elif number:
            yield desk.at - begin
        keys.pause()


def _rows(ours: list[float], bare: list[float], silent: list[float]) -> list[Row]:
    mine, other = spread(ours), spread(bare)
    ratio = mine.p50 / other.p50
    rows = [
        Row("keyboard scan: last key → handed over", "ms", mine, bound=BOUND_MS),
        Row("keyboard scan, against one bare key", "ms", mine, other, ratio, against=_AGAINST),
    ]
    if silent:
        rows.append(Row("keyboard scan without a suffix", "ms", spread(silent)))
    return rows
