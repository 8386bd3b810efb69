"""The scanner one can play with in training: its samples go through a real port and its reader.

It stands at the left of every screen, because height is what a counter's screen lacks, and folds
to a narrow edge that opens it again.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.scanning.practice import AGAIN, filled, stocked
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.people.lessons_panel import COLUMN_PX, LessonsPanel
from pharmacy_desk.gui.widgets.parts import button, plain

_EDGE = 30
# More boxes than stand in open and held sales, as a rule.
_AT_ONCE = 20


class PracticeScanner(QWidget):
    """A column of samples: good boxes, the last one again, barcodes, damaged reads, payments."""

    def __init__(
        self,
        desk: DeskView,
        send: Callable[[str], None],
        chinese: bool,
        lessons: LessonsPanel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._send_text = send
        self._chinese = chinese
        self._last = ""
        self._behind: dict[str, str] = {}
        self._learning = False
        self.setObjectName("practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(_sheet(theme.colours()))
        self.samples: list[QPushButton] = []
        self._column = self._make_column(desk.samples())
        self.fold_button = button("", lambda: self.fold(folded=not self.folded))
        self.fold_button.setObjectName("fold")
        self.fold_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lessons = lessons
        self.lessons_button = button(translate("Practice", "Lessons"), lessons.turn)
        self.lessons_button.setObjectName("lessons")
        self.lessons_button.setToolTip(translate("Practice", "Six lessons of five minutes"))
        self.lessons_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.fold_button, 1)
        head.addWidget(self.lessons_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(lessons)
        layout.addWidget(self._column, 1)
        layout.addStretch(0)
        self.fold(folded=False)

    def _make_column(self, samples: Sequence[Mapping[str, str]]) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 4)
        column.setSpacing(3)
        hint = translate("Practice", "Click a box to scan it.")
        column.addWidget(plain(hint, px=14, quiet=True))
        group = ""
        for sample in samples:
            if sample["group"] != group:
                group = sample["group"]
                column.addWidget(plain(self._words(sample, "group"), px=14, bold=True))
            label = self._words(sample, "label")
            made = button(label, self._sender(sample["text"]))
            made.setObjectName("sample")
            made.setToolTip(label)
            # Beside a scroll bar a long label may be cut, not the button's edge.
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter and blanks belong to the sale
            self.samples.append(made)
            column.addWidget(made)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        return scroll

    def _words(self, sample: Mapping[str, str], key: str) -> str:
        return sample[key] if self._chinese else sample.get(f"{key}_en", sample[key])

    @property
    def folded(self) -> bool:
        """True while only the edge is there."""
        return not self._column.isVisibleTo(self)

    def fold(self, *, folded: bool) -> None:
        """Fold to the edge that opens it again, or open it."""
        self._column.setVisible(not folded)
        self.lessons_button.setVisible(not folded)
        self._fold_lessons(folded=folded)
        self.setFixedWidth(_EDGE if folded else COLUMN_PX)
        title = translate("Practice", "Practice scanner")
        edge = "\n".join(title) if self._chinese else "▶"
        self.fold_button.setText(f"▶\n{edge}" if folded and self._chinese else edge)
        if not folded:
            self.fold_button.setText(f"◀ {title}")
        self.fold_button.setToolTip(
            translate("Practice", "Open the practice scanner")
            if folded
            else translate("Practice", "Fold the practice scanner away")
        )

    def _fold_lessons(self, *, folded: bool) -> None:
        """A lesson folds away with the boxes, and comes back with them."""
        if folded:
            self._learning = not self.lessons.isHidden()
            self.lessons.hide()
        elif self._learning:
            self.lessons.show()

    def open_lessons(self) -> None:
        """Unfold, and show the lesson in hand or the list of them."""
        self.fold(folded=False)
        self.lessons.open()

    def _sender(self, text: str) -> Callable[[], None]:
        return lambda: self._scan(text)

    def _scan(self, text: str) -> None:
        """One click is one scan; a box of the shelf is asked of the ledger first."""
        identification = stocked(text)
        if identification:
            behind = self._behind.get(identification, "")
            self._desk.asker.ask(
                lambda reader: _next_box(reader, identification, behind),
                lambda code: self._take_box(identification, code or filled(text)),
            )
        elif text == AGAIN:
            self._send(self._last) if self._last else None
        else:
            self._send(filled(text))

    def _take_box(self, identification: str, code: str) -> None:
        self._behind[identification] = code
        self._send(code)

    def _send(self, text: str) -> None:
        self._last = text
        self._send_text(text)


def _next_box(reader: LedgerReading, identification: str, behind: str) -> str | None:
    """The code of the next box on the shelf, behind the one that was taken last.

    One that stands in a sale is passed over: a window opened again does not know what was taken.
    """
    item = reader.catalogue.drug_of(identification)
    while item:
        codes = reader.shelf.codes(item.code, behind, _AT_ONCE)
        free = next((code for code in codes if reader.boxes.earlier(code) is None), None)
        if free or not codes:
            return free
        behind = codes[-1]
    return None


def _sheet(wear: theme.Colours) -> str:
    return f"""
QWidget#practice {{ background: {wear.training_ground}; border-right: 1px solid {wear.line}; }}
QPushButton#fold {{ background: transparent; border: none; padding: 4px; font-weight: 600; }}
QPushButton#fold:hover {{ background: {wear.training}; color: {wear.training_ink}; }}
QPushButton#lessons {{ font-size: 14px; padding: 2px 8px; min-height: 22px; font-weight: 600;
    background: {wear.training}; color: {wear.training_ink}; border: none; margin-right: 6px; }}
QPushButton#sample {{ font-size: 14px; padding: 2px 6px; min-height: 22px; text-align: left; }}
"""
