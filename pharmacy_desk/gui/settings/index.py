"""The settings' index: groups at the left, a search above them; what is not sought is hidden."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.gui.base.said import translate

# The longest group is eight Chinese characters; the policy's eight columns need the rest of 1280.
_INDEX_PX = 152


@dataclass(frozen=True, slots=True)
class Group:
    """One card of the screen: its title, and its rows as (words one may seek, show or hide it).

    A group without rows is found by its title alone.
    """

    title: str
    card: QWidget
    rows: Sequence[tuple[str, Callable[[bool], None]]] = ()


class SettingsIndex(QWidget):
    """Chooses a group to scroll to; typing leaves only the groups and rows that hold the words."""

    wanted = Signal(object)

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = list(groups)
        hint = translate("Settings", "Search settings")
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.setMaxLength(40)
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("index")
        self.list.setAccessibleName(translate("Settings", "Groups of settings"))
        for group in self._groups:
            self.list.addItem(group.title)
        self.nothing = QLabel(translate("Settings", "No setting is called so."))
        self.nothing.setWordWrap(True)
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.hide()
        self.setFixedWidth(_INDEX_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self._seek)
        self.list.currentRowChanged.connect(self._go)

    def _go(self, row: int) -> None:
        if row >= 0:
            self.wanted.emit(self._groups[row].card)

    def _seek(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = [self._filter(row, group, wanted) for row, group in enumerate(self._groups)]
        self.nothing.setVisible(not any(found))
        if wanted and any(found):
            self.wanted.emit(self._groups[found.index(True)].card)

    def _filter(self, row: int, group: Group, wanted: str) -> bool:
        """Show the group's rows that hold the words, all of them where its title does."""
        whole = wanted in group.title.casefold()
        shown = whole
        for words, show in group.rows:
            hit = whole or wanted in words.casefold()
            show(hit)
            shown = shown or hit
        group.card.setVisible(shown)
        self.list.setRowHidden(row, not shown)
        return shown
