"""A screen's keys, always in sight: nobody learns function keys from a manual.

Each is a button too, for a hand on the mouse or a finger on the screen.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, touchable

_COLUMNS = 5


class KeyCard(Card):
    """At most five columns of keys, each with its word, in the order of `words`.

    `wanted` names the key whose button was pressed. Where an answer needs the room, only the keys
    of `short` stay, in one row; a card without them stays whole.
    """

    wanted = Signal(str)

    def __init__(
        self, words: Mapping[str, str], short: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.body.setContentsMargins(6, 6, 6, 6)
        self.buttons: dict[str, QPushButton] = {}
        self._words = dict(words)
        # Six keys are two rows of three, not five and one.
        self._columns = -(-len(words) // -(-len(words) // _COLUMNS))
        self._short, self._compact, self._full_height = tuple(short), False, 0
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for key, word in words.items():
            made = touchable(QPushButton(f"{word}\n{_shown(key)}"))
            made.setObjectName("key")
            made.setAccessibleName(f"{word} {key}")
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, name=key: self.wanted.emit(name))
            self.buttons[key] = made
        # First the layout: a button that is shown without a parent is a window of its own for a
        # moment, and takes the keyboard from the counter's.
        self.body.addLayout(self._grid)
        self._place(self.buttons)

    def _place(self, keys: Iterable[str]) -> None:
        """These keys are in sight, in this order."""
        for made in self.buttons.values():
            self._grid.removeWidget(made)
        shown = list(keys)
        for place, key in enumerate(shown):
            self._grid.addWidget(self.buttons[key], *divmod(place, self._columns))
        for key, made in self.buttons.items():
            made.setVisible(key in shown)

    @property
    def shrinks(self) -> bool:
        """True where only some keys stay while an answer needs the room."""
        return bool(self._short)

    @property
    def full_height(self) -> int:
        """How high it is with every key."""
        return self._full_height if self._compact else self.sizeHint().height()

    def make_compact(self, *, compact: bool) -> None:
        """Show only the keys that stay, or all of them."""
        if compact is self._compact:
            return
        self._full_height = self.full_height
        self._compact = compact
        self._place(self._short if compact else self.buttons)
        self._grid.invalidate()
        self.body.invalidate()

    def show_count(self, key: str, count: int) -> None:
        """Say how many wait behind a key, beside its word."""
        told = f" ({count})" if count else ""
        self.buttons[key].setText(f"{self._words[key]}{told}\n{_shown(key)}")


def _shown(key: str) -> str:
    """What is printed on the key itself."""
    return translate("Keys", "Space") if key == "Space" else key
