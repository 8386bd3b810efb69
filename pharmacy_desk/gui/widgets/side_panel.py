"""The right side of a stock screen: the answer to the last scan, a form, the keys that act here.

A hand on the mouse has nothing but the keys: they give way to a question only, never to long words.
"""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.widgets.column import Column
from pharmacy_desk.gui.widgets.key_card import KeyCard
from pharmacy_desk.gui.widgets.parts import Card, plain
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel

WIDTH = 400


class SidePanel(Column):
    """Verdict above, what is added below it, keys at the bottom; fits the screen's height."""

    def __init__(
        self,
        keys: Mapping[str, str],
        press: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """`press` does what each of the `keys` does, whose words stand on their buttons."""
        self.verdict = VerdictPanel()
        self.keys = KeyCard(keys)
        self.keys.wanted.connect(press)
        super().__init__(self.verdict, self.keys, parent)
        self.setFixedWidth(WIDTH)
        self._question_open = False

    def make_room(self, asked: bool) -> None:
        """A question needs the room of the key list, and has its own keys beside it."""
        self._question_open = asked
        self.fit()

    def asked(self) -> bool:
        """True while a question is open; forms that are always there are none."""
        return self._question_open

    def say(self, said: Said) -> None:
        """Show an answer."""
        self.verdict.show_answer(said)

    def note(self, word: str, what: str = "", todo: str = "") -> None:
        """Show something that is neither right nor wrong."""
        self.say(Said(theme.NOTE, word, what, todo))


class Form(Card):
    """Fields with their names beside them, in reading order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._rows: dict[QWidget, QWidget] = {}

    def add(self, name: str, field: QWidget) -> None:
        """One more field."""
        row = self._grid.rowCount()
        label = plain(name, px=15, quiet=True)
        label.setWordWrap(False)
        field.setAccessibleName(name)
        if isinstance(field, QLineEdit):
            field.setMaxLength(100)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._rows[field] = label

    def show_field(self, field: QWidget, *, shown: bool) -> None:
        """Show a field and its name, or neither."""
        field.setVisible(shown)
        self._rows[field].setVisible(shown)
