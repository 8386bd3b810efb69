"""What is reminded of while a way of paying is armed: quiet sentences under the lines.

The verdict says them too when F2 or F3 is pressed, and the next scan takes their place there;
here they stay in sight until the payment, and nothing of the payment moves for them.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.words import gate as gate_words
from pharmacy_desk.gui.words import pay_answers as pay_words

_TEXT_PX = 15


class Reminders(QWidget):
    """Shows nothing until something is reminded of; then every sentence at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        lines = [f"! {_sentence(refusal, sale, now)}" for refusal in told]
        if lines:
            lines.insert(0, translate("Checkout", "Reminders; they do not stop the payment:"))
        self._show("\n".join(lines))

    def clear(self) -> None:
        """Nothing is armed any more."""
        self._show("")

    def _show(self, text: str) -> None:
        self._told.setText(text)
        self.setVisible(bool(text))


def _sentence(refusal: Refusal, sale: Sale | None, now: datetime) -> str:
    """One reminder; a limit's own words say what is to be known of it."""
    told = pay_words.in_full(refusal, sale, now)
    if refusal.limits:
        return told
    words = translate("Checkout", "%1. %2")
    return words.replace("%2", gate_words.reason_todo(refusal)).replace("%1", told)
