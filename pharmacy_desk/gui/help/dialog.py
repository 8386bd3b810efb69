"""The help: pages at the left, the page in hand at the right; everything works without a line."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.help.pages import About, HelpPage, all_keys
from pharmacy_desk.gui.widgets.parts import Card, button, plain

# Two columns of keys beside each other fit a window 1280 px wide with the index at the left.
_KEY_COLUMNS = 2
_INDEX_PX = 170


class HelpDialog(QDialog):
    """Not modal: the counter sells on behind it, and scans reach the sale. It takes no text."""

    lessons_wanted = Signal()
    # All keys, as a file or on paper: the sheet's title, and its pairs.
    file_wanted = Signal(str, object)
    paper_wanted = Signal(str, object)

    def __init__(
        self, pages: tuple[HelpPage, ...], about: About, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Help", "Help"))
        self._names = [page.name for page in pages]
        self.index = QListWidget()
        self.index.setFixedWidth(_INDEX_PX)
        self.index.setAccessibleName(translate("Help", "Pages of the help"))
        self.index.setObjectName("index")
        self._stack = QStackedWidget()
        for page in pages:
            self.index.addItem(page.title)
            self._stack.addWidget(_scrolled(_page(page)))
        self.index.addItem(keys_title())
        self._stack.addWidget(_scrolled(self._keys_page(pages)))
        self.index.addItem(translate("Help", "About"))
        self._stack.addWidget(_scrolled(_about(about)))
        self.index.currentRowChanged.connect(self._stack.setCurrentIndex)
        body = QHBoxLayout()
        body.addWidget(self.index)
        body.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(plain(translate("Help", "↑ ↓ another page · Esc back to work"), quiet=True))
        foot.addStretch(1)
        self.lessons = button(translate("Help", "Lessons"), self.lessons_wanted.emit)
        self.lessons.hide()
        foot.addWidget(self.lessons)
        foot.addWidget(button(translate("Help", "Close (Esc)"), self.reject, primary=True))
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        self.resize(980, 620)

    def _keys_page(self, pages: tuple[HelpPage, ...]) -> QWidget:
        title, pairs = keys_title(), all_keys(pages)
        body = QWidget()
        layout = QVBoxLayout(body)
        head = QHBoxLayout()
        head.addWidget(plain(title, px=26, bold=True))
        head.addStretch(1)
        self.save_keys = button(
            translate("List", "Save as PDF…"), lambda: self.file_wanted.emit(title, pairs)
        )
        self.print_keys = button(
            translate("List", "Print…"), lambda: self.paper_wanted.emit(title, pairs)
        )
        head.addWidget(self.save_keys)
        head.addWidget(self.print_keys)
        layout.addLayout(head)
        for page in pages:
            keys = Card()
            keys.body.addWidget(plain(page.title, px=19, bold=True))
            keys.body.addLayout(_grid(page.keys, _KEY_COLUMNS))
            layout.addWidget(keys)
        layout.addStretch(1)
        return body

    def offer_lessons(self, begin: Callable[[], None]) -> None:
        """A button that closes the help and begins to teach."""
        self.lessons.show()
        self.lessons_wanted.connect(self.reject)
        self.lessons_wanted.connect(begin)

    def show_page(self, name: str) -> None:
        """Open the page of a screen, the first one where the screen has none."""
        self.index.setCurrentRow(self._names.index(name) if name in self._names else 0)
        self.show()
        self.activateWindow()
        self.index.setFocus(Qt.FocusReason.OtherFocusReason)


def keys_title() -> str:
    """What the sheet of all keys is called."""
    return translate("Help", "All keys")


def _scrolled(body: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(body)
    return scroll


def _page(page: HelpPage) -> QWidget:
    body = QWidget()
    layout = QVBoxLayout(body)
    layout.addWidget(plain(page.title, px=26, bold=True))
    layout.addWidget(plain(page.purpose))
    keys = Card()
    keys.body.addWidget(plain(translate("Help", "Keys"), px=19, bold=True))
    keys.body.addLayout(_grid(page.keys, _KEY_COLUMNS))
    layout.addWidget(keys)
    wrong = Card()
    wrong.body.addWidget(plain(translate("Help", "When something is wrong"), px=19, bold=True))
    wrong.body.addLayout(_grid(page.wrong, 1))
    layout.addWidget(wrong)
    layout.addStretch(1)
    return body


def _grid(rows: tuple[tuple[str, str], ...], columns: int) -> QGridLayout:
    """Pairs of a bold word and a plain one, filled column by column as one reads."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    deep = -(-len(rows) // columns)
    for place, (word, says) in enumerate(rows):
        column, row = divmod(place, deep)
        grid.addWidget(plain(word, bold=True), row, 2 * column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain(says), row, 2 * column + 1, Qt.AlignmentFlag.AlignTop)
    for column in range(columns):
        grid.setColumnStretch(2 * column, 1)
        grid.setColumnStretch(2 * column + 1, 3)
    return grid


def _about(about: About) -> QWidget:
    body = QWidget()
    layout = QVBoxLayout(body)
    version = translate("Help", "Pharmacy Desk %1").replace("%1", about.version)
    layout.addWidget(plain(version, px=26, bold=True))
    own = translate("Help", "Pharmacy Desk itself is free software under the %1 licence.")
    layout.addWidget(plain(own.replace("%1", about.licence)))
    layout.addWidget(
        plain(translate("Help", "It stands on these libraries, each under its own licence:"))
    )
    card = Card()
    rows = tuple(
        (f"{name} {version}", licence or translate("Help", "see its package"))
        for name, version, licence in about.libraries
    )
    card.body.addLayout(_grid(rows, 1))
    layout.addWidget(card)
    layout.addStretch(1)
    return body
