"""Digits for a finger where there is no keyboard: beside the field that asks for a number."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, touchable

_KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0")
_COLUMNS = 3
_KEY_PX = 56
_GAP_PX = 6


class NumberPad(QFrame):
    """Lies over the window while its field is touched or stands open; changes no layout.

    It exists only on touch screens (`theme.touch`); its keys leave the keyboard in the field.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        grid = QGridLayout(self)
        grid.setSpacing(_GAP_PX)
        self.keys = {text: _key(text, partial(field.insert, text)) for text in _KEYS}
        self.keys["⌫"] = _key("⌫", field.backspace)
        self.keys["⌫"].setToolTip(translate("Pad", "Take the last digit back"))
        for place, made in enumerate(self.keys.values()):
            made.setFixedWidth(_KEY_PX)
            made.setFont(theme.font(19, bold=True))
            grid.addWidget(made, place // _COLUMNS, place % _COLUMNS)
        self.hide()
        field.installEventFilter(self)

    def open(self) -> None:
        """Show it at the left of its field, inside the window."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.adjustSize()
        at = self._field.mapTo(window, QPoint(0, 0))
        left = max(_GAP_PX, at.x() - self.width() - 2 * _GAP_PX)
        top = at.y() + self._field.height() - self.height()
        if left + self.width() > at.x():  # no room beside it: below, at its right end
            left = at.x() + self._field.width() - self.width()
            top = at.y() + self._field.height() + _GAP_PX
        self.move(left, min(max(_GAP_PX, top), window.height() - self.height() - _GAP_PX))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a touch on the field opens it; without the field there is no pad."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.open()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.FocusOut):
            self.hide()
        return False


def _key(text: str, action: Callable[[], None]) -> QPushButton:
    made = touchable(button(text, action))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def number_pad(field: QLineEdit) -> NumberPad | None:
    """A pad for a field on a touch screen; None where a keyboard is before everybody."""
    return NumberPad(field) if theme.touch() else None
