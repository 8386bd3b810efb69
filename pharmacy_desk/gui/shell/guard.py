"""Guards the window: asks for approvals wherever they are needed, and locks when nobody is there.

Dialog and lock page are made when they are first wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, ApprovalAnswer, SignInAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.shell.parts_view import Parts

if TYPE_CHECKING:
    from pharmacy_desk.gui.people.approval import ApprovalDialog
    from pharmacy_desk.gui.people.lock_page import LockPage

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_SCANS = (news.Judged, news.LookedUp, news.Tried, news.ScanFailed, news.Enrolling)


class Guard(QObject):
    """One for the window. `boxes` tells how many boxes the open sale holds.

    `answered` hands on what became of a wish made in the dialog or on the lock page.
    """

    answered = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        desk: DeskView,
        parts: Parts,
        shortcuts: Sequence[QShortcut],
        boxes: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._parts = parts
        self._shortcuts = shortcuts
        self._boxes = boxes
        self._touched = desk.monotonic()
        self._watching = False
        self._asked = False
        self.dialog: ApprovalDialog | None = None
        self.page: LockPage | None = None
        self._waiting: news.ApprovalWanted | None = None
        window.installEventFilter(self)

    @property
    def locked(self) -> bool:
        """True while the lock page covers the window."""
        return self.page is not None and self.page.isVisible()

    def hear(self, message: news.News) -> None:
        """News from the desk."""
        if isinstance(message, news.ApprovalWanted):
            self._waiting = message
            self._ask_in_front()
        elif isinstance(message, news.ApprovalAnswered):
            self._waiting = None
        elif isinstance(message, news.CounterLocked) and message.locked:
            self.cover()
        elif isinstance(message, news.SignedIn):
            self._uncover()
        elif isinstance(message, _SCANS):
            self._touched = self._desk.monotonic()
        if self.dialog:
            self.dialog.hear(message)
        if self.page and self.locked:
            self.page.hear(message)

    def take_answer(self, answer: Answer) -> None:
        """A yes, or a person at the lock page; whether it was given there or by an order."""
        if isinstance(answer, ApprovalAnswer) and self.dialog:
            self.dialog.take_answer(answer)
        elif isinstance(answer, SignInAnswer) and self.page and self.locked:
            self.page.take_answer(answer)

    def _ask_in_front(self) -> None:
        """Ask for the yes that waits; a window that is put away is not brought up by it.

        Another program has the keyboard then, and keeps it until somebody opens ours.
        """
        if self._waiting is None or self._window.isMinimized():
            return
        if self.dialog is None:
            self.dialog = self._parts.approval(self._desk, self._window)
            self.dialog.answered.connect(self.answered)
        wanted, self._waiting = self._waiting, None
        self.dialog.ask(wanted.request)

    # --- the lock -------------------------------------------------------------------------

    def lock_now(self) -> None:
        """F11: somebody leaves the counter."""
        self._desk.wishes.people.lock("key")

    def tick(self) -> None:
        """Once a second: lock when nobody has touched anything for the time of the setting."""
        minutes = self._desk.settings().number("people.lock_minutes")
        if not minutes or self.locked:
            return
        if not self._watching:
            self._watching = True
            app = QApplication.instance()
            if isinstance(app, QGuiApplication):
                app.focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())
        idle_s = self._desk.monotonic() - self._touched
        if idle_s < minutes * 60:
            self._asked = False
        elif not self._asked:
            self._asked = True  # a store nobody can sign in to is not asked every second
            self._desk.wishes.people.lock("idle")

    def _watch(self, window: QWindow | None) -> None:
        """Hear the keys of every window of the program that gets the keyboard."""
        self._touched = self._desk.monotonic()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: nothing is swallowed, only the moment is kept, and what waits is asked."""
        if watched is self._window:
            if event.type() == QEvent.Type.WindowStateChange:
                self._ask_in_front()
            return False
        if event.type() in _TOUCHES:
            self._touched = self._desk.monotonic()
        return False

    def cover(self) -> None:
        """Cover the window; dialogs over it are put away, its keys mean nothing."""
        if self.page is None:
            self.page = self._parts.lock_page(self._desk, self._window)
            self.page.answered.connect(self.answered)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        self._enable(on=False)
        self.page.cover(self._boxes())

    def _uncover(self) -> None:
        if self.page is None or not self.locked:
            return
        self.page.hide()
        self._enable(on=True)
        self._touched = self._desk.monotonic()

    def _enable(self, *, on: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)
        centre = self._window.centralWidget()
        if centre is not None:
            centre.setEnabled(on)
