"""Two questions about the customer: whose card, and who fetches the goods (人证相符)."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton

from pharmacy_desk.core.sale.person import Relation, SalePerson
from pharmacy_desk.counter.answers import PersonAnswer
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable
from pharmacy_desk.gui.words import persons as words

# An e-voucher has 28 digits; some readers put blanks between groups.
_MOST_CHARS = 40
_MOST_NAME = 40


class PersonPage(Card):
    """Whose card: scanned with the same gun, or typed; the name where the register wants it.

    `shown` tells the number and the name, `named` a name alone, `done` that nothing is left to
    ask, `forgotten` that it was the wrong person. What is typed is not shown: its check character
    tells a slip.
    """

    shown = Signal(str, str)
    named = Signal(str)
    done = Signal()
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wants_name = False
        self._person: SalePerson | None = None
        self._title = plain(bold=True)
        self._told, self._before, self._hint = plain(), plain(bold=True), plain(px=14, quiet=True)
        self.first, self.name = QLineEdit(), QLineEdit()
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        for field, most, hint in (
            (
                self.first,
                _MOST_CHARS,
                translate("Ask", "Scan the card or code, or type the number"),
            ),
            (self.name, _MOST_NAME, translate("Ask", "Name on the card")),
        ):
            field.setMaxLength(most)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        # The last place of an identity number may be an X.
        number_pad(self.first, "X")
        self.first.returnPressed.connect(self._entered)
        self.name.returnPressed.connect(self._entered)
        keys = QHBoxLayout()
        keys.addWidget(button(translate("Ask", "Go on (Enter)"), self._entered, primary=True))
        self._away = button(translate("Ask", "Not this person"), self.forgotten.emit)
        keys.addWidget(self._away)
        for part in (self._title, self._told, self._before, self.first, self.name, self._hint):
            self.body.addWidget(part)
        self.body.addLayout(keys)

    def begin(self, person: SalePerson | None, *, wants_name: bool) -> None:
        """Ask anew; `wants_name` where the register needs it (an identity card alone has none)."""
        self._wants_name = wants_name
        title = translate("Ask", "Whose identity card?")
        if not wants_name:
            title = translate("Ask", "Whose card or insurance code?")
        self._title.setText(title)
        self.first.clear()
        self.name.clear()
        self._before.clear()
        self._before.hide()
        self._show(person)
        self._hint.setText(translate("Ask", "Kept sealed; the screen and paper show it masked."))

    def answered(self, answer: PersonAnswer, now: datetime) -> None:
        """What the counter took of it, or why nothing."""
        why = words.why_not(answer.what)
        if why:
            self._hint.setText(why)
            field = self.first if self._person is None else self.name
            field.selectAll()
            field.setFocus()
            return
        self.first.clear()
        self._show(answer.person)
        told = words.bought(answer.bought, answer.days, now)
        self._before.setText(told)
        self._before.setVisible(bool(told))
        if self._lacks_name:
            self._hint.setText(translate("Ask", "Now the name on the card, then Enter."))
            self.name.setFocus()
        elif told:
            self._hint.setText(translate("Ask", "Look at what was bought before; Enter goes on."))
            self.first.setFocus()
        else:
            self.done.emit()

    def focus_field(self) -> QLineEdit:
        """Where the keyboard goes first."""
        return self.name if self._lacks_name else self.first

    @property
    def _lacks_name(self) -> bool:
        person = self._person
        return self._wants_name and person is not None and person.proved and not person.name_masked

    def _show(self, person: SalePerson | None) -> None:
        self._person = person if person and person.kind else None
        self._told.setText(words.shown(self._person) if self._person else "")
        self._told.setVisible(self._person is not None)
        self._away.setVisible(self._person is not None)
        self.name.setVisible(self._wants_name)

    def _entered(self) -> None:
        number, name = self.first.text().strip(), self.name.text().strip()
        if number:
            self.shown.emit(number, name)
        elif name and self._person is not None:
            self.named.emit(name)
        elif self._person is None:
            self._hint.setText(translate("Ask", "✕ Scan the card, or type its number. Esc leaves."))
            self.first.setFocus()
        elif self._lacks_name:
            self._hint.setText(translate("Ask", "✕ The register needs the name on the card."))
            self.name.setFocus()
        else:
            self.done.emit()


class BearerPage(Card):
    """人证相符: the insured person herself (Enter), or somebody who fetches the goods for her."""

    said = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._relation: Relation | None = None
        self._title, self._hint = plain(bold=True), plain(px=14, quiet=True)
        self._title.setText(translate("Ask", "Is it the insured person herself?"))
        self.first = touchable(button("", lambda: self._chosen(None)))
        self.first.setText("1  " + translate("Ask", "Herself (Enter)"))
        self.buttons: list[QPushButton] = [self.first]
        for place, who in enumerate(Relation, start=2):
            made = touchable(button("", partial(self._chosen, who)))
            made.setText(f"{place}  {words.relation(who)}")
            self.buttons.append(made)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, made in enumerate(self.buttons):
            made.installEventFilter(self)
            grid.addWidget(made, *divmod(place, 2))
        self.name = QLineEdit()
        self.name.setMaxLength(_MOST_NAME)
        hint = translate("Ask", "Name of the one who fetches")
        self.name.setPlaceholderText(hint)
        self.name.setAccessibleName(hint)
        self.name.returnPressed.connect(self._entered)
        self.go_on = touchable(button(translate("Ask", "Go on (Enter)"), self._entered))
        named = QHBoxLayout()
        named.addWidget(self.name, 1)
        named.addWidget(self.go_on)
        self.body.addWidget(self._title)
        self.body.addLayout(grid)
        self.body.addLayout(named)
        self.body.addWidget(self._hint)

    def begin(self) -> None:
        """Ask anew."""
        self._relation = None
        self.name.clear()
        self._ask_name(asked=False)
        self._hint.setText(translate("Ask", "Look at the photo of the card; press a digit."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a digit chooses."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.buttons):
            self.buttons[place].click()
            return True
        return False

    def _ask_name(self, *, asked: bool) -> None:
        for part in (self.name, self.go_on):
            part.setVisible(asked)

    def _chosen(self, who: Relation | None) -> None:
        if who is None:
            self.said.emit(None, "")
            return
        self._relation = who
        self._ask_name(asked=True)
        self.updateGeometry()
        told = translate("Ask", "%1: type the name, then Enter.")
        self._hint.setText(told.replace("%1", words.relation(who)))
        self.name.setFocus()

    def _entered(self) -> None:
        name = self.name.text().strip()
        if not name or any(ch.isdigit() for ch in name):
            self._hint.setText(translate("Ask", "✕ Type the name, without digits."))
            return
        self.said.emit(self._relation, name)
