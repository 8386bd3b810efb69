"""收货验收: what the delivery note says beside what is scanned, until F8 puts it into the ledger.

An unfinished receiving stays on the screen while other sections are looked at.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core import receiving as core
from pharmacy_desk.core.drugs import Batch, Item
from pharmacy_desk.core.errors import WorldError
from pharmacy_desk.core.receiving import Arrival, Receiving, Row, SeenBox
from pharmacy_desk.core.scan import Reading, spaced
from pharmacy_desk.core.trade_files.delivery_file import DeliveryRow
from pharmacy_desk.counter import news
from pharmacy_desk.counter.desk import ScanTarget
from pharmacy_desk.counter.trade_tables import TradeTable
from pharmacy_desk.gui import fault_texts, stock_texts, theme
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.said import Said, translate
from pharmacy_desk.gui.screens import stock_receiving_notes as notes
from pharmacy_desk.gui.screens.stock_posting import Posting
from pharmacy_desk.gui.screens.stock_receiving_lists import ReceivingLists
from pharmacy_desk.gui.section import Section, run
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.questions import Questions
from pharmacy_desk.gui.widgets.side_panel import Form, SidePanel


class ReceivingScreen(Section):
    """Note and count above, boxes below, the answer to the last scan on the right."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.receiving = Receiving()
        self._last: Arrival | None = None
        self._stayed: dict[str, str] = {}
        self._asks_drop = False
        self.lists = ReceivingLists()
        self.table = self.lists.table
        self.panel = SidePanel(notes.keys())
        self.form = Form()
        self.supplier, self.reference = QLineEdit(), QLineEdit()
        self.celsius, self.arrived = QLineEdit(), QLineEdit()
        self.choices = Choices()
        self.questions = Questions(desk.asker)
        self.posting = Posting(desk, self._posted, self._failed)
        self._lot_row: int | None = None
        self._asked: str = ""
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._start()

    def _lay_out(self) -> None:
        self.form.add(translate("Stock", "Supplier"), self.supplier)
        self.form.add(translate("Stock", "Note number"), self.reference)
        self.form.add(translate("Stock", "Arrival °C"), self.celsius)
        self.form.add(translate("Stock", "Arrived at"), self.arrived)
        for part in (self.form, self.choices, self.questions):
            self.panel.add(part)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(14)
        grid.addWidget(self.lists, 0, 0)
        grid.addWidget(self.panel, 0, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.supplier.editingFinished.connect(self._named)
        self.reference.editingFinished.connect(self._named)
        for field, behind in (
            (self.supplier, self.reference), (self.reference, self.table),
            (self.celsius, self.arrived), (self.arrived, self.table),
        ):  # fmt: skip
            field.returnPressed.connect(behind.setFocus)
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self.table.setFocus)
        self.questions.batch_said.connect(self._batch_said)
        for question in (self.questions, self.choices):
            question.opened.connect(self._make_room)
        for keys, action in (
            ("Ctrl+O", self.choose_file), ("Ctrl+E", self.export), ("Ctrl+L", self.ask_lot),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def press(self, key: str) -> bool:
        """F8 posts, F6 refuses a box."""
        return run({"F8": self.post, "F6": self.refuse}, key)

    def _make_room(self, asked: bool) -> None:
        self.panel.make_room(asked)
        self.form.setVisible(not asked)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- news -----------------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            self.scanned(message.reading)
            return
        if isinstance(message, news.Trouble) and self.isVisible():
            word = translate("Stock", "Not done")
            self.panel.say(Said(theme.NO, word, *fault_texts.fault(message.error)))
        self.posting.hear(message)

    def scanned(self, reading: Reading) -> None:
        """A thing was scanned: ask what it is, then match it."""
        self._asks_drop = False
        self.posting.forget_warning()
        self._desk.asker.ask(lambda reader: reader.seen(reading), self._seen)

    def _seen(self, seen: SeenBox) -> None:
        if seen.outer and seen.inner:
            taken = sum(self._take(self._match(box)) for box in seen.inner)
            self.panel.say(stock_texts.pack_taken(taken, len(seen.inner)))
        else:
            self._last = self._match(seen)
            self._take(self._last)
            self.panel.say(stock_texts.arrival(self._last, self._desk.now().date()))
        box = self.receiving.box(seen.code)
        self._refresh(box.row if box else None)

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
        name, _ = QFileDialog.getOpenFileName(
            self, translate("Stock", "Delivery note"), "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )  # fmt: skip
        if name:
            self.read_file(Path(name))

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
        self.panel.note(translate("Stock", "Reading …"), path.name)
        self._desk.stock.read_delivery(path, self._read)

    def _read(self, answer: object) -> None:
        if isinstance(answer, WorldError):
            word = translate("Stock", "Not read")
            self.panel.say(Said(theme.NO, word, *fault_texts.fault(answer)))
        elif isinstance(answer, TradeTable):
            deliveries: dict[tuple[str, str], list[DeliveryRow]] = {}
            for row in answer.rows:
                if isinstance(row, DeliveryRow):
                    deliveries.setdefault((row.supplier, row.number), []).append(row)
            self._stayed = {f"#{bad.row}": stock_texts.why_not(bad.reason) for bad in answer.bad}
            self._which_note(deliveries)

    def _which_note(self, deliveries: dict[tuple[str, str], list[DeliveryRow]]) -> None:
        """A file may hold several notes: one is received at a time."""
        if not deliveries:
            self.panel.say(notes.no_lines())
        elif len(deliveries) == 1:
            self._take_note(next(iter(deliveries.values())))
        else:
            self._asked = "note"
            answers = [(f"{n} · {s} · {len(d)}", d) for (s, n), d in deliveries.items()]
            self.choices.ask(translate("Stock", "Which delivery note?"), answers)

    def _take_note(self, delivery: list[DeliveryRow]) -> None:
        first = delivery[0]

        def show(rows: list[Row]) -> None:
            self.receiving = Receiving(first.supplier, first.number, tuple(rows), (), listed=True)
            self._start()

        def question(reader: Reader) -> list[Row]:
            return reader.expected(delivery)

        self._desk.asker.ask(question, show)

    def _start(self) -> None:
        self.supplier.setText(self.receiving.supplier)
        self.reference.setText(self.receiving.reference)
        self.arrived.setText(f"{self._desk.now():%Y-%m-%d %H:%M}")
        self.panel.say(notes.ready(self.receiving))
        self._refresh()
        self.table.setFocus()

    def _named(self) -> None:
        self.receiving = replace(
            self.receiving,
            supplier=self.supplier.text().strip(),
            reference=self.reference.text().strip(),
        )

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
        if self._asks_drop:
            self._asks_drop = False
            self.receiving, self._stayed = Receiving(), {}
            self._start()
            return
        row = self.lists.current_row()
        if row is None:
            return
        item = self.receiving.rows[row].item
        if item and not item.needs_code:
            self.receiving = core.count_all(self.receiving, row)
            self._refresh()
        else:
            self.ask_lot()

    def _escape(self) -> None:
        if not self.questions.isHidden():
            self.questions.close_question()
        elif self._asks_drop:
            self._asks_drop = False
            self.panel.say(notes.ready(self.receiving))
        elif not self.receiving.empty:
            self._asks_drop = True
            self.panel.say(notes.drop_all(len(self.receiving.boxes)))
        self.table.setFocus()

    def _out(self, code: str) -> None:
        box = self.receiving.box(code)
        if box:
            self.receiving = core.drop(self.receiving, frozenset({code}))
            self._stayed.pop(code, None)
            self.panel.note(translate("Stock", "Taken out"), f"{box.item.name} {spaced(code)}")
            self._refresh()

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
            return
        self._asked = code
        self.choices.ask(translate("Stock", "Why is it refused?"), notes.reasons())

    def _chosen(self, value: object) -> None:
        if isinstance(value, str):
            self._refused(self._asked, value)
        elif isinstance(value, list):
            self._take_note(value)
        self.table.setFocus()

    def _refused(self, code: str, reason: str) -> None:
        if self.receiving.box(code):
            self.receiving = core.refuse(self.receiving, code, reason)
        elif self._last and self._last.seen.code == code:
            self.receiving = core.take(self.receiving, self._last, reason)
        self.panel.say(notes.refused(reason))
        self._refresh()

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
            self.panel.note(translate("Stock", "Lot kept"), f"{item.name} {batch.lot}")
        self.table.setFocus()

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: put what has come into the ledger, if nothing is lacking."""
        self._named()
        row = self.receiving.without_lot()
        if row is not None:
            self.panel.say(notes.lot_missing(self.receiving.rows[row].name))
            self._ask_lot(row)
            return
        said, field = self.posting.post(
            self.receiving, self.celsius.text().strip(), self.arrived.text().strip()
        )
        self.panel.say(said)
        lacking = {"supplier": self.supplier, "celsius": self.celsius, "arrived": self.arrived}
        if field:
            lacking[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _posted(self, sent: frozenset[str], stayed: dict[str, str], said: Said) -> None:
        self.receiving = core.posted(self.receiving, sent, frozenset(stayed))
        self._stayed = stayed
        self._last = None
        if self.receiving.empty:
            self.receiving = Receiving()
            self.supplier.clear()
            self.reference.clear()
            self.celsius.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.say(said)
        self._refresh()

    def _failed(self, said: Said) -> None:
        self.panel.say(said)

    def export(self) -> None:
        """Ctrl+E: the acceptance record of what was posted here last."""
        if not self.posting.documents:
            self.panel.say(notes.nothing_to_export())
            return
        name, _ = QFileDialog.getSaveFileName(
            self, translate("Stock", "Acceptance record"),
            f"验收记录-{self.posting.documents[0]}.xlsx",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )  # fmt: skip
        if name:
            self.posting.export(Path(name), self.panel.say)

    # --- showing --------------------------------------------------------------------------

    def _refresh(self, touched: int | None = None) -> None:
        self.lists.show_receiving(self.receiving, self._stayed, touched)
        for field in (self.celsius, self.arrived):
            self.form.show_field(field, shown=self.receiving.cold)
