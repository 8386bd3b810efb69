"""库存: what is done with boxes outside a sale, in tabs that Alt and a digit reach."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.stock.count import CountTab
from pharmacy_desk.gui.stock.documents import DocumentsTab
from pharmacy_desk.gui.stock.moves import MovesTab
from pharmacy_desk.gui.stock.no_code import NoCodeTab
from pharmacy_desk.gui.stock.recalls import RecallsTab
from pharmacy_desk.gui.stock.register import RegisterTab
from pharmacy_desk.gui.stock.shelf import ShelfTab
from pharmacy_desk.gui.stock.split import SplitTab
from pharmacy_desk.gui.widgets.tab_row import TabRow


class Tab(Protocol):
    """What the screen wants of a tab; each is a widget too. `target` is where its scans go."""

    target: ScanTarget

    def shown(self) -> None:
        """It comes to the front."""
        ...

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        ...

    def post(self) -> None:
        """F8."""
        ...

    def second(self) -> None:
        """F6."""
        ...


@runtime_checkable
class OwnKeys(Protocol):
    """A tab with keys of its own that the window would use otherwise."""

    def meanings(self) -> Meanings:
        """What each key of the window does here."""
        ...


class StockScreen(Section):
    """One tab in front; the others keep what was begun in them."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moves, self.count = MovesTab(desk), CountTab(desk)
        self.recalls, self.documents = RecallsTab(desk), DocumentsTab(desk)
        self.shelf, self.no_code = ShelfTab(desk), NoCodeTab(desk)
        self.split, self.register = SplitTab(desk), RegisterTab(desk)
        self._stack = QStackedWidget()
        self._tabs: list[Tab] = []
        self._row = TabRow(self)
        self._row.wanted.connect(self.turn)
        self._add(translate("Stock", "Moves"), self.moves, self.moves)
        self._add(translate("Stock", "Stock-take"), self.count, self.count)
        self._add(translate("Stock", "Recalls"), self.recalls, self.recalls)
        self._add(translate("Stock", "Documents"), self.documents, self.documents)
        self._add(translate("Stock", "On hand"), self.shelf, self.shelf)
        self._add(translate("NoCode", "No-code library"), self.no_code, self.no_code)
        self._add(translate("Split", "Split sales"), self.split, self.split)
        self._add(translate("Register", "Register"), self.register, self.register)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self._row)
        layout.addWidget(self._stack, 1)
        self.turn(0)

    def _add(self, name: str, tab: Tab, widget: QWidget) -> None:
        self._tabs.append(tab)
        self._stack.addWidget(widget)
        self._row.add(name)

    def turn(self, number: int) -> None:
        """Bring a tab to the front."""
        self._row.mark(number)
        self._stack.setCurrentIndex(number)
        self.target = self._front.target
        self.aimed.emit()
        if self.isVisible():
            self._front.shown()

    @property
    def _front(self) -> Tab:
        return self._tabs[self._stack.currentIndex()]

    def meanings(self) -> Meanings:
        """F8 posts, F6 is the tab's second action; further keys are the tab's own."""
        front = self._front
        own = front.meanings() if isinstance(front, OwnKeys) else {}
        return {**own, "F8": self.post, "F6": self.second}

    def shown(self) -> None:
        """The screen comes to the front."""
        self._front.shown()

    def hear(self, message: news.News) -> None:
        """Scans go to the tab in front, all other news to every tab."""
        if isinstance(message, news.LookedUp):
            if self.isVisible():
                self._front.hear(message)
            return
        for tab in self._tabs:
            tab.hear(message)

    def post(self) -> None:
        """F8."""
        self._front.post()

    def second(self) -> None:
        """F6."""
        self._front.second()
