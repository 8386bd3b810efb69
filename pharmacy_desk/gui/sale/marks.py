"""What a person says of the open sale by a key: this is a gift, this is for an online order."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from pharmacy_desk.core.sale.online import platforms
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.sale.sale_list import SaleList

A = TypeVar("A", bound=Answer | None)


class Checkout(Protocol):
    """What gifts and orders need of their screen."""

    questions: Questions
    lines: SaleList
    target: ScanTarget
    picked: int | None

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


class Marks:
    """Keys and answers become wishes to the counter."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        checkout.lines.picked.connect(self._picked)
        checkout.questions.order_said.connect(self._order_said)
        checkout.questions.opened.connect(self._question_opened)

    def gift(self) -> None:
        """Ctrl+G: the line under the keyboard, else what was scanned last, is a gift, or is not."""
        lines = self._checkout.lines
        line = lines.selected_line() if lines.hasFocus() else None
        self._checkout.follow(self._desk.wishes.turn_gift(line.number if line else None))

    def order(self) -> None:
        """Ctrl+O: which online order this sale is picked for."""
        known = platforms(self._desk.settings().text("sale.order_platforms"))
        sale = self._checkout.sale
        self._checkout.questions.ask_order(known, sale.order if sale else None)
        self._aim(ScanTarget.LOOK_UP)

    def hear(self, message: news.News) -> bool:
        """A scan goes into the open question; True when it did."""
        questions = self._checkout.questions
        asking = self._checkout.target is ScanTarget.LOOK_UP
        if asking and isinstance(message, news.LookedUp):
            questions.order_page.scanned(message.reading)
            return True
        return False

    def _aim(self, target: ScanTarget) -> None:
        self._checkout.target = target
        self._desk.wishes.aim(target)

    def _question_opened(self, is_open: bool) -> None:
        """Once another question is in front, or none, boxes are sold again."""
        if self._checkout.target is not ScanTarget.SALE and not is_open:
            self._aim(ScanTarget.SALE)

    def _order_said(self, platform: str, number: str) -> None:
        self._checkout.follow(self._desk.wishes.set_order(platform, number))
        self._checkout.focus_search()

    def _picked(self, number: int) -> None:
        """The keyboard is on a line: of two lines of one drug it takes the next box."""
        sale = self._checkout.sale
        line = next((ln for ln in sale.lines if ln.number == number), None) if sale else None
        if sale is None or line is None:
            return
        wanted = number if sale.gift_of(line.item.code) and not line.split else None
        if wanted != self._checkout.picked:
            self._checkout.follow(self._desk.wishes.choose_line(wanted))
