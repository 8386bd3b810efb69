"""The page that asks who works here: number and PIN."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pharmacy_desk.core.people.people import Person
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.people.people_list import PeopleList
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain


class SignInPage(Card):
    """Number and PIN of who takes over the counter; the PIN is forgotten once it is told."""

    said = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.first, self._pin = QLineEdit(), QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        for field, hint in (
            (self.first, translate("Ask", "Your number")),
            (self._pin, translate("Ask", "PIN")),
        ):
            field.setMaxLength(30)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        number_pads(self.first, self._pin)
        self.people = PeopleList()
        self.people.chosen.connect(self.take_person)
        self.first.textChanged.connect(self.people.mark)
        self.first.returnPressed.connect(self._pin.setFocus)
        self._pin.returnPressed.connect(self._entered)
        self.body.addWidget(plain(translate("Ask", "Who works at this counter now?"), bold=True))
        hint = translate("Ask", "Scan your badge, or number and PIN")
        self.body.addWidget(plain(hint, px=15, quiet=True))
        self.body.addWidget(self.people)
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addWidget(self._pin)
        row.addWidget(button(translate("Ask", "Sign in (Enter)"), self._entered))
        self.body.addLayout(row)

    def begin(self) -> None:
        """Ask anew; who works here is shown when it is known (`show_people`)."""
        self.first.clear()
        self._pin.clear()
        self.people.hide()

    def show_people(self, people: Sequence[Person], now: datetime) -> None:
        """List those who may sign in."""
        self.people.show_people([one for one in people if one.active], now)
        self.people.mark(self.first.text())

    def take_person(self, number: str) -> None:
        """A person was chosen, or their badge was scanned: only the PIN is missing."""
        self.first.setText(number)
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        person, pin = self.first.text().strip(), self._pin.text()
        self._pin.clear()
        if person and pin:
            self.said.emit(person, pin)
