"""The window beside a till: to the front when a ticket comes, out of the way when it is complete.

At no other time does it take the keyboard from the till. Nothing is moved under a person's hands:
whoever works in the window, at another screen or at a question of ours, stays there. Only what can
wait gives way to a ticket (the first-run assistant).
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from pharmacy_desk.core.sale.ticket import Ticket, TicketState
from pharmacy_desk.counter import news
from pharmacy_desk.gui.shell.main_window import MainWindow

# The person sees that the last box was right before the till's window is there again.
_SEEN_MS = 1200
# A desktop that lets a program come to the front has done so by then.
_GRANTED_MS = 400


class TillFront(QObject):
    """Brings a window to the front and puts it back, by what it hears of tickets."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lacking: set[str] = set()
        self._open: set[str] = set()
        self._came = False
        self._waits: QDialog | None = None
        self._resumed: Callable[[], None] = lambda: None
        self._back = self._timer(_SEEN_MS, self._go)
        self._granted = self._timer(_GRANTED_MS, self._insist)

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(ms)
        made.timeout.connect(then)
        return made

    def give_way(self, dialog: QDialog, resumed: Callable[[], None]) -> None:
        """Put this dialog away while a ticket is open; `resumed` when it is there again."""
        self._waits, self._resumed = dialog, resumed
        dialog.finished.connect(self._ended)
        self._window.installEventFilter(self)
        if self._open:
            self._put_away()

    def _ended(self) -> None:
        self._waits = None
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: what gave way is there again when the person comes back to the window."""
        if event.type() == QEvent.Type.WindowActivate:
            self._resume()
        return False

    def _put_away(self) -> None:
        if self._waits and self._waits.isVisible():
            self._waits.hide()
            self._window.go("checkout")

    def _resume(self) -> None:
        waits = self._waits
        if waits and not waits.isVisible() and not self._open and self._has_keyboard():
            waits.open()
            self._resumed()

    def hear(self, message: news.News) -> None:
        """A ticket came, is complete, or ended."""
        if isinstance(message, news.TicketChanged):
            self._heard(message.ticket)

    def _heard(self, ticket: Ticket) -> None:
        number, lacks = ticket.order.ticket, ticket.state is TicketState.CAPTURING
        if ticket.state.ended:
            self._open.discard(number)
            self._resume()
        else:
            self._open.add(number)
            self._put_away()
        if lacks and number not in self._lacking:
            self._lacking.add(number)
            self._come()
        elif not lacks and number in self._lacking:
            self._lacking.discard(number)
            if not self._lacking and self._came:
                self._back.start()
        self._window.tell_tickets(len(self._lacking))

    def _come(self) -> None:
        self._back.stop()
        window = self._window
        if not _at_work():
            self._came = True
            if QApplication.activeModalWidget() is None and not window.guard.locked:
                window.go("checkout")
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._granted.start()

    def _has_keyboard(self) -> bool:
        return QGuiApplication.focusWindow() is self._window.windowHandle()

    def _insist(self) -> None:
        """A desktop that lets nobody come to the front marks the window in its bar instead."""
        if not _at_work():
            QApplication.alert(self._window)

    def _go(self) -> None:
        """Back where it was; a window that the person had in front, or works in, stays."""
        self._came = False
        window = self._window
        at_rest = (
            self._has_keyboard()
            and window.front is window.checkout
            and not window.checkout.questions.is_open
            and not window.guard.locked
        )
        if at_rest:
            window.showMinimized()


def _at_work() -> bool:
    """True while somebody has the keyboard in a window of ours."""
    window = QGuiApplication.focusWindow()
    return window is not None and window.isVisible()
