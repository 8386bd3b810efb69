"""What a person wants of one line of the sale, by key or button: number, price, out with it."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import Answer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.line_bar import LineBar
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.sale.sale_list import SaleList
from pharmacy_desk.gui.widgets.confirm import Confirm

A = TypeVar("A", bound=Answer | None)

# One box is scanned again in a moment; several are not.
_ASKS_FROM = 2


class Checkout(Protocol):
    """What a line's wishes need of their screen."""

    questions: Questions
    lines: SaleList
    line_bar: LineBar
    confirm: Confirm

    def say(self, said: Said) -> None:
        """Show an answer."""
        ...

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish."""
        ...


class LineWishes:
    """Keys and buttons become wishes to the counter."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        checkout.lines.selected.connect(checkout.line_bar.show_line)
        checkout.lines.stepped.connect(self.count)
        checkout.line_bar.stepped.connect(self.count)
        checkout.line_bar.priced.connect(self.price)
        checkout.line_bar.removed.connect(self.remove)
        checkout.questions.price_said.connect(self._price_said)
        checkout.questions.opened.connect(self._question_opened)

    def count(self, step: int) -> None:
        """+ and −: a box more or fewer of the chosen line's drug."""
        line = self._checkout.lines.selected_line()
        if line:
            self._checkout.follow(self._desk.wishes.count_line(line.number, step))

    def remove(self) -> None:
        """Delete: the chosen line goes; of two boxes or more it is asked first."""
        line = self._checkout.lines.selected_line()
        if line is None:
            return
        number = line.number
        boxes = len(line.boxes) if line.split else line.quantity

        def out() -> None:
            self._checkout.follow(self._desk.wishes.remove_line(number))

        if boxes < _ASKS_FROM:
            out()
            return
        said = notes.line_out(line.item.name, boxes)
        self._checkout.confirm.ask(said, out)
        self._checkout.say(said)

    def price(self) -> None:
        """Ctrl+B: the chosen line costs something else; without one the newest of all does."""
        if self._checkout.questions.is_open:
            return
        sale = self._checkout.sale
        newest = sale.lines[-1] if sale and sale.lines else None
        line = self._checkout.lines.selected_line() or newest
        if line:
            self._checkout.questions.ask_price(line)

    def _price_said(self, line: int, fen: int, reason: str) -> None:
        self._checkout.follow(self._desk.wishes.prices.reprice(line, fen, reason))
        self._checkout.focus_search()

    def _question_opened(self, is_open: bool) -> None:
        """A question has all keys, and all buttons beside it, until it is answered."""
        self._checkout.line_bar.setEnabled(not is_open)
