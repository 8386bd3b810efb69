"""What a hand can do to the line it has chosen: fewer, more, another price, out with it.

It stands below the lines as long as one is chosen, for the mouse and the finger; each button tells
its key.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import TOUCH_PX, plain, touchable


class LineBar(QWidget):
    """The chosen line's name and number, and its buttons."""

    stepped = Signal(int)
    priced = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._number = plain(quiet=True), plain(px=19, bold=True)
        self._name.setWordWrap(False)
        self._name.setMinimumWidth(0)
        self._number.setMinimumWidth(TOUCH_PX)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fewer, self.more = _key("−"), _key("+")
        self.fewer.setAccessibleName(translate("Line", "One box fewer (−)"))
        self.more.setAccessibleName(translate("Line", "One box more (+)"))
        for made in (self.fewer, self.more):
            made.setToolTip(made.accessibleName())
            made.setFont(theme.font(22, bold=True))
            made.setFixedWidth(TOUCH_PX + 12)
        self.price = _key(translate("Line", "Price (Ctrl+B)"))
        self.out = _key(translate("Line", "Line out (Delete)"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._name, 1)
        for part in (self.fewer, self._number, self.more, self.price, self.out):
            self._row.addWidget(part)
        self.fewer.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.price.clicked.connect(self.priced)
        self.out.clicked.connect(self.removed)
        # Beside another till the lines are not ours to change.
        self.offered = True
        self.hide()

    def show_line(self, line: object) -> None:
        """Show what is chosen; nothing where no line is."""
        self.setVisible(self.offered and isinstance(line, Line))
        if not isinstance(line, Line):
            return
        self._name.setText(line.item.name)
        self._number.setText(str(line.quantity))
        counted = not (line.split or line.gift)
        self.fewer.setEnabled(counted and line.quantity > max(1, len(line.every_box)))
        self.more.setEnabled(counted)
        self.price.setEnabled(not line.gift)


def _key(text: str) -> QPushButton:
    made = touchable(QPushButton(text))
    made.setAutoDefault(False)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays on the line
    return made
