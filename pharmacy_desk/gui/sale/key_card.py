"""The checkout's keys, always in sight: nobody learns function keys from a manual."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, plain


class KeyCard(Card):
    """Two columns of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Eight rows in a window 720 px high, with the payment and an answer above them.
        self._left = plain(px=14, quiet=True)
        self._right = plain(px=14, quiet=True)
        self._right.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.addWidget(self._left)
        row.addWidget(self._right)
        self.body.addLayout(row)
        self._right.setText(
            "\n".join(
                (
                    translate("Checkout", "F4  hold"),
                    translate("Checkout", "F6  return"),
                    translate("Checkout", "F7  tray picture"),
                    translate("Checkout", "Ctrl+U  sell units"),
                    translate("Checkout", "Ctrl+G  gift"),
                    translate("Checkout", "Ctrl+R  receipt on screen"),
                    translate("Checkout", "F11  lock"),
                    translate("Checkout", "Esc  cancel sale"),
                )
            )
        )

    def show_held(self, held: int) -> None:
        """Say how many sales are on hold, beside the key that resumes them."""
        count = f" ({held})" if held else ""
        self._left.setText(
            "\n".join(
                (
                    translate("Checkout", "Backspace  undo last box"),
                    translate("Checkout", "F5  resume") + count,
                    translate("Checkout", "F9  details of the last scan"),
                    translate("Checkout", "Ctrl+T  type a code"),
                    translate("Checkout", "Ctrl+O  online order"),
                    translate("Checkout", "Ctrl+N  no code on the box"),
                    translate("Checkout", "F10  sign in"),
                    translate("Checkout", "F12  scanner help"),
                )
            )
        )
