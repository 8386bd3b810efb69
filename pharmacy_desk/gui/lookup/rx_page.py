"""处方登记: kept prescriptions by day, number, drug and prescriber; what is sealed on demand."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.people.people import Right
from pharmacy_desk.core.sale.rx_list import COLUMNS, RxFilter, RxRow
from pharmacy_desk.counter.answers import RxAnswer, RxDid, SaleAnswer
from pharmacy_desk.counter.people.answers import RightAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.widgets.days import DayRange, no_day
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

_PAUSE_MS = 200
_MOST_SAVED = 100_000
# The opened picture beside the list: a sheet is readable, the list still has rows.
_PICTURE_PX = 260


class RxListPage(QWidget):
    """`wanted` tells which receipt is to be opened."""

    wanted = Signal(str)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.text = QLineEdit()
        self.text.setPlaceholderText(
            translate("Rx", "prescription number, drug, institution or prescriber")
        )
        self.text.setMaxLength(100)
        self.days = DayRange()
        self._note, self.opened = plain(quiet=True), plain(bold=True)
        self.picture = QLabel()
        self.picture.hide()
        self.rows: PagedRows[RxRow] = PagedRows(
            desk.asker,
            [
                translate("Rx", "Kept at"),
                translate("Rx", "Number"),
                translate("Rx", "Written on"),
                translate("Rx", "Institution"),
                translate("Rx", "Prescriber"),
                translate("Rx", "Drugs"),
                translate("Rx", "Left"),
                translate("Rx", "Receipt"),
                translate("Rx", "Sealed"),
            ],
            _cells,
            lambda row: theme.UNSURE if row.left and row.receipts else None,
        )
        self.table = TableView("", 5)
        self.table.show_model(self.rows, (110, 150, 120, 170, 100, 210, 60, 160, 80))
        self.table.doubleClicked.connect(lambda _: self.open_receipt())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._shut())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.text.textChanged.connect(lambda _: self._pause.start())
        self.days.changed.connect(self._pause.start)
        for part in (self.text, self.table):
            part.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.text, 1)
        head.addWidget(self.days)
        foot.addWidget(self._note, 1)
        for words, action in (
            (translate("Rx", "Receipt (Enter)"), self.open_receipt),
            (translate("Rx", "Diagnosis and picture (F8)"), self.open_sealed),
            (translate("Rx", "Save as a file (Ctrl+S)"), self.ask_file),
        ):
            made = button(words, action)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setMinimumHeight(44)
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.opened)
        layout.addWidget(self.picture)
        layout.addLayout(foot)

    def meanings(self) -> Meanings:
        """F8 opens what is sealed, Ctrl+S saves the list."""
        return {"F8": self.open_sealed, "Ctrl+S": self.ask_file}

    def shown(self) -> None:
        """The page comes to the front."""
        if self._stale:
            self.refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self) -> None:
        """A sale was paid: the list is read anew when somebody looks."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def filter(self) -> RxFilter | None:
        """What the fields say; None while a day is no day."""
        days = self.days.days()
        return RxFilter(self.text.text().strip(), *days) if days else None

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._pause.stop()
        wanted = self.filter()
        if wanted is None:
            self._note.setText(no_day())
            return
        self._stale = False
        self._shut()
        self.table.set_empty_text(translate("Rx", "Reading …"))
        self.rows.begin(
            lambda reader, last, n: reader.sales.prescriptions.listed(wanted, last, n),
            self._arrived,
        )
        self._desk.asker.ask(
            lambda reader: reader.sales.prescriptions.listed_count(wanted), self._counted
        )

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Rx", "No prescription fits. At the checkout Ctrl+Q keeps one.")
        )
        if self.rows.rowCount():
            self.table.selectRow(0)

    def _counted(self, count: int) -> None:
        words = translate("Rx", "%1 prescriptions · the newest first")
        self._note.setText(words.replace("%1", str(count)))

    # --- what is done with one ------------------------------------------------------------

    @property
    def _chosen(self) -> RxRow | None:
        return self.rows.row(self.table.currentIndex().row())

    def open_receipt(self) -> None:
        """Enter: the newest receipt that took of it."""
        row = self._chosen
        if row and row.receipts:
            self.wanted.emit(row.receipts[-1])

    def open_sealed(self) -> None:
        """F8: diagnosis and picture; that they were opened, and by whom, is an event."""
        row = self._chosen
        if row is None:
            return
        sealed = row.prescription.sealed
        if not sealed:
            self.opened.setText(translate("Rx", "Nothing was sealed with this prescription."))
            return
        self._desk.bridge.follow(self._desk.wishes.rx.open_sealed(sealed), self._show_opened)

    def _show_opened(self, answer: RxAnswer | SaleAnswer) -> None:
        if not isinstance(answer, RxAnswer) or answer.what is not RxDid.OPENED:
            self.opened.setText(translate("Rx", "✕ Not opened: it was dropped, or we are locked."))
            return
        held = answer.opened or {}
        told = str(held.get("diagnosis", "")) or translate("Rx", "not told")
        self.opened.setText(translate("Rx", "Diagnosis: %1").replace("%1", told))
        data, shown = held.get("picture"), QPixmap()
        if isinstance(data, bytes) and shown.loadFromData(data):
            self.picture.setPixmap(
                shown.scaledToHeight(_PICTURE_PX, Qt.TransformationMode.SmoothTransformation)
            )
            self.picture.show()

    def _shut(self) -> None:
        """Another row is in front: what was opened is not seen any more."""
        self.opened.clear()
        self.picture.clear()
        self.picture.hide()

    def ask_file(self) -> None:
        """Ctrl+S: all that fit, without what is sealed; who may not needs a manager's yes."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate("Rx", "Prescriptions"),
            f"处方登记-{self._desk.now():%Y%m%d}.xlsx",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the list to a file once a manager works here or has said yes."""
        wanted = self.filter()
        if wanted is None:
            return
        known = path.suffix.lower() in (".xlsx", ".csv")
        path = path if known else path.with_name(path.name + ".xlsx")

        def decided(answer: RightAnswer) -> None:
            if answer.allowed:
                self._write(path, wanted)
            else:
                self._note.setText(translate("Rx", "✕ Not saved: nobody has allowed it."))

        self._desk.bridge.follow(self._desk.wishes.need(Right.REGISTER), decided)

    def _write(self, path: Path, wanted: RxFilter) -> None:
        def write(found: list[RxRow]) -> None:
            table = [COLUMNS, *(row.cells() for row in found)]
            self._desk.stock.files.save_table(
                path, "处方登记", table, lambda answer: self._saved(answer, path, len(found))
            )

        self._desk.asker.ask(
            lambda reader: reader.sales.prescriptions.listed(wanted, None, _MOST_SAVED), write
        )

    def _saved(self, answer: object, path: Path, count: int) -> None:
        if isinstance(answer, WorldError):
            self._note.setText("✕ " + " ".join(faults_words.fault(answer)))
            return
        words = translate("Rx", "✓ %1 prescriptions saved: %2")
        self._note.setText(words.replace("%1", str(count)).replace("%2", path.name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: Enter opens, Down leaves the field for the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and watched is self.table:
            self.open_receipt()
        elif enter or (event.key() == Qt.Key.Key_Down and watched is self.text):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True


def _cells(row: RxRow) -> tuple[str, ...]:
    known = row.prescription
    electronic = translate("Rx", "electronic")
    return (
        f"{row.at:%m-%d %H:%M}",
        f"{known.number} · {electronic}" if known.electronic else known.number,
        known.issued.isoformat(),
        known.institution,
        known.prescriber,
        row.drugs,
        str(row.left),
        row.receipts[-1] if row.receipts else "",
        translate("Rx", "sealed") if known.sealed else "",
    )
