"""单据: every document by day, the newest first; Enter shows its lines and codes."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.listed import DocumentCode, DocumentRow
from pharmacy_desk.core.stock.movement import RECORDED
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.receiving.saving import ask_goods, ask_record
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words import faults as faults_words


class DocumentsTab(QWidget):
    """Documents above, the chosen one's codes below; both are read as they are scrolled."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._until: date | None = None
        self._open: DocumentRow | None = None
        self._stale = True
        self.day = QLineEdit()
        self.day.setPlaceholderText(translate("Stock", "up to the day, 2026-01-31; empty: today"))
        self.day.setMaxLength(10)
        self.day.returnPressed.connect(self._day_entered)
        number_pad(self.day, "-")
        self._note = plain(quiet=True)
        self.rows: PagedRows[DocumentRow] = PagedRows(
            desk.asker,
            [
                translate("Stock", "When"),
                translate("Stock", "Document"),
                translate("Stock", "What"),
                translate("Stock", "Boxes"),
                translate("Stock", "Other party"),
                translate("Stock", "Its document"),
                translate("Stock", "Reason"),
                translate("Stock", "Operator"),
            ],
            _document_cells,
        )
        self.table = TableView("", 4)
        self.table.show_model(self.rows, (150, 170, 120, 70, 200, 200, 170, 80))
        self.codes: PagedRows[DocumentCode] = PagedRows(
            desk.asker,
            [
                translate("Stock", "Drug"),
                translate("Stock", "Lot"),
                translate("Stock", "Made on"),
                translate("Stock", "Expiry"),
                translate("Stock", "Boxes"),
                translate("Stock", "Trace code"),
                translate("Stock", "Found again by"),
            ],
            _code_cells,
        )
        self.list = TableView(
            translate("Stock", "Press Enter on a document to see its lines and codes."), 0
        )
        self.list.show_model(self.codes, (220, 130, 110, 110, 70, 260, 170))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        self.day.setFixedWidth(330)
        head.addWidget(self.day)
        head.addWidget(self._note, 1)
        for words, action in (
            (translate("Stock", "Open  Enter"), self.open_chosen),
            (translate("Stock", "Acceptance record  Ctrl+E"), self.export),
            (translate("Stock", "Goods as a file  Ctrl+S"), self.save),
        ):
            made = button(words, action)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.list, 2)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.export)
        self._say(translate("Stock", "Enter opens a document."))

    def shown(self) -> None:
        """The tab comes to the front."""
        if self._stale:
            self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """New documents are shown as they come, when somebody looks."""
        if isinstance(message, news.Moved):
            self._stale = True
            if self.isVisible():
                self.refresh()
        elif isinstance(message, news.Trouble) and self.isVisible():
            self._stale = True
            what = " ".join(faults_words.fault(message.error))
            self.rows.stop()
            self.table.set_empty_text(what)

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._stale = False
        until = self._until
        self.table.set_empty_text(translate("Stock", "Reading …"))
        self.rows.begin(
            lambda reader, last, n: reader.documents.listed(until, last, n), self._arrived
        )

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Stock", "There is no document yet. Receiving and moves appear here.")
        )
        if self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, 0))

    def _day_entered(self) -> None:
        text = self.day.text().strip()
        day = parse_day(text)
        if text and day is None:
            self._say(translate("Stock", "✕ That is no day. Write 2026-01-31."))
            return
        self._until = day
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter opens the document under the keyboard."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.table.hasFocus():
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def open_chosen(self) -> None:
        """Enter: the lines and codes of the document under the keyboard."""
        document = self.rows.row(self.table.currentIndex().row())
        if document:
            self.open_document(document)
        else:
            self._say(translate("Stock", "✕ There is no document to open."))

    def open_document(self, document: DocumentRow) -> None:
        """Show a document's lines and codes."""
        self._open = document
        number = document.number
        self.codes.begin(lambda reader, last, n: reader.documents.codes(number, last, n))
        text = documents_words.movement(document.kind)
        self._say(f"{text} {number}")

    def export(self) -> None:
        """Ctrl+E: the acceptance record of the receiving under the keyboard, refusals included."""
        document = self.rows.row(self.table.currentIndex().row())
        if document is None or document.kind not in RECORDED:
            self._say(translate("Stock", "✕ Only a receiving or its refusal has a record."))
            return
        number = document.number

        def ask(numbers: list[str]) -> None:
            ask_record(self._desk, numbers or [number], self, self._exported)

        self._desk.asker.ask(lambda reader: reader.documents.receiving_of(number), ask)

    def meanings(self) -> Meanings:
        """Ctrl+S saves the goods of a document."""
        return {"Ctrl+S": self.save}

    def save(self) -> None:
        """Ctrl+S: the goods of the document under the keyboard, for an ERP or a sister store."""
        document = self.rows.row(self.table.currentIndex().row())
        if document is None:
            self._say(translate("Stock", "✕ There is no document to save."))
            return
        ask_goods(self._desk, document.number, document.kind, self, self._exported)

    def _exported(self, said: Said) -> None:
        self._say(f"{said.tone.sign} {said.evidence} {said.todo}".strip())

    def _say(self, text: str) -> None:
        self._note.setText(text)

    def post(self) -> None:
        """F8 does nothing here."""

    def second(self) -> None:
        """F6 does nothing here."""


def _document_cells(row: DocumentRow) -> tuple[str, ...]:
    return (
        f"{row.at:%Y-%m-%d %H:%M}",
        row.number,
        documents_words.movement(row.kind),
        str(row.boxes),
        row.party,
        row.reference,
        row.reason,
        row.operator,
    )


def _code_cells(row: DocumentCode) -> tuple[str, ...]:
    batch = row.batch
    return (
        row.name,
        batch.lot or "",
        batch.made.isoformat() if batch.made else "",
        batch.expiry.isoformat() if batch.expiry else "",
        str(row.quantity),
        spaced(row.code) if row.code else translate("Stock", "without code"),
        row.found_by or "",
    )
