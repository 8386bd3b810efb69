"""Keys of the window that a text field would keep for itself.

On X11 a field takes Ctrl+U, Ctrl+E, Ctrl+K and Ctrl+D as editing keys, so that the window's own
shortcuts never hear of them while something can be typed.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_OURS = frozenset(Qt.Key(ord(letter)) for letter in "DEKLOTU")


class OwnKeys(QObject):
    """Watches the field that has the keyboard, and only that one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            self._moved(None, app.focusWidget())

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the field is not asked whether it wants the key."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in _OURS:
            event.ignore()
            return True
        return False
