"""Esc for a hand without keys: the corner of a question that leaves it unanswered."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card

_WIDE, _HIGH, _TOUCH_HIGH = 72, 34, 40
_EDGE_PX = 4
# Of a card above its title, and between the title and what is below it.
_ABOVE, _BELOW = 9, 8


class LeaveButton(QPushButton):
    """Stands in the upper right corner of `around`, over whatever question is there."""

    def __init__(self, around: QWidget, leave: Callable[[], None]) -> None:
        super().__init__("✕ Esc", around)
        self.setObjectName("leave")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
        self.setToolTip(translate("Confirm", "Leave the question (Esc)"))
        self.setAccessibleName(self.toolTip())
        self._around = around
        self.setFixedSize(_WIDE, _high())
        self.clicked.connect(lambda: leave())
        around.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the question has another size, or another one is there."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.move(self._around.width() - self.width() - _EDGE_PX, _EDGE_PX)
            self.raise_()
        return False


def make_way(page: Card) -> None:
    """Let the title of a question end before the corner, and what is below it begin under it."""
    item = page.body.itemAt(0)
    title = item.widget() if item else None
    if isinstance(title, QLabel):
        title.setContentsMargins(0, 0, _WIDE, 0)
        title.setMinimumHeight(_high() + _EDGE_PX - _ABOVE - _BELOW)


def _high() -> int:
    return _TOUCH_HIGH if theme.touch() else _HIGH
