"""The question for which online order a sale is picked: platform by arrows, number by scanner."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pharmacy_desk.core.sale.online import MAX_ORDER_CHARS, OnlineOrder, order_number
from pharmacy_desk.core.scanning.scan import Kind, Reading
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain


class OrderPage(Card):
    """Platform and number; an empty number takes the order back."""

    said = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._hint = plain(quiet=True)
        self.platform = Combo()
        self.platform.setFont(theme.font(17))
        self.platform.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.platform.setAccessibleName(translate("Ask", "Platform"))
        self.first = QLineEdit()
        self.first.setMaxLength(MAX_ORDER_CHARS * 2)  # blanks between groups are taken out
        name = translate("Ask", "Order number: scan or type it")
        self.first.setPlaceholderText(name)
        self.first.setAccessibleName(name)
        number_pad(self.first, "-")
        self.first.returnPressed.connect(self._entered)
        self.first.installEventFilter(self)
        title = translate("Ask", "Which online order is this sale for?")
        self.body.addWidget(plain(title, bold=True))
        self.body.addWidget(self.platform)
        self.body.addWidget(self.first)
        self.body.addWidget(self._hint)
        self.body.addWidget(button(translate("Ask", "Keep it (Enter)"), self._entered))

    def begin(self, platforms: Sequence[str], known: OnlineOrder | None) -> None:
        """Ask anew, with what the sale has already; else with the platform of last time."""
        last = known.platform if known else self.platform.currentText()
        self.platform.clear()
        self.platform.addItems(
            list(dict.fromkeys((*platforms, *([known.platform] if known else ()))))
        )
        self.platform.setCurrentIndex(max(0, self.platform.findText(last)))
        self.first.setText(known.number if known else "")
        self.first.selectAll()
        self._tell(translate("Ask", "↑ ↓ platform · Enter keeps · empty: no online order"))

    def scanned(self, reading: Reading) -> None:
        """A scan while the question is open: the number on the order's slip."""
        if reading.is_personal:
            # A payment code is never kept; some orders are numbered so that they look like one.
            self._tell(translate("Ask", "✕ That looks like a payment code. Type the number."))
        elif reading.is_trace or reading.kind is Kind.PRODUCT_BARCODE:
            self._tell(translate("Ask", "✕ That is a box. Scan the order's slip, or press Esc."))
        elif order_number(reading.text) is None:
            self._tell(translate("Ask", "✕ That is no order number."))
        else:
            self.first.setText(order_number(reading.text) or "")
            self._tell(translate("Ask", "Scanned. Enter keeps it."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the arrows of the field change the platform."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or not self.platform.count():
            return False
        step = 1 if event.key() == Qt.Key.Key_Down else -1
        self.platform.setCurrentIndex((self.platform.currentIndex() + step) % self.platform.count())
        return True

    def _entered(self) -> None:
        text = self.first.text().strip()
        if text and order_number(text) is None:
            self._tell(translate("Ask", "✕ That is no order number."))
            self.first.selectAll()
            return
        self.said.emit(self.platform.currentText(), text)

    def _tell(self, text: str) -> None:
        self._hint.setText(text)
