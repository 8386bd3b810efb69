"""A screen's keys, always in sight: nobody learns function keys from a manual.

Each is a button too, for a hand on the mouse or a finger on the screen.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, touchable

_COLUMNS = 5


class KeyCard(Card):
    """At most five columns of keys, each with its word, in the order of `words`.

    `wanted` names the key whose button was pressed.
    """

    wanted = Signal(str)

    def __init__(self, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setContentsMargins(6, 6, 6, 6)
        self.buttons: dict[str, QPushButton] = {}
        self._words = dict(words)
        # Six keys are two rows of three, not five and one.
        columns = -(-len(words) // -(-len(words) // _COLUMNS))
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, (key, word) in enumerate(words.items()):
            made = touchable(QPushButton(f"{word}\n{_shown(key)}"))
            made.setObjectName("key")
            made.setAccessibleName(f"{word} {key}")
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, name=key: self.wanted.emit(name))
            self.buttons[key] = made
            grid.addWidget(made, *divmod(place, columns))
        self.body.addLayout(grid)

    def show_count(self, key: str, count: int) -> None:
        """Say how many wait behind a key, beside its word."""
        told = f" ({count})" if count else ""
        self.buttons[key].setText(f"{self._words[key]}{told}\n{_shown(key)}")


def _shown(key: str) -> str:
    """What is printed on the key itself."""
    return translate("Keys", "Space") if key == "Space" else key
