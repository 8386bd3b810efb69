"""The whole of an answer that its column had no room for: over the column, until it is left.

A tool tip is no way for a finger. What stands there is read and left; every key that means
something else leaves it too, and then does what it does.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.widgets.leave_button import LeaveButton
from pharmacy_desk.gui.widgets.parts import Card, plain

_LEAVES = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Backspace,
)
_SCROLLS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr)
# Another window in front, or a menu: whoever comes back goes on reading.
_COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class WholeVerdict(Card):
    """Lies over `around` as long as it is shown."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._around = around
        self._before: QWidget | None = None
        self._word = plain(px=30, bold=True)
        self._evidence, self._todo = plain(px=17), plain(px=17, bold=True)
        held = QWidget()
        text = QVBoxLayout(held)
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(10)
        text.addWidget(self._evidence)
        text.addWidget(self._todo)
        text.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(held)
        self.body.addWidget(self._word)
        self.body.addWidget(self._scroll, 1)
        self._corner = LeaveButton(self, self.leave)
        around.installEventFilter(self)
        self.hide()

    def show_answer(self, said: Said) -> None:
        """Show all of an answer; the keyboard comes here until it is left."""
        tone = said.tone
        sheet = f"QFrame#card {{ background: {tone.ground}; border: 2px solid {tone.edge}; }}"
        self.setStyleSheet(f"{sheet} QLabel {{ color: {tone.ink}; }}")
        self._word.setText(f"{tone.sign} {said.word}".strip())
        self._evidence.setText(said.evidence)
        self._todo.setText(said.todo)
        self._scroll.verticalScrollBar().setValue(0)
        self._before = QApplication.focusWidget()
        self.setGeometry(self._around.rect())
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        had = self.hasFocus()
        self.hide()
        if had and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: what lies under it has another size."""
        if watched is self._around and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._around.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Qt's hook: a key of the window, or one that is typed, is not for this."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _LEAVES or event.key() in _SCROLLS:
                event.accept()
                return True
            if event.key() not in _ALONE and not _is_own(event):
                self.leave()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        if event.key() in _LEAVES:
            self.leave()
        elif event.key() in _SCROLLS:
            QApplication.sendEvent(self._scroll.verticalScrollBar(), event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: a tap anywhere leaves it."""
        event.accept()
        self.leave()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's hook: something is asked meanwhile."""
        super().focusOutEvent(event)
        if event.reason() not in _COMES_BACK:
            self.hide()


def _is_own(event: QKeyEvent) -> bool:
    """Alt+V, which shows it and leaves it."""
    return event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier
