"""Digits for a finger where there is no keyboard: beside the field that asks for a number.

Words are left to the system's own keyboard on the screen.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, button, touchable

# Each digit with its row and column; the sign, ⌫ and ⏎ stand in the column behind them.
_DIGITS = {"7": (0, 0), "8": (0, 1), "9": (0, 2), "4": (1, 0), "5": (1, 1), "6": (1, 2)}
_DIGITS |= {"1": (2, 0), "2": (2, 1), "3": (2, 2)}
_LAST_COLUMN, _LAST_ROW = 3, 3
_KEY_PX = 56
_GAP_PX = 6
# The window came to the front, or a menu closed: nobody has turned to the field.
_NOT_MEANT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class NumberPad(QFrame):
    """Lies over the window while its field is touched or stands open; changes no layout.

    It exists only on touch screens (`theme.touch`); its keys leave the keyboard in the field.
    """

    def __init__(self, field: QLineEdit, sign: str, *, at_once: bool) -> None:
        super().__init__(field)
        self._field = field
        self._sign = sign
        self._at_once = at_once
        self.keys: dict[str, QPushButton] = {}
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self.hide()
        field.installEventFilter(self)

    def _make_keys(self) -> None:
        """Made when it is first wanted: most fields are never touched."""
        grid = QGridLayout(self)
        grid.setSpacing(_GAP_PX)
        for text, place in _DIGITS.items():
            grid.addWidget(self._key(text, partial(self._field.insert, text)), *place)
        grid.addWidget(self._key("0", partial(self._field.insert, "0")), _LAST_ROW, 0, 1, 3)
        sign = self._key(self._sign, partial(self._field.insert, self._sign))
        back = self._key("⌫", self._field.backspace)
        back.setToolTip(translate("Pad", "Take the last digit back"))
        enter = self._key("⏎", self._enter)
        enter.setToolTip(translate("Pad", "Done (Enter)"))
        for row, made in enumerate((back, sign, enter)):
            grid.addWidget(made, row, _LAST_COLUMN, 2 if made is enter else 1, 1)
        enter.setSizePolicy(enter.sizePolicy().horizontalPolicy(), back.sizePolicy().Policy.Minimum)

    def _key(self, text: str, action: Callable[[], None]) -> QPushButton:
        made = touchable(button(text, action))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setMinimumWidth(_KEY_PX)
        made.setFont(theme.font(19, bold=True))
        self.keys[text] = made
        return made

    def _enter(self) -> None:
        """What Enter means in the field and to what is around it."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            enter = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            QApplication.sendEvent(self._field, enter)

    def open(self) -> None:
        """Show it inside the window, left of its field's card: what is asked stays legible."""
        if not self.keys:
            self._make_keys()
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.adjustSize()
        at = self._field.mapTo(window, QPoint(0, 0))
        top = at.y() + self._field.height() - self.height()
        lefts = (one.mapTo(window, QPoint(0, 0)).x() for one in (self._card(), self._field))
        fitting = (x - self.width() - _GAP_PX for x in lefts if x > self.width() + 2 * _GAP_PX)
        left = next(fitting, None)
        if left is None:  # no room beside it: below, at its right end
            left = max(_GAP_PX, at.x() + self._field.width() - self.width())
            top = at.y() + self._field.height() + _GAP_PX
        self.move(left, min(max(_GAP_PX, top), window.height() - self.height() - _GAP_PX))
        self.show()
        self.raise_()

    def _card(self) -> QWidget:
        """What the field stands in, as a person sees it."""
        around: QWidget | None = self._field
        while around is not None and not isinstance(around, Card):
            around = around.parentWidget()
        return around or self._field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: a touch on the field opens it; without the field there is no pad."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.open()
        elif isinstance(event, QFocusEvent) and event.gotFocus():
            if self._at_once and event.reason() not in _NOT_MEANT:
                self.open()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.FocusOut):
            self.hide()
        return False


def number_pad(field: QLineEdit, sign: str = ".", *, at_once: bool = True) -> NumberPad | None:
    """A pad for a field on a touch screen; None where a keyboard is before everybody.

    `sign` is what the field takes besides digits. `at_once` opens it as soon as the field has the
    keyboard, else a touch does.
    """
    return NumberPad(field, sign, at_once=at_once) if theme.touch() else None


def number_pads(*fields: QLineEdit, sign: str = ".") -> None:
    """A pad for each of these fields."""
    for field in fields:
        number_pad(field, sign)
