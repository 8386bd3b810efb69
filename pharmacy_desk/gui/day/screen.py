"""当班: who is on duty, the shift and the day, in tabs that Alt and a digit reach."""

from typing import Protocol

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, DayAnswer, DutyAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.day.duty import DutyTab
from pharmacy_desk.gui.day.shift import ShiftTab
from pharmacy_desk.gui.widgets.tab_row import TabRow


class Tab(Protocol):
    """What the screen wants of a tab; each is a widget too."""

    def shown(self) -> None:
        """It comes to the front."""
        ...

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        ...


class DayScreen(Section):
    """One tab in front; the others keep what was begun in them."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duty, self.shift = DutyTab(desk), ShiftTab(desk)
        self._stack = QStackedWidget()
        self._tabs: list[Tab] = []
        self._row = TabRow(self)
        self._row.wanted.connect(self.turn)
        self._add(translate("Duty", "On duty"), self.duty, self.duty)
        self._add(translate("Day", "Shift and day"), self.shift, self.shift)
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
        if self.isVisible():
            self.shown()

    def shown(self) -> None:
        """The screen comes to the front."""
        self._tabs[self._stack.currentIndex()].shown()

    def hear(self, message: news.News) -> None:
        """All news to every tab."""
        for tab in self._tabs:
            tab.hear(message)

    def take_answer(self, answer: Answer) -> None:
        """What a rehearsal asked, or a manager's yes let happen."""
        if isinstance(answer, DutyAnswer):
            self.duty.answered(answer)
        elif isinstance(answer, DayAnswer):
            self.shift.answered(answer)

    def meanings(self) -> Meanings:
        """F8 begins or ends the shift, F6 closes the day, Ctrl+P prints."""
        tab = self.shift
        if self._stack.currentWidget() is not tab:
            return {}
        return {"F8": tab.post, "F6": tab.second, "Ctrl+P": tab.print_again}
