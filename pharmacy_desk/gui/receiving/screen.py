"""收货验收: what the delivery note says beside what is scanned, until F8 puts it into the ledger.

An unfinished receiving stays here and on the disk, also over a restart (`DraftKeeper`).
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.scanning.scan import Reading, spaced
from pharmacy_desk.core.stock import receiving as core
from pharmacy_desk.core.stock.drafts import Unfinished, Unread, after_document
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
from pharmacy_desk.core.stock.receiving import Arrival, Receiving, Row, SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Section, run
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.receiving.drafts import DraftKeeper
from pharmacy_desk.gui.receiving.files import NoteReader
from pharmacy_desk.gui.receiving.form import ReceivingForm
from pharmacy_desk.gui.receiving.lists import ReceivingLists
from pharmacy_desk.gui.receiving.posting import Posted, Posting
from pharmacy_desk.gui.receiving.saving import ask_record
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import stock as stock_words


class ReceivingScreen(Section):
    """Note and count above, boxes below, the answer to the last scan on the right."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.receiving = Receiving()
        self._last: Arrival | None = None
        self._stayed: dict[str, str] = {}
        self._unread: Unread = ()
        self._drop_asked: Said | None = None  # counts as long as it can be read
        self.lists = ReceivingLists()
        self.table = self.lists.table
        self.panel = SidePanel(notes.keys())
        self.form = ReceivingForm()
        self.choices = Choices()
        self.questions = Questions(desk.asker)
        self.posting = Posting(desk, self._posted, self._failed)
        self.drafts = DraftKeeper(desk, self.choices, self)
        self.files = NoteReader(desk, self, self.choices, self.say, self._take_note)
        self._lot_row: int | None = None
        self._asked: str = ""
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._start()

    def _lay_out(self) -> None:
        for part in (self.form, self.choices, self.questions):
            self.panel.add(part)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(14)
        grid.addWidget(self.lists, 0, 0)
        grid.addWidget(self.panel, 0, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.form.changed.connect(self._named)
        self.form.left.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self.table.setFocus)
        self.questions.batch_said.connect(self._batch_said)
        self.questions.opened.connect(self._make_room)
        self.choices.opened.connect(self._make_room)
        for keys, action in (("Ctrl+E", self.export), ("Ctrl+L", self.ask_lot)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def press(self, key: str) -> bool:
        """F8 posts, F6 refuses a box, F4 puts aside, F5 goes on, Ctrl+O reads a note."""
        keys = {
            "F8": self.post,
            "F6": self.refuse,
            "F4": self.drafts.put_aside,
            "F5": lambda: self.drafts.offer(everything=True),
            "Ctrl+O": self.choose_file,
        }
        return run(keys, key)

    def _make_room(self, asked: bool) -> None:
        self.panel.make_room(asked)
        self.form.setVisible(not asked)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.receiving.empty and self.choices.isHidden():
            self.drafts.offer(everything=False)

    # --- the receiving as the keeper of drafts sees it -------------------------------------

    def unfinished(self) -> Unfinished:
        """The receiving with what its form holds."""
        return Unfinished(
            self.receiving, self.form.told("celsius"), self.form.told("arrived"), self._unread
        )

    def take_up(self, unfinished: Unfinished) -> None:
        """Show another receiving; the keyboard goes to its rows."""
        self.receiving, self._unread, self._last = unfinished.receiving, unfinished.unread, None
        self._stayed = stock_words.unread(self._unread)
        self._start()
        self.form.fill(celsius=unfinished.celsius, arrived=unfinished.arrived)

    def say(self, said: Said) -> None:
        """Show an answer."""
        self.panel.say(said)

    # --- news -----------------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            self.scanned(message.reading)
            return
        if isinstance(message, news.Trouble) and self.isVisible():
            word = translate("Stock", "Not done")
            self.panel.say(Said(theme.NO, word, *faults_words.fault(message.error)))

    def scanned(self, reading: Reading) -> None:
        """A thing was scanned: ask what it is, then match it."""
        self.posting.forget_warning()
        self._desk.asker.ask(lambda reader: reader.seen(reading), self._seen)

    def _seen(self, seen: SeenBox) -> None:
        before = self.receiving
        if seen.outer and seen.inner:
            taken = sum(self._take(self._match(box)) for box in seen.inner)
            said = stock_words.pack_taken(taken, len(seen.inner))
        else:
            self._last = self._match(seen)
            self._take(self._last)
            said = stock_words.arrival(self._last, self._desk.now().date())
        box = self.receiving.box(seen.code)
        self._refresh(box.row if box else None)
        (self.drafts.answer if self.receiving is before else self.drafts.keep)(said)

    def _match(self, seen: SeenBox) -> Arrival:
        near = self._desk.settings().number("sale.near_expiry_days")
        today = self._desk.now().date()
        return core.match(self.receiving, seen, today, near, self.lists.current_row())

    def _take(self, arrival: Arrival) -> bool:
        before = self.receiving
        self.receiving = core.take(before, arrival)
        return self.receiving is not before

    # --- the delivery note ----------------------------------------------------------------

    def choose_file(self) -> None:
        """Ctrl+O: the supplier's delivery note as a table."""
        path = self.files.choose()
        if path:
            self.read_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's hook: one file may be dropped here."""
        if len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's hook."""
        name = event.mimeData().urls()[0].toLocalFile()
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read a delivery note; what is scanned already is never thrown away for it."""
        if self.receiving.boxes:
            self.panel.say(notes.unfinished(len(self.receiving.boxes)))
            return
        self.files.read(path)

    def _take_note(self, delivery: list[DeliveryRow], bad: Unread) -> None:
        """The lines of one delivery note are expected from now on."""
        self._unread = bad
        self._stayed = stock_words.unread(bad)
        if not delivery:
            self._refresh()
            return
        first = delivery[0]

        def show(rows: list[Row]) -> None:
            if self.receiving.boxes:  # something was scanned while the file was read
                self.panel.say(notes.unfinished(len(self.receiving.boxes)))
                return
            self.receiving = Receiving(first.supplier, first.number, tuple(rows), (), listed=True)
            self._start()
            self.drafts.keep()

        self._desk.asker.ask(lambda reader: reader.expected(delivery), show)

    def _start(self) -> None:
        self.form.fill(
            supplier=self.receiving.supplier, reference=self.receiving.reference,
            arrived=f"{self._desk.now():%Y-%m-%d %H:%M}", celsius="",
        )  # fmt: skip
        self.panel.say(notes.ready(self.receiving, len(self._unread)))
        self._refresh()
        self.table.setFocus()

    def _named(self) -> None:
        self.receiving = replace(
            self.receiving,
            supplier=self.form.told("supplier"),
            reference=self.form.told("reference"),
        )
        self.drafts.keep_changes()

    # --- keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field has taken."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Backspace and self.receiving.boxes:
            self._out(self.receiving.boxes[-1].code)
        elif key == Qt.Key.Key_Delete:
            self._out(self.lists.current_code())
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Enter: drop everything if that was asked; else see to the row under the keyboard."""
        if self.panel.verdict.said is self._drop_asked:
            self.receiving, self._stayed, self._unread = Receiving(), {}, ()
            self._start()
            self.drafts.keep()
            return
        row = self.lists.current_row()
        if row is None:
            return
        item = self.receiving.rows[row].item
        if item and not item.needs_code:
            self.receiving = core.count_all(self.receiving, row)
            self._refresh()
            self.drafts.keep()
        else:
            self.ask_lot()

    def _escape(self) -> None:
        self.table.setFocus()
        if not self.questions.isHidden():
            self.questions.close_question()
        elif self.panel.verdict.said is self._drop_asked:
            self._moved()
        elif not self.receiving.empty:
            self._drop_asked = notes.drop_all(len(self.receiving.boxes))
            self.panel.say(self._drop_asked)

    def _moved(self) -> None:
        """Another row: who was asked about dropping all has gone on."""
        if self.panel.verdict.said is self._drop_asked:
            self.panel.say(notes.ready(self.receiving, len(self._unread)))

    def _out(self, code: str) -> None:
        box = self.receiving.box(code)
        if box:
            self.receiving = core.drop(self.receiving, frozenset({code}))
            self._stayed.pop(code, None)
            self._refresh()
            what = f"{box.item.name} {spaced(code)}"
            self.drafts.keep(Said(theme.NOTE, translate("Stock", "Taken out"), what))

    def refuse(self) -> None:
        """F6: refuse the box under the keyboard, else the one scanned last; asks why."""
        code = self.lists.current_code()
        if not code and self._last and self._last.match in core.REFUSABLE:
            code = self._last.seen.code
        if not code:
            self.panel.say(notes.nothing_to_refuse())
            return
        box = self.receiving.box(code)
        if box and box.refused:
            self.receiving = core.refuse(self.receiving, code, "")
            self._refresh()
            self.drafts.keep()
            return
        self._asked = code
        self.choices.ask(translate("Stock", "Why is it refused?"), notes.reasons())

    def _chosen(self, value: object) -> None:
        if isinstance(value, str):
            self._refused(self._asked, value)
        elif isinstance(value, list):
            self.files.chosen(value)
        elif self.drafts.chosen(value) and not self.choices.isHidden():
            return  # a question that leads to the next one
        self.table.setFocus()

    def _refused(self, code: str, reason: str) -> None:
        if self.receiving.box(code):
            self.receiving = core.refuse(self.receiving, code, reason)
        elif self._last and self._last.seen.code == code:
            self.receiving = core.take(self.receiving, self._last, reason)
        self._refresh()
        self.drafts.keep(notes.refused(reason))

    def ask_lot(self) -> None:
        """Ctrl+L or Enter: lot and dates of the row under the keyboard."""
        row = self.lists.current_row()
        if row is not None:
            self._ask_lot(row)

    def _ask_lot(self, row: int) -> None:
        item = self.receiving.rows[row].item
        if item:
            self._lot_row = row
            known = self.receiving.rows[row].batch
            same = (r.batch for r in self.receiving.rows if r.item and r.item.code == item.code)
            offered = known if known.lot else next((b for b in same if b.lot), known)
            self.questions.ask_batch(item, offered)

    def _batch_said(self, item: object, batch: object) -> None:
        row = self._lot_row
        if isinstance(item, Item) and isinstance(batch, Batch) and row is not None:
            self.receiving = core.set_batch(self.receiving, row, batch)
            self._refresh()
            word = translate("Stock", "Lot kept")
            self.drafts.keep(Said(theme.NOTE, word, f"{item.name} {batch.lot}"))
        self.table.setFocus()

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: put what has come into the ledger, if nothing is lacking."""
        self._named()
        row = self.receiving.without_lot()
        if row is not None:
            self.drafts.answer(notes.lot_missing(self.receiving.rows[row].name))
            self._ask_lot(row)
            return
        said, field = self.posting.post(self.unfinished(), self.drafts.number)
        if self.posting.flying:
            self.drafts.hold()
        self.drafts.answer(said)
        if field:
            self.form.fields[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _posted(self, posted: Posted, said: Said) -> None:
        """All documents are answered."""
        stayed = frozenset(posted.stayed)
        self.receiving = core.posted(self.receiving, posted.sent, stayed)
        self._stayed, self._unread, self._last = posted.stayed, (), None
        if self.receiving.empty:
            self.receiving = Receiving()
            self.form.fill(supplier="", reference="", celsius="")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafts.answer(said)
        self._refresh()
        self.drafts.go_on(ended=posted.ended)

    def _failed(self, posted: Posted, said: Said) -> None:
        """The world failed: what its documents before have moved is not on the screen any more."""
        left, stayed = self.unfinished(), frozenset(posted.stayed)
        for kind, codes in posted.documents:
            left = after_document(left, kind, codes - stayed, stayed)
        self.receiving = left.receiving
        self._stayed = posted.stayed
        self._refresh()
        self.panel.say(said)
        self.drafts.release()

    def export(self) -> None:
        """Ctrl+E: the acceptance record of what was posted here last."""
        if not self.posting.documents:
            self.panel.say(notes.nothing_to_export())
            return
        ask_record(self._desk, self.posting.documents, self, self.say)

    # --- showing --------------------------------------------------------------------------

    def _refresh(self, touched: int | None = None) -> None:
        self.lists.show_receiving(self.receiving, self._stayed, touched)
        self.form.show_cold(shown=self.receiving.cold)
