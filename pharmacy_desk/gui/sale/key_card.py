"""The checkout's keys, always in sight: nobody learns function keys from a manual.

Each is a button too, for a hand on the mouse or a finger on the screen.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, touchable

_COLUMNS = 5


class KeyCard(Card):
    """Five columns of keys; `wanted` names the key whose button was pressed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setContentsMargins(6, 6, 6, 6)
        self.buttons: dict[str, QPushButton] = {}
        self._words = _words()
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, (key, word) in enumerate(self._words.items()):
            made = touchable(QPushButton(f"{word}\n{key}"))
            made.setObjectName("key")
            made.setAccessibleName(f"{word} {key}")
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, name=key: self.wanted.emit(name))
            self.buttons[key] = made
            grid.addWidget(made, *divmod(place, _COLUMNS))
        self.body.addLayout(grid)

    def show_held(self, held: int) -> None:
        """Say how many sales are on hold, beside the key that resumes them."""
        count = f" ({held})" if held else ""
        self.buttons["F5"].setText(f"{self._words['F5']}{count}\nF5")


def _words() -> dict[str, str]:
    """Each key with its word, in the order of the card."""
    return {
        "F4": translate("Keys", "Hold"),
        "F5": translate("Keys", "Resume"),
        "F6": translate("Keys", "Return"),
        "Backspace": translate("Keys", "Undo"),
        "F7": translate("Keys", "Tray picture"),
        "F9": translate("Keys", "Details"),
        "Ctrl+T": translate("Keys", "Type a code"),
        "Ctrl+N": translate("Keys", "No code"),
        "Ctrl+U": translate("Keys", "Units"),
        "Ctrl+G": translate("Keys", "Gift"),
        "Ctrl+O": translate("Keys", "Online order"),
        "Ctrl+Q": translate("Keys", "Prescription"),
        "Ctrl+I": translate("Keys", "Disease"),
        "Ctrl+R": translate("Keys", "Receipt"),
        "F10": translate("Keys", "Sign in"),
        "F11": translate("Keys", "Lock"),
        "F12": translate("Keys", "Scanner help"),
        "Esc": translate("Keys", "Cancel sale"),
    }
