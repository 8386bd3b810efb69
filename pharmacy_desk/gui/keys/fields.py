"""Put a focused field back as it was: what a scanner typed into it before it was known as one."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def snapshot() -> Callable[[], None] | None:
    """How to put the focused field back as it is now; None when none has the focus."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QAbstractSpinBox):
        edit = widget.findChild(QLineEdit)
        return _line_edit(edit) if edit else None
    if isinstance(widget, QLineEdit):
        return _line_edit(widget)
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return _text_edit(widget)
    if isinstance(widget, QComboBox):
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    if isinstance(widget, QAbstractItemView):
        current = widget.currentIndex()
        return lambda: widget.setCurrentIndex(current)
    return None


def _text_edit(widget: QPlainTextEdit | QTextEdit) -> Callable[[], None]:
    text, place = widget.toPlainText(), widget.textCursor().position()

    def restore() -> None:
        if widget.toPlainText() == text:
            return
        widget.setPlainText(text)
        cursor = widget.textCursor()
        cursor.setPosition(place)
        widget.setTextCursor(cursor)

    return restore


def _line_edit(widget: QLineEdit) -> Callable[[], None]:
    text, place = widget.text(), widget.cursorPosition()
    start, length = widget.selectionStart(), widget.selectionLength()

    def restore() -> None:
        if widget.text() != text:
            widget.setText(text)
        widget.setCursorPosition(place)
        if start >= 0:
            widget.setSelection(start, length)

    return restore
