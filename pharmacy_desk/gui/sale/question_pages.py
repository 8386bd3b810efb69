"""Three pages of questions at the checkout: units of a box, a typed code, who works here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.scanning.scan import normalise, unfolded
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain

# What is printed on a box: 7 characters of identification, 13 of serial (facts on codes, 1).
_CODE_CHARS = 20
# Room for the blanks people type between groups.
_MOST_TYPED = 40
# Four figures: no box holds ten thousand units.
_MOST_DIGITS = 4


class UnitsPage(Card):
    """How many units of a box (拆零), and who checked them (复核人), as the store's policy asks.

    `said` tells the units and (number, PIN) of the second person, None for one who signs on paper.
    """

    said = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._left = 0
        self._required = False
        self._title, self._hint = plain(bold=True), plain(quiet=True)
        self.first = QLineEdit()
        self.first.setMaxLength(_MOST_DIGITS)
        self.first.setAccessibleName(translate("Ask", "Units"))
        self.first.returnPressed.connect(self._units_entered)
        self.reviewer, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._second = QWidget()
        row = QHBoxLayout(self._second)
        row.setContentsMargins(0, 0, 0, 0)
        for field, hint in (
            (self.reviewer, translate("Ask", "Second person's number")),
            (self.pin, translate("Ask", "PIN")),
        ):
            field.setMaxLength(30)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            row.addWidget(field)
        number_pads(self.first, self.reviewer, self.pin)
        self.reviewer.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._entered)
        self.body.addWidget(self._title)
        number = QHBoxLayout()
        number.addWidget(self.first, 1)
        number.addWidget(button(translate("Ask", "Sell these units (Enter)"), self._entered))
        self.body.addLayout(number)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._second)

    def begin(self, name: str, unit: str, left: int, *, more: bool, review: str) -> None:
        """Ask for a box of this drug with so many units left.

        `review` is the setting `sale.split_review`: `optional`, `required` or `paper`.
        """
        self._left, self._required = left, review == "required"
        self._second.setVisible(review != "paper")
        self.reviewer.setPlaceholderText(
            translate("Ask", "Second person's number")
            if self._required
            else translate("Ask", "Checked by (or signs)")
        )
        self.reviewer.clear()
        self.pin.clear()
        text = translate("Ask", "How many units of %1?")
        if more:
            text = translate("Ask", "How many units more of %1?")
        self._title.setText(text.replace("%1", name))
        hint = translate("Ask", "%1 left in this box").replace("%1", f"{left} {unit}".strip())
        self._hint.setText(hint)
        self.first.clear()

    def _units(self) -> int:
        """The number typed; 0, with the reason said, when the box does not hold so many."""
        text = self.first.text().strip()
        units = int(text) if text.isascii() and text.isdigit() else 0
        if 1 <= units <= self._left:
            return units
        why = translate("Ask", "✕ A number from 1 to %1.").replace("%1", str(self._left))
        self._hint.setText(why)
        self.first.setFocus()
        self.first.selectAll()
        return 0

    def _units_entered(self) -> None:
        """Enter on the number: done, unless a second person is wanted."""
        if self._required and self._units():
            self.reviewer.setFocus()
        else:
            self._entered()

    def _entered(self) -> None:
        units = self._units()
        if not units:
            return
        person, pin = self.reviewer.text().strip(), self.pin.text()
        self.pin.clear()
        if bool(person) != bool(pin) or (self._required and not person):
            self._hint.setText(translate("Ask", "✕ Number and PIN of the second person."))
            (self.pin if person else self.reviewer).setFocus()
            return
        self.said.emit(units, (person, pin) if person else None)


class TypedPage(Card):
    """A trace code typed by hand (手工录入), twice: one wrong digit would be another box."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hint = plain(quiet=True)
        self.first, self.again = QLineEdit(), QLineEdit()
        for field, hint in (
            (self.first, translate("Ask", "The 20 characters printed on the box")),
            (self.again, translate("Ask", "The same once more")),
        ):
            field.setMaxLength(_MOST_TYPED)
            field.setFont(theme.font(17, mono=True))
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        number_pads(self.first, self.again)
        self.first.returnPressed.connect(self._first_entered)
        self.again.returnPressed.connect(self._entered)
        title = translate("Ask", "Type the code of a box that does not scan:")
        self.body.addWidget(plain(title, bold=True))
        self.body.addWidget(self.first)
        self.body.addWidget(self.again)
        self.body.addWidget(self._hint)
        self.body.addWidget(button(translate("Ask", "Take it (Enter)"), self._entered))

    def begin(self) -> None:
        """Ask anew."""
        self.first.clear()
        self.again.clear()
        self._hint.setText(translate("Ask", "Typed codes are marked as typed in the records."))

    def _first_entered(self) -> None:
        if len(_plain(self.first)) == _CODE_CHARS:
            self.again.setFocus()
            return
        why = translate("Ask", "✕ A code has 20 characters; these are %1.")
        self._hint.setText(why.replace("%1", str(len(_plain(self.first)))))

    def _entered(self) -> None:
        first, again = _plain(self.first), _plain(self.again)
        if len(first) != _CODE_CHARS:
            self._first_entered()
            self.first.setFocus()
        elif first != again:
            self._hint.setText(translate("Ask", "✕ The two are not the same. Type it once more."))
            self.again.clear()
        else:
            self.said.emit(first)


def _plain(field: QLineEdit) -> str:
    """What was typed without blanks, in plain characters (an input method may type full width).

    Other signs stay as they are, a pasted separator too: the recogniser refuses or reads them.
    """
    text = field.text()
    return (normalise(text) if unfolded(text) == text else text).replace(" ", "")
