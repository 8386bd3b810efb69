"""The row of pages above a screen: a click, or Alt and a digit, turns to one."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class TabRow(QWidget):
    """Buttons that never take the keyboard; `wanted` names a page by its place, from 0.

    The keys work wherever the keyboard is within `screen`, which shows the page and calls `mark`.
    """

    wanted = Signal(int)

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)

    def add(self, name: str) -> None:
        """One more page, behind the others."""
        number = len(self._buttons)
        keys = f"Alt+{number + 1}"
        made = QPushButton(f"{name}  {keys}")
        made.setObjectName("choice")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(partial(self._want, number))
        self._buttons.append(made)
        self._row.insertWidget(number, made)
        shortcut = QShortcut(QKeySequence(keys), self._screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(self._want, number))

    def mark(self, number: int) -> None:
        """This page is in front."""
        for other, made in enumerate(self._buttons):
            made.setChecked(other == number)

    def _want(self, number: int, _checked: bool = False) -> None:
        self.wanted.emit(number)
