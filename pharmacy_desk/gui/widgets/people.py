"""Who works here: add a person with number, name, role and PIN (second persons need one)."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from pharmacy_desk.core.ports import Operator
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.said import translate
from pharmacy_desk.gui.widgets.parts import Card, button, plain

_ROLES = ("营业员", "药师", "店长", "信息员")
# Four digits are guessed at a counter in a slow hour; six take a day of typing.
_LEAST_PIN = 6


class PeopleCard(Card):
    """A card of the settings screen; nothing of a PIN is kept but its hash."""

    def __init__(self, desk: DeskView) -> None:
        super().__init__()
        self._desk = desk
        self._number, self._name, self._pin = QLineEdit(), QLineEdit(), QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._role = QComboBox()
        self._role.addItems(_ROLES)
        for field, hint in (
            (self._number, translate("People", "Number")),
            (self._name, translate("People", "Name")),
            (self._pin, translate("People", "PIN, at least 6 digits")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(30)
        row = QHBoxLayout()
        for part in (self._number, self._name, self._role, self._pin):
            row.addWidget(part)
        row.addWidget(button(translate("People", "Keep this person"), self.keep))
        self._hint = plain(quiet=True)
        self.body.addWidget(plain(translate("People", "People"), px=19, bold=True))
        self.body.addLayout(row)
        self.body.addWidget(self._hint)

    def keep(self) -> None:
        """Add the person, or change name, role and PIN of one who is known."""
        number, name = self._number.text().strip(), self._name.text().strip()
        pin = self._pin.text()
        if not number or not name or len(pin) < _LEAST_PIN or not pin.isdigit():
            self._hint.setText(
                translate("People", "✕ Number, name and a PIN of at least 6 digits are needed.")
            )
            return
        self._desk.clerk.put_operator(Operator(number, name, self._role.currentText()), pin)
        self._pin.clear()
        self._hint.setText(translate("People", "✓ Kept: %1").replace("%1", f"{number} {name}"))
