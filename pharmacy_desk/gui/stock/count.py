"""盘点: scan a shelf; what is missing and what is too much stands first, F8 posts it.

The shelf is a session of the counter; this draws its view and brings it wishes.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.count import Count, Sight
from pharmacy_desk.core.stock.movement import WhyNot
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.views import count_view as view
from pharmacy_desk.counter.views.kept_view import (
    NothingWaits,
    NotKept,
    Offered,
    TakenUp,
    Unreadable,
)
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Meanings, run
from pharmacy_desk.gui.base.wishes import Wishes, failure
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.stock import kept
from pharmacy_desk.gui.widgets.confirm import Confirm
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock as stock_words
from pharmacy_desk.gui.words import stock_answers as answers_words


class CountTab(QWidget):
    """Drugs with their counts on the left, the codes of one below, the last scan on the right."""

    target = ScanTarget.COUNT

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = desk.stock.counting
        self._wish = Wishes(desk, self._answered, self._failed).ask
        self.view = view.CountView()
        self._wished = False  # F8 is not answered yet
        self._flying = False  # its differences are on their way, or wait for a second person
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
            lambda code: None if code in self.view.scanned else theme.ASK,
        )
        self.list = TableView(
            translate("Stock", "Press Enter on a drug to see which of its boxes are missing."), 1
        )
        self.list.show_model(self.codes, (300, 200))
        self.panel = SidePanel(
            {
                "F8": translate("Keys", "Post differences"),
                "Enter": translate("Keys", "Codes of the drug"),
                "F5": translate("Keys", "Unfinished"),
                "Esc": translate("Keys", "Drop all"),
            },
            self._touched,
        )
        self.confirm = Confirm(
            self.panel.verdict, self._say_ready, translate("Confirm", "Yes, drop all (Enter)")
        )
        self.panel.add(self.confirm.keys)
        self._lay_out()
        self._say_ready()
        self._refresh()

    def _lay_out(self) -> None:
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

    def shown(self) -> None:
        """The tab comes to the front."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wish(self._session.offer)

    def meanings(self) -> Meanings:
        """F5 goes on with a stock-take that waits unfinished."""
        return {"F5": lambda: self._wish(self._session.take_up)}

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.CountShown):
            self._show(message.view)
            self._answered(message.answer)
        elif isinstance(message, (news.Moved, news.Paid)):
            if self.view.counts:
                self._wish(self._session.recount)
        else:
            error = failure(message, front=self.isVisible(), flying=self._flying)
            if error:
                self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._flying = self._wished = False
        word = translate("Stock", "Not posted")
        self.panel.say(Said(theme.NO, word, *faults_words.fault(error)))

    def post(self) -> None:
        """F8: post the differences; pressed again it waits for the answer."""
        if self._flying or self._wished:
            return

        def answered() -> None:
            self._wished = False

        self._wished = True
        self._wish(self._session.post, answered)

    def second(self) -> None:
        """F6 does nothing here."""

    # --- showing --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter shows codes, Esc forgets after asking."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does."""
        own = {"F8": self.post, "Enter": self._enter, "Esc": self._escape}
        run({**self.meanings(), **own}, key)

    def _enter(self) -> None:
        count = self.rows.row(self.table.currentIndex().row())
        if self.confirm.take():
            return
        if count:
            item = count.item.code
            self.codes.begin(lambda reader, last, n: reader.shelf.codes(item, last or "", n))
        else:
            self.panel.say(notes.nothing_chosen())

    def _escape(self) -> None:
        if self.confirm.asks or not self.view.counts:
            self._say_ready()
        else:
            what = translate("Stock", "The %1 scanned boxes of this stock-take are forgotten.")
            todo = translate("Stock", "Enter drops it, Esc keeps it.")
            what = what.replace("%1", str(len(self.view.scanned)))
            asked = Said(theme.ASK, translate("Stock", "Drop all?"), what, todo)
            self.confirm.ask(asked, lambda: self._wish(self._session.forget))
            self.panel.say(asked)

    def _moved(self) -> None:
        """Another row: who was asked about dropping all has gone on."""
        if self.confirm.asks:
            self._say_ready()

    def _say_ready(self) -> None:
        self.panel.say(_ready())

    def _show(self, shown: view.CountView) -> None:
        ended = bool(self.view.counts) and not shown.counts
        self.view = shown
        if shown.posting and not self._flying:
            self.panel.say(Said(theme.NOTE, translate("Stock", "Posting …"), ""))
        self._flying = shown.posting
        if ended:
            self.codes.stop()
        self._refresh()

    def _answered(self, answer: view.Answer | None) -> None:
        """What became of a scan or a wish; of one that waits for a second person, once it has."""
        said = _said(answer) if answer else None
        if said:
            self.panel.say(said)
        if isinstance(answer, MoveAnswer) and answer.later:
            self._desk.bridge.follow(answer.later, self._answered)

    def _refresh(self) -> None:
        here = self.rows.row(self.table.currentIndex().row())
        counts = self.view.counts
        self.rows.show(list(counts))
        again = next((n for n, c in enumerate(counts) if here and c.item == here.item), None)
        if again is not None:
            self.table.setCurrentIndex(self.rows.index(again, 0))
        text = translate("Stock", "%1 boxes scanned, %2 drugs").replace("%2", str(len(counts)))
        self._title.setText(text.replace("%1", str(len(self.view.scanned))))

    def _code_cells(self, code: str) -> tuple[str, ...]:
        there = code in self.view.scanned
        state = translate("Stock", "✓ scanned") if there else translate("Stock", "! not scanned")
        return spaced(code), state


