"""The lines of a sale as cards: drawn by a delegate, so that a scan repaints one list, fast."""

from typing import Any, TypeAlias, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.drugs import InsuranceClass
from pharmacy_desk.core.sale.sale import Cover, Line, Sale
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.no_code import NoCodeBox
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import drugs as drug_words

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
# Whether a line is the one that the next box of its drug goes to.
NEXT_BOX = Qt.ItemDataRole.UserRole + 1
_PAD_X, _PAD_Y, _GAP = 16, 9, 8
_CODE_ROW, _NAME_ROW = 24, 28
# What the two keys type, on a keyboard's own and its number block, and through an input method.
_STEPS = {"+": 1, "＋": 1, "-": -1, "－": -1, "−": -1}
_BAR = 6


class SaleModel(QAbstractListModel):
    """Lines of the open sale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._sale = ""
        self._next: frozenset[int] = frozenset()

    def show(self, sale: Sale | None, chosen: int | None = None) -> None:
        """Take over a sale's lines; `chosen` is the one that a person picked for the next box."""
        lines = sale.lines if sale else ()
        same = len(lines) == len(self._lines)
        before, self._next = self._next, _next_lines(sale, chosen)
        self._sale = sale.number if sale else ""
        if same and lines:
            changed = [
                row
                for row, (old, new) in enumerate(zip(self._lines, lines, strict=True))
                if old != new or (new.number in before) != (new.number in self._next)
            ]
            self._lines = lines
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def shown(self, sale: str) -> tuple[Line, ...]:
        """The lines that are shown of a sale; none while another one's are."""
        return self._lines if sale == self._sale else ()

    def line(self, row: int) -> Line | None:
        """The line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's hook: the line itself for the delegate, words for screen readers."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == _LINE:
            return line
        if role == NEXT_BOX:
            return line.number in self._next
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.item.name} {badge(line)[0]} ¥{yuan(line.amount_fen)}"
        return None


def _next_lines(sale: Sale | None, chosen: int | None) -> frozenset[int]:
    """Of drugs with a paid and a gift line: the one that the next box goes to."""
    gifts = [line.item.code for line in sale.lines if line.gift] if sale else []
    found = (sale.line_for(item, chosen=chosen) for item in gifts) if sale else ()
    return frozenset(line.number for line in found if line)


def badge(line: Line) -> tuple[str, theme.Tone]:
    """Boxes scanned of boxes sold, in words and tone; on a split line the units."""
    if line.split:
        return f"{line.quantity} {line.item.split_unit}".strip() + " ✓", theme.YES
    if not line.item.needs_code:
        return translate("Sale", "no code needed"), theme.YES
    counts = f"{line.quantity - line.lacking} / {line.quantity}"
    if line.lacking:
        lacking = translate("Sale", "%1 to scan").replace("%1", str(line.lacking))
        return f"{counts}  {lacking}", theme.ASK
    return f"{counts} ✓", theme.YES


def unmarked(box: NoCodeBox) -> str:
    """A box of the no-code library, where another one has its code."""
    text = translate("Sale", "no code · lot %1 · expires %2")
    expiry = box.batch.expiry.isoformat() if box.batch.expiry else "?"
    return text.replace("%2", expiry).replace("%1", box.batch.lot or "?")


def by_hand() -> str:
    """Behind a code that was typed (手工录入)."""
    return translate("Sale", "(typed)")


def who_pays(cover: Cover) -> str:
    """Who pays a line of an insured sale, as its mark."""
    if cover is Cover.INSURED:
        return translate("Sale", "[insurance pays]")
    if cover is Cover.OWN:
        return translate("Sale", "[customer pays]")
    return translate("Sale", "[not in an insured sale]")


def tags(line: Line) -> str:
    """Rx or OTC, insurance class, cold chain: quiet words behind the drug's name."""
    item = line.item
    words = [drug_words.rx(item.rx), item.insurance_class.value]
    if line.gift:
        words.insert(0, translate("Sale", "gift"))
    if line.cover:
        words.insert(0, who_pays(line.cover))
    if line.repriced:
        was = translate("Sale", "was ¥%1").replace("%1", yuan(line.list_fen))
        words.insert(0, was)
    if item.insurance_class is InsuranceClass.SELF:
        words[-1] = "" if line.cover else translate("Sale", "self-paid")
    if item.incomplete:
        words.append(translate("Sale", "to be completed"))
    if item.cold:
        words.append(translate("Sale", "keep cold"))
    if item.doping:
        words.append(translate("Sale", "athletes: take care"))
    if line.special:
        words.append(translate("Sale", "special drug"))
    return " · ".join(word for word in words if word)


