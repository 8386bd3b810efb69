"""出入库: boxes that leave for, or come from, somewhere else than a customer or a delivery.

The document in hand is a session of the counter; this draws its view and brings it wishes.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.moving import KINDS, WITH_PARTY, MovedBox, MoveLack
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.views import moving_view as view
from pharmacy_desk.counter.views.kept_view import (
    NothingWaits,
    NotKept,
    Offered,
    TakenUp,
    Unreadable,
)
from pharmacy_desk.counter.views.moving_view import Behind, MovingView
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Meanings, run
from pharmacy_desk.gui.base.wishes import Wishes, failure
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.receiving.saving import ask_goods
from pharmacy_desk.gui.stock import kept
from pharmacy_desk.gui.widgets.parts import Combo, plain
from pharmacy_desk.gui.widgets.side_panel import Form, SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock as stock_words
from pharmacy_desk.gui.words import stock_answers as answers_words


class MovesTab(QWidget):
    """Kind, other party and reason on the right; scanned boxes on the left."""

    target = ScanTarget.MOVING

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = desk.stock.moving
        self._wish = Wishes(desk, self._answered, self._failed).ask
        self.view = MovingView()
        self._wished = False  # F8 is not answered yet
        self._flying = False  # the document is on its way, or waits for a second person
        self._title = plain(px=26, bold=True)
        self.rows: Rows[Behind | MovedBox] = Rows(
            [
                translate("Stock", "Trace code"),
                translate("Stock", "Drug"),
                translate("Stock", "Lot"),
                translate("Stock", "State"),
            ],
            _cells,
            lambda row: theme.NO if isinstance(row, Behind) else None,
        )
        self.table = TableView(
            translate(
                "Stock",
                "Choose on the right what happens, then scan the boxes; or press Ctrl+O for a"
                " file of codes.",
            ),
            3,
        )
        self.table.show_model(self.rows, (280, 200, 120, 200))
        self.panel = SidePanel(_words(), self._touched)
        self.form = Form()
        self.kind = Combo()
        self.party, self.reference, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self._lay_out()
        self._say_ready()

    def _lay_out(self) -> None:
        for one in KINDS:
            self.kind.addItem(documents_words.movement(one), one.value)
        self.kind.currentIndexChanged.connect(lambda _: self._kind_changed())
        self.form.add(translate("Stock", "What"), self.kind)
        self.form.add(translate("Stock", "Other party"), self.party)
        self.form.add(translate("Stock", "Its document"), self.reference)
        self.form.add(translate("Stock", "Reason"), self.reason)
        for field, behind in (
            (self.party, self.reference),
            (self.reference, self.reason),
            (self.reason, self.table),
        ):
            field.returnPressed.connect(behind.setFocus)
        self.panel.add(self.form)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._title)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def meanings(self) -> Meanings:
        """Ctrl+O reads a file, Ctrl+S saves what was posted last, F5 goes on with what waits."""
        return {
            "Ctrl+O": self.choose_file,
            "Ctrl+S": self.save,
            "F5": lambda: self._wish(self._session.take_up),
        }

    def shown(self) -> None:
        """The tab comes to the front."""
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wish(self._session.offer)

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.MovingShown):
            self._show(message.view)
            self._answered(message.answer)
        else:
            error = failure(message, front=self.isVisible(), flying=self._flying)
            if error:
                self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._flying = self._wished = False
        word = translate("Stock", "Not posted")
        self.panel.say(Said(theme.NO, word, *faults_words.fault(error)))

    def _show(self, shown: MovingView) -> None:
        if shown.posting and not self.view.posting:
            what = documents_words.movement(shown.moving.kind)
            self.panel.say(Said(theme.NOTE, translate("Stock", "Posting …"), what))
        if shown.posting is not self.view.posting:
            self._flying = shown.posting
        self.view = shown
        self._refresh()

    def _answered(self, answer: view.Answer | None) -> None:
        """What became of a scan or a wish; of one that waits for a second person, once it has."""
        match answer:
            case MoveAnswer(later=None):
                self._flying = False
                if answer.documents:
                    self.reference.clear()
            case MoveAnswer(later=later) if later:
                self._desk.bridge.follow(later, self._answered)
            case view.Lacking((first, *_)):
                self._ask_for(first)
            case TakenUp():
                self.kind.setCurrentIndex(self.kind.findData(self.view.moving.kind.value))
        said = _said(answer) if answer else None
        if said:
            self.panel.say(said)

    def _ask_for(self, lack: MoveLack) -> None:
        field = {MoveLack.PARTY: self.party, MoveLack.REASON: self.reason}.get(lack)
        if field:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: post the document; pressed again it waits for the answer."""
        if self._flying or self._wished:
            return

        def answered() -> None:
            self._wished = False

        party, reference, reason = self._fields()
        self._wished = True
        self._wish(lambda: self._session.post(party, reference, reason), answered)

    def _fields(self) -> tuple[str, str, str]:
        party, reference, reason = (
            field.text().strip() for field in (self.party, self.reference, self.reason)
        )
        return party, reference, reason

    def second(self) -> None:
        """F6 does nothing here."""

    def choose_file(self) -> None:
        """Ctrl+O: post a file of codes as the document chosen on the right."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            documents_words.movement(self._kind()),
            "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Post what a file names; scanned boxes stay for a document of their own.

        Number and other party of the file come before those of the form.
        """
        if self._flying:
            return
        self._flying = True
        self.panel.note(translate("Stock", "Reading …"), path.name)
        party, reference, reason = self._fields()
        if self._kind() not in WITH_PARTY:
            party = reference = ""
        moved = self._desk.stock.files.move(self._kind().value, path, party, reference, reason)
        self._desk.bridge.follow(moved, self._answered)

    def save(self) -> None:
        """Ctrl+S: what was posted last as a file, for the other store or the ERP."""
        if not self.view.posted:
            self.panel.say(notes.nothing_to_export())
        for number in self.view.posted:
            ask_goods(self._desk, number, self.view.posted_kind, self, self.panel.say)

    # --- showing --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field has taken."""
        if event.key() == Qt.Key.Key_Backspace and self.view.moving.boxes:
            self._take_out_last()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._take_out_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.kind.hasFocus():
            self.party.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does."""
        own = {
            "F8": self.post,
            "Backspace": self._take_out_last,
            "Delete": self._take_out_chosen,
        }
        run({**self.meanings(), **own}, key)

    def _take_out_last(self) -> None:
        if self.view.moving.boxes:
            self._wish(self._session.take_out_last)
        else:
            self.panel.say(_lacking(MoveLack.BOXES))

    def _take_out_chosen(self) -> None:
        chosen = self.rows.row(self.table.currentIndex().row())
        if chosen and self.table.hasFocus():
            code = _key(chosen)
            self._wish(lambda: self._session.take_out(code))
        else:
            self.panel.say(notes.nothing_chosen())

    def _kind(self) -> MovementKind:
        return MovementKind(str(self.kind.currentData()))

    def _kind_changed(self) -> None:
        kind = self._kind()
        self.form.show_field(self.party, shown=kind in WITH_PARTY)
        self.form.show_field(self.reference, shown=kind in WITH_PARTY)
        self._wish(lambda: self._session.choose(kind))
        self._refresh()

    def _say_ready(self) -> None:
        self.panel.say(
            Said(
                theme.IDLE,
                translate("Stock", "Ready"),
                translate("Stock", "Choose what happens, then scan the boxes."),
            )
        )
        self._kind_changed()

    def _refresh(self) -> None:
        boxes = self.view.moving.boxes
        self.rows.show([*self.view.behind, *reversed(boxes)])
        text = translate("Stock", "%1: %2 boxes").replace("%2", str(len(boxes)))
        self._title.setText(text.replace("%1", documents_words.movement(self._kind())))


def _words() -> dict[str, str]:
    return {
        "F8": translate("Keys", "Post"),
        "Backspace": translate("Keys", "Take out last"),
        "Delete": translate("Keys", "Take out chosen"),
        "F5": translate("Keys", "Unfinished"),
        "Ctrl+O": translate("Keys", "File of codes"),
        "Ctrl+S": translate("Keys", "Save posted"),
    }


def _said(answer: view.Answer) -> Said | None:
    match answer:
        case view.Sighted(seen, why):
            return _sighted(seen, why)
        case PackOpened(taken, inside):
            return stock_words.pack_taken(taken, inside)
        case view.Lacking((first, *_)):
            return _lacking(first)
        case MoveAnswer():
            return answers_words.moved(answer)
        case NotKept() | Offered() | NothingWaits() | TakenUp() | Unreadable():
            return kept.said(answer)
    raise ValueError(answer)


def _sighted(seen: SeenBox, why: WhyNot | None) -> Said:
    drug = seen.item.name if seen.item else ""
    shown = f"{drug} {spaced(seen.code)}".strip()
    if why is None:
        here = seen.state and stock_words.state(seen.state)
        what = here or translate("Stock", "No record of it here before.")
        return Said(theme.YES, translate("Stock", "In"), f"{shown}\n{what}")
    if seen.outer:
        return Said(
            theme.ASK,
            translate("Stock", "Outer pack"),
            translate("Stock", "This is an outer pack; its boxes are not known."),
            translate("Stock", "Scan the boxes inside one by one."),
        )
    if not seen.reading.is_trace:
        what = readings_words.named(seen.reading)
        todo = translate("Stock", "Nothing was added. Scan the trace code on the box.")
        return Said(theme.NO, translate("Stock", "Not a trace code"), what, todo)
    return Said(theme.NO, translate("Stock", "Not in"), shown, stock_words.why_not(why.value))


def _lacking(lack: MoveLack) -> Said:
    if lack is MoveLack.BOXES:
        what = translate("Stock", "No box is scanned yet.")
        return Said(theme.ASK, translate("Stock", "Nothing there"), what)
    what = {
        MoveLack.PARTY: translate("Stock", "The other party is missing."),
        MoveLack.REASON: translate("Stock", "The reason is missing."),
    }[lack]
    return Said(theme.ASK, translate("Stock", "Not yet"), what, translate("Stock", "Then F8."))


def _key(row: Behind | MovedBox) -> str:
    return row.key if isinstance(row, Behind) else row.code


def _cells(row: Behind | MovedBox) -> tuple[str, ...]:
    box = row.box if isinstance(row, Behind) else row
    drug, lot = (box.drug, box.lot) if box else ("", "")
    if isinstance(row, Behind):
        return spaced(row.key), drug, lot, f"✕ {stock_words.why_not(row.why)}"
    here = stock_words.state(row.state) if row.state else translate("Stock", "? no record")
    return spaced(row.code), drug, lot, here
