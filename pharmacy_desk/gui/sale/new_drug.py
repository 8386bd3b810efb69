"""A drug that no list knows, added for the box in hand: one form beside the sale, its answer."""

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.catalogue.by_hand import AT_THE_COUNTER
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.words import drug_cells as cells_words

# As long as a cell of the drug list may sensibly be; a price has at most ten characters.
_MOST_CHARS = 100
# Where each field stands: row and column; the name is as wide as both.
_PLACES = {"name": (0, 0), "spec": (1, 0), "price": (1, 1), "maker": (2, 0), "approval": (2, 1)}


class NewDrugPage(Card):
    """Name, spec, price, maker and approval number, as they stand on the box.

    `said` tells the identification, the cells, and (number, PIN) of a second person or None.
    """

    said = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._identification = ""
        self._title, self._hint = plain(bold=True), plain(quiet=True)
        self.fields: dict[str, QLineEdit] = {}
        self.person, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._second = QWidget()
        grid = QGridLayout()
        grid.setSpacing(6)
        for column in sorted(AT_THE_COUNTER, key=lambda name: _PLACES[name]):
            row, place = _PLACES[column]
            grid.addLayout(self._field(column), row, place, 1, 2 if column == "name" else 1)
        persons = QHBoxLayout(self._second)
        persons.setContentsMargins(0, 0, 0, 0)
        for field, hint in (
            (self.person, translate("Ask", "Second person's number")),
            (self.pin, translate("Ask", "PIN")),
        ):
            field.setMaxLength(30)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            persons.addWidget(field)
        number_pads(self.person, self.pin)
        self.body.setSpacing(6)
        self.body.addWidget(self._title)
        self.body.addLayout(grid)
        self.body.addWidget(self._second)
        self.body.addWidget(self._hint)
        keep = translate("Ask", "Add it and take this box (Enter)")
        self.body.addWidget(button(keep, self._entered, primary=True))
        for field in (*self.fields.values(), self.person, self.pin):
            field.returnPressed.connect(self._next)

    def _field(self, column: str) -> QVBoxLayout:
        name = cells_words.column(column)
        field = self.fields[column] = QLineEdit()
        field.setMaxLength(_MOST_CHARS)
        field.setAccessibleName(name)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(plain(name, px=13, quiet=True))
        both.addWidget(field)
        return both

    @property
    def first(self) -> QLineEdit:
        """Where the keyboard begins."""
        return self.fields["name"]

    @property
    def identification(self) -> str:
        """Of the box that the drug is added for."""
        return self._identification

    def begin(self, identification: str, *, second: bool) -> None:
        """Ask for the drug of a box; `second` also asks for a second person."""
        self._identification = identification
        title = translate("Ask", "Add the drug of %1 by hand:")
        self._title.setText(title.replace("%1", identification))
        for field in (*self.fields.values(), self.person, self.pin):
            field.clear()
        self._second.setVisible(second)
        self._hint.setText(translate("Ask", "As printed on the box; the office tells the rest."))

    def refuse(self, why: str, column: str = "") -> None:
        """Say why it was not added; the keyboard goes where it can be mended."""
        self._hint.setText(why)
        self.fields.get(column, self.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def wrong_person(self, why: str) -> None:
        """The second person is asked again."""
        self._hint.setText(why)
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, what: str) -> None:
        """Say what it waits for."""
        self._hint.setText(what)

    def _order(self) -> Iterator[QLineEdit]:
        yield from self.fields.values()
        if not self._second.isHidden():
            yield from (self.person, self.pin)

    def _next(self) -> None:
        """Enter goes on to the next field, and from the last one keeps."""
        fields = list(self._order())
        now = next((n for n, field in enumerate(fields) if field.hasFocus()), len(fields))
        if now + 1 < len(fields):
            fields[now + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._entered()

    def _entered(self) -> None:
        cells = {column: field.text().strip() for column, field in self.fields.items()}
        person, pin = self.person.text().strip(), self.pin.text()
        self.pin.clear()
        self.said.emit(self._identification, cells, (person, pin) if person else None)


class Asked(Protocol):
    """What an answer needs of the open questions."""

    new_drug: NewDrugPage

    def ask_drug_again(self, name: str) -> None:
        """Ask which drug the box is, with this name typed."""
        ...


def answered(questions: Asked, answer: DrugAnswer) -> None:
    """A refusal is said where it is mended; what is there already is offered."""
    page, why = questions.new_drug, cells_words.why_not(answer)
    if answer.what is DrugDid.ALREADY_THERE and answer.other:
        questions.ask_drug_again(answer.other.name)
    elif answer.what in (DrugDid.BAD_PIN, DrugDid.LOCKED_OUT):
        page.wrong_person(why)
    elif answer.what is DrugDid.APPROVAL_AWAITED:
        page.tell(why)
    elif answer.what.refused:
        page.refuse(why, answer.bad.column if answer.bad else "")
