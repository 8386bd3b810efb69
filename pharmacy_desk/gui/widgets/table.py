"""A table of plain text; rows are values of the trade.

Every list sorts by a click on a head, filters as one types, copies, and is saved or printed by the
menu at the right end of its heads; an empty one says what to do.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QCollatorSortKey,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.list_tools import KeepsLists, ListTools, keeper_of

# Money and counts are shorter, codes and numbers of documents longer.
_LONGEST_NUMBER = 12

# In a narrow window the column that takes the free room keeps at least this (or its wish), and
# columns of more than a count give way for it, not below what shows a date.
_LEAST_STRETCHED_PX, _LONG_PX, _LEAST_LONG_PX = 96, 100, 84

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex


T = TypeVar("T")


class Rows(QAbstractTableModel, Generic[T]):
    """Rows shown through one text function; `colour` may give a row a tone."""

    # They stand in their own order again.
    unsorted = Signal()

    def __init__(
        self,
        heads: Sequence[str],
        cells: Callable[[T], Sequence[str]],
        tone: Callable[[T], theme.Tone | None] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heads = list(heads)
        self._cells = cells
        self._tone = tone
        # All rows as they came with their texts, and those in sight in their order.
        self._all: list[tuple[Sequence[str], T]] = []
        self._rows: list[T] = []
        self._texts: list[Sequence[str]] = []
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._wanted = ""

    @property
    def heads(self) -> list[str]:
        """The heads of the columns."""
        return list(self._heads)

    def show(self, rows: Sequence[T]) -> None:
        """Take over rows, in the order and by the filter that a person has chosen."""
        self.beginResetModel()
        self._all = [(self._cells(row), row) for row in rows]
        self._arrange()
        self.endResetModel()

    def tell_again(self) -> None:
        """Say anew what the rows say: each stays where it is, also where it is sorted by that."""
        self._all = [(self._cells(row), row) for _, row in self._all]
        self._texts = [self._cells(row) for row in self._rows]
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def filter(self, text: str) -> None:
        """Leave in sight what holds every word of `text` in one of its cells."""
        self._wanted = text
        self.arrange_again()

    @property
    def arranged(self) -> bool:
        """True while a person has chosen an order or a filter."""
        return bool(self._order or self._wanted)

    def arrange_again(self) -> None:
        """Put what is there in the order that is chosen, by the filter that is typed."""
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    @property
    def reading(self) -> int:
        """How many rows are there while all are being read; 0 for rows that are here."""
        return 0

    @property
    def too_long(self) -> bool:
        """True while a filter stands that cannot be answered; rows that are here always can."""
        return False

    def read_all(self, then: Callable[[], None]) -> None:
        """Do something once all rows are here; these are."""
        then()

    def table(self) -> list[list[str]]:
        """What is in sight, heads first, as for a file."""
        return [self._heads, *(list(texts) for texts in self._texts)]

    def _arrange(self) -> None:
        words = self._wanted.casefold().split()
        kept = [
            (texts, row)
            for texts, row in self._all
            if not words or all(word in "\t".join(texts).casefold() for word in words)
        ]
        if self._order:
            column, order = self._order
            kept.sort(
                key=lambda pair: sort_key(pair[0][column]),
                reverse=order is Qt.SortOrder.DescendingOrder,
            )
        self._texts = [texts for texts, _ in kept]
        self._rows = [row for _, row in kept]

    def row(self, index: int) -> T | None:
        """The value in a row."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's hook."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:  # what a narrow column cuts; never as rich text
            text = self._texts[index.row()][index.column()]
            return f"<qt>{escape(text)}</qt>" if text else None
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self._tone(self._rows[index.row()])
            return QColor(tone.ink) if tone else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's hook."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's hook: sort by what is shown; numbers by their size, names by their sound."""
        self._order = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        self.layoutChanged.emit()


def _collator() -> QCollator:
    made = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    made.setNumericMode(True)
    made.setIgnorePunctuation(False)
    return made


_COLLATOR = _collator()


def sort_key(text: str) -> tuple[int, float, QCollatorSortKey | None]:
    """Empty cells last, numbers by their size, words as a dictionary has them."""
    number = text.removeprefix("¥").replace(",", "")
    try:
        # Codes are many digits: as numbers they would lose their ends.
        if number and len(number) < _LONGEST_NUMBER:
            return 0, float(number), None
    except ValueError:
        pass
    return (1, 0.0, _COLLATOR.sortKey(text)) if text else (2, 0.0, None)


class TableView(QTableView):
    """A quiet table: whole rows, no grid, Ctrl+C copies, an empty one says what to do."""

    def __init__(self, empty: str, stretch: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._stretch = stretch
        self._listed: Rows[Any] | None = None
        self._wished: tuple[int, ...] = ()
        self._narrowed = False
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_px())
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.tools = ListTools(self.horizontalHeader())
        self.tools.filtered.connect(self._filter)
        self.tools.left.connect(self.setFocus)
        self.tools.offer(
            (
                (translate("List", "Copy the chosen rows  Ctrl+C"), self.copy),
                (translate("List", "Save as a table…"), self._save),
                (translate("List", "Print…"), self._print),
                (translate("List", "Save as PDF…"), self._save_pdf),
            )
        )

    def show_model(self, model: Rows[Any], widths: Sequence[int]) -> None:
        """Show a model with column widths; sorting starts as the rows come."""
        self.setModel(model)
        self._listed = model
        model.unsorted.connect(self._show_no_order)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._wished = tuple(widths)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        self.horizontalHeader().setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: another width is shared out anew."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window the long columns give way, so that what a row is of can be read."""
        if not self._wished:
            return
        least = min(_LEAST_STRETCHED_PX, self._wished[self._stretch])
        others = {n: wide for n, wide in enumerate(self._wished) if n != self._stretch}
        lacks = sum(others.values()) + least - self.viewport().width()
        long = {n: wide for n, wide in others.items() if wide >= _LONG_PX}
        if lacks > 0:
            share = lacks / max(1, sum(long.values()))
            for column, wide in long.items():
                self.setColumnWidth(column, max(_LEAST_LONG_PX, round(wide * (1 - share))))
        elif self._narrowed:
            for column, wide in long.items():
                self.setColumnWidth(column, wide)
        self._narrowed = lacks > 0

    @property
    def empty_text(self) -> str:
        """What is said while there are no rows."""
        return self._empty

    def set_empty_text(self, text: str) -> None:
        """What an empty table says."""
        self._empty = text
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Rows that are selected."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's hook: the menu of the list, by the right button or the menu key."""
        self.tools.open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: copy the chosen rows, or filter."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.tools.begin_filter()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The chosen rows as tab-separated text; all in sight when none is chosen."""
        if self._listed:
            table = self._listed.table()[1:]
            chosen = self.selected_rows() or range(len(table))
            lines = ("\t".join(table[row]) for row in chosen)
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _filter(self, text: str) -> None:
        if self._listed:
            self._listed.filter(text)

    def _show_no_order(self) -> None:
        """The rows stand in their own order again: no arrow says another."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.viewport().update()

    def _widths(self) -> list[int]:
        return [self.columnWidth(column) for column in range(self.model().columnCount())]

    def _whole(self, then: Callable[[KeepsLists, list[list[str]]], None]) -> None:
        """Hand the whole list to who keeps lists, once all of it is read."""
        keeper, rows = keeper_of(self), self._listed
        if keeper and rows:
            rows.read_all(lambda: then(keeper, rows.table()))

    def _save(self) -> None:
        self._whole(lambda keeper, table: keeper.save_list(table))

    def _print(self) -> None:
        self._whole(lambda keeper, table: keeper.print_list(table, self._widths()))

    def _save_pdf(self) -> None:
        self._whole(lambda keeper, table: keeper.save_list_as_pdf(table, self._widths()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: an empty table says what to do, a long one what is going on."""
        super().paintEvent(event)
        if self.said_below:
            self._say_over(self.said_below, Qt.AlignmentFlag.AlignBottom)
        elif self.model() is None or self.model().rowCount() == 0:
            self._say_over(self._empty, Qt.AlignmentFlag.AlignTop)

    @property
    def said_below(self) -> str:
        """What is said over the last rows: how far it is read, or why a filter does nothing."""
        if self._listed is None:
            return ""
        if self._listed.reading:
            told = translate("List", "Reading all rows … %1")
            return told.replace("%1", f"{self._listed.reading:,}")
        if not self._listed.too_long:
            return ""
        if self.tools.field.text():
            return translate(
                "List",
                "Too many rows to filter (more than 50 000): choose fewer days, or search above.",
            )
        return translate(
            "List",
            "Too many rows to sort (more than 50 000), so they stay in their own order: choose"
            " fewer days, or search above.",
        )

    def _say_over(self, words: str, where: Qt.AlignmentFlag) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.colours().quiet))
        painter.setFont(theme.font(17))
        room = self.viewport().rect().adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignHCenter | where | Qt.TextFlag.TextWordWrap
        if where is Qt.AlignmentFlag.AlignBottom:  # over rows that are there
            box = painter.boundingRect(room, flags, words).adjusted(-12, -6, 12, 6)
            painter.fillRect(box, QColor(theme.colours().card))
        painter.drawText(room, flags, words)
        painter.end()
