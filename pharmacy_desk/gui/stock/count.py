"""盘点: scan a shelf; what is missing and what is too much stands first, F8 posts it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import WhyNot
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock as stock_words

_ABSENT = (None, BoxState.MISSING)


@dataclass(frozen=True, slots=True)
class Count:
    """One drug of the shelf: by the ledger, scanned of these, and scanned besides them."""

    item: Item
    expected: int
    right: int
    surplus: int

    @property
    def missing(self) -> int:
        """On the shelf by the ledger and not scanned."""
        return max(0, self.expected - self.right)


class CountTab(QWidget):
    """Drugs with their counts on the left, the codes of one below, the last scan on the right."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: dict[str, Item] = {}
        self._expected: dict[str, int] = {}
        self._scanned: dict[str, tuple[str, BoxState | None]] = {}
        self._behind: dict[str, str] = {}
        self._warned: tuple[int, int] | None = None
        self._flying = False
        self._drop_asked: Said | None = None  # counts as long as it can be read
        self._title = plain(px=26, bold=True)
        self.rows: Rows[Count] = Rows(
            [
                translate("Stock", "Drug"),
                translate("Stock", "Spec"),
                translate("Stock", "By the ledger"),
                translate("Stock", "Scanned"),
                translate("Stock", "Difference"),
            ],
            _cells,
            _tone,
        )
        self.table = TableView(
            translate(
                "Stock",
                "Scan every box of a shelf. A drug of which no box is left: scan its commodity"
                " barcode from the label.",
            ),
            0,
        )
        self.table.show_model(self.rows, (220, 150, 100, 90, 150))
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.codes: PagedRows[str] = PagedRows(
            desk.asker,
            [translate("Stock", "On the shelf by the ledger"), translate("Stock", "State")],
            self._code_cells,
            lambda code: None if code in self._scanned else theme.ASK,
        )
        self.list = TableView(
            translate("Stock", "Press Enter on a drug to see which of its boxes are missing."), 1
        )
        self.list.show_model(self.codes, (300, 200))
        self.panel = SidePanel(
            [
                translate("Stock", "F8  post the differences"),
                translate("Stock", "Enter  codes of the drug"),
                translate("Stock", "Esc  forget this stock-take"),
            ]
        )
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._title)
        left.addWidget(self.table, 3)
        left.addWidget(self.list, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self._say_ready()
        self._refresh()

    def shown(self) -> None:
        """The tab comes to the front."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.LookedUp):
            reading = message.reading
            self._desk.asker.ask(lambda reader: reader.seen(reading), self.seen)
        elif isinstance(message, news.Moved):
            if self._flying and message.kind is MovementKind.SURPLUS:
                self._posted(message)
            self._count_again()
        elif isinstance(message, news.Paid):
            self._count_again()
        elif isinstance(message, news.Trouble) and (self._flying or self.isVisible()):
            self._flying = False
            word = translate("Stock", "Not posted")
            self.panel.say(Said(theme.NO, word, *faults_words.fault(message.error)))

    # --- scans ----------------------------------------------------------------------------

    def seen(self, seen: SeenBox) -> None:
        """A scanned thing, with what the ledger knows of it."""
        self._warned = self._drop_asked = None
        if seen.outer and seen.inner:
            taken = sum(self._take(box)[0] is not theme.NO for box in seen.inner)
            self.panel.say(stock_words.pack_taken(taken, len(seen.inner)))
        else:
            tone, word, todo = self._take(seen)
            drug = seen.item.name if seen.item else readings_words.kind(seen.reading.kind)
            shown = spaced(seen.code) if seen.reading.is_trace else seen.reading.shown(40)
            self.panel.say(Said(tone, word, f"{drug} {shown}", todo))
        self._count_again()

    def _take(self, seen: SeenBox) -> tuple[theme.Tone, str, str]:
        """Count a box; the tone, the word and what to do about it."""
        item = seen.item
        if item is None and seen.reading.is_trace:
            word = translate("Stock", "Which drug?")
            return theme.NO, word, stock_words.why_not(WhyNot.UNKNOWN_DRUG.value)
        if item is None or not (seen.reading.is_trace or item.needs_code):
            todo = translate("Stock", "Nothing was added. Scan the trace code on the box.")
            return theme.NO, translate("Stock", "Not a trace code"), todo
        self._items[item.code] = item
        if not seen.reading.is_trace:
            todo = translate("Stock", "The drug is in the list. Scan its boxes, if there are any.")
            return theme.NOTE, translate("Stock", "Drug chosen"), todo
        if seen.code in self._scanned:
            todo = translate("Stock", "Nothing was added. Scan the next box.")
            return theme.ASK, translate("Stock", "Scanned already"), todo
        self._scanned[seen.code] = (item.code, seen.state)
        if seen.state is BoxState.ON_SHELF:
            return theme.YES, translate("Stock", "Right"), ""
        if seen.state in _ABSENT:
            todo = translate("Stock", "The ledger does not have it: it is posted as surplus.")
            return theme.ASK, translate("Stock", "Surplus"), todo
        return theme.NO, translate("Stock", "Not for sale"), stock_words.state(seen.state)

    def _count_again(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask the ledger how many boxes should be there: the counter sells meanwhile."""
        items = list(self._items)

        def question(reader: Reader) -> dict[str, int]:
            return {item: reader.shelf_count(item) for item in items}

        def counted(found: dict[str, int]) -> None:
            self._expected = found
            self._refresh()
            then()

        self._desk.asker.ask(question, counted)

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: post the differences; asks once more when there are any."""
        if not self._items:
            self._say_ready()
        elif not self._flying:
            self._count_again(self._post_counted)

    def _post_counted(self) -> None:
        """What the ledger says this moment is compared, never an older count."""
        counts = self._counts()
        missing, surplus = sum(c.missing for c in counts), sum(c.surplus for c in counts)
        if not missing and not surplus:
            what = translate("Stock", "The shelf is as the ledger says. Nothing has to be posted.")
            self.panel.say(Said(theme.YES, translate("Stock", "Equal"), what))
        elif self._warned != (missing, surplus):
            self._warned = (missing, surplus)
            what = translate("Stock", "%1 missing, %2 surplus.")
            what = what.replace("%1", str(missing)).replace("%2", str(surplus))
            todo = translate("Stock", "F8 once more posts this; missing boxes cannot be sold then.")
            self.panel.say(Said(theme.ASK, translate("Stock", "Post it?"), what, todo))
        else:
            self._warned, self._flying = None, True
            self.panel.note(translate("Stock", "Posting …"))
            self._desk.stock.keeper.stock_take(tuple(self._scanned), place=frozenset(self._items))

    def _posted(self, heard: news.Moved) -> None:
        self._flying = False
        behind = len(heard.refused)
        what = translate("Stock", "%1 differences are posted, document %2.")
        what = what.replace("%1", str(heard.boxes)).replace("%2", heard.number or "")
        if heard.number is None:
            why = stock_words.why_not(heard.refused[0].why) if heard.refused else ""
            what = translate("Stock", "Nothing was posted.")
            self.panel.say(Said(theme.NO, translate("Stock", "Not posted"), what, why))
            return
        todo = translate("Stock", "%1 boxes on the shelf do not belong there; look each up.")
        said = Said(theme.YES, translate("Stock", "Posted"), what)
        if behind:
            todo = todo.replace("%1", str(behind))
            said = Said(theme.ASK, translate("Stock", "Posted"), what, todo)
        self.panel.say(said)
        self._forget()

    def second(self) -> None:
        """F6 does nothing here."""

    def _forget(self) -> None:
        self._items, self._expected, self._scanned = {}, {}, {}
        self.codes.stop()
        self._refresh()

    # --- showing --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter shows codes, Esc forgets after asking."""
        key, count = event.key(), self.rows.row(self.table.currentIndex().row())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._asks_drop:
            self._forget()
            self._say_ready()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and count:
            item = count.item.code
            self.codes.begin(lambda reader, last, n: reader.shelf_codes(item, last or "", n))
        elif key == Qt.Key.Key_Escape and self._asks_drop:
            self._say_ready()
        elif key == Qt.Key.Key_Escape and self._items:
            what = translate("Stock", "The %1 scanned boxes of this stock-take are forgotten.")
            todo = translate("Stock", "Enter drops it, Esc keeps it.")
            what = what.replace("%1", str(len(self._scanned)))
            self._drop_asked = Said(theme.ASK, translate("Stock", "Drop all?"), what, todo)
            self.panel.say(self._drop_asked)
        else:
            super().keyPressEvent(event)

    @property
    def _asks_drop(self) -> bool:
        return self.panel.verdict.said is self._drop_asked

    def _moved(self) -> None:
        """Another row: who was asked about dropping all has gone on."""
        if self._asks_drop:
            self._say_ready()

    def _say_ready(self) -> None:
        what = translate("Stock", "Scan every box of one shelf.")
        todo = translate("Stock", "Only drugs that were scanned are compared.")
        self.panel.say(Said(theme.IDLE, translate("Stock", "Ready"), what, todo))

    def _counts(self) -> list[Count]:
        """Missing first, then surplus, then what is as it should be."""
        right, surplus = dict.fromkeys(self._items, 0), dict.fromkeys(self._items, 0)
        for item, state in self._scanned.values():
            if state is BoxState.ON_SHELF:
                right[item] += 1
            elif state in _ABSENT:
                surplus[item] += 1
        counts = [
            Count(item, self._expected.get(code, 0), right[code], surplus[code])
            for code, item in self._items.items()
        ]
        return sorted(counts, key=lambda c: (not c.missing, not c.surplus, c.item.name))

    def _refresh(self) -> None:
        here = self.rows.row(self.table.currentIndex().row())
        counts = self._counts()
        self.rows.show(counts)
        again = next((n for n, c in enumerate(counts) if here and c.item == here.item), None)
        if again is not None:
            self.table.setCurrentIndex(self.rows.index(again, 0))
        text = translate("Stock", "%1 boxes scanned, %2 drugs").replace("%2", str(len(counts)))
        self._title.setText(text.replace("%1", str(len(self._scanned))))

    def _code_cells(self, code: str) -> tuple[str, ...]:
        there = code in self._scanned
        state = translate("Stock", "✓ scanned") if there else translate("Stock", "! not scanned")
        return spaced(code), state


def _cells(count: Count) -> tuple[str, ...]:
    parts = []
    if count.missing:
        parts.append(translate("Stock", "%1 missing").replace("%1", str(count.missing)))
    if count.surplus:
        parts.append(translate("Stock", "%1 surplus").replace("%1", str(count.surplus)))
    words = "! " + "，".join(parts) if parts else translate("Stock", "✓ equal")
    return (
        count.item.name,
        count.item.spec,
        str(count.expected),
        str(count.right + count.surplus),
        words,
    )


def _tone(count: Count) -> theme.Tone | None:
    return theme.ASK if count.missing or count.surplus else None
