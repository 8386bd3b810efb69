"""含麻专册: what the register holds, by days and masked; opened for paper by a manager alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.register_record import COLUMNS, TITLE, RegisterRow, register_table
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.answers import RegisterAnswer, RegisterDid
from pharmacy_desk.counter.people.register_wishes import Opened
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import range_fact, register_sheet
from pharmacy_desk.gui.stock.record_head import RecordHead
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

# Each row that is opened is an event: a year of a busy store, no more at once.
MOST_OPENED = 1200
_PAGE = 1000
_PRINTED, _SAVED = "register printed", "register saved as a table"
_Then = Callable[[list[RegisterRow], Opened], None]


class RegisterTab(QWidget):
    """Days above, rows below; names and numbers are masked here whoever looks."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.head = RecordHead(self, TITLE, self._name)
        self.rows: PagedRows[RegisterRow] = PagedRows(
            desk.asker, list(COLUMNS), lambda row: row.cells()
        )
        self.table = TableView("", 1)
        self.table.show_model(self.rows, (150, 85, 130, 190, 120, 150, 95, 65, 90, 180))
        self._lay_out()

    def _lay_out(self) -> None:
        self.head.wanted.connect(self.refresh)
        self.head.pdf_wanted.connect(self.save_pdf)
        self.head.table_wanted.connect(self.save_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)

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

    def refresh(self) -> None:
        """Read the register from its beginning."""
        self._stale = False
        days = self.head.days()
        if days is None:
            return
        since, until = days
        self.head.say("")
        self.table.set_empty_text(translate("Split", "Reading …"))
        self.rows.begin(
            lambda reader, last, n: reader.register.entered(since, until, last, n), self._arrived
        )

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Register", "Nothing that the register wants was sold on these days.")
        )

    # --- paper and tables -----------------------------------------------------------------

    def _name(self) -> str:
        return f"{TITLE}-{self.head.span()}"

    def save_pdf(self, path: Path) -> None:
        """Print what is shown, with names and numbers, once a manager lets it be opened."""
        path = path if path.suffix else path.with_suffix(".pdf")

        def draw(rows: list[RegisterRow], opened: Opened) -> None:
            days, store = self.head.days(), self._desk.settings().text("store.name")
            facts = (range_fact(*days),) if days else ()
            sheet = register_sheet(rows, opened, store, facts, self._desk.now())
            self.head.written_by(lambda: a4.save_pdf(sheet, path), path)

        self._all(draw, _PRINTED)

    def save_table(self, path: Path) -> None:
        """Save what is shown, CSV or XLSX by the file's name, once a manager lets it be opened."""
        known = path.suffix.lower() in (".csv", ".xlsx")
        path = path if known else path.with_name(path.name + ".csv")

        def write(rows: list[RegisterRow], opened: Opened) -> None:
            table = register_table(rows, opened)
            self._desk.stock.files.save_table(path, TITLE, table, self.head.written)

        self._all(write, _SAVED)

    def _all(self, then: _Then, why: str) -> None:
        """Every row of these days, read on the reader's lane, then opened on the desk's."""
        days = self.head.days()
        if days is None:
            return
        self.head.say(translate("Split", "Reading …"))

        def open_(rows: list[RegisterRow]) -> None:
            if len(rows) > MOST_OPENED:
                self.head.too_many(MOST_OPENED)
                return
            self.head.say(translate("Register", "A manager lets the register be opened …"))
            records = [row.record for row in rows if not row.dropped]

            def decided(answer: RegisterAnswer) -> None:
                if answer.what is RegisterDid.OPENED:
                    then(rows, answer.opened)
                else:
                    self.head.say(translate("Register", "✕ Not opened: no manager said yes."))

            self._desk.bridge.follow(self._desk.register.open(records, why), decided)

        self._desk.asker.ask(lambda reader: _every(reader, days), open_)


def _every(reader: LedgerReading, days: tuple[date, date]) -> list[RegisterRow]:
    found: list[RegisterRow] = []
    while page := reader.register.entered(*days, found[-1] if found else None, _PAGE):
        found += page
        if len(found) > MOST_OPENED:
            break
    return found
