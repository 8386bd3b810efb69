"""A short list of people to choose from by keyboard: number, name, role, and who is locked out."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pharmacy_desk.core.people.people import Person
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate

# Four rows where there is room; a screen of 720 lines has room for two beside a sale.
_ROWS, _LEAST_ROWS, _ROW_PX, _EDGE_PX = 4, 2, 28, 8


class PeopleList(QListWidget):
    """Enter or a click chooses; typing a number outside marks its row."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("People", "People"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)
        self.hide()

    def show_people(self, people: Sequence[Person], now: datetime) -> None:
        """Show these; hidden while there is nobody."""
        self.clear()
        for one in people:
            words = f"{one.operator.id}　{one.operator.name}　{one.operator.role}"
            if one.locked(now) and one.locked_until:
                locked = translate("People", "locked until %1")
                words += "　✕ " + locked.replace("%1", f"{one.locked_until:%H:%M}")
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, one.operator.id)
            self.addItem(item)
        self.setMinimumHeight(_high(min(self.count(), _LEAST_ROWS)))
        self.setMaximumHeight(_high(min(self.count(), _ROWS)))
        self.setVisible(bool(people))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt's hook: as tall as its people, up to a few."""
        return QSize(super().sizeHint().width(), _high(min(max(self.count(), 1), _ROWS)))

    def mark(self, number: str) -> None:
        """Mark the row of a number that is being typed."""
        wanted = number.strip()
        for row in range(self.count()):
            if wanted and str(self.item(row).data(Qt.ItemDataRole.UserRole)).startswith(wanted):
                self.setCurrentRow(row)
                return
        self.setCurrentRow(-1)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter chooses the row."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self._choose(item)
        else:
            super().keyPressEvent(event)


def _high(rows: int) -> int:
    return rows * theme.row_px(_ROW_PX) + _EDGE_PX
