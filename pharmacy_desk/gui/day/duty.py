"""在岗: pharmacists sign on and off with number and PIN; what the register says of them."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.duty import Entry, OnDuty, recovery, stands_as_pharmacist
from pharmacy_desk.core.people.people import MOST_PIN, Operator
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DutyAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import duty as duty_words


@dataclass(frozen=True, slots=True)
class _Pharmacist:
    """A row: the person, the register's entry, and the sign-on where there is one."""

    person: Operator
    entry: Entry | None
    on: OnDuty | None


class DutyTab(QWidget):
    """Enter on the PIN signs on whoever is off, and off whoever is on."""

    def __init__(self, desk: DeskView) -> None:
        super().__init__()
        self._desk = desk
        self._on: tuple[OnDuty, ...] = ()
        self.head = plain(px=19, bold=True)
        self.number, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.sign = touchable(button("", self.turn, primary=True))
        self.hint, self.reminder = plain(), plain()
        self.rows: Rows[_Pharmacist] = Rows(
            [
                translate("Duty", "Number"),
                translate("Duty", "Name"),
                translate("Duty", "Role"),
                translate("Duty", "Licence"),
                translate("Duty", "Insurance register"),
                translate("Duty", "Points entered"),
                translate("Duty", "On duty since"),
            ],
            self._cells,
            self._tone,
        )
        self.table = TableView(
            translate("Duty", "No pharmacist is set up. The manager adds one: Ctrl+8, F8."), 4
        )
        self.table.show_model(self.rows, (90, 140, 90, 190, 280, 120, 150))
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._lay_out()
        self._show_sign()

    def _lay_out(self) -> None:
        for field, hint, most in (
            (self.number, translate("Duty", "Pharmacist's number"), 30),
            (self.pin, translate("Duty", "PIN"), MOST_PIN),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(most)
            number_pad(field, at_once=False)
        self.number.textChanged.connect(lambda _: self._show_sign())
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.turn)
        row = QHBoxLayout()
        row.addWidget(self.number, 2)
        row.addWidget(self.pin, 2)
        row.addWidget(self.sign, 1)
        card = Card()
        card.body.addWidget(self.head)
        card.body.addLayout(row)
        card.body.addWidget(self.hint)
        card.body.addWidget(self.reminder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(card)
        layout.addWidget(self.table, 1)

    def shown(self) -> None:
        """The tab comes to the front."""
        self._desk.duty.show()
        if self._desk.settings().practice and not self._on:
            self.hint.setText(translate("Lock", "Training: number 001, PIN 123456."))
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number.selectAll()

    def turn(self) -> None:
        """Sign on, or off who is on."""
        person, pin = self.number.text().strip(), self.pin.text()
        self.pin.clear()
        wished = self._desk.duty.sign(person, pin or None, on=not self._is_on(person))
        self._desk.bridge.follow(wished, self.answered)

    def answered(self, answer: DutyAnswer) -> None:
        """Say what became of it."""
        self.hint.setText(duty_words.answer(answer))
        field = self.pin if answer.what.refused and self.number.text() else self.number
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """Who is on duty has changed, or who works here."""
        if isinstance(message, news.DutyShown):
            self._show(message)
        elif isinstance(message, news.PeopleChanged) and self.isVisible():
            self._desk.duty.show()

    def _show(self, heard: news.DutyShown) -> None:
        now = self._desk.now()
        self._on = tuple(one for one in heard.on_duty if one.counts(now))
        entries = {one.person: one for one in heard.register}
        on = {one.person: one for one in self._on}
        people = {one.operator.id: one.operator for one in heard.people if one.active}
        people |= {n: Operator(n, one.name, "") for n, one in on.items() if n not in people}
        self.rows.show(
            [
                _Pharmacist(one, entries.get(number), on.get(number))
                for number, one in sorted(people.items())
                if number in on or stands_as_pharmacist(one.role, entries.get(number))
            ]
        )
        self.head.setText(duty_words.on_duty(self._on))
        self._remind(heard.register)
        self._show_sign()

    def _remind(self, register: tuple[Entry, ...]) -> None:
        """The way back of everybody who is suspended; quiet where nobody is."""
        today, calendar = self._desk.now().date(), self._desk.calendar
        ways = [(one, recovery(one, calendar)) for one in register if one.barred(today)]
        told = [duty_words.recovers(one, way) for one, way in ways if way]
        self.reminder.setText("\n".join(f"! {line}" for line in told))
        self.reminder.setVisible(bool(told))

    def _is_on(self, person: str) -> bool:
        return any(one.person == person for one in self._on)

    def _show_sign(self) -> None:
        off = self._is_on(self.number.text().strip())
        on_words = translate("Duty", "Sign on (Enter)")
        self.sign.setText(translate("Duty", "Sign off (Enter)") if off else on_words)

    def _cells(self, one: _Pharmacist) -> tuple[str, ...]:
        entry = one.entry
        return (
            one.person.id,
            one.person.name,
            one.person.role,
            entry.licence if entry else "",
            duty_words.entry_state(entry, self._desk.now().date()),
            str(entry.points) if entry and entry.notices else "",
            f"✓ {one.on.since:%m-%d %H:%M}" if one.on else "",
        )

    def _tone(self, one: _Pharmacist) -> theme.Tone | None:
        barred = one.entry is not None and one.entry.barred(self._desk.now().date())
        return theme.NO if barred else None

    def _row_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        one = self.rows.row(current.row())
        if one:
            self.number.setText(one.person.id)
