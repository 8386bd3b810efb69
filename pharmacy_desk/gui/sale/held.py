"""Which of the held sales (挂单): each told by what a person remembers of it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import Answer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.widgets.parts import TOUCH_PX, Card, plain

A = TypeVar("A", bound=Answer | None)

# As many as there are digits to choose by; those behind them are reached by arrows and clicks.
_DIGITS = 9
# More would push the verdict off a small screen; the list scrolls.
_MOST_ROWS = 4


class Checkout(Protocol):
    """What held sales need of their screen."""

    questions: Questions

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...


class Held:
    """F5: the only held sale at once, else a question which one."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self.page = HeldPage()
        self.page.said.connect(self._chosen)
        checkout.questions.addWidget(self.page)

    def resume(self, count: int) -> None:
        """Take one of so many up."""
        if count <= 1:
            self._checkout.follow(self._desk.wishes.held.resume(1))
            return
        # At once: a hand that knows its digit need not read the list.
        self.page.begin(count)
        self._checkout.questions.show_page(self.page, self.page.rows)
        self._desk.bridge.follow(self._desk.wishes.held.waiting(), self.page.show_held)

    def _chosen(self, place: int) -> None:
        self._checkout.questions.close_question()
        self._checkout.follow(self._desk.wishes.held.resume(place))
        self._checkout.focus_search()


class HeldPage(Card):
    """A row for each: by its digit, a click, or the arrows and Enter. `said` tells its place."""

    said = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows = _Rows(self.said.emit)
        self.body.addWidget(plain(translate("Checkout", "Which one?"), bold=True))
        self.body.addWidget(self.rows)
        hint = translate("Checkout", "Press its digit, or choose by ↓ and Enter. Esc: none.")
        self.body.addWidget(plain(hint, px=14, quiet=True))

    def begin(self, count: int) -> None:
        """Offer so many; what each of them is will be told in a moment."""
        self.rows.fill([""] * count)

    def show_held(self, held: Sequence[tuple[Sale, bool]]) -> None:
        """Tell them, the oldest first, each with whether it waits for the insurance's answer."""
        self.rows.fill([told(sale, waits=waits) for sale, waits in held])

    def text_of(self, row: int) -> str:
        """What a row says."""
        return self.rows.item(row).text() if row < self.rows.count() else ""


class _Rows(QListWidget):
    """Digits, arrows and Enter choose; Esc is left to the question."""

    def __init__(self, said: Callable[[int], None]) -> None:
        super().__init__()
        self._said = said
        self.setFont(theme.font(16))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Checkout", "Held sales"))
        self.itemClicked.connect(lambda item: self._take(self.row(item)))

    def fill(self, texts: Sequence[str]) -> None:
        """Show these rows; the one under the keyboard stays so."""
        before = max(0, self.currentRow())
        self.clear()
        for place, text in enumerate(texts, start=1):
            digit = str(place) if place <= _DIGITS else "·"
            row = QListWidgetItem(f"{digit}　{text}")
            row.setSizeHint(QSize(0, TOUCH_PX))
            self.addItem(row)
        self.setCurrentRow(min(before, len(texts) - 1))
        self.setFixedHeight(min(len(texts), _MOST_ROWS) * TOUCH_PX + 2 * self.frameWidth())

    def _take(self, row: int) -> None:
        if 0 <= row < self.count():
            self._said(row + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        digit = event.key() - Qt.Key.Key_0
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentRow())
        elif 1 <= digit <= _DIGITS:
            self._take(digit - 1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()


def told(sale: Sale, *, waits: bool) -> str:
    """Time, first drug, boxes and sum; `waits` when the insurance has not answered yet."""
    at = sale.held_at or sale.opened_at
    first = sale.lines[0].item.name if sale.lines else translate("Checkout", "nothing scanned")
    more = translate("Checkout", " and more, %1 drugs").replace("%1", str(len(sale.lines)))
    drugs = first + (more if len(sale.lines) > 1 else "")
    boxes = translate("Checkout", "%1 boxes").replace("%1", str(sale.box_count))
    parts = [f"{at:%H:%M}", drugs, boxes, f"¥{yuan(sale.total_fen)}"]
    if waits:
        parts.insert(1, translate("Checkout", "waits for the insurance"))
    return "　".join(parts)
