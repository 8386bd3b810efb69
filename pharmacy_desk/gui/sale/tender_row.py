"""Other tenders than cash: a key or a click each, for the amount typed before or for the rest."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from pharmacy_desk.core.basics.money import parse_yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tender, Tendered, TenderKind
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import touchable
from pharmacy_desk.gui.words import tender as tender_words

# The first letters of 微信, 支付宝, 银行卡 and 商保 as they are sounded.
_KEYS = {
    TenderKind.WECHAT: "W",
    TenderKind.ALIPAY: "Z",
    TenderKind.CARD: "K",
    TenderKind.COMMERCIAL: "S",
}
_WIDE_PX = 50
_MOST_NUMBER, _MOST_CASH = 40, 12


class TenderRow(QWidget):
    """What was told besides cash. `asks_number`: the field takes a commercial case's number."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told: Tendered = EXACT_CASH
        self._case_fen = 0
        self._field: QLineEdit | None = None
        self._self_paid = False
        self.buttons: dict[TenderKind, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for kind, key in _KEYS.items():
            made = touchable(QPushButton(f"{tender_words.short(kind)}\n{key}"))
            made.setObjectName("key")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setFixedWidth(_WIDE_PX)
            name = tender_words.kind(kind)
            made.setAccessibleName(name)
            made.setToolTip(f"{name} (Alt+{key})")
            made.clicked.connect(partial(self._clicked, kind))
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), made)
            shortcut.activated.connect(partial(self.press, kind))
            self.buttons[kind] = made
            row.addWidget(made)
        self.begin(None)

    def follow(self, field: QLineEdit) -> None:
        """The field whose amount a key takes; letters in it are keys, no input method's."""
        self._field = field
        self._placeholder = field.placeholderText()
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        field.installEventFilter(self)
        field.returnPressed.connect(self._number_entered)

    def begin(self, payment: PaymentKind | None) -> None:
        """Nothing is told yet. Of an insured sale only the rest is: its part is not known yet."""
        self.told, self._case_fen = EXACT_CASH, 0
        self._self_paid = payment is PaymentKind.SELF
        for kind, made in self.buttons.items():
            made.setEnabled(payment is not None)
            if kind is TenderKind.COMMERCIAL:
                made.setEnabled(self._self_paid)
        self._show()

    @property
    def asks_number(self) -> bool:
        """True while the number of a commercial insurance's case is asked for."""
        return self._case_fen > 0

    def words(self) -> str:
        """What the pay button says of the tenders; empty for cash alone."""
        if self.asks_number:
            return translate("Pay", "Number of the case, then Enter")
        parts = [tender_words.amount(one) for one in self.told.told]
        if self.told.rest:
            rest = translate("Pay", "rest by %1") if parts else translate("Pay", "by %1")
            parts.append(rest.replace("%1", tender_words.kind(self.told.rest)))
        if not parts:
            return ""
        return translate("Pay", "Enter: %1").replace("%1", " · ".join(parts))

    def take_rest(self, kind: TenderKind) -> None:
        """The customer showed a code of this kind: by it the rest is paid."""
        self._set(Tendered(self.told.told, kind))

    def press(self, kind: TenderKind) -> None:
        """A key: the amount that is typed is paid so, without one all that is left."""
        if not self.buttons[kind].isEnabled() or self.asks_number:
            self._show()
            return
        typed = self._field.text().strip() if self._field and self._self_paid else ""
        fen = parse_yuan(typed) if typed else None
        if fen and self._field:
            self._field.clear()
            self._add(kind, fen)
        elif not typed and kind is not TenderKind.COMMERCIAL:
            again = self.told.rest is kind
            self._set(Tendered(self.told.told, None if again else kind))
        else:
            self._show()

    def _add(self, kind: TenderKind, fen: int) -> None:
        if kind is TenderKind.COMMERCIAL:
            self._case_fen = fen
            self._ask_number()
        else:
            self._set(Tendered((*self.told.told, Tender(kind, fen)), self.told.rest))

    def _ask_number(self) -> None:
        if self._field:
            self._field.setMaxLength(_MOST_NUMBER)
            self._field.setPlaceholderText(translate("Pay", "Case number"))
        self._show()
        self.changed.emit()

    def _number_entered(self) -> None:
        if not self.asks_number or self._field is None:
            return
        number = self._field.text().strip()
        if not (number.isascii() and number.replace("-", "").isalnum()):
            return
        tender = Tender(TenderKind.COMMERCIAL, self._case_fen, number)
        self._case_fen = 0
        self._field.clear()
        self._set(Tendered((*self.told.told, tender), self.told.rest))

    def undo(self) -> None:
        """The last tender is taken back."""
        if self.told.rest:
            self._set(Tendered(self.told.told))
        else:
            self._set(Tendered(self.told.told[:-1]))

    def _set(self, told: Tendered) -> None:
        self.told = told
        self._show()
        self.changed.emit()

    def _clicked(self, kind: TenderKind, _checked: bool = False) -> None:
        self.press(kind)

    def _show(self) -> None:
        used = {one.kind for one in self.told.told} | {self.told.rest}
        for kind, made in self.buttons.items():
            made.setChecked(kind in used)
        if self._field and not self.asks_number:
            self._field.setMaxLength(_MOST_CASH)
            self._field.setPlaceholderText(self._placeholder)

    def take_key(self, event: QKeyEvent) -> bool:
        """A letter that is a tender's key."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        for kind, key in _KEYS.items():
            if plain and event.text().upper() == key:
                self.press(kind)
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a letter in the cash field is a tender's key, Backspace takes one back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self.asks_number:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._number_entered()
                return True
            return False
        if self.take_key(event):
            return True
        empty = self._field is not None and not self._field.text()
        if event.key() == Qt.Key.Key_Backspace and empty and self.told != EXACT_CASH:
            self.undo()
            return True
        return False
