"""收货验收: what the delivery note says beside what is scanned, until F8 puts it into the ledger.

The receiving itself is a session of the counter; this draws its view and brings it wishes.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.stock.acceptance import Lack, Missing
from pharmacy_desk.core.stock.drafts import Unfinished, Unread
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Receiving
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.views import receiving_view as answer
from pharmacy_desk.counter.views.receiving_view import ReceivingView
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Meanings, Section, run
from pharmacy_desk.gui.base.wishes import Wishes, failure
from pharmacy_desk.gui.receiving import answers, notes
from pharmacy_desk.gui.receiving.drafts import DraftQuestions
from pharmacy_desk.gui.receiving.files import NoteReader
from pharmacy_desk.gui.receiving.form import ReceivingForm
from pharmacy_desk.gui.receiving.lists import ReceivingLists
from pharmacy_desk.gui.receiving.saving import ask_goods, ask_record
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.confirm import Confirm
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.words import faults as faults_words


class ReceivingScreen(Section):
    """Note and count above, boxes below, the answer to the last scan on the right."""

    target = ScanTarget.RECEIVING

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = desk.stock.receiving
        self._wish = Wishes(desk, self._answered, self._failed).ask
        self._view = ReceivingView(Unfinished(Receiving()), (), 0, {})
        self._row: int | None = None  # the one the session knows the keyboard to be on
        self.posting = False  # F8 is not answered yet
        self.lists = ReceivingLists()
        self.table = self.lists.table
        self.panel = SidePanel(notes.keys(), self._touched)
        self.confirm = Confirm(
            self.panel.verdict, self._escape, translate("Confirm", "Yes, drop all (Enter)")
        )
        self.form = ReceivingForm()
        self.choices = Choices()
        self.questions = Questions(desk.asker)
        self.drafts = DraftQuestions(self._session, self.choices, self._wish)
        self.files = NoteReader(desk, self, self.choices, self.say, self._take_note)
        self._lot_row: int | None = None
        self._asked: str = ""
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.say(notes.ready(self.receiving))
        self._refresh()
        self._wish(self._session.show)

    @property
    def receiving(self) -> Receiving:
        """The receiving as the session told it last."""
        return self._view.receiving

    @property
    def documents(self) -> tuple[str, ...]:
        """What was posted here last."""
        return self._view.documents

    def _lay_out(self) -> None:
        for part in (self.confirm.keys, self.form, self.choices, self.questions):
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
        self.questions.left.connect(self.table.setFocus)
        self.questions.opened.connect(self._make_room)
        self.choices.opened.connect(self._make_room)
        for keys, action in (("Ctrl+E", self.export), ("Ctrl+L", self.ask_lot)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def meanings(self) -> Meanings:
        """F8 posts, F6 refuses, F4 puts aside, F5 goes on, Ctrl+O reads, Ctrl+S saves."""
        return {
            "F8": self.post,
            "F6": self.refuse,
            "F4": self.put_aside,
            "F5": lambda: self._wish(lambda: self._session.offer(everything=True)),
            "Ctrl+O": self.choose_file,
            "Ctrl+S": self.save,
        }

    def _make_room(self, asked: bool) -> None:
        self.panel.make_room(asked)
        self.form.setVisible(not asked)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.choices.isHidden():
            self._wish(lambda: self._session.offer(everything=False))

    def say(self, said: Said) -> None:
        """Show an answer."""
        self.panel.say(said)

    # --- news -----------------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.ReceivingShown):
            self._show(message.view)
            self._answered(message.answer)
            return
        error = failure(message, front=self.isVisible(), flying=self.posting)
        if error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.posting = False
        self.say(Said(theme.NO, translate("Stock", "Not done"), *faults_words.fault(error)))

    def _show(self, view: ReceivingView) -> None:
        another, self._view = view.begun != self._view.begun, view
        if another:
            unfinished, self._row = view.unfinished, None
            if self.questions.is_open:
                self.questions.close_question()  # it asked about a row of the one before
            self.form.fill(
                supplier=view.receiving.supplier,
                reference=view.receiving.reference,
                celsius=unfinished.celsius,
                arrived=unfinished.arrived,
            )
            self.table.setFocus()
        if view.posting:
            self.say(notes.posting(view.posting))
        self._refresh()

    def _answered(self, told: answer.Answer | None) -> None:
        """What became of a scan or a wish."""
        said = answers.said(told, self._view, self._desk.now().date())
        if said:
            self.say(said)
        self._follow(told)

    def _follow(self, told: answer.Answer | None) -> None:
        """What an answer leads to besides its words."""
        match told:
            case answer.Lacking((first, *_)):
                self._ask_for(first)
            case answer.WhichDrug() as asked:
                title = translate("Stock", "Which drug of ours is it?")
                self.choices.ask(title, notes.likely_drugs(asked))
            case answer.Offered(waiting):
                self.drafts.ask(waiting)
            case answer.Posted() | answer.NotPosted():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for(self, missing: Missing) -> None:
        if missing.lack is Lack.LOT and missing.row is not None:
            self._ask_lot(missing.row)
        elif missing.lack.value in self.form.fields:
            self.form.fields[missing.lack.value].setFocus(Qt.FocusReason.OtherFocusReason)

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
            self.say(notes.unfinished(len(self.receiving.boxes)))
            return
        self.files.read(path)

    def _take_note(self, delivery: list[DeliveryRow], bad: Unread) -> None:
        """The lines of one delivery note are to be received."""
        self._wish(lambda: self._session.open_note(delivery, bad))

    def _named(self) -> None:
        """A field was left: the session knows what stands in the form."""
        fields = {key: self.form.told(key) for key in self.form.fields}
        self._wish(lambda: self._session.name(**fields))

    # --- keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field has taken."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Backspace and self.receiving.boxes:
            self._take_out_last()
        elif key == Qt.Key.Key_Delete:
            self._take_out_chosen()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does."""
        own = {
            "Enter": self._enter,
            "Backspace": self._take_out_last,
            "Delete": self._take_out_chosen,
            "Esc": self._escape,
            "Ctrl+E": self.export,
        }
        run({**self.meanings(), **own}, key)

    def _take_out_last(self) -> None:
        if self.receiving.boxes:
            self._wish(self._session.take_out_last)
        else:
            self.say(notes.nothing_scanned())

    def _take_out_chosen(self) -> None:
        code = self.lists.current_code()
        if code:
            self._wish(lambda: self._session.take_out(code))
        else:
            self.say(notes.nothing_chosen())

    def _enter(self) -> None:
        """Enter: drop everything if that was asked; else see to the row under the keyboard."""
        if self.confirm.take():
            return
        row = self.lists.current_row()
        if row is None:
            self.say(notes.nothing_chosen())
            return
        item = self.receiving.rows[row].item
        if item is None:
            self._wish(lambda: self._session.ask_drug(row))
        elif not item.needs_code:
            self._wish(lambda: self._session.count_all(row))
        else:
            self.ask_lot()

    def _escape(self) -> None:
        self.table.setFocus()
        if not self.questions.isHidden():
            self.questions.close_question()
        elif self.confirm.asks:
            self._say_ready()
        elif not self.receiving.empty:
            asked = notes.drop_all(len(self.receiving.boxes))
            self.confirm.ask(asked, lambda: self._wish(self._session.drop_all))
            self.say(asked)
        else:
            self.say(notes.nothing_scanned())

    def _moved(self) -> None:
        """Another row: who was asked about dropping all has gone on."""
        if self._tell_row() and self.confirm.asks:
            self._say_ready()

    def _tell_row(self) -> bool:
        """The session knows which row the keyboard is on: a box may be of several lots."""
        row = self.lists.current_row()
        if row == self._row:
            return False
        self._row = row
        self._wish(lambda: self._session.choose(row))
        return True

    def _say_ready(self) -> None:
        self.say(notes.ready(self.receiving, len(self._view.unfinished.unread)))

    def put_aside(self) -> None:
        """F4: leave it for later."""
        self._named()
        self._wish(self._session.put_aside)

    def refuse(self) -> None:
        """F6: refuse the box under the keyboard, else the one scanned last; asks why."""
        code = self.lists.current_code() or self._view.refusable
        if not code:
            self.say(notes.nothing_to_refuse())
            return
        box = self.receiving.box(code)
        if box and box.refused:
            self._wish(lambda: self._session.refuse(code, ""))
            return
        self._asked = code
        self.choices.ask(translate("Stock", "Why is it refused?"), notes.reasons())

    def _chosen(self, value: object) -> None:
        if isinstance(value, str):
            code = self._asked
            self._wish(lambda: self._session.refuse(code, value))
        elif isinstance(value, list):
            self.files.chosen(value)
        elif isinstance(value, (answer.DrugNamed, answer.NoneLikely)):
            item = value.item if isinstance(value, answer.DrugNamed) else None
            self._wish(lambda: self._session.name_drug(value.words, item))
            return
        elif self.drafts.chosen(value) and not self.choices.isHidden():
            return  # a question that leads to the next one
        self.table.setFocus()

    def ask_lot(self) -> None:
        """Ctrl+L or Enter: lot and dates of the row under the keyboard."""
        row = self.lists.current_row()
        if row is not None:
            self._ask_lot(row)

    def _ask_lot(self, row: int) -> None:
        item = self.receiving.rows[row].item
        if self.questions.is_open and self._lot_row == row:
            self.questions.take_keyboard()  # what is typed already stays
        elif item:
            self._lot_row = row
            known = self.receiving.rows[row].batch
            same = (r.batch for r in self.receiving.rows if r.item and r.item.code == item.code)
            offered = known if known.lot else next((b for b in same if b.lot), known)
            self.questions.ask_batch(item, offered)

    def _batch_said(self, item: object, batch: object) -> None:
        row = self._lot_row
        if isinstance(item, Item) and isinstance(batch, Batch) and row is not None:
            self._wish(lambda: self._session.set_batch(row, batch))
        self.table.setFocus()

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: put what has come into the ledger; pressed again it waits for the answer."""
        if self.posting:
            return

        def answered() -> None:
            self.posting = False

        self.posting = True
        self._named()
        self._wish(self._session.post, answered)

    def export(self) -> None:
        """Ctrl+E: the acceptance record of what was posted here last."""
        if not self.documents:
            self.say(notes.nothing_to_export())
            return
        ask_record(self._desk, self.documents, self, self.say)

    def save(self) -> None:
        """Ctrl+S: the goods of what was posted here last."""
        if not self.documents:
            self.say(notes.nothing_to_export())
            return
        ask_goods(self._desk, self.documents[0], MovementKind.DELIVERY, self, self.say)

    # --- showing --------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.lists.show_receiving(self._view)
        self.form.show_cold(shown=self.receiving.cold)
        self._tell_row()
