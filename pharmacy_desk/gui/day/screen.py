"""当班: who is on duty, the shift and the day, in tabs that Alt and a digit reach."""

from PySide6.QtWidgets import QWidget

from pharmacy_desk.counter.answers import Answer, DayAnswer, DutyAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.day.duty import DutyTab
from pharmacy_desk.gui.day.shift import ShiftTab
from pharmacy_desk.gui.widgets.tabbed import Tab, TabbedSection


class DayScreen(TabbedSection[Tab]):
    """One tab in front; the others keep what was begun in them."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duty, self.shift = DutyTab(desk), ShiftTab(desk)
        self.add(translate("Duty", "On duty"), self.duty, self.duty)
        self.add(translate("Day", "Shift and day"), self.shift, self.shift)
        self.turn(0)

    def take_answer(self, answer: Answer) -> None:
        """What a rehearsal asked, or a manager's yes let happen."""
        if isinstance(answer, DutyAnswer):
            self.duty.answered(answer)
        elif isinstance(answer, DayAnswer):
            self.shift.answered(answer)

    def meanings(self) -> Meanings:
        """F8 begins or ends the shift, F6 closes the day, Ctrl+P prints."""
        tab = self.shift
        if self.front is not tab:
            return {}
        return {"F8": tab.post, "F6": tab.second, "Ctrl+P": tab.print_again}
