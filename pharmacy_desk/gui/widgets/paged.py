"""A list that is read as it is scrolled: the next page comes when its end comes into sight."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.bridge import Asker
from pharmacy_desk.gui.widgets.table import AnyIndex, Rows

T = TypeVar("T")
# (reader, last row so far or None, how many) → the rows behind it.
Page: TypeAlias = Callable[[LedgerReading, T | None, int], Sequence[T]]

# Three screens of rows; a page of documents takes about a millisecond.
PAGE_ROWS = 100
# Read at once on the way to the end, for sorting, filtering or a file: a tenth of a second.
PART_ROWS = 500
MOST_ARRANGED = 50_000


class PagedRows(Rows[T]):
    """Rows in pages of a question to the ledger. A million rows cost what has been looked at.

    Sorting only what was read so far would show a wrong order: the rest is read first.
    """

    def __init__(
        self,
        asker: Asker,
        heads: Sequence[str],
        cells: Callable[[T], Sequence[str]],
        tone: Callable[[T], theme.Tone | None] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(heads, cells, tone, parent)
        self._asker = asker
        self._page: Page[T] | None = None
        self._asked = 0
        self._loading = False
        self._whole = True
        self._then: Callable[[], None] | None = None
        self._too_long = False

    def begin(self, page: Page[T], arrived: Callable[[], None] = lambda: None) -> None:
        """Show what `page` gives from its beginning; `arrived` is called after the first page."""
        self._page = page
        self._too_long = False
        self._asked += 1
        self._whole, self._loading = False, True
        number = self._asked

        def first(found: Sequence[T]) -> None:
            if number == self._asked:
                self.show(found)
                self._loading, self._whole = False, len(found) < PAGE_ROWS
                if self._then:
                    self._go_on()
                elif self.arranged:
                    self.read_all(self.arrange_again)
                arrived()

        self._asker.ask(lambda reader: page(reader, None, PAGE_ROWS), first)

    def stop(self) -> None:
        """Show nothing, and take no page that is still on its way."""
        self._asked += 1
        self._page, self._whole, self._loading, self._then = None, True, False, None
        self.show(())

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Qt's hook."""
        return not parent.isValid() and not self._whole and not self._loading

    def fetchMore(self, parent: AnyIndex) -> None:
        """Qt's hook: ask for the page behind the last row."""
        if self._page is None or not self.canFetchMore(parent):
            return
        page, last, number = self._page, self.row(self.rowCount() - 1), self._asked
        self._loading = True

        def more(found: Sequence[T]) -> None:
            if number != self._asked:
                return
            self._loading, self._whole = False, len(found) < PAGE_ROWS
            if found:
                self.append(found)
            self._go_on()

        self._asker.ask(lambda reader: page(reader, last, PAGE_ROWS), more)

    def append(self, rows: Sequence[T]) -> None:
        """Add rows at the end of those that stand in the ledger's order."""
        first = self.rowCount()
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        added = [(self._cells(row), row) for row in rows]
        self._all += added
        self._rows += rows
        self._texts += [texts for texts, _ in added]
        self.endInsertRows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's hook: all rows are read first; what is too long keeps the ledger's order."""
        self._arranged_by(lambda: super(PagedRows, self).sort(column, order), wanted=column >= 0)

    def filter(self, text: str) -> None:
        """Filter what is there, once all of it is read."""
        self._arranged_by(lambda: super(PagedRows, self).filter(text), wanted=bool(text))

    def _arranged_by(self, arrange: Callable[[], None], *, wanted: bool) -> None:
        self._too_long = False
        if wanted:
            self.read_all(arrange)
        else:
            arrange()

    def read_all(self, then: Callable[[], None]) -> None:
        """Read to the end, at most `MOST_ARRANGED` rows, then do something.

        A part is one question, so that a search at the counter waits for one part only.
        """
        if self._whole or self._page is None:
            then()
            return
        self._then = then
        if not self._loading:
            self._read_part()

    def _read_part(self) -> None:
        """The next part for `_then`; the table says how far it is."""
        page, number = self._page, self._asked
        last = self._all[-1][1] if self._all else None
        if page is None:
            return
        self._loading = True

        def more(found: Sequence[T]) -> None:
            if number != self._asked:
                return
            self._loading, self._whole = False, len(found) < PART_ROWS
            if found:
                self.append(found)
            self._go_on()

        self._asker.ask(lambda reader: page(reader, last, PART_ROWS), more)

    def _go_on(self) -> None:
        """Read on for who waits for all rows, or let it be done."""
        then = self._then
        if then is None:
            return
        if not self._whole and self.rowCount() < MOST_ARRANGED:
            self._read_part()
            return
        self._then = None
        if self._whole:
            then()
        else:
            self.sort(-1)
            self.unsorted.emit()  # which sorts by no column once more
            self._too_long = True

    @property
    def too_long(self) -> bool:
        """True once the end was too far: neither an order nor a filter was made."""
        return self._too_long

    @property
    def reading(self) -> int:
        """How many rows are there while all are being read; 0 when nobody waits for them."""
        return self.rowCount() if self._then else 0
