"""Writes any list of the window to a file or on paper, as it is shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt, QTimer
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import keys_sheet
from pharmacy_desk.gui.widgets.list_tools import Table
from pharmacy_desk.gui.words import faults as faults_words

# A page on its side between its margins, and rows that leave room for two lines of a name.
_INNER_MM, _ROWS = 273.0, 22
# A column narrower than this on the screen would hold one character on paper.
_LEAST_PX = 40
_ABOVE_STRIP_PX, _READ_MS = 44, 6_000


class ListKeeper:
    """Asks where to, writes, and says what became of it."""

    def __init__(self, desk: DeskView, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self._note = QLabel(window)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setStyleSheet(
            f"background: {theme.colours().bar}; color: {theme.colours().bar_text};"
            " padding: 8px 16px; border-radius: 6px;"
        )
        self._note.hide()
        self._gone = QTimer(window)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_READ_MS)
        self._gone.timeout.connect(self._note.hide)

    def save(self, title: str, table: Table) -> None:
        """As XLSX or CSV by the file's name."""
        path = self._ask(title, ".xlsx", translate("Stock", "Tables (*.xlsx *.csv)"))
        if path:
            self._desk.stock.files.save_table(path, title, table, self._said)

    def save_pdf(self, title: str, table: Table, widths: Sequence[int]) -> None:
        """The pages that would be printed."""
        self._save_sheet(title, self.sheet(title, table, widths))

    def save_keys(self, title: str, pairs: Sequence[tuple[str, str]]) -> None:
        """The sheet of all keys, as a file."""
        self._save_sheet(title, self._keys(title, pairs))

    def print_keys(self, title: str, pairs: Sequence[tuple[str, str]]) -> None:
        """The sheet of all keys, on paper."""
        self._print_sheet(self._keys(title, pairs))

    def _keys(self, title: str, pairs: Sequence[tuple[str, str]]) -> a4.Sheet:
        store = self._desk.settings().text("store.name")
        return keys_sheet(title, pairs, store, self._desk.now())

    def _save_sheet(self, title: str, sheet: a4.Sheet) -> None:
        path = self._ask(title, ".pdf", translate("Split", "PDF (*.pdf)"))
        if path:
            try:
                a4.save_pdf(sheet, path)
            except WorldError as error:
                self._said(error)
            else:
                self._said(path)

    def print(self, title: str, table: Table, widths: Sequence[int]) -> None:
        """On the office printer that is chosen."""
        self._print_sheet(self.sheet(title, table, widths))

    def _print_sheet(self, sheet: a4.Sheet) -> None:
        # Late: the system's printers are only looked for when somebody prints.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        size = QPageSize(QPageSize.PageSizeId.A4)
        way = QPageLayout.Orientation
        turned = way.Landscape if sheet.landscape else way.Portrait
        printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))
        if not QPrintDialog(printer, self._window).exec():
            return
        painter = QPainter()
        if not painter.begin(printer):
            self._tell(translate("List", "✕ Not printed: the printer did not take it."))
            return
        for page in range(sheet.pages):
            if page:
                printer.newPage()
            a4.draw(painter, sheet, page, printer.resolution() / 25.4)
        painter.end()

    def sheet(self, title: str, table: Table, widths: Sequence[int]) -> a4.Sheet:
        """The list for paper, its columns as wide as on the screen in proportion."""
        wide = [max(_LEAST_PX, one) for one in widths]
        heads, rows = table[0], table[1:]
        store = self._desk.settings().text("store.name")
        told = translate("List", "%1 rows").replace("%1", f"{len(rows):,}")
        printed = translate("Paper", "printed %1")
        return a4.Sheet(
            title=title,
            facts=(f"{store}　{told}",),
            columns=tuple(
                (head, one * _INNER_MM / sum(wide)) for head, one in zip(heads, wide, strict=True)
            ),
            rows=rows,
            per_page=_ROWS,
            foot=printed.replace("%1", f"{self._desk.now():%Y-%m-%d %H:%M}"),
            landscape=True,
        )

    def _ask(self, title: str, suffix: str, kinds: str) -> Path | None:
        proposed = f"{title}-{self._desk.now():%Y%m%d}{suffix}"
        name, _ = QFileDialog.getSaveFileName(
            self._window, translate("List", "Save this list"), proposed, kinds
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(suffix)

    def _said(self, answer: object) -> None:
        if isinstance(answer, WorldError):
            self._tell("✕ " + " ".join(faults_words.fault(answer)))
        else:
            self._tell(translate("List", "Saved: %1").replace("%1", str(answer)))

    def _tell(self, words: str) -> None:
        """Above the strip, where it covers no button, for as long as it takes to read."""
        self._note.setText(words)
        self._note.adjustSize()
        free = self._window.width() - self._note.width()
        self._note.move(free // 2, self._window.height() - self._note.height() - _ABOVE_STRIP_PX)
        self._note.show()
        self._note.raise_()
        self._gone.start()
