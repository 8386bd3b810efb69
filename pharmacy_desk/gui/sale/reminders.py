"""What is reminded of while a way of paying is armed: quiet sentences under the lines.

When F2 or F3 is pressed the verdict says them, and they do not stand twice; as soon as the next
scan takes their place there they are here, in sight until the payment, and nothing of the payment
moves for them.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from pharmacy_desk.gui.words import pay_answers as pay_words

_TEXT_PX = 15


class Reminders(QWidget):
    """Shows nothing until something is reminded of; then every sentence at once."""

    def __init__(self, verdict: VerdictPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = verdict
        self._told_there: Said | None = None
        verdict.told.connect(self._look)
        self._told = plain(px=_TEXT_PX, quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.addWidget(self._told)
        self.hide()

    @property
    def text(self) -> str:
        """What is told now."""
        return self._told.text()

    def show_reminders(self, told: Sequence[Refusal], sale: Sale | None, now: datetime) -> None:
        """Tell all of them, each with what to do; hidden where there are none."""
        lines = [f"! {pay_words.reminder(refusal, sale, now)}" for refusal in told]
        if lines:
            lines.insert(0, translate("Checkout", "Reminders; they do not stop the payment:"))
        self._show("\n".join(lines))

    def told_by(self, said: Said) -> None:
        """The verdict says the same with these words, as long as they are there."""
        self._told_there = said
        self._look()

    def clear(self) -> None:
        """Nothing is armed any more."""
        self._told_there = None
        self._show("")

    def _show(self, text: str) -> None:
        self._told.setText(text)
        self._look()

    def _look(self) -> None:
        # What has no room there is cut, and the whole stands here.
        there = self._verdict.said is self._told_there and not self._verdict.shortened
        self.setVisible(bool(self.text) and not there)
