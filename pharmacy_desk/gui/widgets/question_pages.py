"""Three pages of questions at the checkout: units of a box, a typed code, who works here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pharmacy_desk.core.scan import normalise
from pharmacy_desk.gui import theme
from pharmacy_desk.gui.said import translate
from pharmacy_desk.gui.widgets.parts import Card, button, plain

# What is printed on a box: 7 characters of identification, 13 of serial (facts on codes, 1).
_CODE_CHARS = 20
# Room for the blanks people type between groups.
_MOST_TYPED = 40
# Four figures: no box holds ten thousand units.
_MOST_DIGITS = 4


class UnitsPage(Card):
    """How many units of a box (拆零)."""

    said = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._left = 0
        self._title, self._hint = plain(bold=True), plain(quiet=True)
        self.first = QLineEdit()
        self.first.setMaxLength(_MOST_DIGITS)
        self.first.setAccessibleName(translate("Ask", "Units"))
        self.first.returnPressed.connect(self._entered)
        self.body.addWidget(self._title)
        self.body.addWidget(self.first)
        self.body.addWidget(self._hint)
        self.body.addWidget(button(translate("Ask", "Sell these units (Enter)"), self._entered))

    def begin(self, name: str, unit: str, left: int, *, more: bool) -> None:
        """Ask for a box of this drug with so many units left."""
        self._left = left
        text = translate("Ask", "How many units of %1?")
        if more:
            text = translate("Ask", "How many units more of %1?")
        self._title.setText(text.replace("%1", name))
        hint = translate("Ask", "%1 left in this box").replace("%1", f"{left} {unit}".strip())
        self._hint.setText(hint)
        self.first.clear()

    def _entered(self) -> None:
        text = self.first.text().strip()
        units = int(text) if text.isascii() and text.isdigit() else 0
        if 1 <= units <= self._left:
            self.said.emit(units)
            return
        why = translate("Ask", "✕ A number from 1 to %1.").replace("%1", str(self._left))
        self._hint.setText(why)
        self.first.selectAll()


class TypedPage(Card):
    """A trace code typed by hand (手工录入), twice: one wrong digit would be another box."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hint = plain(quiet=True)
        self.first, self._again = QLineEdit(), QLineEdit()
        for field, hint in (
            (self.first, translate("Ask", "The 20 characters printed on the box")),
            (self._again, translate("Ask", "The same once more")),
        ):
            field.setMaxLength(_MOST_TYPED)
            field.setFont(theme.font(17, mono=True))
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        self.first.returnPressed.connect(self._first_entered)
        self._again.returnPressed.connect(self._entered)
        title = translate("Ask", "Type the code of a box that does not scan:")
        self.body.addWidget(plain(title, bold=True))
        self.body.addWidget(self.first)
        self.body.addWidget(self._again)
        self.body.addWidget(self._hint)

    def begin(self) -> None:
        """Ask anew."""
        self.first.clear()
        self._again.clear()
        self._hint.setText(translate("Ask", "Typed codes are marked as typed in the records."))

    def _first_entered(self) -> None:
        if len(_plain(self.first)) == _CODE_CHARS:
            self._again.setFocus()
            return
        why = translate("Ask", "✕ A code has 20 characters; these are %1.")
        self._hint.setText(why.replace("%1", str(len(_plain(self.first)))))

    def _entered(self) -> None:
        first, again = _plain(self.first), _plain(self._again)
        if len(first) != _CODE_CHARS:
            self._first_entered()
            self.first.setFocus()
        elif first != again:
            self._hint.setText(translate("Ask", "✕ The two are not the same. Type it once more."))
            self._again.clear()
        else:
            self.said.emit(first)


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
        self.first.returnPressed.connect(self._pin.setFocus)
        self._pin.returnPressed.connect(self._entered)
        self.body.addWidget(plain(translate("Ask", "Who works at this counter now?"), bold=True))
        self.body.addWidget(self.first)
        self.body.addWidget(self._pin)
        self.body.addWidget(button(translate("Ask", "Sign in (Enter)"), self._entered))

    def begin(self) -> None:
        """Ask anew."""
        self.first.clear()
        self._pin.clear()

    def _entered(self) -> None:
        person, pin = self.first.text().strip(), self._pin.text()
        self._pin.clear()
        if person and pin:
            self.said.emit(person, pin)


def _plain(field: QLineEdit) -> str:
    """What was typed without blanks, in plain characters (an input method may type full width)."""
    return "".join(normalise(field.text()).split())
