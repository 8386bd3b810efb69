"""Find a drug: a field and its hits, by name, pinyin initials, code or barcode."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.bridge import Asker
from pharmacy_desk.gui.base.said import translate

# A pause in typing before the ledger is asked: below what a person notices.
_PAUSE_MS = 60
# A question mark alone asks for help, typed in Latin or through an input method.
_HELP = ("?", "？")
_MOST_HITS = 30
# More than this would push the payment off a small screen; the list scrolls.
_SHOWN_HITS = 5


class ItemSearch(QWidget):
    """Typing shows hits below; Up and Down choose, Enter takes. Nothing is searched while empty."""

    chosen = Signal(object)
    left = Signal()
    undo_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, asker: Asker, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self._asked = ""
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setMaxLength(60)
        self.hits = QListWidget()
        self.hits.setFont(theme.font(17))
        self.hits.hide()
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.hits)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)

    @property
    def searching(self) -> bool:
        """True while something is typed."""
        return bool(self.field.text())

    @property
    def found(self) -> bool:
        """True while a drug is shown that Enter would take."""
        first = self.hits.item(0)
        return self.hits.isVisible() and bool(first and first.data(Qt.ItemDataRole.UserRole))

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self.hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that move in the hits."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            row = max(0, min(self.hits.count() - 1, self.hits.currentRow() + step))
            self.hits.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.searching:
            self._enter()
            return True
        if key == Qt.Key.Key_Escape and self.searching:
            self.clear()
            self.left.emit()
            return True
        if key == Qt.Key.Key_Backspace and not self.searching:
            self.undo_wanted.emit()  # an empty field has nothing to delete; the sale has
            return True
        return False

    def _typed(self, text: str) -> None:
        if text in _HELP:
            self.field.clear()
            self.help_wanted.emit()
        else:
            self._pause.start()

    def _enter(self) -> None:
        item = self.hits.currentItem()
        if self._asked == self.field.text().strip() and item:
            self._take(item)
        else:
            self._ask(take_first=True)

    def _take(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(found, Item):
            self.clear()
            self.chosen.emit(found)

    def _search(self) -> None:
        self._ask(take_first=False)

    def _ask(self, *, take_first: bool) -> None:
        text = self.field.text().strip()
        self._asked = text
        if not text:
            self.hits.hide()
            return
        self._asker.ask(
            lambda reader: reader.catalogue.search_items(text, _MOST_HITS),
            self._shower(text, take_first),
        )

    def _shower(self, text: str, take_first: bool) -> Callable[[list[Item]], None]:
        def show(items: list[Item]) -> None:
            if text == self.field.text().strip():
                self._show(items)
                first = self.hits.item(0)
                if take_first and items and first:
                    self._take(first)

        return show

    def _show(self, items: list[Item]) -> None:
        self.hits.clear()
        for item in items:
            words = f"{item.name}  {item.spec}  {item.maker}  ¥{yuan(item.price_fen)}"
            entry = QListWidgetItem(words)
            entry.setData(Qt.ItemDataRole.UserRole, item)
            self.hits.addItem(entry)
        if not items:
            entry = QListWidgetItem(translate("Search", "No drug found. Try fewer letters."))
            entry.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(entry)
        self.hits.setCurrentRow(0)
        rows = min(max(1, self.hits.count()), _SHOWN_HITS)
        self.hits.setFixedHeight(rows * self.hits.sizeHintForRow(0) + 8)
        self.hits.show()