def _said(answer: view.Answer) -> Said | None:
    match answer:
        case view.Sighted(sight, seen):
            tone, word, todo = _sight(sight)
            if sight is Sight.NOT_FOR_SALE and seen.state:
                todo = stock_words.state(seen.state)
            drug = seen.item.name if seen.item else readings_words.kind(seen.reading.kind)
            shown = spaced(seen.code) if seen.reading.is_trace else seen.reading.shown(40)
            return Said(tone, word, f"{drug} {shown}", todo)
        case PackOpened(taken, inside):
            return stock_words.pack_taken(taken, inside)
        case view.Equal():
            what = translate("Stock", "The shelf is as the ledger says. Nothing has to be posted.")
            return Said(theme.YES, translate("Stock", "Equal"), what)
        case view.Differs(missing, surplus):
            what = translate("Stock", "%1 missing, %2 surplus.")
            what = what.replace("%1", str(missing)).replace("%2", str(surplus))
            todo = translate("Stock", "F8 once more posts this; missing boxes cannot be sold then.")
            return Said(theme.ASK, translate("Stock", "Post it?"), what, todo)
        case MoveAnswer():
            return answers_words.counted(answer)
        case view.Ready():
            return _ready()
        case view.Recounted():
            return None  # the rows say it; what was said before stays
        case NotKept() | Offered() | NothingWaits() | TakenUp() | Unreadable():
            return kept.said(answer)
    raise ValueError(answer)


def _ready() -> Said:
    what = translate("Stock", "Scan every box of one shelf.")
    todo = translate("Stock", "Only drugs that were scanned are compared.")
    return Said(theme.IDLE, translate("Stock", "Ready"), what, todo)


def _sight(sight: Sight) -> tuple[theme.Tone, str, str]:
    """The tone, the word and what to do about a scanned thing."""
    nothing = translate("Stock", "Nothing was added. Scan the next box.")
    return {
        Sight.RIGHT: (theme.YES, translate("Stock", "Right"), ""),
        Sight.SURPLUS: (
            theme.ASK,
            translate("Stock", "Surplus"),
            translate("Stock", "The ledger does not have it: it is posted as surplus."),
        ),
        Sight.NOT_FOR_SALE: (theme.NO, translate("Stock", "Not for sale"), ""),
        Sight.TWICE: (theme.ASK, translate("Stock", "Scanned already"), nothing),
        Sight.DRUG_CHOSEN: (
            theme.NOTE,
            translate("Stock", "Drug chosen"),
            translate("Stock", "The drug is in the list. Scan its boxes, if there are any."),
        ),
        Sight.UNKNOWN_DRUG: (
            theme.NO,
            translate("Stock", "Which drug?"),
            stock_words.why_not(WhyNot.UNKNOWN_DRUG.value),
        ),
        Sight.NOT_TRACE: (
            theme.NO,
            translate("Stock", "Not a trace code"),
            translate("Stock", "Nothing was added. Scan the trace code on the box."),
        ),
    }[sight]


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
