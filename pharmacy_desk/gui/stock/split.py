"""拆零记录: what was sold of opened boxes, by days or of one scanned box; printed and saved."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

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
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import range_fact, split_sheet
from pharmacy_desk.gui.stock.record_tab import RecordTab, table_file

# A hundred pages: more is no record anybody signs, and drawing it would hold the counter up.
MOST_PRINTED = 1200
_PAGE = 1000
_WIDTHS = (105, 150, 150, 95, 160, 105, 65, 105, 80, 80, 215)


class SplitTab(RecordTab[SplitRow]):
    """Days above, rows below; a scan shows the record of that box alone."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        self._code = ""
        super().__init__(
            desk,
            title=TITLE,
            columns=[*COLUMNS, MORE_COLUMNS[0]],
            widths=_WIDTHS,
            cells=_cells,
            parent=parent,
        )

    def hear(self, message: news.News) -> None:
        """A scan shows its box; a paid sale may have new rows."""
        if isinstance(message, news.LookedUp):
            self._scanned(message)
        else:
            super().hear(message)

    # --- which rows -----------------------------------------------------------------------

    def _scanned(self, heard: news.LookedUp) -> None:
        reading = heard.reading
        if reading.code and (reading.is_trace or reading.code_needs_map):
            self._code = reading.code
            self.refresh()
        else:
            self.head.say(translate("Split", "✕ Not a trace code. Scan the opened box."))

    def days_entered(self) -> None:
        """Other days are wanted, in place of a box."""
        self._code = ""
        self.refresh()

    def read(self) -> None:
        """Read the record from its beginning."""
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

    def file_name(self) -> str:
        """The record and its days, or its box."""
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
        path = table_file(path)

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
