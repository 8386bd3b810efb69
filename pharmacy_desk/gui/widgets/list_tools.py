"""What every list offers at the right end of its heads: filter, copy, save as a table, print.

The list itself knows neither files nor printers: it hands its rows to the nearest part of the
window around it that keeps lists (`KeepsLists`), which is the window itself.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from pharmacy_desk.gui.base.said import translate

_FIELD_PX = 240

Table = Sequence[Sequence[str]]


@runtime_checkable
class KeepsLists(Protocol):
    """Who writes a list to a file or on paper; heads stand first, `widths` are those shown."""

    def save_list(self, table: Table) -> None:
        """Ask for a file name and write the rows there."""
        ...

    def print_list(self, table: Table, widths: Sequence[int]) -> None:
        """Ask for a printer and print the rows."""
        ...

    def save_list_as_pdf(self, table: Table, widths: Sequence[int]) -> None:
        """Ask for a file name and write the printed pages there."""
        ...


def keeper_of(widget: QWidget) -> KeepsLists | None:
    """The nearest part around a widget that keeps lists."""
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, KeepsLists):
            return around
        around = around.parentWidget()
    return None


class ListTools(QWidget):
    """A button with the list's menu, and beside it the filter while it is used."""

    filtered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        parent.installEventFilter(self)
        self.field = _Filter()
        self.field.setFixedWidth(_FIELD_PX)
        self.field.setPlaceholderText(translate("List", "Filter: any part of a row (Esc: all)"))
        self.field.setAccessibleName(translate("List", "Filter"))
        self.field.textChanged.connect(self.filtered.emit)
        self.field.left.connect(self._leave)
        self.field.hide()
        self.button = QToolButton()
        self.button.setText("⋯")
        self.button.setToolTip(translate("List", "Filter, copy, save or print this list"))
        self.button.setAccessibleName(translate("List", "What can be done with this list"))
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.menu = QMenu(self)
        self.button.clicked.connect(lambda: self.open_menu(self._below()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 1, 2, 1)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self.button)

    def offer(self, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """What the menu holds, behind the filter."""
        self.menu.addAction(translate("List", "Filter…  Ctrl+F")).triggered.connect(
            self.begin_filter
        )
        for words, action in actions:
            self.menu.addAction(words).triggered.connect(lambda _=False, run=action: run())

    def open_menu(self, where: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.menu.popup(where)

    def _below(self) -> QPoint:
        return self.button.mapToGlobal(QPoint(0, self.button.height()))

    def begin_filter(self) -> None:
        """Ctrl+F: filter as one types."""
        self.field.show()
        self.place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave(self) -> None:
        self.field.clear()
        self.field.hide()
        self.place()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the heads have another width, or are shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.place()
        return False

    def place(self) -> None:
        """At the right end of the heads."""
        parent = self.parentWidget()
        if parent:
            self.adjustSize()
            self.resize(self.width(), min(self.sizeHint().height(), parent.height()))
            self.move(parent.width() - self.width(), 0)


class _Filter(QLineEdit):
    """A field that Esc empties and leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # what is typed counts already; nothing around may take it
        else:
            super().keyPressEvent(event)
