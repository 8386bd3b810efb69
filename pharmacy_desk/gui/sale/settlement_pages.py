"""The questions of an insured sale: by which kind, how it would split, and what was settled."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from pharmacy_desk.core.basics.money import parse_yuan, yuan
from pharmacy_desk.core.basics.payment import INSURED_KINDS, PaymentKind
from pharmacy_desk.core.sale.person import SalePerson
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.sale.settlement import Preview, typed_settlement
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.sale.tender_row import TenderRow
from pharmacy_desk.gui.widgets.number_pad import number_pad, number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable
from pharmacy_desk.gui.words.payment import payment

# setl_id and mdtrt_id are C30 (facts on platforms, 2.5 rows 13 and 14).
_MOST_CHARS = 30
_MOST_DIGITS = 12
# The one number the customer asks about is read from across the counter.
_OWN_PX, _PART_PX = 40, 19


class KindPage(Card):
    """By which kind of insurance: a digit, a click, or Enter for the one used last."""

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(plain(translate("Ask", "Settled by which insurance?"), bold=True))
        self.buttons: dict[PaymentKind, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self.body.addLayout(self._grid)
        for kind in INSURED_KINDS:
            made = touchable(button("", partial(self.said.emit, kind)))
            made.installEventFilter(self)
            self.buttons[kind] = made
        hint = translate("Ask", "Press its digit; Enter takes the marked one.")
        self.body.addWidget(plain(hint, px=14, quiet=True))
        self._offered: tuple[PaymentKind, ...] = ()

    @property
    def first(self) -> QPushButton:
        """Where the keyboard goes: the kind used last."""
        return self.buttons[self._offered[0]]

    def begin(self, kinds: Sequence[PaymentKind]) -> None:
        """Offer these kinds, the one used last first."""
        self._offered = tuple(kinds)
        for made in self.buttons.values():
            self._grid.removeWidget(made)
            made.hide()
        for place, kind in enumerate(kinds):
            made = self.buttons[kind]
            made.setText(f"{place + 1}  {payment(kind)}")
            self._grid.addWidget(made, *divmod(place, 2))
            made.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a digit chooses."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._offered):
            self.said.emit(self._offered[place])
            return True
        return False


class PreviewPage(Card):
    """How the insurance would split the sale, the customer's own part the loudest; Enter settles.

    A part that nobody told is a gap, never 0.
    """

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.body.setSpacing(5)  # it fits 720 lines beside a long answer
        self._title, self._whom = plain(bold=True), plain(px=14, quiet=True)
        self._own, self._beside = plain(px=_OWN_PX, bold=True), plain(px=14)
        self._parts = [plain(px=_PART_PX) for _ in range(3)]
        self.first = touchable(
            button(translate("Ask", "Settle (Enter)"), self._confirm, primary=True)
        )
        self.cash, self.tenders = QLineEdit(), TenderRow()
        self.cash.setPlaceholderText(translate("Pay", "Cash received"))
        self.cash.setAccessibleName(translate("Pay", "Cash received"))
        self.tenders.follow(self.cash)
        self.pad = number_pad(self.cash)
        self.cash.returnPressed.connect(self._confirm)
        self.first.installEventFilter(self)
        own = translate("Ask", "The customer pays")
        hint = translate("Ask", "Nothing is settled yet. Esc: back to the sale.")
        self.body.addWidget(self._title)
        self.body.addWidget(self._whom)
        self.body.addWidget(plain(own, px=14, quiet=True))
        self.body.addWidget(self._own)
        self.body.addWidget(self._beside)
        self.body.addLayout(self._grid())
        given = QHBoxLayout()
        given.setSpacing(4)
        given.addWidget(self.cash, 1)
        given.addWidget(self.tenders)
        self.body.addLayout(given)
        self.body.addWidget(self.first)
        self.body.addWidget(plain(hint, px=14, quiet=True))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        names = (
            translate("Ask", "Fund"),
            translate("Ask", "Personal account"),
            translate("Ask", "Mutual account"),
        )
        for column, (name, part) in enumerate(zip(names, self._parts, strict=True)):
            grid.addWidget(plain(name, px=14, quiet=True), 0, column)
            grid.addWidget(part, 1, column)
        return grid

    def begin(self, preview: Preview) -> None:
        """Show this split."""
        self.preview = preview
        self.cash.clear()
        self.tenders.begin(PaymentKind.SELF if preview.owed_fen else preview.payment)
        title = translate("Ask", "%1 ¥%2: so it would be split")
        title = title.replace("%1", payment(preview.payment))
        self._title.setText(title.replace("%2", yuan(preview.sale.total_fen)))
        whom = _whom(preview.sale.person)
        self._whom.setText(whom)
        self._whom.setVisible(bool(whom))
        told = preview.parts
        self._own.setText(_money(preview.owed_fen))
        beside = translate("Ask", "of it ¥%1 beside the insurance, self-paid")
        self._beside.setText(beside.replace("%1", yuan(preview.sale.own_fen)))
        self._beside.setVisible(bool(preview.sale.own_fen))
        amounts = (told.fund_fen, told.account_fen, told.mutual_fen)
        for part, fen in zip(self._parts, amounts, strict=True):
            part.setText(_money(fen))

    def handed(self) -> Tendered:
        """What the customer gives for her part; nothing typed is cash, exactly."""
        typed = self.cash.text().strip()
        fen = parse_yuan(typed) if typed else None
        told = self.tenders.told
        cash = (Tender(TenderKind.CASH, fen),) if fen else ()
        return replace(told, told=(*cash, *told.told))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a digit begins the cash received, a letter is a tender's key."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.text().isdigit():
            self.cash.setFocus(Qt.FocusReason.OtherFocusReason)
            self.cash.insert(event.text())
            return True
        return self.tenders.take_key(event)

    def _confirm(self) -> None:
        if self.preview and not self.tenders.asks_number:
            self.said.emit(self.preview)


def _money(fen: int | None) -> str:
    return "—" if fen is None else f"¥{yuan(fen)}"


def _whom(person: SalePerson | None) -> str:
    """Who it is for, masked, and where insured if that is elsewhere."""
    if person is None:
        return ""
    told = [person.name_masked, person.masked]
    if person.insured and person.insured.other_area:
        told.append(translate("Ask", "insured in another area"))
    return " · ".join(one for one in told if one)


class SettlementPage(Card):
    """What the insurance's own terminal settled, read off its slip: number and split, in yuan.

    What is left open stays not known; parts that are typed must come to the whole sum.
    """

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._total_fen = 0
        self._title = plain(bold=True)
        self.first, self.visit = QLineEdit(), QLineEdit()
        self.parts = tuple(QLineEdit() for _ in range(4))
        self._hint = plain(px=14, quiet=True)
        self._lay_out()
        number_pads(self.first, self.visit, *self.parts)
        self.first.returnPressed.connect(self._number_entered)
        self.visit.returnPressed.connect(self.parts[0].setFocus)
        for place, field in enumerate(self.parts):
            field.setMaxLength(_MOST_DIGITS)
            field.setPlaceholderText("0.00")
            field.returnPressed.connect(lambda at=place: self._part_entered(at))
            field.textChanged.connect(lambda _: self._show_rest())

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        for field, hint in (
            (self.first, translate("Ask", "Settlement number of the insurance terminal")),
            (self.visit, translate("Ask", "Visit number (if it is told)")),
        ):
            field.setMaxLength(_MOST_CHARS)
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            numbers.addWidget(field, 3 if field is self.first else 2)
        grid = QGridLayout()
        grid.setSpacing(4)
        names = (
            translate("Ask", "Fund"),
            translate("Ask", "Personal account"),
            translate("Ask", "Mutual account"),
            translate("Ask", "Own cash"),
        )
        for column, (name, field) in enumerate(zip(names, self.parts, strict=True)):
            field.setAccessibleName(name)
            grid.addWidget(plain(name, px=14, quiet=True), 0, column)
            grid.addWidget(field, 1, column)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        self.pay = button(translate("Ask", "Pay with it (Enter)"), self._submit, primary=True)
        foot.addWidget(self.pay)
        self.body.addWidget(self._title)
        self.body.addLayout(numbers)
        self.body.addLayout(grid)
        self.body.addLayout(foot)

    def begin(self, kind: PaymentKind, total_fen: int) -> None:
        """Ask for a sale of this sum, in fen."""
        self._total_fen = total_fen
        title = translate("Ask", "%1 ¥%2: as the insurance's slip says")
        self._title.setText(title.replace("%1", payment(kind)).replace("%2", yuan(total_fen)))
        for field in (self.first, self.visit, *self.parts):
            field.clear()
        self._show_rest()

    def fill(self, told: Settlement) -> None:
        """Offer what its slip or file tells; a person compares and confirms it."""
        self.first.setText(told.setl_id)
        self.visit.setText(told.mdtrt_id or "")
        for field, fen in zip(self.parts, told.parts, strict=True):
            field.setText("" if fen is None else yuan(fen))
        self._show_rest()
        self.pay.setFocus()

    def another_sale(self, document: str) -> None:
        """The slip names another sale: nothing of it is taken."""
        words = translate("Ask", "✕ That slip is of sale %1, not of this one.")
        self._hint.setText(words.replace("%1", document))

    def _number_entered(self) -> None:
        if self._number_right():
            self.parts[0].setFocus()

    def _part_entered(self, place: int) -> None:
        """Enter leads on; past the last part, or where nothing lacks any more, it pays."""
        if place + 1 < len(self.parts) and self._typed() and self._rest() != 0:
            self.parts[place + 1].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        if not self._number_right():
            return
        rest = self._rest()
        if rest is None or (self._typed() and rest != 0):
            self._show_rest()
            wrong = next((f for f in self.parts if _fen(f) is None), self.parts[0])
            wrong.setFocus()
            return
        visit = self.visit.text().strip()
        if not self._typed():
            parts: tuple[int | None, ...] = (None,) * 4
        else:
            # They come to the whole sum: what was left open is nothing.
            parts = tuple(_fen(field) or 0 for field in self.parts)
        self.said.emit(typed_settlement(self.first.text().strip(), visit or None, parts))

    def _number_right(self) -> bool:
        fields = (self.first, self.visit)
        for field in fields:
            text = field.text().strip()
            wanted = field is self.first or bool(text)
            if wanted and not (text.isascii() and text.isalnum()):
                self._hint.setText(translate("Ask", "Only digits and letters, as on the slip."))
                field.setFocus()
                return False
        return True

    def _typed(self) -> bool:
        return any(field.text().strip() for field in self.parts)

    def _rest(self) -> int | None:
        """What is still to be split, in fen; None where a part is no money."""
        told = [_fen(field) for field in self.parts]
        known = [part for part in told if part is not None]
        return self._total_fen - sum(known) if len(known) == len(told) else None

    def _show_rest(self) -> None:
        rest = self._rest()
        if rest is None:
            words = translate("Ask", "This is no sum of money.")
        elif not self._typed():
            words = translate("Ask", "Left open, the split is printed as not known.")
        elif rest > 0:
            words = translate("Ask", "¥%1 lacks.").replace("%1", yuan(rest))
        elif rest < 0:
            words = translate("Ask", "¥%1 too much.").replace("%1", yuan(-rest))
        else:
            words = translate("Ask", "✓ It comes to the whole sum.")
        self._hint.setText(words)


def _fen(field: QWidget) -> int | None:
    """A part in fen; 0 where nothing is typed, None where it is no money."""
    text = field.text().strip() if isinstance(field, QLineEdit) else ""
    return parse_yuan(text) if text else 0