def code_rows(line: Line, wide: int) -> list[str]:
    """The codes of a line side by side as far as they fit, the newest last."""
    metrics = QFontMetrics(_code_font())
    rows: list[str] = []
    for box in line.boxes:
        text = f"{spaced(box.code)} {by_hand()}" if box.typed else spaced(box.code)
        joined = f"{rows[-1]}   {text}" if rows else text
        if rows and metrics.horizontalAdvance(joined) <= wide:
            rows[-1] = joined
        else:
            rows.append(text)
    return rows + [unmarked(box) for box in line.no_code]


def _code_font() -> QFont:
    return theme.font(14, mono=True)


class LineDelegate(QStyledItemDelegate):
    """Draws one line as a card: name, spec and tags, codes, count, price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = theme.font(19, bold=True)
        self._small = theme.font(15)
        self._badge = theme.font(16, bold=True)
        self._code = _code_font()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Qt's hook: height by the number of code rows."""
        line = index.data(_LINE)
        wide = _list_width(option)
        rows = max(1, len(code_rows(line, wide - 2 * _PAD_X - 230)))
        return QSize(wide, 2 * _PAD_Y + _NAME_ROW + rows * _CODE_ROW + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt's hook."""
        line = index.data(_LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = _rect(option).adjusted(1, 1, -1, -_GAP)
        selected = bool(_state(option) & QStyle.StateFlag.State_Selected)
        _paint_card(painter, card, selected=selected)
        inner = card.adjusted(_PAD_X, _PAD_Y - 1, -_PAD_X, -_PAD_Y)
        right = self._paint_right(painter, line, inner)
        self._paint_left(painter, index, line, inner, right)
        painter.restore()

    def _paint_right(self, painter: QPainter, line: Line, inner: QRect) -> int:
        words, tone = badge(line)
        metrics = QFontMetrics(self._badge)
        wide = metrics.horizontalAdvance(words) + 28
        pill = QRect(inner.right() - wide, inner.top() - 2, wide, 28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(pill, 9, 9)
        _text(
            painter=painter,
            place=pill,
            text=words,
            font=self._badge,
            colour=tone.ink,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        amount = f"¥{yuan(line.amount_fen)}"
        bottom = QRect(inner.left(), inner.top() + _NAME_ROW + 4, inner.width(), _CODE_ROW)
        _text(
            painter=painter,
            place=bottom,
            text=amount,
            font=self._name,
            colour=theme.colours().ink,
            align=Qt.AlignmentFlag.AlignRight,
        )
        used = QFontMetrics(self._name).horizontalAdvance(amount) + 16
        each = f"¥{yuan(line.price_fen)} × {line.quantity}"
        place = bottom.adjusted(0, 0, -used, 0)
        _text(
            painter=painter,
            place=place,
            text=each,
            font=self._small,
            colour=theme.colours().quiet,
            align=Qt.AlignmentFlag.AlignRight,
        )
        return pill.left()

    def _paint_left(
        self, painter: QPainter, index: AnyIndex, line: Line, inner: QRect, right: int
    ) -> None:
        number = index.row() + 1
        left = inner.left()
        row = QRect(left, inner.top(), right - left - 12, _NAME_ROW)
        quiet = theme.colours().quiet
        _left(painter, row, str(number), self._small, quiet)
        row.setLeft(left + 12 + 9 * len(str(number)))
        aim = translate("Sale", "← next box") if index.data(NEXT_BOX) else ""
        about = "  ".join(word for word in (line.item.spec, tags(line), aim) if word)
        metrics, small = QFontMetrics(self._name), QFontMetrics(self._small)
        room = row.width() - min(small.horizontalAdvance(about), row.width() * 45 // 100) - 12
        name = metrics.elidedText(line.item.name, Qt.TextElideMode.ElideMiddle, room)
        _left(painter, row, name, self._name, theme.colours().ink)
        row.setLeft(row.left() + metrics.horizontalAdvance(name) + 12)
        shown = small.elidedText(about, Qt.TextElideMode.ElideRight, row.width())
        _left(painter, row, shown, self._small, quiet)
        top = inner.top() + _NAME_ROW + 2
        for text in code_rows(line, inner.width() - 230):
            place = QRect(left, top, inner.width() - 230, _CODE_ROW)
            _left(painter, place, text, self._code, quiet)
            top += _CODE_ROW


def _left(painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
    """Text from the left edge of its place."""
    left = Qt.AlignmentFlag.AlignLeft
    _text(painter=painter, place=place, text=text, font=font, colour=colour, align=left)


def _paint_card(painter: QPainter, card: QRect, *, selected: bool) -> None:
    """A line's ground. The line a key acts on is seen by edge, bar and ground: not colour alone."""
    colours = theme.colours()
    edge, wide = (colours.accent, 2) if selected else (colours.line, 1)
    painter.setPen(QPen(QColor(edge), wide))
    painter.setBrush(QColor(colours.selected if selected else colours.card))
    painter.drawRoundedRect(card, 10, 10)
    if selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(
            QRect(card.left() + 2, card.top() + 8, _BAR, card.height() - 16), 3, 3
        )


def _last_entry(line: Line | None) -> int:
    return max((box.entry for box in line.boxes), default=0) if line else 0


def _text(
    painter: QPainter,
    place: QRect,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, text)


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = cast("Any", option).rect  # older stubs lack Qt's fields
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = cast("Any", option).state  # as above
    return state


def _list_width(option: QStyleOptionViewItem) -> int:
    view = cast("Any", option).widget  # as above
    return view.viewport().width() if isinstance(view, QListView) else _rect(option).width()


class SaleList(QListView):
    """The list of cards; follows the newest line, selectable by keyboard.

    `picked` tells the number of a line that a person, not the program, has gone to; `selected` the
    line that is chosen now, None for none; `stepped` that + or − was pressed on it.
    """

    picked = Signal(int)
    selected = Signal(object)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lines")
        self._showing = False
        self.lines = SaleModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(translate("Sale", "Lines of this sale"))

    def show_sale(
        self, sale: Sale | None, follow: str | None = None, picked: int | None = None
    ) -> None:
        """Show a sale; the line of item `follow`, else one that has grown, is brought into view.

        The line that is chosen stays so where nothing is followed, as long as it is there;
        `picked` is the one that takes the next box because a person said so.
        """
        self._showing = True
        chosen, grown = self.selected_line(), self._grown(sale)
        self.lines.show(sale, picked)
        self.scheduleDelayedItemsLayout()
        rows = [row for row in range(self.lines.rowCount()) if self._item(row) == follow]
        if not (follow and rows):
            wanted = grown or (chosen.number if chosen else None)
            rows = [row for row in range(self.lines.rowCount()) if self._number(row) == wanted]
        if rows:
            newest = max(rows, key=lambda row: _last_entry(self.lines.line(row)))
            self.setCurrentIndex(self.lines.index(newest))
            self.scrollTo(self.lines.index(newest))
        self._showing = False
        self.selected.emit(self.selected_line())

    def _grown(self, sale: Sale | None) -> int | None:
        """The newest line that has more on it than before: added by search or by a key."""
        lines = self.lines.shown(sale.number) if sale else ()
        before = {line.number: line.quantity for line in lines}
        more = [
            ln.number
            for ln in (sale.lines if sale else ())
            if ln.quantity > before.get(ln.number, 0)
        ]
        return max(more, default=None)

    def _number(self, row: int) -> int | None:
        line = self.lines.line(row)
        return line.number if line else None

    def _item(self, row: int) -> str:
        line = self.lines.line(row)
        return line.item.code if line else ""

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Qt's hook: another line is under the keyboard."""
        super().currentChanged(current, previous)
        line = self.lines.line(current.row())
        if not self._showing:
            self.selected.emit(line)
            if line:
                self.picked.emit(line.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: a click picks also the line that the program had chosen already."""
        before = self.currentIndex()
        super().mousePressEvent(event)
        line = self.selected_line()
        if (
            line
            and self.currentIndex() == before
            and self.indexAt(event.position().toPoint()) == before
        ):
            self.picked.emit(line.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: + and − count; a list would look for a row that begins so."""
        step = _STEPS.get(event.text())
        if step and self.selected_line():
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)

    def selected_line(self) -> Line | None:
        """The line the keyboard is on."""
        return self.lines.line(self.currentIndex().row())

    def empty_text(self) -> str:
        """What to do when there is no line yet."""
        return translate("Sale", "Scan a box, or press F1 to find a drug.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: a row that comes up below (an unread scan) hides no line one was at."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: an empty sale says what to do."""
        super().paintEvent(event)
        if self.lines.rowCount() == 0:
            painter = QPainter(self.viewport())
            _text(
                painter=painter,
                place=self.viewport().rect(),
                text=self.empty_text(),
                font=theme.font(19),
                colour=theme.colours().quiet,
                align=Qt.AlignmentFlag.AlignHCenter,
            )
            painter.end()
