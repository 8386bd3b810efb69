"""销售单: every paid sale by day, receipt, drug, clerk, code and way of paying.

Ctrl+E turns to the sums of what is filtered, by day, clerk, drug and way of paying, and back.
"""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.sale import SaleOrigin
from pharmacy_desk.core.sale.sales_list import (
    COLUMNS,
    SUM_TITLES,
    SalesFilter,
    SalesSum,
    SoldRow,
    SumBy,
    sum_columns,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.lookup.list_page import MOST_SAVED, ListPage
from pharmacy_desk.gui.widgets.parts import Combo
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import payment as payment_words

_ROW_HEIGHT = 42


class SalesPage(ListPage[SoldRow, SalesFilter]):
    """The list, with the sums that are shown in its place."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            hint=translate("Sales", "drug, receipt, trace code or clerk"),
            columns=[
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
            cells=_cells,
            tone=lambda row: theme.UNSURE if row.back else None,
            widths=(120, 170, 260, 60, 120, 100, 90, 76, 90),
            wide=2,
            since=desk.now().date(),
            parent=parent,
        )
        self._count = (0, 0, 0)
        self.first, self.last = self.days.first, self.days.last
        self.payment = Combo()
        self.payment.addItem(translate("Sales", "every payment"), None)
        for kind in PaymentKind:
            self.payment.addItem(payment_words.payment(kind), kind)
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        # Sums are shown in place of the list; None is the list itself.
        self.by: SumBy | None = None
        self.sums: Rows[SalesSum] = Rows(_sum_heads(), self._sum_cells)
        self.sum_table = TableView(translate("Sales", "No sale fits these fields."), 0)
        self.sum_table.show_model(self.sums, (360, 90, 90, 110, 130, 130, 130))
        self.sum_table.hide()
        self.view = Combo()
        self.view.addItem(translate("Sales", "list of sales"), None)
        for by in SumBy:
            self.view.addItem(_by_words(by), by)
        self.view.setToolTip("Ctrl+E")
        self.view.currentIndexChanged.connect(lambda _: self._turn())
        self._of_list: list[QPushButton] = []
        self.payment.currentIndexChanged.connect(lambda _: self.refresh())
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.text, 1)
        head.addWidget(self.days)
        head.addWidget(self.payment)
        head.addWidget(self.view)
        foot, made = self.keys(
            (translate("Sales", "Sums (Ctrl+E)"), self.turn),
            (translate("Sales", "Open (Enter)"), self.open_current),
            (translate("Sales", "Print again (Ctrl+P)"), self.print_again),
            (translate("Sales", "Return (F6)"), self.open_current),
            (translate("Sales", "Save as a file (Ctrl+S)"), self.ask_file),
        )
        self._of_list = made[1:-1]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.sum_table, 1)
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

    def read(self, wanted: SalesFilter) -> None:
        """Ask for the sales that fit, what they come to, and the sums where those are shown."""
        none = translate("Sales", "No sale fits. Empty the first day to look at all days.")
        self.rows.begin(
            lambda reader, last, n: reader.sales.listed(wanted, last, n),
            lambda: self.arrived(none),
        )
        self._desk.asker.ask(lambda reader: reader.sales.listed_sum(wanted), self._counted)
        self._refresh_sums(wanted)

    # --- sums -----------------------------------------------------------------------------

    def turn(self) -> None:
        """Ctrl+E: the next sums, after the last of them the list again."""
        self.view.setCurrentIndex((self.view.currentIndex() + 1) % self.view.count())

    def _turn(self) -> None:
        """Show the list, or sums in its place; what is done with a sale waits for the list."""
        chosen = self.view.currentData()  # Qt makes plain text of it
        self.by = SumBy(chosen) if chosen else None
        self.table.setVisible(self.by is None)
        self.sum_table.setVisible(self.by is not None)
        for one in self._of_list:
            one.setEnabled(self.by is None)
        self.sums.show([])
        self._tell_count()
        wanted = self.filter()
        if wanted is not None:
            self._refresh_sums(wanted)

    def _refresh_sums(self, wanted: SalesFilter) -> None:
        by = self.by
        if by is None:
            return

        def show(found: list[SalesSum]) -> None:
            if self.by is by:
                self.sums.show(found)

        self._desk.asker.ask(lambda reader: reader.sales.sums(wanted, by), show)

    def _sum_cells(self, one: SalesSum) -> tuple[str, ...]:
        name = one.name or one.key
        if self.by is SumBy.PAYMENT:
            name = payment_words.payment(PaymentKind(one.key))
        return (
            name,
            str(one.sales),
            str(one.boxes),
            str(one.units) if one.units else "",
            f"¥{yuan(one.total_fen)}",
            f"¥{yuan(one.back_fen)}" if one.back_fen else "",
            f"¥{yuan(one.net_fen)}",
        )

    # --- the list -------------------------------------------------------------------------

    def _counted(self, found: tuple[int, int, int]) -> None:
        self._count = found
        self._tell_count()

    def _tell_count(self) -> None:
        """How many and how much; in which order only beside the list, sums have their own."""
        count, total_fen, back_fen = self._count
        words = translate("Sales", "%1 sales · ¥%2 · the newest first")
        if self.by:
            words = translate("Sales", "%1 sales · ¥%2")
        told = words.replace("%1", str(count)).replace("%2", yuan(total_fen))
        if back_fen:
            told += translate("Sales", " · ¥%1 of it returned").replace("%1", yuan(back_fen))
        self.note.setText(told)

    # --- what is done with a sale ---------------------------------------------------------

    def open_current(self) -> None:
        """Enter and F6: the receipt under the keyboard."""
        sold = self._chosen
        if sold is not None:
            self.wanted.emit(sold.number)

    @property
    def _chosen(self) -> SoldRow | None:
        return self.rows.row(self.table.currentIndex().row()) if self.by is None else None

    def print_again(self) -> None:
        """Ctrl+P: the receipt under the keyboard again, marked as a copy."""
        sold = self._chosen
        if sold is not None:
            self._desk.wishes.print_again(sold.number)

    def ask_file(self) -> None:
        """Ctrl+S: all sales that fit, or their sums where they are shown, XLSX or CSV by name."""
        self.ask_file_named(translate("Sales", "Sales"))

    @property
    def file_title(self) -> str:
        """What a file of what is shown is called."""
        return f"销售单{SUM_TITLES[self.by]}" if self.by else "销售单"

    def save(self, path: Path) -> None:
        """Write what is shown to a file: the list, or the sums."""
        wanted, by = self.filter(), self.by
        if wanted is None:
            return
        words = translate("Sales", "✓ %1 sales saved: %2")
        if by:
            words = translate("Sales", "✓ %1 rows of sums saved: %2")

        def read(reader: LedgerReading) -> list[tuple[str, ...]]:
            if by:
                sums = reader.sales.sums(wanted, by)
                return [sum_columns(by), *(one.cells(by) for one in sums)]
            listed = reader.sales.listed(wanted, None, MOST_SAVED)
            return [COLUMNS, *(row.cells() for row in listed)]

        self._desk.asker.ask(read, lambda table: self.write(path, table, words))

    @property
    def in_front(self) -> QWidget:
        """The list, or the sums in its place."""
        return self.table if self.by is None else self.sum_table


def _by_words(by: SumBy) -> str:
    return {
        SumBy.DAY: translate("Sales", "sums by day"),
        SumBy.CLERK: translate("Sales", "sums by clerk"),
        SumBy.DRUG: translate("Sales", "sums by drug"),
        SumBy.PAYMENT: translate("Sales", "sums by payment"),
    }[by]


def _sum_heads() -> list[str]:
    return [
        translate("Sales", "Summed by"),
        translate("Sales", "Number of sales"),
        translate("Sales", "Boxes"),
        translate("Sales", "Units"),
        translate("Sales", "Amount"),
        translate("Sales", "Given back"),
        translate("Sales", "Stays sold"),
    ]


def _cells(row: SoldRow) -> tuple[str, ...]:
    more = translate("Sales", " and %1 more").replace("%1", str(row.drugs - 1))
    back = translate("Sales", "%1 back").replace("%1", str(row.back))
    price = translate("Sales", " · price changed")
    till = translate("Sales", " · till %1").replace("%1", row.ticket)
    return (
        f"{row.paid_at:%m-%d %H:%M}",
        row.number,
        row.drug
        + (more if row.drugs > 1 else "")
        + (price if row.repriced else "")
        + (till.rstrip() if row.origin is SaleOrigin.TILL else ""),
        str(row.codes),
        payment_words.payment(row.payment),
        f"¥{yuan(row.total_fen)}",
        row.operator,
        row.counter,
        back if row.back else "",
    )
