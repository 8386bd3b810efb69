"""拆零记录: what was sold of opened boxes, by days or of one scanned box; printed and saved."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.split_record import (
    COLUMNS,
    MORE_COLUMNS,
    TITLE,
    SplitRow,
    record_table,
)
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import range_fact, split_sheet
from pharmacy_desk.gui.stock.record_head import RecordHead
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

# A hundred pages: more is no record anybody signs, and drawing it would hold the counter up.
MOST_PRINTED = 1200
_PAGE = 1000


class SplitTab(QWidget):
    """Days above, rows below; a scan shows the record of that box alone."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._stale = True
        self.head = RecordHead(self, TITLE, self._name)
        self.rows: PagedRows[SplitRow] = PagedRows(desk.asker, [*COLUMNS, MORE_COLUMNS[0]], _cells)
        self.table = TableView("", 1)
        self.table.show_model(self.rows, (105, 150, 150, 95, 160, 105, 65, 105, 80, 80, 215))
        self._lay_out()

    def _lay_out(self) -> None:
        self.head.wanted.connect(self._days_entered)
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
        """A scan shows its box; a paid sale may have new rows."""
        if isinstance(message, news.LookedUp):
            self._scanned(message)
        elif isinstance(message, news.Paid):
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

    # --- which rows -----------------------------------------------------------------------

    def _scanned(self, heard: news.LookedUp) -> None:
        reading = heard.reading
        if reading.code and (reading.is_trace or reading.code_needs_map):
            self._code = reading.code
            self.refresh()
        else:
            self.head.say(translate("Split", "✕ Not a trace code. Scan the opened box."))

    def _days_entered(self) -> None:
        self._code = ""
        self.refresh()

    def refresh(self) -> None:
        """Read the record from its beginning."""
        self._stale = False
        code = self._code
        days = None if code else self.head.days()
        if not code and days is None:
            return
        self.table.set_empty_text(translate("Split", "Reading …"))
        if code:
            self.head.say(translate("Split", "Box %1").replace("%1", spaced(code)))
            self.rows.begin(
                lambda reader, last, _: reader.splits.of(code) if last is None else [],
                self._arrived,
            )
        elif days:
            since, until = days
            self.head.say("")
            self.rows.begin(
                lambda reader, last, n: reader.splits.sold(since, until, last, n), self._arrived
            )

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Split", "No units of this box were sold.")
            if self._code
            else translate(
                "Split", "No units were sold on these days. At the checkout Ctrl+U sells units."
            )
        )

    # --- paper and tables -----------------------------------------------------------------

    def _name(self) -> str:
        return f"拆零记录-{self._code or self.head.span()}"

    def save_pdf(self, path: Path) -> None:
        """Print what is shown, all of it, not only what was scrolled to."""
        path = path if path.suffix else path.with_suffix(".pdf")

        def draw(rows: list[SplitRow]) -> None:
            if len(rows) > MOST_PRINTED:
                self.head.too_many(MOST_PRINTED)
                return
            settings = self._desk.settings()
            sheet = split_sheet(rows, settings.text("store.name"), self._facts(), self._desk.now())
            self.head.written_by(lambda: a4.save_pdf(sheet, path), path)

        self._all(draw, MOST_PRINTED + 1)

    def save_table(self, path: Path) -> None:
        """Save what is shown, CSV or XLSX by the file's name."""
        known = path.suffix.lower() in (".csv", ".xlsx")
        path = path if known else path.with_name(path.name + ".csv")

        def write(rows: list[SplitRow]) -> None:
            self._desk.stock.files.save_table(path, TITLE, record_table(rows), self.head.written)

        self._all(write)

    def _all(self, then: Callable[[list[SplitRow]], None], most: int | None = None) -> None:
        """Every row of the record, read on the reader's lane."""
        code = self._code
        days = None if code else self.head.days()
        if not code and days is None:
            return
        self.head.say(translate("Split", "Reading …"))
        self._desk.asker.ask(lambda reader: _every(reader, code, days, most), then)

    def _facts(self) -> Sequence[str]:
        if self._code:
            return (f"追溯码：{spaced(self._code)}",)
        days = self.head.days()
        return (range_fact(*days),) if days else ()


def _every(
    reader: LedgerReading, code: str, days: tuple[date, date] | None, most: int | None
) -> list[SplitRow]:
    if code or days is None:
        return reader.splits.of(code)
    found: list[SplitRow] = []
    while page := reader.splits.sold(*days, found[-1] if found else None, _PAGE):
        found += page
        if most is not None and len(found) >= most:
            break
    return found


def _cells(row: SplitRow) -> tuple[str, ...]:
    return (*row.cells(), spaced(row.code))
