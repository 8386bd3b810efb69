"""The staff register: licence, the insurance's register, points of the bureau's notices."""

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.people.duty import Entry, Points, RegisterState, recovery
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DutyAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.days import no_day
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import duty as duty_words

_TABLE_PX = 170


class RegisterCard(Card):
    """A card of the settings screen beside the people; what it holds was told by the bureau."""

    def __init__(self, desk: DeskView) -> None:
        super().__init__()
        self._desk = desk
        self._entries: dict[str, Entry] = {}
        self.number, self.licence = QLineEdit(), QLineEdit()
        self.since, self.until = QLineEdit(), QLineEdit()
        self.state = Combo()
        for one in RegisterState:
            self.state.addItem(duty_words.register_state(one), one.value)
        self.day, self.points, self.notice = QLineEdit(), QLineEdit(), QLineEdit()
        self.hint = plain()
        self.rows: Rows[tuple[Entry, Points | None]] = Rows(
            [
                translate("Duty", "Number"),
                translate("Duty", "Licence"),
                translate("Duty", "Insurance register"),
                translate("Duty", "Recovery"),
                translate("Duty", "Notice"),
                translate("Duty", "Of the day"),
                translate("Duty", "Points"),
                translate("Duty", "Sum"),
            ],
            self._cells,
            self._tone,
        )
        self.table = TableView(translate("Duty", "Nothing is entered yet."), 3)
        self.table.show_model(self.rows, (80, 150, 230, 260, 150, 110, 70, 70))
        self.table.setFixedHeight(_TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._lay_out()
        desk.duty.show()

    def _lay_out(self) -> None:
        for field, hint, most in (
            (self.number, translate("Duty", "Person's number"), 30),
            (self.licence, translate("Duty", "Licence number"), 40),
            (self.since, translate("Duty", "from the day"), 10),
            (self.until, translate("Duty", "to the day"), 10),
            (self.day, translate("Duty", "day of the notice"), 10),
            (self.points, translate("Duty", "points"), 2),
            (self.notice, translate("Duty", "number of the notice"), 40),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(most)
        number_pads(self.number, self.since, self.until, self.day, self.points, sign="-")
        self.state.setAccessibleName(translate("Duty", "Insurance register"))
        self.body.addWidget(plain(translate("Duty", "Staff register"), px=19, bold=True))
        about = translate(
            "Duty", "As the bureau's notices say; points are added up, nothing is concluded."
        )
        self.body.addWidget(plain(about, px=14, quiet=True))
        self.body.addWidget(self.table)
        entry, points = QHBoxLayout(), QHBoxLayout()
        for part in (self.number, self.licence, self.state, self.since, self.until):
            entry.addWidget(part)
        keep = button(translate("Duty", "Keep this entry"), self.keep, primary=True)
        entry.addWidget(keep)
        for part in (self.day, self.points, self.notice):
            points.addWidget(part)
        for made in self._point_buttons():
            points.addWidget(made)
        grid = QGridLayout()
        grid.addLayout(entry, 0, 0)
        grid.addLayout(points, 1, 0)
        self.body.addLayout(grid)
        self.body.addWidget(self.hint)

    def _point_buttons(self) -> tuple[QPushButton, QPushButton]:
        return (
            button(translate("Duty", "Note points"), self.enter),
            button(translate("Duty", "Withdraw this notice"), self.withdraw),
        )

    # --- wishes ---------------------------------------------------------------------------

    def keep(self) -> None:
        """Enter licence and state."""
        if not (self._is_day(self.since) and self._is_day(self.until)):
            return
        entry = Entry(
            person=self.number.text().strip(),
            licence=self.licence.text().strip(),
            state=RegisterState(self.state.currentData()),
            since=parse_day(self.since.text().strip()),
            until=parse_day(self.until.text().strip()),
        )
        self._desk.bridge.follow(self._desk.duty.keep_entry(entry), self.answered)

    def _is_day(self, field: QLineEdit) -> bool:
        """False for what is no day; it is said then. Empty means that nobody told one."""
        text = field.text().strip()
        right = not text or parse_day(text) is not None
        if not right:
            self.hint.setText(no_day())
            field.setFocus()
        return right

    def enter(self) -> None:
        """Enter points of a notice."""
        if not self._is_day(self.day):
            return
        typed = self.points.text().strip()
        count = int(typed) if typed.isascii() and typed.isdigit() else 0
        # Without a day it is none of the past, and refused as such.
        told = Points(parse_day(self.day.text().strip()) or date.max, count, self.notice.text())
        wished = self._desk.duty.enter_points(self.number.text().strip(), told)
        self._desk.bridge.follow(wished, self.answered)

    def withdraw(self) -> None:
        """A notice was entered wrongly, or is lifted."""
        person, notice = self.number.text().strip(), self.notice.text().strip()
        self._desk.bridge.follow(self._desk.duty.withdraw_points(person, notice), self.answered)

    def answered(self, answer: DutyAnswer) -> None:
        """Say what became of it."""
        self.hint.setText(duty_words.answer(answer))

    # --- showing --------------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """The register has changed."""
        if isinstance(message, news.DutyShown):
            self._entries = {one.person: one for one in message.register}
            self.rows.show([pair for one in message.register for pair in _lines(one)])

    def _cells(self, pair: tuple[Entry, Points | None]) -> tuple[str, ...]:
        entry, notice = pair
        way = recovery(entry, self._desk.calendar)
        told = translate("Duty", "apply by %1, answered by %2")
        if way:
            told = told.replace("%1", way.apply_by.isoformat())
            told = told.replace("%2", way.answered_by.isoformat())
        return (
            entry.person,
            entry.licence,
            duty_words.entry_state(entry, self._desk.now().date()),
            told if way else "",
            notice.notice if notice else "",
            notice.day.isoformat() if notice else "",
            str(notice.points) if notice else "",
            str(entry.points) if entry.notices else "",
        )

    def _tone(self, pair: tuple[Entry, Points | None]) -> theme.Tone | None:
        return theme.NO if pair[0].barred(self._desk.now().date()) else None

    def _row_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        pair = self.rows.row(current.row())
        if pair is None:
            return
        entry, notice = pair
        self.number.setText(entry.person)
        self.licence.setText(entry.licence)
        self.state.setCurrentIndex(self.state.findData(entry.state.value))
        for field, day in ((self.since, entry.since), (self.until, entry.until)):
            field.setText(day.isoformat() if day else "")
        self.day.setText(notice.day.isoformat() if notice else "")
        self.points.setText(str(notice.points) if notice else "")
        self.notice.setText(notice.notice if notice else "")


def _lines(entry: Entry) -> list[tuple[Entry, Points | None]]:
    """One row a notice; one for somebody without any."""
    return [(entry, notice) for notice in entry.notices] or [(entry, None)]
