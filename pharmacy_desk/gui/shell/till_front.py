"""The window beside a till: to the front when a ticket comes, out of the way when it is complete.

At no other time does it take the keyboard from the till. Nothing is moved while a person is at
another screen of ours, or another ticket lacks codes.
"""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from pharmacy_desk.core.sale.ticket import TicketState
from pharmacy_desk.counter import news

# The person sees that the last box was right before the till's window is there again.
_SEEN_MS = 1200


class TillFront(QObject):
    """Brings a window to the front and puts it back, by what it hears of tickets."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._lacking: set[str] = set()
        self._came = False
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_SEEN_MS)
        self._back.timeout.connect(self._go)

    def hear(self, message: news.News) -> None:
        """A ticket came, is complete, or ended."""
        if not isinstance(message, news.TicketChanged):
            return
        ticket = message.ticket
        number, lacks = ticket.order.ticket, ticket.state is TicketState.CAPTURING
        if lacks and number not in self._lacking:
            self._lacking.add(number)
            self._come()
        elif not lacks and number in self._lacking:
            self._lacking.discard(number)
            if not self._lacking and self._came:
                self._back.start()

    def _come(self) -> None:
        self._back.stop()
        window = self._window
        self._came = self._came or not window.isActiveWindow()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _go(self) -> None:
        """Back where it was; a window that the person had in front stays."""
        self._came = False
        self._window.showMinimized()
