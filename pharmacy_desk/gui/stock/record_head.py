"""Above a record of days: which days, what became of a wish, and the way to paper and tables."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.words import faults as faults_words


class RecordHead(QWidget):
    """Two days, a note and three buttons; keys work wherever the keyboard is within `tab`.

    `wanted` tells that the days are entered, `pdf_wanted` and `table_wanted` where the record is to
    be saved, under a name that begins as `name` says.
    """

    wanted = Signal()
    pdf_wanted = Signal(object)
    table_wanted = Signal(object)

    def __init__(self, tab: QWidget, title: str, name: Callable[[], str]) -> None:
        super().__init__(tab)
        self._tab = tab
        self._title = title
        self._name = name
        self.since, self.until = QLineEdit(), QLineEdit()
        self.note = plain(quiet=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._add_day(row, self.since, translate("Split", "From"))
        self._add_day(row, self.until, translate("Split", "to"))
        self.since.returnPressed.connect(self.until.setFocus)
        self.until.returnPressed.connect(self.wanted)
        row.addWidget(button(translate("Split", "Show (Enter)"), self.wanted.emit))
        row.addWidget(self.note, 1)
        row.addWidget(button(translate("Split", "Save as PDF (Ctrl+P)"), self.ask_pdf))
        row.addWidget(button(translate("Split", "Table, CSV (Ctrl+E)"), self.ask_table))
        shortcut = QShortcut(QKeySequence("Ctrl+E"), tab)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask_table)

    def _add_day(self, row: QHBoxLayout, field: QLineEdit, name: str) -> None:
        field.setMaxLength(10)
        field.setFixedWidth(130)
        field.setPlaceholderText("2026-01-31")
        field.setAccessibleName(name)
        number_pad(field, "-", at_once=False)
        label = plain(name)
        label.setWordWrap(False)
        row.addWidget(label)
        row.addWidget(field)

    def begin(self, today: date) -> None:
        """This month, until other days are wanted."""
        if not self.since.text():
            self.since.setText(today.replace(day=1).isoformat())
            self.until.setText(today.isoformat())

    def take_keyboard(self) -> None:
        """The keyboard is at the first day."""
        self.since.setFocus(Qt.FocusReason.OtherFocusReason)
        self.since.selectAll()

    def days(self) -> tuple[date, date] | None:
        """Both days, included; None, and said so, while they are none."""
        since, until = parse_day(self.since.text()), parse_day(self.until.text())
        if since and until and since <= until:
            return since, until
        self.say(translate("Split", "✕ These are no days. Write 2026-01-31."))
        return None

    def say(self, note: str) -> None:
        """A short note between the days and the buttons."""
        self.note.setText(note)

    def too_many(self, most: int) -> None:
        """So many rows are no record that anybody signs."""
        why = translate("Split", "✕ More than %1 rows: choose fewer days.")
        self.say(why.replace("%1", str(most)))

    def written(self, answer: object) -> None:
        """The path that was written, or the `WorldError` that kept it from being."""
        if isinstance(answer, WorldError):
            self.say("✕ " + " ".join(faults_words.fault(answer)))
        else:
            name = Path(str(answer)).name
            self.say(translate("Split", "✓ Saved: %1").replace("%1", name))

    def written_by(self, write: Callable[[], None], path: Path) -> None:
        """Write it now, and say what became of it."""
        try:
            write()
        except WorldError as error:
            self.written(error)
        else:
            self.written(path)

    def ask_pdf(self) -> None:
        """Ctrl+P: ask for a file name, then print the record as PDF."""
        kinds = translate("Split", "PDF (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self._tab, self._title, f"{self._name()}.pdf", kinds)
        if name:
            self.pdf_wanted.emit(Path(name))

    def ask_table(self) -> None:
        """Ctrl+E: ask for a file name, then save the record as a table."""
        kinds = translate("Stock", "Tables (*.xlsx *.csv)")
        name, _ = QFileDialog.getSaveFileName(self._tab, self._title, f"{self._name()}.csv", kinds)
        if name:
            self.table_wanted.emit(Path(name))

    def span(self) -> str:
        """The days as they stand, for a file's name."""
        return f"{self.since.text()}-{self.until.text()}"
