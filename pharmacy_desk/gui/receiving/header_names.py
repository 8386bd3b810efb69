"""Ask what the columns of a delivery file are: each by its name and first value, by keyboard.

Tab goes from column to column, a digit or letter chooses what it is, Enter goes on and reads the
file once nothing is missing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.stock.files.cells import MAX_NUMBER, MAX_SUPPLIER
from pharmacy_desk.core.stock.files.delivery_file import DELIVERY
from pharmacy_desk.core.stock.files.headers import plain_name
from pharmacy_desk.core.stock.files.learned import HeaderQuestion, HeadersSaid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Combo, button, plain

# What chooses a column of ours: more of them than there are digits.
_MARKS = "123456789abcdefghijkl"
_WIDE, _HIGH = 860, 600


class HeaderNames(QDialog):
    """`said` tells what was answered; closing it by Esc tells nothing."""

    said = Signal(object)

    def __init__(self, question: HeaderQuestion, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.setWindowTitle(translate("Stock", "Columns of the delivery note"))
        self.columns: dict[int, QComboBox] = {}
        self.supplier, self.number = QLineEdit(), QLineEdit()
        self._state = plain(bold=True)
        self._read = button(translate("Stock", "Read the file (Enter)"), self._enter, primary=True)
        self._lay_out(file)
        self.resize(_WIDE, _HIGH)
        self._changed()
        first = next((box for at, box in self.columns.items() if at not in self._known), None)
        (first or self.supplier).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _known(self) -> frozenset[int]:
        return frozenset(self._question.places.values())

    def _lay_out(self, file: str) -> None:
        title = translate("Stock", "%1: what are these columns?").replace("%1", file)
        hint = translate(
            "Stock",
            "Say what each column is; it is remembered for this supplier. Tab: next column. Digit"
            " or letter: choose. * must be there.",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(plain(title, px=20, bold=True))
        layout.addWidget(plain(hint, px=15, quiet=True))
        layout.addWidget(self._list(), 1)
        layout.addLayout(self._whole_file())
        layout.addWidget(self._state)
        buttons = QHBoxLayout()
        buttons.addWidget(self._read)
        buttons.addWidget(button(translate("Stock", "Leave (Esc)"), self.reject))
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def _list(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        heads = (
            translate("Stock", "In the file"),
            translate("Stock", "First value"),
            translate("Stock", "What it is"),
        )
        for column, head in enumerate(heads):
            grid.addWidget(plain(head, px=14, quiet=True), 0, column)
            grid.setColumnStretch(column, 1)
        names: set[str] = set()
        for at, cell in enumerate(self._question.cells):
            name = plain_name(cell)
            if not name or name in names:
                continue  # of two columns alike nobody could say which is meant
            names.add(name)
            self.columns[at] = self._box(at)
            row = grid.rowCount()
            grid.addWidget(plain(self._question.shown[at], bold=True), row, 0)
            grid.addWidget(plain(self._question.samples[at], quiet=True), row, 1)
            grid.addWidget(self.columns[at], row, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _box(self, at: int) -> QComboBox:
        box = Combo()
        box.setFont(theme.font(16))
        box.setAccessibleName(self._question.shown[at])
        box.addItem(translate("Stock", "-  not needed"), "")
        needed = {key for choice in DELIVERY.needed for group in choice for key in group}
        for mark, column in zip(_MARKS, DELIVERY.columns, strict=False):
            star = " *" if column in needed else ""
            box.addItem(f"{mark}  {DELIVERY.written(column)}{star}", column)
        known = next((key for key, place in self._question.places.items() if place == at), "")
        box.setCurrentIndex(max(0, box.findData(known)))
        box.currentIndexChanged.connect(lambda _: self._chosen(at))
        return box

    def _whole_file(self) -> QGridLayout:
        """Supplier and number for files that do not tell them."""
        told = self._question.told
        self.supplier.setMaxLength(MAX_SUPPLIER)
        self.number.setMaxLength(MAX_NUMBER)
        self.supplier.setText(told.get("supplier", self._question.party))
        self.number.setText(told.get("number", ""))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for column, (name, field) in enumerate(
            (
                (translate("Stock", "Supplier, if no column tells it"), self.supplier),
                (translate("Stock", "Note number, if no column tells it"), self.number),
            )
        ):
            field.setAccessibleName(name)
            field.textChanged.connect(lambda _: self._changed())
            grid.addWidget(plain(name, px=14, quiet=True), 0, column)
            grid.addWidget(field, 1, column)
        return grid

    # --- answers --------------------------------------------------------------------------

    def _chosen(self, at: int) -> None:
        """A column of ours stands once: who had it before gives it up."""
        mine = self.columns[at].currentData()
        for other, box in self.columns.items():
            if mine and other != at and box.currentData() == mine:
                box.setCurrentIndex(0)
        self._changed()

    def _given(self) -> dict[str, str]:
        """What holds for the whole file; a column tells it better."""
        there = {box.currentData() for box in self.columns.values()}
        typed = {"supplier": self.supplier.text().strip(), "number": self.number.text().strip()}
        return {key: text for key, text in typed.items() if text and key not in there}

    def missing(self) -> tuple[str, ...]:
        """What is still not told, by the names of the trade."""
        there = {str(box.currentData()): "" for box in self.columns.values()}
        return DELIVERY.missing({**there, **self._given()})

    def _changed(self) -> None:
        missing = self.missing()
        if missing:
            text = translate("Stock", "! Still missing: %1").replace("%1", "、".join(missing))
        else:
            text = translate("Stock", "✓ All is there. Enter reads the file.")
        self._state.setText(text)
        self._read.setEnabled(not missing)

    def _enter(self) -> None:
        if self.missing():
            self.focusNextChild()
            return
        names = {
            self._question.cells[at]: str(box.currentData())
            for at, box in self.columns.items()
            if box.currentData() or at in self._known
        }
        said = HeadersSaid(names, self._given())
        self.accept()
        self.said.emit(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter goes on, F8 too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F8):
            self._enter()
        else:
            super().keyPressEvent(event)
