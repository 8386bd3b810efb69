"""The drugs a search has found: two lines each, so that no two of them look alike."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.alike import told_apart
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate

_ITEM = Qt.ItemDataRole.UserRole
_STOCK = Qt.ItemDataRole.UserRole + 1
_APART = Qt.ItemDataRole.UserRole + 2
# Two lines of 17 and 14 px with a little air; touched by a finger too.
_ROW_PX, _NAME_PX, _HINT_PX = 46, 25, 34
# More would push the payment off a small screen; the list scrolls.
_MOST_PX = 4 * _ROW_PX
_PAD = 10


class ItemHits(QListWidget):
    """Rows to choose from, or one sentence that there is nothing to choose."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(17))
        self.setItemDelegate(_HitDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Search", "Drugs found"))
        self.hide()

    def show_items(self, items: Sequence[Item], hint: str = "") -> None:
        """Show what was found below a hint; with a hint nothing is chosen before an arrow key."""
        self.clear()
        if hint or not items:
            entry = QListWidgetItem(
                hint or translate("Search", "No drug found. Try fewer letters.")
            )
            entry.setFlags(Qt.ItemFlag.NoItemFlags)
            entry.setSizeHint(QSize(0, _HINT_PX))
            self.addItem(entry)
        apart = told_apart(items)
        for item in items:
            marks = apart.get(item.code, ())
            entry = QListWidgetItem(_told(item, 0, marks))
            entry.setData(_ITEM, item)
            entry.setData(_APART, marks)
            entry.setSizeHint(QSize(0, _ROW_PX))
            self.addItem(entry)
        self.setCurrentRow(-1 if hint or not items else 0)
        heights = sum(self.item(row).sizeHint().height() for row in range(self.count()))
        self.setFixedHeight(min(heights, _MOST_PX) + 8)
        self.show()

    @property
    def shown_codes(self) -> list[str]:
        """Item codes of the drugs that are shown."""
        return [item.code for item in self._items().values()]

    def show_stock(self, boxes: Mapping[str, int]) -> None:
        """Say how many boxes of the shown drugs are here, of those that any are known of."""
        for row, item in self._items().items():
            here = boxes.get(item.code, 0)
            self.item(row).setData(_STOCK, here)
            self.item(row).setText(_told(item, here, self.item(row).data(_APART)))

    def _items(self) -> dict[int, Item]:
        found = {row: self.item(row).data(_ITEM) for row in range(self.count())}
        return {row: item for row, item in found.items() if isinstance(item, Item)}

    def chosen_item(self) -> Item | None:
        """The drug that Enter takes."""
        entry = self.currentItem()
        found = entry.data(_ITEM) if entry else None
        return found if isinstance(found, Item) else None

    def step(self, step: int) -> None:
        """An arrow key: the next drug in this direction."""
        first = 0 if self.count() and self.item(0).data(_ITEM) else 1
        row = self.currentRow() + step if self.currentRow() >= first else first
        self.setCurrentRow(max(first, min(self.count() - 1, row)))


def about(item: Item) -> tuple[str, str, str, str]:
    """What tells a drug from others of its name: spec, maker, what is scanned, price."""
    scan = translate("Search", "scan its code")
    if not item.needs_code:
        scan = translate("Search", "no code needed")
    return item.spec, item.maker, scan, f"¥{yuan(item.price_fen)}"


def stock(boxes: int) -> str:
    """How many boxes are here; nothing where the ledger knows of none."""
    if not boxes:
        return ""
    return translate("Search", "%1 boxes in stock").replace("%1", str(boxes))


def _told(item: Item, boxes: int, apart: Sequence[str]) -> str:
    """A row in words, as a screen reader says it."""
    return "  ".join(part for part in (item.name, *apart, *about(item), stock(boxes)) if part)


class _HitDelegate(QStyledItemDelegate):
    """Name, spec and price above; maker and what is scanned below, the stock at the right.

    Of drugs that look alike, what tells them apart stands before the maker.
    """

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's hook."""
        colours = theme.colours()
        told = cast("Any", option)  # older stubs lack Qt's fields
        if told.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(told.rect, QColor(colours.selected))
            edge = QRect(told.rect.left(), told.rect.top(), 4, told.rect.height())
            painter.fillRect(edge, QColor(colours.accent))
        place = told.rect.adjusted(_PAD, 0, -_PAD, 0)
        item = index.data(_ITEM)
        if not isinstance(item, Item):
            _text(painter, place, str(index.data()), theme.font(16), colours.quiet)
            return
        _first_row(painter, place, item)
        _second_row(painter, place, item, index)


def _first_row(painter: QPainter, place: QRect, item: Item) -> None:
    """The name and, where there is room, its spec; the price at the right."""
    colours, (spec, _, _, price) = theme.colours(), about(item)
    above = QRect(place.left(), place.top() + 2, place.width(), _NAME_PX)
    wide = QFontMetrics(theme.font(17, bold=True)).horizontalAdvance(price) + _PAD
    _text(
        painter=painter,
        place=above,
        text=price,
        font=theme.font(17, bold=True),
        colour=colours.ink,
        align=Qt.AlignmentFlag.AlignRight,
    )
    above.setWidth(above.width() - wide)
    small, name = theme.font(15), theme.font(17, bold=True)
    beside = QFontMetrics(small).horizontalAdvance(spec) + _PAD if spec else 0
    room = QRect(above.left(), above.top(), above.width() - beside, above.height())
    used = _text(painter, room, item.name, name, colours.ink)
    above.setLeft(above.left() + used + _PAD)
    _text(painter, above, spec, small, colours.quiet)


def _second_row(
    painter: QPainter, place: QRect, item: Item, index: QModelIndex | QPersistentModelIndex
) -> None:
    """What tells it apart, its maker and what is scanned; the stock at the right."""
    colours, (_, maker, scan, _) = theme.colours(), about(item)
    below = QRect(place.left(), place.top() + _NAME_PX, place.width(), _ROW_PX - _NAME_PX - 2)
    here = stock(index.data(_STOCK) or 0)
    if here:
        end = Qt.AlignmentFlag.AlignRight
        used = _text(
            painter=painter,
            place=below,
            text=here,
            font=theme.font(14),
            colour=colours.ink,
            align=end,
        )
        below.setWidth(below.width() - used - _PAD)
    words = " · ".join(part for part in (*index.data(_APART), maker, scan) if part)
    _text(painter, below, words, theme.font(14), colours.quiet)


def _text(
    painter: QPainter,
    place: QRect,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Draw as much of a text as there is room for; how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
