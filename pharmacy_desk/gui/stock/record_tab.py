"""A record that is kept for inspectors: days above, its rows below, for paper and as a table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.stock.record_head import RecordHead
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

R = TypeVar("R")


class RecordTab(QWidget, Generic[R]):
    """What all such records do alike; each says how it is read, drawn and written."""

    target = ScanTarget.LOOK_UP

    def __init__(
        self,
        desk: DeskView,
        *,
        title: str,
        columns: Sequence[str],
        widths: Sequence[int],
        cells: Callable[[R], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.head = RecordHead(self, title, self.file_name)
        self.rows: PagedRows[R] = PagedRows(desk.asker, list(columns), cells)
        self.table = TableView("", 1)
        self.table.show_model(self.rows, widths)
        self.head.wanted.connect(self.days_entered)
        self.head.pdf_wanted.connect(self.save_pdf)
        self.head.table_wanted.connect(self.save_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)

    def file_name(self) -> str:
        """What a file of what is shown is called."""
        raise NotImplementedError

    def save_pdf(self, path: Path) -> None:
        """Print what is shown, all of it, not only what was scrolled to."""
        raise NotImplementedError

    def save_table(self, path: Path) -> None:
        """Save what is shown, CSV or XLSX by the file's name."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the record from its beginning."""
        raise NotImplementedError

    def days_entered(self) -> None:
        """Other days are wanted."""
        self.refresh()

    def refresh(self) -> None:
        """Read it anew."""
        self._stale = False
        self.read()

    def shown(self) -> None:
        """The tab comes to the front: this month, until other days are wanted."""
        self.head.begin(self._desk.now().date())
        if self._stale:
            self.refresh()
        self.head.take_keyboard()

    def hear(self, message: news.News) -> None:
        """A paid sale may have new rows."""
        if isinstance(message, news.Paid):
            self._stale = True
            if self.isVisible():
                self.refresh()
        elif isinstance(message, news.Trouble) and self.isVisible():
            self._stale = True
            self.rows.stop()
            self.table.set_empty_text(" ".join(faults_words.fault(message.error)))

    def meanings(self) -> Meanings:
        """Ctrl+P prints."""
        return {"Ctrl+P": self.head.ask_pdf}

    def post(self) -> None:
        """F8 does nothing here."""

    def second(self) -> None:
        """F6 does nothing here."""


def table_file(path: Path) -> Path:
    """Where a table goes: CSV unless the file's name says otherwise."""
    known = path.suffix.lower() in (".csv", ".xlsx")
    return path if known else path.with_name(path.name + ".csv")
