"""A list of a million rows as it is opened and scrolled, against a plain page and a plain table."""

import sqlite3
import tempfile
from pathlib import Path
from time import perf_counter_ns

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt
from PySide6.QtWidgets import QTableView

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.gui.stock.documents import DocumentsTab
from pharmacy_desk.gui.widgets.paged import PAGE_ROWS
from tests.benchmarks.counters import LOST_S
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread
from tests.benchmarks.windows import settle, windowed

# The tab of the documents, by its place.
_DOCUMENTS = 3

BOUND = 3.0
# A page late in the list may cost this much of one at its beginning: more would grow without end.
STEADY = 1.5
_AGAINST = (
    "the same page by plain SQL on its own connection, and the repaint of a plain QTableView"
    " scrolled by a page over rows in memory"
)
_PAGE = (
    "SELECT d.*, (SELECT sum(quantity) FROM document_lines l WHERE l.document = d.number)"
    " FROM documents d WHERE (d.at, d.number) < (?, ?) ORDER BY d.at DESC, d.number DESC LIMIT ?"
)


def measure(rows: int, pages: int) -> Result:
    """Open a list of so many documents, scroll down by `pages`, go back to the middle."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.make()
        bring_up_to_date(home.ledger)
        _fill(home.ledger, rows)
        return _scroll(home, rows, pages)


def _fill(ledger: Path, rows: int) -> None:
    """Documents with one line each, ten seconds apart, and no event: the list asks for none."""
    conn = sqlite3.connect(ledger, isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous=OFF")
        numbers = (
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        )
        conn.execute("BEGIN")
        conn.execute(
            f"{numbers} INSERT INTO documents(number, kind, party, reference, reason, at, operator,"
            " arrival_celsius) SELECT printf('01BENCH-%07d', i), 'delivery', '示例医药',"
            " printf('SH-%d', i), '', strftime('%Y-%m-%dT%H:%M:%S+08:00', 1577836800 + i * 10,"
            " 'unixepoch'), '007', '' FROM n"
        )
        conn.execute(
            f"{numbers} INSERT INTO document_lines(document, line, item, quantity, codes)"
            " SELECT printf('01BENCH-%07d', i), 1, 'B1', 1 + i % 50, '[]' FROM n"
        )
        conn.execute("COMMIT")
    finally:
        conn.close()


class _Plain(QAbstractTableModel):
    """Rows in memory and nothing else."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = rows, columns

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: N802, B008
        """Qt's hook."""
        return 0 if parent.isValid() else self._size[0]

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: N802, B008
        """Qt's hook."""
        return 0 if parent.isValid() else self._size[1]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        """Qt's hook."""
        return f"SH-{index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


class _Bare:
    """A page by SQL, and a table that shows the next hundred of its rows."""

    def __init__(self, ledger: Path, like: QTableView, pages: int) -> None:
        self._conn = sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)
        self._last = "9", ""
        self.table = QTableView()
        self.table.setModel(_Plain((pages + 2) * PAGE_ROWS, like.model().columnCount()))
        self.table.resize(like.size())
        self.table.show()
        self._row = 0

    def step(self) -> int:
        """One page; how long it took in nanoseconds."""
        begin = perf_counter_ns()
        found = self._conn.execute(_PAGE, (*self._last, PAGE_ROWS)).fetchall()
        self._last = found[-1][5], found[-1][0]
        self._row += PAGE_ROWS
        self.table.scrollTo(self.table.model().index(self._row, 0))
        self.table.viewport().repaint()
        return perf_counter_ns() - begin

    def close(self) -> None:
        """Leave nothing open."""
        self.table.close()
        self._conn.close()


def _scroll(home: Home, rows: int, pages: int) -> Result:
    result = Result()
    with windowed(home.folder) as whole:
        whole.window.resize(1366, 768)
        whole.window.go("stock")
        stock = whole.window.screens["stock"]
        tab: DocumentsTab = stock.documents
        settle()
        begin = perf_counter_ns()
        stock.turn(_DOCUMENTS)
        _until(tab, PAGE_ROWS)
        opened = perf_counter_ns() - begin
        bare = _Bare(home.ledger, tab.table, pages)
        try:
            settle()
            ours, plain = _steps(tab, bare, pages, result)
        finally:
            bare.close()
        _middle(tab, result)
        read = (tab.rows.rowCount() - PAGE_ROWS) / len(ours)
    name = f"a list of {rows:,} rows"
    half = len(ours) // 2
    result.rows = [
        compared(f"{name}: scroll on → next page painted", ours, plain, BOUND, _AGAINST),
        compared("  its last pages against its first", ours[half:], ours[:half], STEADY, "itself"),
        Row(f"{name}: opened → first page painted", "ms", spread(milliseconds([opened]))),
        Row("  rows read for a page", "rows", spread([read])),
    ]
    return result


def _steps(
    tab: DocumentsTab, bare: _Bare, pages: int, result: Result
) -> tuple[list[float], list[float]]:
    ours, plain = [], []
    for page in range(1, pages + 1):
        begin = perf_counter_ns()
        tab.table.scrollToBottom()
        there = _until(tab, (page + 1) * PAGE_ROWS)
        ours.append(perf_counter_ns() - begin)
        if there != (page + 1) * PAGE_ROWS:
            result.broken.append(
                f"page {page}: {there} rows are read, not {(page + 1) * PAGE_ROWS}"
            )
            break
        settle()
        plain.append(bare.step())
    return milliseconds(ours), milliseconds(plain)


def _middle(tab: DocumentsTab, result: Result) -> None:
    """Back to the middle, to the beginning: what was read is not read again."""
    before = tab.rows.rowCount()
    for place in (before // 2, 0):
        tab.table.scrollTo(tab.rows.index(place, 0))
        tab.table.viewport().repaint()
        settle()
    if tab.rows.rowCount() != before:
        result.broken.append(f"going back read {tab.rows.rowCount() - before} rows")


def _until(tab: DocumentsTab, rows: int) -> int:
    """Work the window off until so many rows are there and painted; how many there are."""
    give_up = perf_counter_ns() + int(LOST_S * 1e9)
    while tab.rows.rowCount() < rows and perf_counter_ns() < give_up:
        QCoreApplication.processEvents()
    tab.table.scrollTo(tab.rows.index(max(0, rows - PAGE_ROWS), 0))
    tab.table.viewport().repaint()
    return tab.rows.rowCount()
