"""The lock page: covers the window until somebody signs in; the sale behind it stays as it is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.people.people import Person
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SignInAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.people.sign_in import SignInPage
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.words import people as people_words

_WIDTH = 460


class LockPage(QWidget):
    """A child of the window as large as the window; nothing behind it can be seen or used.

    `answered` hands on what became of signing in.
    """

    answered = Signal(object)

    def __init__(self, desk: DeskView, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._missed = 0
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.colours().bar))
        self.setPalette(palette)
        self._title, self._kept, self._said = plain(px=34, bold=True), plain(px=19), plain(px=19)
        self._practice = plain(px=19)
        for label in (self._title, self._kept, self._practice, self._said):
            label.setStyleSheet(f"color: {theme.colours().bar_text};")
            label.setFixedWidth(_WIDTH)
        self.form = SignInPage()
        self.form.setFixedWidth(_WIDTH)
        self.form.said.connect(self._sign_in)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        for part in (self._title, self._kept, self.form, self._practice, self._said):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.hide()
        window.installEventFilter(self)

    def cover(self, boxes: int) -> None:
        """Lock: `boxes` of the open sale stay reserved behind this page."""
        self._missed = 0
        self._title.setText(translate("Lock", "Locked"))
        kept = translate("Lock", "The sale is kept as it is: %1 boxes.")
        nothing = translate("Lock", "Sign in to go on.")
        self._kept.setText(kept.replace("%1", str(boxes)) if boxes else nothing)
        practice = translate("Lock", "Training: number 001, PIN 123456.")
        self._practice.setText(practice)
        self._practice.setVisible(self._desk.settings().practice)
        self._said.setText("")
        self.form.begin()
        self._desk.bridge.follow(self._desk.wishes.staff.people(), self._show)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, people: Sequence[Person]) -> None:
        self.form.show_people(people, self._desk.now())

    def _sign_in(self, person: str, pin: str) -> None:
        self._desk.bridge.follow(self._desk.wishes.people.sign_in(person, pin), self.answered.emit)

    def hear(self, message: news.News) -> None:
        """What was tried while locked."""
        if isinstance(message, news.ScannedWhileLocked):
            self._missed += 1
            what = translate(
                "Lock",
                "! Locked: %1 scans were not taken. Sign in first, then scan these boxes again.",
            )
            self._said.setText(what.replace("%1", str(self._missed)))
        elif isinstance(message, news.BadgeScanned) and message.refused:
            self.form.take_person(message.operator)
            self._said.setText(people_words.refused(message.refused))

    def take_answer(self, answer: SignInAnswer) -> None:
        """Somebody tried to sign in; who is in has lifted this page."""
        if answer.reason:
            self._said.setText("✕ " + people_words.refused(answer.what))
            self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.first.selectAll()  # the next number replaces the refused one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False
