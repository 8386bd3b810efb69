"""A screen of tabs that Alt and a digit reach: one in front, the others keep what was begun."""

from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.gui.base.section import Section
from pharmacy_desk.gui.widgets.tab_row import TabRow


class Tab(Protocol):
    """What the screen wants of a tab; each is a widget too."""

    def shown(self) -> None:
        """It comes to the front."""
        ...

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        ...


T = TypeVar("T", bound=Tab)


class TabbedSection(Section, Generic[T]):
    """The row of names above, the tab in front below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget()
        self._tabs: list[T] = []
        self._row = TabRow(self)
        self._row.wanted.connect(self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self._row)
        layout.addWidget(self._stack, 1)

    def add(self, name: str, tab: T, widget: QWidget) -> None:
        """One more tab, behind the others; `widget` is what is seen of it."""
        self._tabs.append(tab)
        self._stack.addWidget(widget)
        self._row.add(name)

    @property
    def front(self) -> T:
        """The tab that is in front."""
        return self._tabs[self._stack.currentIndex()]

    def turn(self, number: int) -> None:
        """Bring a tab to the front."""
        self._row.mark(number)
        self._stack.setCurrentIndex(number)
        self.turned()
        if self.isVisible():
            self.shown()

    def turned(self) -> None:
        """Another tab is in front, and not shown yet."""

    def shown(self) -> None:
        """The screen comes to the front."""
        self.front.shown()

    def hear(self, message: news.News) -> None:
        """All news to every tab."""
        for tab in self._tabs:
            tab.hear(message)
