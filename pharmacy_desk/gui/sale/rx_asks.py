"""Ctrl+Q at the checkout: the prescription is asked for, its answer becomes a wish."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from pharmacy_desk.core.sale.prescription import Prescription, RxOrder
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.sale.questions import Questions

A = TypeVar("A", bound=Answer | None)


class Checkout(Protocol):
    """What prescriptions need of their screen."""

    questions: Questions
    target: ScanTarget

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...


class RxAsks:
    """The question for a prescription, and what is known of its number."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self._page = checkout.questions.rx_page
        checkout.questions.rx_said.connect(self._said)
        self._page.number_entered.connect(self._number_entered)
        self._page.electronic_said.connect(self._token_said)
        self._page.taken_off.connect(self._taken_off)

    def ask(self) -> None:
        """Ctrl+Q, or Enter on a payment that lacks it."""
        settings = self._desk.settings()
        self._checkout.questions.ask_rx(
            self._checkout.sale,
            settings.text("store.area"),
            self._desk.now().date(),
            settings.text("operator.id"),
        )
        self._checkout.target = ScanTarget.PAPER
        self._desk.wishes.aim(ScanTarget.PAPER)

    @property
    def _open(self) -> bool:
        questions = self._checkout.questions
        return questions.is_open and questions.currentWidget() is self._page

    def hear(self, message: news.News) -> bool:
        """A scan goes into the open question; True when it did."""
        if self._open and isinstance(message, news.LookedUp):
            self._page.scanned(message.reading)
            return True
        return False

    def _number_entered(self, number: str) -> None:
        """One of this number may be kept: the same paper shown again, with what is left."""
        sale = self._checkout.sale
        there = sale.number if sale else ""

        def show(found: Prescription | None) -> None:
            if found and self._open and self._page.first.text().strip() == number:
                self._page.show_known(found)

        self._desk.asker.ask(
            lambda reader: reader.sales.prescriptions.by_number(number, there), show
        )

    def _token_said(self, token: str) -> None:
        self._checkout.follow(self._desk.wishes.rx.electronic(token))
        self._checkout.focus_search()

    def _taken_off(self) -> None:
        self._checkout.follow(self._desk.wishes.rx.take_off())
        self._checkout.focus_search()

    def _said(self, order: object) -> None:
        if isinstance(order, RxOrder):
            self._checkout.follow(self._desk.wishes.rx.keep(order))
            self._checkout.focus_search()
