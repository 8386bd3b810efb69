"""What asks first (整单取消?, a line of several boxes): its sentence stands in the verdict panel.

It counts as long as it can be read: any other word there takes the question away.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.parts import button, touchable
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel


class Confirm:
    """One thing that Enter does while its sentence can be read; `keys` are for mouse and finger."""

    def __init__(self, verdict: VerdictPanel, leave: Callable[[], None], yes: str = "") -> None:
        """`leave` keeps what is there; `yes` is written on the other button, with its key."""
        self._verdict = verdict
        self._said: Said | None = None
        self._do: Callable[[], None] = _nothing
        self.keys = QWidget()
        yes = yes or translate("Confirm", "Yes, take out (Enter)")
        self.yes = touchable(button(yes, self._pressed))
        self.no = touchable(button(translate("Confirm", "Keep (Esc)"), leave))
        row = QHBoxLayout(self.keys)
        row.setContentsMargins(0, 0, 0, 0)
        for made in (self.no, self.yes):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
            row.addWidget(made, 1)
        self.keys.hide()
        verdict.told.connect(self._show_keys)

    def _pressed(self) -> None:
        self.take()

    def _show_keys(self) -> None:
        self.keys.setVisible(self.asks)

    @property
    def asks(self) -> bool:
        """True while the question can be read."""
        return self._said is not None and self._verdict.said is self._said

    def ask(self, said: Said, do: Callable[[], None]) -> None:
        """From here on Enter does it; whoever asks shows what is said."""
        self._said, self._do = said, do

    def drop(self) -> None:
        """Nothing is confirmed any more."""
        self._said, self._do = None, _nothing
        self._show_keys()

    def take(self) -> bool:
        """Enter: do what was asked; False when nothing was."""
        if not self.asks:
            return False
        do = self._do
        self.drop()
        do()
        return True


def _nothing() -> None:
    """Nothing was asked."""
