"""销售单: every paid sale by day, receipt, drug, clerk, code and way of paying."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sales_list import COLUMNS, SalesFilter, SoldRow
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.days import DayRange, no_day
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import Combo, button, plain
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import payment as payment_words

# A pause in typing; the list is asked anew after it.
_PAUSE_MS = 200
# A year of a busy store with three counters; a spreadsheet holds ten times as many.
_MOST_SAVED = 100_000
_ROW_HEIGHT = 42


class SalesPage(QWidget):
    """`wanted` tells which receipt is to be opened."""

    wanted = Signal(str)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.text = QLineEdit()
        self.text.setPlaceholderText(translate("Sales", "drug, receipt, trace code or clerk"))
        self.text.setMaxLength(100)
        self.days = DayRange()
        self.first, self.last = self.days.first, self.days.last
        self.first.setText(desk.now().date().isoformat())
        self.payment = Combo()
        self.payment.addItem(translate("Sales", "every payment"), None)
        for kind in PaymentKind:
            self.payment.addItem(payment_words.payment(kind), kind)
        self._note = plain(quiet=True)
        self.rows: PagedRows[SoldRow] = PagedRows(
            desk.asker,
            [
                translate("Sales", "When"),
                translate("Sales", "Receipt"),
                translate("Sales", "Drugs"),
                translate("Sales", "Codes"),
                translate("Sales", "Payment"),
                translate("Sales", "Amount"),
                translate("Sales", "Clerk"),
                translate("Sales", "Counter"),
                translate("Sales", "Returned"),
            ],
            _cells,
            lambda row: theme.UNSURE if row.back else None,
        )
        self.table = TableView("", 2)
        self.table.show_model(self.rows, (120, 170, 260, 60, 120, 100, 90, 76, 90))
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.table.doubleClicked.connect(lambda index: self.open_row(index.row()))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        for field in (self.text, self.first, self.last):
            field.textChanged.connect(lambda _: self._pause.start())
            field.installEventFilter(self)
        self.payment.currentIndexChanged.connect(lambda _: self.refresh())
        self.table.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.text, 1)
        head.addWidget(self.days)
        head.addWidget(self.payment)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        for words, action in (
            (translate("Sales", "Open (Enter)"), self.open_current),
            (translate("Sales", "Print again (Ctrl+P)"), self.print_again),
            (translate("Sales", "Return (F6)"), self.open_current),
            (translate("Sales", "Save as a file (Ctrl+S)"), self.ask_file),
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
        layout.addLayout(foot)

    # --- reading --------------------------------------------------------------------------

    def filter(self) -> SalesFilter | None:
        """What the fields say; None while a day is no day."""
        days = self.days.days()
        if days is None:
            return None
        first, last = days
        paid = self.payment.currentData()  # Qt makes plain text of it
        payment = PaymentKind(paid) if paid else None
        return SalesFilter(self.text.text().strip(), first, last, payment)

    def shown(self) -> None:
        """The page comes to the front."""
        if self._stale:
            self.refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self) -> None:
        """A sale was paid or came back: the list is read anew when somebody looks."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._pause.stop()
        wanted = self.filter()
        if wanted is None:
            self._note.setText(no_day())
            return
        self._stale = False
        self.table.set_empty_text(translate("Sales", "Reading …"))
        self.rows.begin(lambda reader, last, n: reader.sales.listed(wanted, last, n), self._arrived)
        self._desk.asker.ask(lambda reader: reader.sales.listed_sum(wanted), self._counted)

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Sales", "No sale fits. Empty the first day to look at all days.")
        )
        if self.rows.rowCount():
            self.table.selectRow(0)

    def _counted(self, found: tuple[int, int, int]) -> None:
        count, total_fen, back_fen = found
        words = translate("Sales", "%1 sales · ¥%2 · the newest first")
        told = words.replace("%1", str(count)).replace("%2", yuan(total_fen))
        if back_fen:
            told += translate("Sales", " · ¥%1 of it returned").replace("%1", yuan(back_fen))
        self._note.setText(told)

    # --- what is done with a sale ---------------------------------------------------------

    def open_row(self, row: int) -> None:
        """Open the receipt of a row."""
        sold = self.rows.row(row)
        if sold is not None:
            self.wanted.emit(sold.number)

    def open_current(self) -> None:
        """Enter and F6: the receipt under the keyboard."""
        self.open_row(self.table.currentIndex().row())

    def print_again(self) -> None:
        """Ctrl+P: the receipt under the keyboard again, marked as a copy."""
        sold = self.rows.row(self.table.currentIndex().row())
        if sold is not None:
            self._desk.wishes.print_again(sold.number)

    def ask_file(self) -> None:
        """Ctrl+S: all sales that fit, not only those on the screen, XLSX or CSV by the name."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate("Sales", "Sales"),
            f"销售单-{self._desk.now():%Y%m%d}.xlsx",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the list to a file."""
        wanted = self.filter()
        if wanted is None:
            return
        known = path.suffix.lower() in (".xlsx", ".csv")
        path = path if known else path.with_name(path.name + ".xlsx")

        def write(found: list[SoldRow]) -> None:
            table = [COLUMNS, *(row.cells() for row in found)]
            self._desk.stock.files.save_table(
                path, "销售单", table, lambda answer: self._saved(answer, path, len(found))
            )

        self._desk.asker.ask(lambda reader: reader.sales.listed(wanted, None, _MOST_SAVED), write)

    def _saved(self, answer: object, path: Path, count: int) -> None:
        if isinstance(answer, WorldError):
            self._note.setText("✕ " + " ".join(faults_words.fault(answer)))
            return
        words = translate("Sales", "✓ %1 sales saved: %2")
        self._note.setText(words.replace("%1", str(count)).replace("%2", path.name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: Enter opens, Down leaves the fields for the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.table:
                self.open_current()
            else:
                self.refresh()
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Down and watched is not self.table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True


def _cells(row: SoldRow) -> tuple[str, ...]:
    more = translate("Sales", " and %1 more").replace("%1", str(row.drugs - 1))
    back = translate("Sales", "%1 back").replace("%1", str(row.back))
    price = translate("Sales", " · price changed")
    return (
        f"{row.paid_at:%m-%d %H:%M}",
        row.number,
        row.drug + (more if row.drugs > 1 else "") + (price if row.repriced else ""),
        str(row.codes),
        payment_words.payment(row.payment),
        f"¥{yuan(row.total_fen)}",
        row.operator,
        row.counter,
        back if row.back else "",
    )
