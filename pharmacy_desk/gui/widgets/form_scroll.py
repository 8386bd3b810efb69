"""A part of a form that scrolls where the screen has no room for all of it.

Enter leads from field to field, and the one that has the keyboard comes into sight with its name.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

# What stands above a field belongs to it.
_NAME_PX = 26


class FormScroll(QScrollArea):
    """As high as what it holds, or as `low` as it is told to be."""

    def __init__(self, low: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._compact = low, False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields have the keyboard
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        held = QWidget()
        self.body = QVBoxLayout(held)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.setWidget(held)

    def follow(self, field: QWidget) -> None:
        """Bring this field into sight when the keyboard comes to it."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the keyboard has come to a field, or what is held wants another size."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, _NAME_PX)
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @property
    def full_height(self) -> int:
        """How high all of it is."""
        if self.body.hasHeightForWidth():
            return self.body.heightForWidth(self.width())
        return self.body.sizeHint().height()

    def make_compact(self, *, compact: bool) -> None:
        """Scroll, or stand there whole."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt's hook."""
        whole = self.full_height
        return QSize(
            self.body.sizeHint().width(), min(whole, self._low) if self._compact else whole
        )

    def minimumSizeHint(self) -> QSize:
        """Qt's hook: it may be as low as it is told to be, never wider than its place."""
        return QSize(0, min(self._low, self.full_height))
