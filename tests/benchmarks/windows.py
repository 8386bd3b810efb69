"""The real window for the length of a measure, and the hooks that time it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.window import WindowedCounter
from tests.benchmarks.counters import LOST_S, Inbox, held_home, in_thread, void

_IDLE = QEvent.Type(QEvent.Type.User.value + 1)
# Behind repaints, which Qt posts at -1.
_LAST = -100


@contextlib.contextmanager
def windowed(
    folder: Path,
    serial_port: str | None = None,
    before: Callable[[WindowedCounter], None] = lambda _: None,
) -> Iterator[WindowedCounter]:
    """The program as the rehearsal runs it: real window, no sound, no platform of its own.

    `before` gets hold of it while it has no window yet.
    """
    options = Options(own_practice_platform=False, serial_port=serial_port)
    with held_home(folder) as home:
        make_application("zh_CN")
        whole = WindowedCounter(home, options, rehearsed=True, play=False)
        before(whole)
        window = whole.open()
        try:
            void(whole.counter)
            settle()
            yield whole
        finally:
            void(whole.counter)
            window.close()
            whole.stop()


def settle() -> None:
    """Let the window work off what it has."""
    for _ in range(20):
        QCoreApplication.processEvents()


class _Finish(QObject):
    """Ends the event loop from another thread."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.over.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def _end(self) -> None:
        QCoreApplication.exit(0)  # not quit(), which would close the windows


def scan_loop(work: Callable[[], None]) -> None:
    """Run `work` on a port's thread while the window lives on this one; raises its error."""
    finish = _Finish()
    join = in_thread(work, finish.over.emit)
    QApplication.exec()
    join()


class PaintWatch(QObject):
    """Tells when the answer to a scan has been painted.

    A paint of the verdict panel that shows an answer not painted before is what is waited for.
    The checkout paints it at once (`repaint`), which has handed the window to the window system
    when it returns: the moment at which the bare window's own repaint is timed. A paint that
    came with others is timed by an event posted there, which is delivered after it.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self._expected = False
        self._idle = threading.Event()
        self.verdict = ""
        self._repainting = False
        self._seen = False

    def listen(self, whole: WindowedCounter) -> None:
        """Hear the news before the window does, which is not there yet."""
        whole.bridge.news.connect(self._judged)

    def watch(self, panel: VerdictPanel) -> None:
        """From now on this panel's paints are told."""
        self._panel = panel
        self._painted = panel.said
        self._repaint = panel.repaint
        self._panel.repaint = self._at_once  # type: ignore[method-assign]
        self._panel.installEventFilter(self)

    @Slot(object)
    def _judged(self, message: news.News) -> None:
        if isinstance(message, news.Judged):
            self.verdict = message.verdict.name.value
            self._expected = True

    def rest(self, seconds: float) -> None:
        """From another thread: until the window has worked off everything, and a little longer."""
        for _ in range(2):
            self._idle.clear()
            QCoreApplication.postEvent(self, QEvent(_IDLE), _LAST)
            self._idle.wait(LOST_S)
            time.sleep(seconds / 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt's hook: sees the panel's paint before it happens."""
        if event.type() == QEvent.Type.Paint and self._panel.said is not self._painted:
            self._painted = self._panel.said
            if self._expected:
                self._expected = False
                self._seen = self._repainting
                if not self._seen:
                    after = QEvent(QEvent.Type.User)
                    high = Qt.EventPriority.HighEventPriority.value
                    QCoreApplication.postEvent(self, after, high)
        return False

    def _at_once(self) -> None:
        """The panel's own repaint, timed when it returns."""
        self._seen, self._repainting = False, True
        self._repaint()
        self._repainting = False
        if self._seen:
            self._inbox.put(perf_counter_ns())

    def event(self, event: QEvent) -> bool:
        """Qt's hook: the painting is done, or (`_IDLE`) nothing else is left to do."""
        if event.type() == QEvent.Type.User:
            self._inbox.put(perf_counter_ns())
            return True
        if event.type() == _IDLE:
            self._idle.set()
            return True
        return super().event(event)


class BareWindow(QWidget):
    """1366×768 of nothing, painted in full whenever the bare desk is done."""

    done = Signal()

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self.resize(1366, 768)
        self.done.connect(self._paint, Qt.ConnectionType.QueuedConnection)
        self.show()

    def _paint(self) -> None:
        self.repaint()
        self._inbox.put(perf_counter_ns())
