"""Scans that were not read cleanly: a small row each under the sale, until somebody has seen it.

A damaged read puts no box in, and the next verdict paints over it; the row stays, so that no box
goes over the counter unnoticed.
"""

import html
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, plain, touchable

# More would take the room of the sale's own lines; how many there are is said above.
MOST_SHOWN = 5
_ROW_PX, _TEXT_PX = 26, 15
# Sales on hold that are remembered with their rows: as many as anybody keeps on hold at once.
_MOST_ASIDE = 9


@dataclass(frozen=True, slots=True)
class Doubt:
    """One scan: what arrived (one safe line, personal codes masked), why it was not taken, when.

    `sale` is the sale it came in, empty while none was open.
    """

    shown: str
    why: str
    clock: str
    number: int
    sale: str = ""
    code: str | None = None


class Doubts(QWidget):
    """Newest on top. Ctrl+D at the checkout dismisses the newest, Delete the row with the focus.

    Beside the head are both keys for a mouse or a finger: `seen` wants the newest away, `taken`
    the codes that a merged read or an outer pack offers.
    """

    seen = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubts: list[Doubt] = []
        self._aside: dict[str, list[Doubt]] = {}
        self._head = plain(px=_TEXT_PX, bold=True)
        self._head.setWordWrap(False)
        self.rows = _RowList(self.dismiss)
        self.see = button(translate("Doubts", "Seen (Ctrl+D)"), self.seen.emit)
        self.take = button(translate("Doubts", "Take them (Ctrl+J)"), self.taken.emit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._head, 1)
        for made in (self.take, self.see):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(touchable(made))
        self.take.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.rows)
        self._show()

    @property
    def head(self) -> str:
        """The line above the rows: how many there are, and their key."""
        return self._head.text()

    def add(self, doubt: Doubt) -> None:
        """One more, on top."""
        self._doubts.insert(0, doubt)
        self._show()

    def offer(self, *, codes: bool) -> None:
        """Codes can be taken now, or no more."""
        if self.take.isHidden() is codes:
            self.take.setVisible(codes)
            self._show(self.rows.currentRow())

    def dismiss_newest(self) -> None:
        """Ctrl+D."""
        self.dismiss(0)

    def dismiss(self, row: int) -> None:
        """Take the row away; nothing happens when there is none."""
        if 0 <= row < len(self._doubts):
            del self._doubts[row]
            self._show(min(row, len(self._doubts) - 1))

    def settle(self, number: int) -> None:
        """The scan of this number was put right: its row goes."""
        self._doubts = [doubt for doubt in self._doubts if doubt.number != number]
        self._show()

    def found(self, code: str) -> None:
        """The box of this code is in after all."""
        self._doubts = [doubt for doubt in self._doubts if doubt.code != code]
        self._show()

    def belong(self, sale: str) -> None:
        """A sale is open: what came before its first box came with it."""
        self._doubts = [
            doubt if doubt.sale else replace(doubt, sale=sale) for doubt in self._doubts
        ]

    def clear(self) -> None:
        """The sale is paid or cancelled."""
        self._doubts = []
        self._show()

    def hold(self, sale: str) -> None:
        """The rows go on hold with their sale."""
        if self._doubts:
            self._aside[sale] = self._doubts
        while len(self._aside) > _MOST_ASIDE:
            del self._aside[next(iter(self._aside))]
        self.clear()

    def resume(self, sale: str) -> None:
        """The rows come back with their sale; those of the one before it go on hold with it."""
        for doubt in self._doubts:
            if doubt.sale and doubt.sale != sale:
                self._aside.setdefault(doubt.sale, []).append(doubt)
        self._doubts = self._aside.pop(sale, [])
        self._show()

    def _show(self, row: int = -1) -> None:
        shown = self._doubts[:MOST_SHOWN]
        focused = self.rows.hasFocus()
        self.rows.fill(shown)
        if row >= 0:
            self.rows.setCurrentRow(min(row, len(shown) - 1))
        if focused and not shown:
            self.focusNextChild()
        many = len(self._doubts)
        words = translate("Doubts", "Not in the sale: %1. Ctrl+D takes the newest away.")
        if many > MOST_SHOWN:
            words = translate("Doubts", "Not in the sale: %1, the newest %2 below. Ctrl+D: seen.")
        words = words.replace("%1", str(many)).replace("%2", str(MOST_SHOWN))
        self._head.setText(words if shown else "")
        for part in (self.see, self.rows):
            part.setVisible(bool(shown))
        self.setVisible(bool(shown) or not self.take.isHidden())


class _RowList(QListWidget):
    """Rows of plain text, exactly as high as they need."""

    def __init__(self, dismissed: Callable[[int], None]) -> None:
        super().__init__()
        self._dismissed = dismissed
        self.setFont(theme.font(_TEXT_PX))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Doubts", "Scans that put no box in"))

    def fill(self, doubts: list[Doubt]) -> None:
        """Show these rows."""
        self.clear()
        high = theme.row_px(_ROW_PX)
        for doubt in doubts:
            text = f"{theme.NO.sign} {doubt.why}  {doubt.shown}  {doubt.clock}"
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, high))
            item.setForeground(QColor(theme.NO.ink))
            item.setBackground(QColor(theme.NO.ground))
            # A tool tip is rich text to Qt: what was scanned is escaped.
            item.setToolTip(f"<qt>{html.escape(text)}</qt>")
            self.addItem(item)
        self.setFixedHeight(len(doubts) * high + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Delete takes the row away; keys of the checkout go on to it."""
        if event.key() == Qt.Key.Key_Delete:
            self._dismissed(self.currentRow())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()
