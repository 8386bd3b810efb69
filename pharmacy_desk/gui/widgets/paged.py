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


class PagedRows(Rows[T]):
    """Rows in pages of a question to the ledger. A million rows cost what has been looked at.

    Sorting is the ledger's: sorting only what was read so far would show a wrong order.
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

    def begin(self, page: Page[T], arrived: Callable[[], None] = lambda: None) -> None:
        """Show what `page` gives from its beginning; `arrived` is called after the first page."""
        self._page = page
        self._asked += 1
        self._whole, self._loading = False, True
        number = self._asked

        def first(found: Sequence[T]) -> None:
            if number == self._asked:
                self.show(found)
                self._loading, self._whole = False, len(found) < PAGE_ROWS
                arrived()

        self._asker.ask(lambda reader: page(reader, None, PAGE_ROWS), first)

    def stop(self) -> None:
        """Show nothing, and take no page that is still on its way."""
        self._asked += 1
        self._page, self._whole, self._loading = None, True, False
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

        self._asker.ask(lambda reader: page(reader, last, PAGE_ROWS), more)

    def append(self, rows: Sequence[T]) -> None:
        """Add rows at the end."""
        first = self.rowCount()
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._texts += [self._cells(row) for row in rows]
        self.endInsertRows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's hook: the order is the ledger's."""
