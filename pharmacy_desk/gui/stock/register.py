"""含麻专册: what the register holds, by days and masked; opened for paper by a manager alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.register_record import COLUMNS, TITLE, RegisterRow, register_table
from pharmacy_desk.counter.people.answers import RegisterAnswer, RegisterDid
from pharmacy_desk.counter.people.register_wishes import Opened
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import range_fact, register_sheet
from pharmacy_desk.gui.stock.record_tab import RecordTab, table_file

# Each row that is opened is an event: a year of a busy store, no more at once.
MOST_OPENED = 1200
_PAGE = 1000
_WIDTHS = (150, 85, 130, 190, 120, 150, 95, 65, 90, 180)
_PRINTED, _SAVED = "register printed", "register saved as a table"
_Then = Callable[[list[RegisterRow], Opened], None]


class RegisterTab(RecordTab[RegisterRow]):
    """Days above, rows below; names and numbers are masked here whoever looks."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=TITLE,
            columns=COLUMNS,
            widths=_WIDTHS,
            cells=lambda row: row.cells(),
            parent=parent,
        )

    def read(self) -> None:
        """Read the register from its beginning."""
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

    def file_name(self) -> str:
        """The register and its days."""
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
        path = table_file(path)

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
