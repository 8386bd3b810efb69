"""Small parts every screen uses: cards, plain-text labels, buttons with their key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.gui.base import theme

# What a fingertip hits without looking twice.
TOUCH_PX = 44


class Card(QFrame):
    """A white card with a thin edge; what it holds goes into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 9, 16, 9)
        self.body.setSpacing(8)


class Combo(QComboBox):
    """A choice that the wheel scrolls past: it changes by a key or a click only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's hook: for what is around it."""
        event.ignore()


class Spin(QSpinBox):
    """A number that the wheel scrolls past."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # As far in as the text of a line edit; a style sheet's padding does not reach it.
        self.lineEdit().setTextMargins(9, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's hook: for what is around it."""
        event.ignore()


def plain(text: str = "", *, px: int = 16, bold: bool = False, quiet: bool = False) -> QLabel:
    """A label that never guesses rich text: scanned and imported words are shown as they are."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(px, bold=bold))
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if quiet:
        label.setObjectName("quiet")
    return label


def button(text: str, clicked: Callable[[], object], *, primary: bool = False) -> QPushButton:
    """A push button that a scanner's suffix key cannot press by being the default."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setDefault(False)
    if primary:
        made.setObjectName("primary")
    made.clicked.connect(lambda: clicked())
    return made


def touchable(made: QPushButton) -> QPushButton:
    """Make a button as high as `TOUCH_PX`; the style sheet's own heights would win over a size."""
    made.setProperty("touch", True)
    return made
