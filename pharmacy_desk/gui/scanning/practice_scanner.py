"""The scanner one can play with in training: its samples go through a real port and its reader."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, plain

_SERIAL_DIGITS = 13
# Two rows of samples; the rest scrolls where the screen is small.
_LEAST_PX = 100


class PracticeScanner(QDockWidget):
    """A panel of samples: good, sold, 69, payment, damaged and others."""

    def __init__(
        self,
        samples: list[dict[str, str]],
        send: Callable[[str], None],
        chinese: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("Practice", "Practice scanner"), parent)
        self.setObjectName("practice-scanner")
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self._send = send
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(12, 6, 12, 6)
        hint: QLabel = plain(
            translate("Practice", "Click a box to scan it. It travels like a real scan."),
            quiet=True,
        )
        layout.addWidget(hint)
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, sample in enumerate(samples):
            label = sample["label"] if chinese else sample.get("label_en", sample["label"])
            made = button(label, self._sender(sample["text"]))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setStyleSheet("font-size: 14px; padding: 3px 6px; min-height: 18px;")
            grid.addWidget(made, number // 6, number % 6)
        layout.addLayout(grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setMinimumHeight(_LEAST_PX)
        self.setWidget(scroll)

    def _sender(self, text: str) -> Callable[[], None]:
        return lambda: self._send(fresh(text))


def fresh(text: str) -> str:
    """A sample with its marks filled: `{fresh:8436282}` and `{fresh}` get a never-used serial."""
    serial = "".join(secrets.choice("0123456789") for _ in range(_SERIAL_DIGITS))
    start = text.find("{fresh:")
    if start >= 0:
        end = text.index("}", start)
        return text[:start] + text[start + 7 : end] + serial + text[end + 1 :]
    return text.replace("{fresh}", serial)
