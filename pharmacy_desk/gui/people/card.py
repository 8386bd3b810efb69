"""Who works here: list, add, change, new PIN, badge, lock-out, leave. Nobody is ever deleted."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.people.people import MOST_PIN, Operator, Person
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.staff_wishes import StaffAnswer, StaffWish
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import people as people_words

# Six people in sight, the usual store; more are scrolled.
_TABLE_PX = 250


class PeopleCard(Card):
    """A card of the settings screen; nothing of a PIN or a badge is kept but its hash.

    `lacks_manager` says that nobody here could approve anything.
    """

    lacks_manager = Signal(str)

    def __init__(self, desk: DeskView) -> None:
        super().__init__()
        self._desk = desk
        self._enrolling = ""
        self.rows: Rows[Person] = Rows(
            [
                translate("People", "Number"),
                translate("People", "Name"),
                translate("People", "Role"),
                translate("People", "Badge"),
                translate("People", "State"),
            ],
            self._cells,
            self._tone,
        )
        self.table = TableView(
            translate("People", "Nobody is set up yet. Add the manager (店长) first, below."), 4
        )
        self.table.show_model(self.rows, (110, 170, 110, 110, 220))
        self.table.setFixedHeight(_TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.number, self.name, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = Combo()
        self.role.addItems([role.value for role in Role])
        self.role.setAccessibleName(translate("People", "Role"))
        self.hint = plain()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        for field, hint, most in (
            (self.number, translate("People", "Number"), 30),
            (self.name, translate("People", "Name"), 30),
            (self.pin, translate("People", "PIN, 6 digits; empty: as before"), MOST_PIN),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(most)
        number_pads(self.number, self.pin)
        row = QHBoxLayout()
        for part in (self.number, self.name, self.role, self.pin):
            row.addWidget(part)
        row.addWidget(button(translate("People", "Keep this person"), self.keep, primary=True))
        actions = (
            (translate("People", "New badge (PDF)"), self.make_badge),
            (translate("People", "Use a card: scan it twice"), self.enrol),
            (translate("People", "Withdraw badge"), self.withdraw),
            (translate("People", "End lock-out"), self.free),
            (translate("People", "Leaves / comes back"), self.turn_active),
        )
        grid = QGridLayout()
        for column, (text, action) in enumerate(actions):
            grid.addWidget(button(text, action), 0, column)
        self.body.addWidget(plain(translate("People", "People"), px=19, bold=True))
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.body.addLayout(grid)
        self.body.addWidget(self.hint)

    # --- showing --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list again."""
        self._desk.bridge.follow(self._desk.wishes.staff.people(), self.show_people)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show everybody; those who left last."""
        chosen = self.number.text().strip()
        ordered = sorted(people, key=lambda one: (not one.active, one.operator.id))
        self.rows.show(ordered)
        for place, one in enumerate(ordered):
            if one.operator.id == chosen:
                self.table.selectRow(place)
        managers = [p for p in people if p.active and p.operator.role == Role.MANAGER.value]
        self.lacks_manager.emit(no_manager() if not managers else "")

    def _cells(self, one: Person) -> tuple[str, ...]:
        has = translate("People", "has one") if one.has_badge else "—"
        return (one.operator.id, one.operator.name, one.operator.role, has, self._state(one))

    def _state(self, one: Person) -> str:
        if not one.active:
            return translate("People", "left")
        if one.locked(self._desk.now()) and one.locked_until:
            until = translate("People", "locked until %1")
            return "✕ " + until.replace("%1", f"{one.locked_until:%m-%d %H:%M}")
        if one.tries:
            wrong = translate("People", "%1 wrong PINs")
            return "! " + wrong.replace("%1", str(one.tries))
        return "✓ " + translate("People", "works here")

    def _tone(self, one: Person) -> theme.Tone | None:
        if not one.active:
            return theme.NOTE
        return theme.NO if one.locked(self._desk.now()) else None

    def _row_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        one = self.rows.row(current.row())
        if one:
            self.number.setText(one.operator.id)
            self.name.setText(one.operator.name)
            self.role.setCurrentText(one.operator.role)
            self.pin.clear()

    # --- wishes ---------------------------------------------------------------------------

    def keep(self) -> None:
        """Add the person, or change name, role and (when one is typed) the PIN."""
        number, name, pin = self.number.text().strip(), self.name.text().strip(), self.pin.text()
        self.pin.clear()
        person = Operator(number, name, self.role.currentText())
        self._follow(self._desk.wishes.staff.keep(person, pin or None), f"{number} {name}")

    def _chosen(self) -> Person | None:
        number = self.number.text().strip()
        for place in range(self.rows.rowCount()):
            one = self.rows.row(place)
            if one and one.operator.id == number:
                return one
        self.hint.setText("✕ " + translate("People", "Choose a person in the list first."))
        return None

    def make_badge(self) -> None:
        """A new badge, printed once: its text is known to nobody afterwards."""
        one = self._chosen()
        if one is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, translate("People", "Badge"), f"badge-{one.operator.id}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.print_badge(one.operator, Path(name))

    def print_badge(self, person: Operator, path: Path) -> None:
        """Give the person a new badge and write its card."""
        path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        wished = self._desk.wishes.staff.make_badge(person.id)
        self._follow(wished, path.name, lambda told: self._save(path, person, told.badge))

    def _save(self, path: Path, person: Operator, text: str) -> None:
        try:
            self._desk.save_badge(path, person, text)
        except WorldError as error:
            self.hint.setText("✕ " + " ".join(faults_words.fault(error)))

    def enrol(self) -> None:
        """An existing card of the person's: its text is scanned twice."""
        one = self._chosen()
        if one:
            wished = self._desk.wishes.staff.enrol_badge(one.operator.id)
            self._follow(wished, one.operator.name, self._enrolling_begun)

    def _enrolling_begun(self, told: StaffAnswer) -> None:
        self._enrolling = told.person

    def withdraw(self) -> None:
        """The badge is lost or given back."""
        one = self._chosen()
        if one:
            self._follow(self._desk.wishes.staff.withdraw_badge(one.operator.id), one.operator.name)

    def free(self) -> None:
        """End a lock-out after wrong PINs."""
        one = self._chosen()
        if one:
            self._follow(self._desk.wishes.staff.free(one.operator.id), one.operator.name)

    def turn_active(self) -> None:
        """The person leaves, or comes back; what they did stays in the books."""
        one = self._chosen()
        if one:
            wished = self._desk.wishes.staff.set_active(one.operator.id, active=not one.active)
            self._follow(wished, one.operator.name)

    def leave(self) -> None:
        """The screen goes behind another one: scans are the sale's again."""
        if self._enrolling:
            self._enrolling = ""
            self._desk.wishes.staff.stop_enrolling()

    # --- answers --------------------------------------------------------------------------

    def _follow(
        self,
        wished: StaffWish,
        about: str,
        then: Callable[[StaffAnswer], None] = lambda _: None,
    ) -> None:
        """Say what became of a wish, and go on when it was done."""

        def say(told: StaffAnswer) -> None:
            self.hint.setText(people_words.staff(told.what, about))
            if not told.what.refused:
                then(told)

        self._desk.bridge.follow(wished, say)

    def hear(self, message: news.News) -> None:
        """Facts: who works here has changed, a badge is being enrolled."""
        if isinstance(message, news.PeopleChanged):
            self.refresh()
        elif isinstance(message, news.Enrolling):
            self._enrolled(message)

    def _enrolled(self, heard: news.Enrolling) -> None:
        self._enrolling = heard.operator if heard.scans < 2 else ""
        if heard.refused:
            self.hint.setText("✕ " + people_words.staff_refused(heard.refused))
        elif heard.scans < 2:
            self.hint.setText(translate("People", "✓ Once. Scan the same card again."))
        else:
            given = translate("People", "✓ The card is the badge of %1 now.")
            self.hint.setText(given.replace("%1", heard.operator))
        if heard.scans == 2:
            self.refresh()


def no_manager() -> str:
    """A store without a manager: what is lacking and what to do."""
    return translate(
        "People",
        "! No manager (店长) is set up: nobody can approve or free a locked number. Add one below"
        " under People.",
    )
