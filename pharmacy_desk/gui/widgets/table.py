"""A table of plain text with sorting, copying and an empty state; rows are values of the trade."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pharmacy_desk.gui.base import theme

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex


T = TypeVar("T")


class Rows(QAbstractTableModel, Generic[T]):
    """Rows shown through one text function; `colour` may give a row a tone."""

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
        self._rows: list[T] = []
        self._texts: list[Sequence[str]] = []

    def show(self, rows: Sequence[T]) -> None:
        """Take over rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._texts = [self._cells(row) for row in rows]
        self.endResetModel()

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
        """Qt's hook: sort by what is shown."""
        if column < 0:
            return
        pairs = sorted(
            zip(self._texts, self._rows, strict=True),
            key=lambda pair: pair[0][column],
            reverse=order is Qt.SortOrder.DescendingOrder,
        )
        self.layoutAboutToBeChanged.emit()
        self._texts = [text for text, _ in pairs]
        self._rows = [row for _, row in pairs]
        self.layoutChanged.emit()


class TableView(QTableView):
    """A quiet table: whole rows, no grid, Ctrl+C copies, an empty one says what to do."""

    def __init__(self, empty: str, stretch: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._stretch = stretch
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)

    def show_model(self, model: QAbstractTableModel, widths: Sequence[int]) -> None:
        """Show a model with column widths; sorting starts as the rows come."""
        self.setModel(model)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        self.horizontalHeader().setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)

    def set_empty_text(self, text: str) -> None:
        """What an empty table says."""
        self._empty = text
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Rows that are selected."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: copy selected rows as tab-separated text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            model = self.model()
            lines = (
                "\t".join(
                    str(model.index(row, column).data()) for column in range(model.columnCount())
                )
                for row in self.selected_rows()
            )
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: an empty table says what to do."""
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.colours().quiet))
            painter.setFont(theme.font(17))
            where = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(where, flags | Qt.TextFlag.TextWordWrap, self._empty)
            painter.end()
