"""What is owed and how it is paid: total, insured or self-paid, tendered cash, the pay button."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.money import parse_yuan, yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.dispensing import needs_prescription
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.tender import (
    Rounding,
    Taken,
    Tender,
    Tendered,
    TenderFlaw,
    TenderKind,
    rest_fen,
    take,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.sale.tender_row import TenderRow
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable
from pharmacy_desk.gui.words.payment import payment as payment_word
from pharmacy_desk.gui.words.persons import short

# Ten thousands with two decimals and the words before them.
_CASH_PX = 136

_TOTAL_PX, _SMALL_TOTAL_PX = 44, 26


class PayPanel(QWidget):
    """Shows the total; F2 and F3 arm a payment, Enter confirms it, the button says why not."""

    armed_changed = Signal(object)
    insured_wanted = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.armed: PaymentKind | None = None
        self._compact, self._full_height = False, 0
        self._asking, self._insured_offered = False, True
        self._why_not = ""
        self._sale: Sale | None = None
        self.rounding: Callable[[], Rounding] = lambda: Rounding.NONE
        self.tenders = TenderRow()
        self.tenders.changed.connect(self._show_change)
        frame = Card()
        self._head = plain(translate("Pay", "To pay"), quiet=True)
        self._head.setWordWrap(False)
        self._counts = plain(quiet=True)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._total = plain("0.00", px=_TOTAL_PX, bold=True)
        self._total.setWordWrap(False)
        self.insured = self._choice(self.insured_wanted.emit)
        self.self_paid = self._choice(lambda: self.arm(PaymentKind.SELF))
        self.self_paid.setText(translate("Pay", "Self-paid  F3"))
        self.tendered = QLineEdit()
        self.tendered.setMaxLength(12)
        self.tendered.setPlaceholderText(translate("Pay", "Cash received"))
        self.tendered.setToolTip(translate("Pay", "Empty: exactly the sum"))
        self.tendered.setFixedWidth(_CASH_PX)
        self.tendered.textChanged.connect(lambda _: self._show_change())
        self.tenders.follow(self.tendered)
        self._name_insured()
        self._change = plain(px=19, bold=True)
        self._change.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.pay = touchable(button("", self.confirmed.emit, primary=True))
        self._lay_out(frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.tendered.hide()
        self._change.hide()
        self.pad = number_pad(self.tendered)
        self.show_sale(None, "")

    def offer_insured(self, *, offered: bool) -> None:
        """A store that the insurance has not designated shows nothing of it."""
        self._insured_offered = offered
        self.insured.setVisible(offered)
        self._show_button()

    def _choice(self, clicked: Callable[[], None]) -> QPushButton:
        made = button("", clicked)
        made.setObjectName("choice")
        made.setCheckable(True)
        return touchable(made)

    def _lay_out(self, frame: Card) -> None:
        layout = frame.body
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addWidget(self._counts, 1)
        money = QHBoxLayout()
        money.setSpacing(8)
        money.addWidget(plain("¥", px=22, bold=True), 0, Qt.AlignmentFlag.AlignVCenter)
        money.addWidget(self._total, 1)
        self._kinds = QWidget()
        kinds = QHBoxLayout(self._kinds)
        kinds.setContentsMargins(0, 0, 0, 0)
        kinds.addWidget(self.insured)
        kinds.addWidget(self.self_paid)
        kinds.addWidget(self.tenders)
        kinds.setSpacing(4)
        # Beside the sum, and their place kept while they are hidden: F2 and F3 move nothing.
        cash = QVBoxLayout()
        cash.setSpacing(4)
        for part in (self.tendered, self._change):
            cash.addWidget(part)
        self._keep_place_of_cash(kept=True)
        money.addLayout(cash)
        for row in (head, money):
            layout.addLayout(row)
        layout.addWidget(self._kinds)
        layout.addWidget(self.pay)

    @property
    def full_height(self) -> int:
        """How high it is, or was when it last showed everything."""
        return self._full_height if self._compact else self.sizeHint().height()

    def make_compact(self, *, compact: bool) -> None:
        """While a question needs the room: what is owed stays in sight, how to pay comes after."""
        if compact is self._compact:
            return
        self._full_height = self.full_height
        self._compact = compact
        self._kinds.setVisible(not compact)
        self.pay.setVisible(not compact)
        self._keep_place_of_cash(kept=not compact)
        self._total.setFont(theme.font(_SMALL_TOTAL_PX if compact else _TOTAL_PX, bold=True))
        self._show_cash()

    def _keep_place_of_cash(self, *, kept: bool) -> None:
        for part in (self.tendered, self._change):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(kept)
            part.setSizePolicy(policy)

    def _show_cash(self) -> None:
        shown = self.armed is PaymentKind.SELF and not self._compact
        self.tendered.setVisible(shown)
        self._change.setVisible(shown)

    def show_sale(self, sale: Sale | None, why_not: str) -> None:
        """Show a sale's total and what stops its payment (empty: nothing does)."""
        self._sale = sale
        boxes, codes = (sale.box_count, sale.code_count) if sale else (0, 0)
        counts = translate("Pay", "%1 boxes · %2 codes")
        told = counts.replace("%1", str(boxes)).replace("%2", str(codes))
        order = sale.order if sale else None
        # In the quiet text above the sum: a bag that is packed for the wrong order is seen here.
        whose = (
            f"{order.platform} {order.number}" if order else "",
            short(sale.person if sale else None),
            _prescription(sale),
        )
        self._counts.setText(" · ".join(part for part in (*whose, told) if part))
        if sale and self.armed and self.armed.insured and sale.mixed:
            self._counts.setText(_apart(sale))
        self._why_not = why_not
        self._show_button()
        self._show_change()

    def wait_for_answer(self, *, asking: bool) -> None:
        """While a question is open nothing is paid, neither by key nor by mouse."""
        self._asking = asking
        if asking and self.armed is not None:
            self.arm(None)
        self.insured.setChecked(self.armed is not None and self.armed.insured)  # a click checks it
        self.insured.setEnabled(not asking)
        self.self_paid.setEnabled(not asking)
        self._show_button()

    def _show_button(self) -> None:
        empty, why_not = self._sale is None or not self._sale.lines, self._why_not
        if self._asking:
            text = translate("Pay", "Answer the question first (Esc: none)")
        elif empty:
            text = translate("Pay", "Nothing scanned yet")
        elif why_not:
            text = why_not
        elif self.armed is None:
            both = self._insured_offered
            text = translate("Pay", "Press F2 or F3") if both else translate("Pay", "Press F3")
        elif self.armed.insured:
            text = translate("Pay", "Enter: settle with insurance")
        elif self.tenders.told.told and not self.tenders.asks_number and not self.enough():
            text = translate("Pay", "Type the rest, or its key")
        else:
            text = self.tenders.words() or translate("Pay", "Enter: received, print receipt")
        self.pay.setText(text)
        ready = not empty and not why_not and self.armed is not None
        self.pay.setEnabled(ready and not self._asking)

    def arm(self, payment: PaymentKind | None) -> None:
        """Choose how to pay; None takes the choice back."""
        self.armed = payment
        insured = payment is not None and payment.insured
        self.insured.setChecked(insured)
        self._name_insured()
        self.self_paid.setChecked(payment is PaymentKind.SELF)
        self._show_cash()
        if payment is PaymentKind.SELF:
            self.tendered.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tendered.clear()
        self.tenders.begin(payment)
        self._show_change()
        self.armed_changed.emit(payment)

    def _name_insured(self) -> None:
        """The button says which of the insurance's kinds was chosen."""
        chosen = self.armed if self.armed and self.armed.insured else None
        word = payment_word(chosen) if chosen else translate("Pay", "Insured")
        self.insured.setText(f"{word}  F2")

    def tendered_fen(self) -> int | None:
        """Cash received in fen; None when nothing or no money was typed."""
        text = self.tendered.text().strip()
        return parse_yuan(text) if text and not self.tenders.asks_number else None

    def handed(self) -> Tendered:
        """What was told of other tenders than the cash in its field."""
        return self.tenders.told

    def _all(self) -> Tendered:
        cash_fen, told = self.tendered_fen(), self.tenders.told
        cash = (Tender(TenderKind.CASH, cash_fen),) if cash_fen else ()
        return replace(told, told=(*cash, *told.told))

    def enough(self) -> bool:
        """False when what was told does not pay the sale, or is no money."""
        if self.armed is not PaymentKind.SELF:
            return True
        typed = self.tendered.text().strip()
        if self.tenders.asks_number or (typed and not parse_yuan(typed)):
            return False
        return isinstance(self._taken(), Taken)

    def _taken(self) -> Taken | TenderFlaw:
        return take(self._all(), self._sale.total_fen if self._sale else 0, self.rounding())

    def _show_change(self) -> None:
        """The rest is large as soon as a part is told; the change stands beside it."""
        owed_fen = self._sale.total_fen if self._sale else 0
        told = self.tenders.told
        rest = rest_fen(told, owed_fen) if told.told else owed_fen
        self._total.setText(yuan(max(rest, 0)))
        left = translate("Pay", "Still to pay") if told.told else translate("Pay", "To pay")
        self._head.setText(left)
        self._change.setText(self._change_words())
        self._show_button()

    def _change_words(self) -> str:
        if self._sale is None or self.armed is not PaymentKind.SELF or self.tenders.asks_number:
            return ""
        if not self.enough():
            return translate("Pay", "too little") if self.tendered.text().strip() else ""
        taken = self._taken()
        if isinstance(taken, TenderFlaw):
            return ""
        if self.tendered.text().strip():
            return translate("Pay", "Change ¥%1").replace("%1", yuan(taken.change_fen))
        if taken.rounded_fen:
            return translate("Pay", "Take ¥%1").replace("%1", yuan(taken.tenders[-1].amount_fen))
        return ""


def _apart(sale: Sale) -> str:
    """The two sums of a mixed basket: what is settled, and what stands beside it."""
    told = translate("Pay", "insured ¥%1 · self-paid ¥%2")
    return told.replace("%1", yuan(sale.insured_fen)).replace("%2", yuan(sale.own_fen))


def _prescription(sale: Sale | None) -> str:
    """The prescription the sale is sold on; that it lacks one, also where it may be sold so."""
    if sale and sale.prescription:
        return translate("Pay", "prescription %1").replace("%1", sale.prescription.number)
    lacking = sale and any(needs_prescription(line) for line in sale.lines)
    return translate("Pay", "no prescription (Ctrl+Q)") if lacking else ""
