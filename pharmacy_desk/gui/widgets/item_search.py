"""Find a drug: a field and its hits, by name, pinyin initials, code or barcode."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.counting import Counted, typed
from pharmacy_desk.gui.base.bridge import Asker
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.item_hits import ItemHits
from pharmacy_desk.gui.widgets.number_pad import number_pad

# A pause in typing before the ledger is asked: below what a person notices.
_PAUSE_MS = 60
# A question mark alone asks for help, typed in Latin or through an input method.
_HELP = ("?", "？")
_MOST_HITS = 30
# A number as short as this is a quantity or a slip, and no barcode.
_MOST_QUANTITY_DIGITS = 3


class ItemSearch(QWidget):
    """Typing shows hits below; Up and Down choose, Enter takes. Nothing is searched while empty.

    One that counts takes `name*5` too, and tells five of it by `several` in place of `chosen`.
    """

    chosen = Signal(object)
    several = Signal(object, int)
    left = Signal()
    undo_wanted = Signal()
    help_wanted = Signal()

    def __init__(
        self, asker: Asker, hint: str, parent: QWidget | None = None, *, counts: bool = False
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._counts = counts
        self._shown_for = ""
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setMaxLength(60)
        self.hits = ItemHits()
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
        self.pad = number_pad(self.field, at_once=False)

    @property
    def searching(self) -> bool:
        """True while something is typed."""
        return bool(self.field.text())

    @property
    def found(self) -> bool:
        """True while a drug is shown that Enter would take."""
        return self._up_to_date and self.hits.chosen_item() is not None

    @property
    def _up_to_date(self) -> bool:
        """True while the hits are those of what stands in the field: an answer may come late."""
        return self.hits.isVisible() and self._shown_for == self.field.text().strip()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        if self.pad:
            self.pad.hide()
        self._shown_for = ""
        self.hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that move in the hits."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits.isVisible():
            if self._up_to_date:
                self.hits.step(1 if key == Qt.Key.Key_Down else -1)
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
            return
        if not self._up_to_date:
            self.hits.setCurrentRow(-1)  # what is still shown is of another text
        self._pause.start()

    def _enter(self) -> None:
        item = self.hits.chosen_item()
        if not self._up_to_date:
            self._ask(take=True)
        elif item:
            self._choose(item)

    def _choose(self, item: Item) -> None:
        boxes = self._wanted(self.field.text()).boxes
        self.clear()
        if boxes is None:
            self.chosen.emit(item)
        else:
            self.several.emit(item, boxes)

    def _wanted(self, text: str) -> Counted:
        return typed(text) if self._counts else Counted(text.strip())

    def _take(self, entry: QListWidgetItem) -> None:
        found = entry.data(Qt.ItemDataRole.UserRole)
        if isinstance(found, Item):
            self._choose(found)

    def _search(self) -> None:
        self._ask(take=False)

    def _ask(self, *, take: bool) -> None:
        text = self.field.text().strip()
        wanted = self._wanted(text).text
        if not wanted:
            self._shown_for = ""
            self.hits.hide()
            return
        self._asker.ask(
            lambda reader: reader.catalogue.search_items(wanted, _MOST_HITS),
            self._shower(text, wanted, take),
        )

    def _shower(self, text: str, wanted: str, take: bool) -> Callable[[list[Item]], None]:
        def show(items: list[Item]) -> None:
            if text != self.field.text().strip():
                return
            self._shown_for = text
            self.hits.show_items(items, _number_hint(wanted, items))
            if take and _beyond_doubt(wanted, items):
                self._choose(items[0])
            elif items:
                self._ask_stock(text)

        return show

    def _ask_stock(self, text: str) -> None:
        """Once the drugs are shown: the search itself waits for no counting."""

        def show(boxes: dict[str, int]) -> None:
            if text == self._shown_for:
                self.hits.show_stock(boxes)

        codes = self.hits.shown_codes
        self._asker.ask(lambda reader: reader.shelf.in_custody(codes), show)


def _beyond_doubt(text: str, items: Sequence[Item]) -> bool:
    """Whether Enter may take what nobody has seen yet: the only drug, or the code as it was typed.

    A number alone takes none: who types 5 means five boxes, not a 5 % solution.
    """
    if not items or _is_quantity(text):
        return False
    return len(items) == 1 or items[0].code == text


def _is_quantity(text: str) -> bool:
    return text.isdigit() and len(text) <= _MOST_QUANTITY_DIGITS


def _number_hint(text: str, items: Sequence[Item]) -> str:
    """What is said to a number alone, which Enter takes for no drug."""
    if not _is_quantity(text):
        return ""
    if not items:
        return translate("Search", "%1 is no drug: type its name.").replace("%1", text)
    return translate("Search", "%1 is no drug: type its name, or choose by ↓.").replace("%1", text)
