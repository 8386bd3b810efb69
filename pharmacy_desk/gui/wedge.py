"""The keyboard wedge: a burst of keys is a scan wherever the focus is; typing stays typing.

Keys are watched at the window itself, before any widget gets them. The first keys of a burst reach
the focused field; when the burst is sure, the field is put back as it was before it.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from pharmacy_desk.core.burst import Burst, KeyFate
from pharmacy_desk.core.scan import RawScan

_SUFFIX_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
# Held modifiers produce no text of their own and occur inside a burst (Shift for capitals).
# As long as the serial framer waits once it knows a port's terminator.
_PATIENT_MS = 500
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock)


class Wedge(QObject):
    """Watches every window of the program that gets the focus."""

    def __init__(
        self,
        gap_ms: int,
        deliver: Callable[[RawScan], None],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._burst = Burst(gap_ms)
        self._deliver = deliver
        self._now = now
        self._undo: Callable[[], None] | None = None
        self._windows: list[QWindow] = []
        self._keys = 0
        self._quiet_keys = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._gap_ms = gap_ms
        self._idle.setInterval(_PATIENT_MS)
        self._idle.timeout.connect(self._silence)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._forget(window))

    def _forget(self, window: QWindow) -> None:
        if window in self._windows:
            self._windows.remove(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: True swallows the event."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._burst.active and bool(event.text())
        return False

    def _key(self, event: QKeyEvent) -> bool:
        self._keys += 1
        key, at_ms = event.key(), event.timestamp()
        if key in _SUFFIX_KEYS:
            fate, scan = self._burst.suffix(at_ms)
            if scan is not None:
                # A scanner that has sent a suffix will send it again: silence inside its codes is
                # only a slow cable, or this window being busy.
                self._idle.setInterval(_PATIENT_MS)
                self._finish(scan)
            return fate is KeyFate.SWALLOW
        if key in _MODIFIERS:
            return False
        text = "\x1d" if _is_gs(event) else event.text()
        # A key held down repeats at scanner speed, but no scanner holds a key down.
        if not text or event.isAutoRepeat() or not _belongs_in_code(text):
            self._burst.other_key()
            return self._burst.active
        if self._burst.new_run_at(at_ms) and not self._burst.active:
            self._undo = _snapshot()
        fate = self._burst.character(text, at_ms)
        if fate is KeyFate.CONFIRM and self._undo:
            self._undo()
            self._undo = None
        if self._burst.active:
            self._idle.start()
        return fate is not KeyFate.PASS

    def _silence(self) -> None:
        """The pause is over; keys that were queued while this window was busy come first."""
        self._quiet_keys = self._keys
        QTimer.singleShot(0, self._still_silent)

    def _still_silent(self) -> None:
        if self._burst.active and self._quiet_keys == self._keys:
            # This scanner sends no suffix: from now on twice the gap ends a scan, so that one late
            # key still fits.
            self._idle.setInterval(self._gap_ms * 2)
            self._finish(self._burst.take())

    def _finish(self, text: str) -> None:
        self._idle.stop()
        self._deliver(RawScan(text.encode("utf-8", "surrogatepass"), "wedge", self._now()))


def _is_gs(event: QKeyEvent) -> bool:
    """Ctrl+]: how many scanners type GS (facts on codes, 3.1); not every system makes it 0x1D."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() == Qt.Key.Key_BracketRight


def _belongs_in_code(text: str) -> bool:
    return all(ch.isprintable() or ch == "\x1d" for ch in text)


def _snapshot() -> Callable[[], None] | None:
    """How to put the focused field back as it is now."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QAbstractSpinBox):
        edit = widget.findChild(QLineEdit)
        return _line_edit(edit) if edit else None
    if isinstance(widget, QLineEdit):
        return _line_edit(widget)
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        text, place = widget.toPlainText(), widget.textCursor().position()

        def restore_text() -> None:
            widget.setPlainText(text)
            cursor = widget.textCursor()
            cursor.setPosition(place)
            widget.setTextCursor(cursor)

        return restore_text
    if isinstance(widget, QComboBox):
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    if isinstance(widget, QAbstractItemView):
        current = widget.currentIndex()
        return lambda: widget.setCurrentIndex(current)
    return None


def _line_edit(widget: QLineEdit) -> Callable[[], None]:
    text, place = widget.text(), widget.cursorPosition()
    start, length = widget.selectionStart(), widget.selectionLength()

    def restore() -> None:
        widget.setText(text)
        widget.setCursorPosition(place)
        if start >= 0:
            widget.setSelection(start, length)

    return restore
