"""库存: what is done with boxes outside a sale, in tabs that Alt and a digit reach."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.stock.count import CountTab
from pharmacy_desk.gui.stock.documents import DocumentsTab
from pharmacy_desk.gui.stock.moves import MovesTab
from pharmacy_desk.gui.stock.no_code import NoCodeTab
from pharmacy_desk.gui.stock.recalls import RecallsTab
from pharmacy_desk.gui.stock.register import RegisterTab
from pharmacy_desk.gui.stock.shelf import ShelfTab
from pharmacy_desk.gui.stock.split import SplitTab
from pharmacy_desk.gui.widgets.tabbed import Tab, TabbedSection


class StockTab(Tab, Protocol):
    """What the stock wants of a tab besides; `target` is where its scans go."""

    target: ScanTarget

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


class StockScreen(TabbedSection[StockTab]):
    """One tab in front; the others keep what was begun in them."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moves, self.count = MovesTab(desk), CountTab(desk)
        self.recalls, self.documents = RecallsTab(desk), DocumentsTab(desk)
        self.shelf, self.no_code = ShelfTab(desk), NoCodeTab(desk)
        self.split, self.register = SplitTab(desk), RegisterTab(desk)
        self.add(translate("Stock", "Moves"), self.moves, self.moves)
        self.add(translate("Stock", "Stock-take"), self.count, self.count)
        self.add(translate("Stock", "Recalls"), self.recalls, self.recalls)
        self.add(translate("Stock", "Documents"), self.documents, self.documents)
        self.add(translate("Stock", "On hand"), self.shelf, self.shelf)
        self.add(translate("NoCode", "No-code library"), self.no_code, self.no_code)
        self.add(translate("Split", "Split sales"), self.split, self.split)
        self.add(translate("Register", "Register"), self.register, self.register)
        self.turn(0)

    def turned(self) -> None:
        """Scans go to another tab."""
        self.target = self.front.target
        self.aimed.emit()

    def meanings(self) -> Meanings:
        """F8 posts, F6 is the tab's second action; further keys are the tab's own."""
        front = self.front
        own = front.meanings() if isinstance(front, OwnKeys) else {}
        return {**own, "F8": self.post, "F6": self.second}

    def hear(self, message: news.News) -> None:
        """Scans go to the tab in front, all other news to every tab."""
        if isinstance(message, news.LookedUp):
            if self.isVisible():
                self.front.hear(message)
            return
        super().hear(message)

    def post(self) -> None:
        """F8."""
        self.front.post()

    def second(self) -> None:
        """F6."""
        self.front.second()
