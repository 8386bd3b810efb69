"""What the window asks of each of its sections, so that it need not know them by name."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.settings.settings import Value
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer
from pharmacy_desk.counter.sale.desk import ScanTarget

# Keys as they are named on the screen, with what each does.
Meanings: TypeAlias = Mapping[str, Callable[[], object]]


class Section(QWidget):
    """One section of the window; what it does not answer, the window does itself.

    `target` says where scans go while it is in front, `aimed` that it is another one now;
    `again_wanted` that the window shall be opened again, with other settings; `seen` tells a `Deed`
    that no news tells: what somebody has looked at.
    """

    target = ScanTarget.LOOK_UP
    assistant_wanted = Signal()
    aimed = Signal()
    again_wanted = Signal()
    seen = Signal(object)

    def shown(self) -> None:
        """It comes to the front."""

    def hear(self, message: news.News) -> None:
        """News from the counter, in front or not."""

    def take_answer(self, answer: Answer) -> None:
        """The answer of a wish that somebody made elsewhere: in a dialog, or by an order."""

    def meanings(self) -> Meanings:
        """What each key of the window does on what is in front here now."""
        return {}

    def press(self, key: str) -> bool:
        """A key of the window while it is in front; False when it means nothing here."""
        return run(self.meanings(), key)

    def begin(self, reading: Reading | None) -> None:
        """The look-up begins anew, with this if it names a box."""

    def look_up(self, reading: Reading) -> None:
        """Show a box's life."""

    def take_over(self, values: dict[str, Value]) -> None:
        """Settings were written elsewhere."""


def run(meanings: Meanings, key: str) -> bool:
    """Do what a key means; False when it means nothing."""
    action = meanings.get(key)
    if action is None:
        return False
    action()
    return True
