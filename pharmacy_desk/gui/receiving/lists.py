"""The two lists of the receiving screen: the note's rows with their counts, and the boxes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.receiving import Match, Receiving, Row, Tally
from pharmacy_desk.counter.views.receiving_view import ReceivingView
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import stock as stock_words


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the note with its count; `index` is its place in the receiving."""

    index: int
    row: Row
    tally: Tally
    listed: bool


@dataclass(frozen=True, slots=True)
class BoxView:
    """One scanned box, or one that stayed behind, as the lower list shows it."""

    code: str
    drug: str
    lot: str
    words: str
    tone: theme.Tone | None


class ReceivingLists(QWidget):
    """Title, rows and boxes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain(px=26, bold=True)
        self._detail = plain(quiet=True)
        self.rows: Rows[RowView] = Rows(notes.row_heads(), _row_cells, _row_tone)
        self.table = TableView(notes.no_rows(), 0)
        self.table.show_model(self.rows, (170, 130, 110, 116, 56, 56, 56, 140))
        self.boxes: Rows[BoxView] = Rows(notes.box_heads(), _box_cells, lambda box: box.tone)
        self.list = TableView(notes.no_boxes(), 3)
        self.list.show_model(self.boxes, (216, 160, 100, 200))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._detail)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.list, 2)

    def current_row(self) -> int | None:
        """The row of the receiving that the keyboard is on."""
        view = self.rows.row(self.table.currentIndex().row())
        return view.index if view else None

    def current_code(self) -> str:
        """The code of the box that the keyboard is on; empty when it is on none."""
        view = self.boxes.row(self.list.currentIndex().row()) if self.list.hasFocus() else None
        return view.code if view else ""

    def show_receiving(self, view: ReceivingView) -> None:
        """Show all of it, the row that was touched in sight; the keyboard stays on its row."""
        current, touched, receiving = self.current_row(), view.touched, view.receiving
        views = [
            RowView(n, row, tally, receiving.listed)
            for n, (row, tally) in enumerate(zip(receiving.rows, view.tallies, strict=True))
        ]
        self.rows.show(views)
        if current is not None and current < len(views):
            self.table.setCurrentIndex(self.rows.index(current, 0))
        if touched is not None and touched < len(views):
            self.table.scrollTo(self.rows.index(touched, 0))
        stayed = {key: stock_words.why_not(word) for key, word in view.stayed.items()}
        self.boxes.show(_box_views(receiving, stayed))
        title, detail = notes.title(receiving, view.tallies)
        self._title.setText(title)
        self._detail.setText(detail)


def _box_views(receiving: Receiving, stayed: Mapping[str, str]) -> list[BoxView]:
    """What stayed behind, then the boxes, newest first."""
    behind: list[BoxView] = []
    others: list[BoxView] = []
    for box in reversed(receiving.boxes):
        lot = box.told.over(receiving.rows[box.row].batch).lot or ""
        why = stayed.get(box.code)
        if why:
            behind.append(BoxView(box.code, box.item.name, lot, f"✕ {why}", theme.NO))
            continue
        words, tone = stock_words.match_word(box.match), None
        if box.refused:
            words, tone = notes.refused_word(box.refused), theme.NO
        elif box.match in (Match.EXTRA, Match.NEAR_EXPIRY):
            tone = theme.ASK
        others.append(BoxView(box.code, box.item.name, lot, words, tone))
    known = {box.code for box in receiving.boxes}
    behind += [
        BoxView(code, "", "", f"✕ {why}", theme.NO)
        for code, why in stayed.items()
        if code not in known
    ]
    return behind + others


def _row_cells(view: RowView) -> tuple[str, ...]:
    row, tally = view.row, view.tally
    return (
        row.name,
        row.item.spec if row.item else "",
        row.batch.lot or translate("Stock", "? not told"),
        row.batch.expiry.isoformat() if row.batch.expiry else "",
        str(tally.expected),
        str(tally.scanned),
        str(tally.refused) if tally.refused else "",
        notes.row_state(row, tally, listed=view.listed),
    )


def _row_tone(view: RowView) -> theme.Tone | None:
    if view.row.item is None:
        return theme.NO
    return theme.ASK if view.listed and view.tally.extra else None


def _box_cells(view: BoxView) -> tuple[str, ...]:
    code = spaced(view.code)
    if view.code.startswith("#"):  # a row of the file
        code = translate("Stock", "row %1").replace("%1", view.code[1:])
    return code, view.drug, view.lot, view.words
