"""A list of the ledger that is searched by words and days, opened row by row and saved as a table.

What all such pages do alike; each says how it is read, drawn and written.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.days import DayRange, no_day
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

R = TypeVar("R")
F = TypeVar("F")

# A pause in typing; the list is asked anew after it.
_PAUSE_MS = 200
# A year of a busy store with three counters; a spreadsheet holds ten times as many.
MOST_SAVED = 100_000


class ListPage(QWidget, Generic[R, F]):
    """`wanted` tells which receipt is to be opened."""

    wanted = Signal(str)

    def __init__(
        self,
        desk: DeskView,
        *,
        hint: str,
        columns: Sequence[str],
        cells: Callable[[R], Sequence[str]],
        tone: Callable[[R], theme.Tone | None],
        widths: Sequence[int],
        wide: int,
        since: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.text = QLineEdit()
        self.text.setPlaceholderText(hint)
        self.text.setMaxLength(100)
        self.days = DayRange()
        if since:
            self.days.first.setText(since.isoformat())
        self.note = plain(quiet=True)
        self.rows: PagedRows[R] = PagedRows(desk.asker, list(columns), cells, tone)
        self.table = TableView("", wide)
        self.table.show_model(self.rows, widths)
        self.table.doubleClicked.connect(lambda _: self.open_current())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        for field in (self.text, self.days.first, self.days.last):
            field.textChanged.connect(lambda _: self._pause.start())
            field.installEventFilter(self)
        self.table.installEventFilter(self)

    @property
    def file_title(self) -> str:
        """What a file of what is shown is called."""
        raise NotImplementedError

    def filter(self) -> F | None:
        """What the fields say; None while a day is no day."""
        raise NotImplementedError

    def read(self, wanted: F) -> None:
        """Ask for the rows that fit, and for how many there are."""
        raise NotImplementedError

    def open_current(self) -> None:
        """Enter: what the row under the keyboard leads to."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write what is shown to a file."""
        raise NotImplementedError

    def keys(
        self, *actions: tuple[str, Callable[[], None]]
    ) -> tuple[QHBoxLayout, list[QPushButton]]:
        """The foot of the page: how many rows there are, and a button for each key."""
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        made = []
        for words, action in actions:
            one = button(words, action)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.setMinimumHeight(44)
            foot.addWidget(one)
            made.append(one)
        return foot, made

    @property
    def in_front(self) -> QWidget:
        """What the keyboard goes to from the fields."""
        return self.table

    def shown(self) -> None:
        """The page comes to the front."""
        if self._stale:
            self.refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self) -> None:
        """A sale was paid or came back: the list is read anew when somebody looks."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._pause.stop()
        wanted = self.filter()
        if wanted is None:
            self.note.setText(no_day())
            return
        self._stale = False
        self.table.set_empty_text(translate("Stock", "Reading …"))
        self.read(wanted)

    def arrived(self, none: str) -> None:
        """The first rows are there; `none` is said where there are no rows."""
        self.table.set_empty_text(none)
        if self.rows.rowCount():
            self.table.selectRow(0)

    def ask_file_named(self, what: str) -> None:
        """Ask where `what` is to be saved, XLSX or CSV by the file's name."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            what,
            f"{self.file_title}-{self._desk.now():%Y%m%d}.xlsx",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.save(Path(name))

    def write(self, path: Path, table: Sequence[Sequence[str]], words: str) -> None:
        """Write a table with its heads, XLSX unless the name says CSV; %1 and %2 are told then."""
        known = path.suffix.lower() in (".xlsx", ".csv")
        path = path if known else path.with_name(path.name + ".xlsx")
        told = words.replace("%1", str(len(table) - 1)).replace("%2", path.name)

        def saved(answer: object) -> None:
            if isinstance(answer, WorldError):
                self.note.setText("✕ " + " ".join(faults_words.fault(answer)))
            else:
                self.note.setText(told)

        self._desk.stock.files.save_table(path, self.file_title, table, saved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: Enter opens, Down leaves the fields for the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and watched is self.table:
            self.open_current()
        elif watched is not self.table and (enter or event.key() == Qt.Key.Key_Down):
            if enter:
                self.refresh()
            self.in_front.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True
