"""One drug of the list: its cells to be changed, and who changed what of it."""

from concurrent.futures import Future

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.catalogue.by_hand import EDITABLE, NO, YES, cells_of
from pharmacy_desk.core.catalogue.drug_history import DrugMoment
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid, SaleAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import drug_cells as cells_words

# With the name as wide as two, four rows: the history has room below them at 1280×720.
_COLUMNS = 5
# The longest cell of a drug list: a few barcodes side by side.
_MOST_CHARS = 200
# What is chosen and not typed; the empty value is what nobody has told.
_CHOICES: dict[str, tuple[str, ...]] = {
    "category": tuple(sorted((one.value for one in Category), key=bool)),
    "rx": tuple(sorted((one.value for one in RxFlag), key=bool)),
    "insurance_class": tuple(sorted((one.value for one in InsuranceClass), key=bool)),
    "ephedrine": (NO, YES),
    "doping": (NO, YES),
    "cold": (NO, YES),
}


class DrugPage(QWidget):
    """A form, and the history below it. `left` tells that the list is wanted again."""

    left = Signal()

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: Item | None = None
        self._leaving = False
        self.fields: dict[str, QLineEdit | Combo] = {}
        self._title, self._fixed, self.note = plain(px=19, bold=True), plain(quiet=True), plain()
        self.history: Rows[DrugMoment] = Rows(
            [
                translate("Drug", "When"),
                translate("Drug", "Who"),
                translate("Drug", "What"),
                translate("Drug", "Changes"),
            ],
            _moment_cells,
        )
        self.list = TableView(translate("Drug", "Reading …"), 3)
        self.list.show_model(self.history, (150, 70, 180, 180))
        self._lay_out()

    def _lay_out(self) -> None:
        form = Card()
        for part in (self._title, self._fixed):
            form.body.addWidget(part)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for number, column in enumerate(EDITABLE):
            place = number + (number > 0)
            wide = 1 if number else 2
            grid.addLayout(self._field(column), place // _COLUMNS, place % _COLUMNS, 1, wide)
        form.body.addLayout(grid)
        keys = QHBoxLayout()
        keys.addWidget(button(translate("Drug", "Back to the list (Esc)"), self.leave))
        keys.addWidget(self.note, 1)
        keep = button(translate("Drug", "Keep the changes (F8)"), self.keep, primary=True)
        keys.addWidget(keep)
        form.body.addLayout(keys)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(8)
        both.addWidget(form)
        both.addWidget(plain(translate("Drug", "History"), bold=True))
        both.addWidget(self.list, 1)

    def _field(self, column: str) -> QVBoxLayout:
        name = cells_words.column(column)
        field: QLineEdit | Combo
        if column in _CHOICES:
            field = Combo()
            for value in _CHOICES[column]:
                field.addItem(value or translate("Drug", "not told"), value)
        else:
            field = QLineEdit()
            field.setMaxLength(_MOST_CHARS)
        field.setAccessibleName(name)
        self.fields[column] = field
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(plain(name, px=13, quiet=True))
        both.addWidget(field)
        return both

    @property
    def code(self) -> str:
        """The item code of the drug that is shown; empty when none is."""
        return self._item.code if self._item else ""

    def show_drug(self, item: Item) -> None:
        """Show a drug as it is; the keyboard begins where something is still to be told."""
        self.take(item)
        self.note.setText("")
        if item.incomplete:
            left = translate("Drug", "! Added at the counter. Still to be told: %1")
            self.note.setText(left.replace("%1", cells_words.columns(item.lacking)))
        first = item.lacking[0] if item.incomplete else EDITABLE[0]
        self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, item: Item) -> None:
        """Fill the form with a drug's cells and read its history."""
        self._item, self._leaving = item, False
        self._title.setText(f"{item.name}  {item.spec}".strip())
        fixed = translate("Drug", "Item code %1 (fixed) · identifications %2 (three-code map)")
        known = "、".join(item.identifications) or "—"
        self._fixed.setText(fixed.replace("%1", item.code).replace("%2", known))
        cells = cells_of(item)
        for column, field in self.fields.items():
            if isinstance(field, Combo):
                field.setCurrentIndex(field.findData(cells[column]))
            else:
                field.setText(cells[column])
                field.setCursorPosition(0)
        self._desk.asker.ask(lambda reader: reader.catalogue.history(item.code), self.history.show)

    def changes(self) -> dict[str, str]:
        """What the form says otherwise than the drug it shows."""
        if self._item is None:
            return {}
        was = cells_of(self._item)
        now = {column: _text(field) for column, field in self.fields.items()}
        return {column: text for column, text in now.items() if text != was[column]}

    def keep(self) -> None:
        """F8: change what was changed in the form."""
        cells = self.changes()
        if self._item and cells:
            wished: Future[DrugAnswer | SaleAnswer] = self._desk.drugs.change(self.code, cells)
            self._desk.bridge.follow(wished, self.take_answer)
        else:
            self.note.setText(translate("Drug", "Nothing was changed."))

    def leave(self) -> None:
        """Esc: back to the list; what was typed and not kept asks first."""
        if self.changes() and not self._leaving:
            self._leaving = True
            self.note.setText(translate("Drug", "! Not kept yet: F8 keeps it, Esc again drops it."))
            return
        self._item = None
        self.left.emit()

    def take_answer(self, answer: DrugAnswer | SaleAnswer) -> None:
        """What became of the change, also of one that a manager has said yes to."""
        if not isinstance(answer, DrugAnswer) or answer.code != self.code:
            return
        self.note.setText(cells_words.changed(answer))
        if answer.bad and answer.bad.column in self.fields:
            self.fields[answer.bad.column].setFocus(Qt.FocusReason.OtherFocusReason)
        elif answer.what in (DrugDid.CHANGED, DrugDid.SAME):
            code = answer.code

            def again(item: Item | None) -> None:
                if item and item.code == self.code:
                    self.take(item)

            self._desk.asker.ask(lambda reader: reader.catalogue.find_item(code), again)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter goes on to the next field, Esc back to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _text(field: QLineEdit | Combo) -> str:
    return str(field.currentData()) if isinstance(field, Combo) else field.text().strip()


def _moment_cells(moment: DrugMoment) -> tuple[str, ...]:
    return (
        f"{moment.at:%Y-%m-%d %H:%M}" if moment.at else translate("Drug", "not kept"),
        moment.operator,
        cells_words.step(moment.step),
        cells_words.what_changed(moment),
    )
