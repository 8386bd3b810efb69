"""A question with a few answers: arrow keys and Enter, or the answer's digit; Esc leaves it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.widgets.leave_button import LeaveButton, make_way
from pharmacy_desk.gui.widgets.parts import Card, plain

_MOST_SHOWN = 9
# Beside a long answer; the others are scrolled to.
_FEWEST_SHOWN = 5


class Choices(Card):
    """Hidden until `ask`; `chosen` tells the value of the answer, `left` that there is none."""

    chosen = Signal(object)
    left = Signal()
    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain(bold=True)
        self.list = QListWidget()
        self.list.setFont(theme.font(17))
        # A long answer loses its end, not a row of the list to a scroll bar.
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.body.addWidget(self._title)
        self.body.addWidget(self.list)
        self.leave_button = LeaveButton(self, self._leave)
        make_way(self)
        self.hide()

    def ask(self, title: str, answers: Sequence[tuple[str, object]]) -> None:
        """Ask; each answer is its words and its value."""
        self._title.setText(title)
        self.list.clear()
        for number, (words, value) in enumerate(answers, start=1):
            digit = f"{number}  " if number <= _MOST_SHOWN else ""
            entry = QListWidgetItem(digit + words)
            entry.setData(Qt.ItemDataRole.UserRole, value)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(self._list_height(_MOST_SHOWN))
        self.opened.emit(True)  # makes room first, so that the window does not grow
        self.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_height(self, most: int) -> int:
        return min(self.list.count(), most) * self.list.sizeHintForRow(0) + 8

    @property
    def full_height(self) -> int:
        """How high it is with nine answers in sight."""
        height = self.heightForWidth(self.width())
        return height - self.list.height() + self._list_height(_MOST_SHOWN)

    def make_compact(self, *, compact: bool) -> None:
        """Show fewer answers at once, or as many as have a digit."""
        self.list.setFixedHeight(self._list_height(_FEWEST_SHOWN if compact else _MOST_SHOWN))
        self.list.scrollToItem(self.list.currentItem())

    def close_question(self) -> None:
        """No question is open."""
        self.hide()
        self.opened.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: Enter, Esc and digits of the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_0 <= self.list.count():
            self._take(self.list.item(key - Qt.Key.Key_0 - 1))
        else:
            return False
        return True

    def _leave(self) -> None:
        self.close_question()
        self.left.emit()

    def _take(self, entry: QListWidgetItem | None) -> None:
        if entry is not None:
            self.close_question()
            self.chosen.emit(entry.data(Qt.ItemDataRole.UserRole))
