"""The one bridge between lanes and widgets: news become a signal, questions go to a reader lane.

Nothing else in the window mixes threads and signals.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.news import News, Trouble

if TYPE_CHECKING:
    from pharmacy_desk.core.ports.reading.ledger import LedgerReading

T = TypeVar("T")


class Bridge(QObject):
    """`post` may be called from any thread; `news` arrives on the thread of the window."""

    news = Signal(object)
    _answer = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, message: News) -> None:
        """Hand news over to the window's thread."""
        self.news.emit(message)

    def answer(self, receiver: Callable[[object], None], value: object) -> None:
        """Hand an answer over to the window's thread."""
        self._answer.emit(receiver, value)

    def follow(
        self,
        wished: Future[T],
        receiver: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Hand a wish's answer to `receiver` on the window's thread, when it is there.

        A wish that failed has no answer: its failure goes to `failed`, and without one it was
        posted as trouble.
        """

        def done(answered: Future[T]) -> None:
            if answered.cancelled():
                return
            error = answered.exception()
            if error is None:
                value = answered.result()
                self.answer(lambda _: receiver(value), None)
            elif failed and isinstance(error, Exception):
                broken = error
                self.answer(lambda _: failed(broken), None)

        wished.add_done_callback(done)

    @Slot(object, object)
    def _deliver(self, receiver: Callable[[object], None], value: object) -> None:
        receiver(value)


class Asker:
    """Asks the ledger on the reader lane; the answer comes back on the window's thread.

    Screens search and list through it, so that a slow disk never freezes the counter. `opened`
    opens the read-only connection, on the reader's lane and when the first question comes. One that
    is made `asleep` keeps its questions until it is told to begin: the window is painted first.
    """

    def __init__(
        self, opened: Callable[[], LedgerReading], bridge: Bridge, *, asleep: bool = False
    ) -> None:
        self._opened = opened
        self._kept: list[Callable[[], None]] | None = [] if asleep else None
        self._bridge = bridge
        self._reader: LedgerReading | None = None
        self._stopped = False
        self._lane = Lane("reader", lambda error: bridge.post(Trouble(error)))

    def ask(self, question: Callable[[LedgerReading], T], receiver: Callable[[T], None]) -> None:
        """Run `question` with a read-only connection; `receiver` gets its answer."""

        def job() -> None:
            if self._reader is None:
                self._reader = self._opened()
            value = question(self._reader)
            self._bridge.answer(lambda _: receiver(value), None)

        if self._stopped:  # a closing window's timers may still ask; nobody would look
            return
        if self._kept is None:
            self._lane.submit(job)
        else:
            self._kept.append(job)

    def begin(self) -> None:
        """Ask what was kept, and from now on at once."""
        kept, self._kept = self._kept or [], None
        if not self._stopped:
            for job in kept:
                self._lane.submit(job)

    def stop(self) -> None:
        """Close the connection and end the lane."""
        self._stopped = True

        def close() -> None:
            if self._reader:
                self._reader.close()

        self._lane.submit(close)
        self._lane.stop()
