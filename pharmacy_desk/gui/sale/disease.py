"""Ctrl+I at the checkout: a disease the person is certified for (门慢门特), by its code.

It is asked of nobody: the insurance tells it where it is asked. What is typed holds for this sale.
"""

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import SaleAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.widgets.parts import Card, button, plain

_MOST_CHARS = 30


class DiseasePage(Card):
    """One code at a time; a person may be certified for several."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        title = translate("Ask", "Certified disease, by its code")
        self.body.addWidget(plain(title, bold=True))
        self.first = QLineEdit()
        self.first.setMaxLength(_MOST_CHARS)
        self.first.setAccessibleName(title)
        self.first.setPlaceholderText("M01600")
        self.first.returnPressed.connect(self._entered)
        row = QHBoxLayout()
        row.addWidget(self.first, 1)
        row.addWidget(button(translate("Ask", "Note it (Enter)"), self._entered, primary=True))
        self.body.addLayout(row)
        self._hint = plain(px=14, quiet=True)
        self.body.addWidget(self._hint)

    def begin(self) -> None:
        """Ask anew; no code stands here longer than it is typed."""
        self.first.clear()
        self._hint.setText(
            translate("Ask", "As the insurance's terminal shows it. It holds for this sale only.")
        )

    def _entered(self) -> None:
        text = self.first.text()
        if text.strip() and text.isascii():
            self.first.clear()
            self.said.emit(text)
        else:
            self._hint.setText(translate("Ask", "✕ A code of letters and digits, such as M01600."))


class Checkout(Protocol):
    """What the question needs of its screen."""

    questions: Questions

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    def follow(self, wished: Future[SaleAnswer]) -> None:
        """Show what becomes of a wish."""
        ...


class DiseaseAsk:
    """Opens the question while a sale is open; its answer becomes a wish."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self.page = DiseasePage()
        checkout.questions.addWidget(self.page)
        self.page.said.connect(self._said)

    def ask(self) -> None:
        """Ctrl+I."""
        sale = self._checkout.sale
        if sale and sale.lines:
            self.page.begin()
            self._checkout.questions.show_page(self.page, self.page.first)

    def _said(self, code: str) -> None:
        self._checkout.questions.close_question()
        self._checkout.follow(self._desk.wishes.tell_disease(code))
