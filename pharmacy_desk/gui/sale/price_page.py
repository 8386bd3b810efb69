"""The question what one of a line costs instead, and why: typed, or a reason by a touch."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.people.people import MOST_REASON_CHARS
from pharmacy_desk.core.sale.prices import typed_price
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable

_MOST_CHARS = 12


class PricePage(Card):
    """Price and reason; `said` tells line, fen and reason. An empty price takes the change back."""

    said = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._line: Line | None = None
        self._title, self._hint = plain(bold=True), plain(px=14, quiet=True)
        self.first, self.reason = QLineEdit(), QLineEdit()
        self.first.setMaxLength(_MOST_CHARS)
        self.reason.setMaxLength(MOST_REASON_CHARS)
        for field, name in (
            (self.first, translate("Ask", "Price of one: 19.80, 9折, 90% or -2")),
            (self.reason, translate("Ask", "Why?")),
        ):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
        number_pad(self.first)
        self.first.textChanged.connect(lambda _: self._tell())
        self.first.returnPressed.connect(self._price_entered)
        self.reason.returnPressed.connect(self._entered)
        grid = QGridLayout()
        grid.setSpacing(6)
        self.reasons: list[QPushButton] = []
        for place, words in enumerate(_reasons()):
            made = touchable(button(words, partial(self._chosen, words)))
            self.reasons.append(made)
            grid.addWidget(made, *divmod(place, 2))
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        change = button(translate("Ask", "Change it (Enter)"), self._entered, primary=True)
        foot.addWidget(touchable(change))
        self.body.addWidget(self._title)
        self.body.addWidget(self.first)
        self.body.addWidget(self.reason)
        self.body.addLayout(grid)
        self.body.addLayout(foot)

    def begin(self, line: Line) -> None:
        """Ask for this line."""
        self._line = line
        title = translate("Ask", "%1: ¥%2 each by the list")
        self._title.setText(title.replace("%2", yuan(line.list_fen)).replace("%1", line.item.name))
        self.first.setText(yuan(line.price_fen) if line.repriced else "")
        self.first.selectAll()
        self.reason.setText(line.repriced.reason if line.repriced else "")
        self._tell()

    def _fen(self) -> int | None:
        """The price told; that of the list where nothing is."""
        text = self.first.text().strip()
        if self._line is None:
            return None
        return typed_price(text, self._line.list_fen) if text else self._line.list_fen

    def _tell(self) -> None:
        """What the line comes to at this price."""
        fen, line = self._fen(), self._line
        if line is None:
            return
        if fen is None:
            words = translate("Ask", "This is no price.")
        elif fen == line.list_fen:
            words = translate("Ask", "Left open: the price by the list.")
        else:
            words = translate("Ask", "¥%1 × %2 = ¥%3")
            words = words.replace("%1", yuan(fen)).replace("%2", str(line.quantity))
            words = words.replace("%3", yuan(fen * line.quantity))
        self._hint.setText(words)

    def _price_entered(self) -> None:
        fen = self._fen()
        if fen is None:
            self.first.selectAll()
        elif self._line and fen == self._line.list_fen:
            self._entered()
        else:
            self.reason.setFocus()

    def _chosen(self, words: str) -> None:
        """A touched reason is the answer, once there is a price."""
        self.reason.setText(words)
        if self.first.text().strip() and self._fen() is not None:
            self._entered()
        else:
            self.first.setFocus()

    def _entered(self) -> None:
        fen, reason = self._fen(), self.reason.text().strip()
        if fen is None or self._line is None:
            self.first.setFocus()
        elif fen != self._line.list_fen and not reason:
            self._hint.setText(translate("Ask", "Choose or write a reason first."))
            self.reason.setFocus()
        else:
            self.said.emit(self._line.number, fen, reason)


def _reasons() -> tuple[str, ...]:
    """The commonest; any other is written."""
    return (
        translate("Ask", "Expires soon"),
        translate("Ask", "Box is damaged"),
        translate("Ask", "Label said so"),
        translate("Ask", "The store's offer"),
    )
