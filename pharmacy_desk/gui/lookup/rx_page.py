"""处方登记: kept prescriptions by day, number, drug and prescriber; what is sealed on demand."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_desk.core.people.people import Right
from pharmacy_desk.core.sale.rx_list import COLUMNS, RxFilter, RxRow
from pharmacy_desk.counter.answers import RxAnswer, RxDid, SaleAnswer
from pharmacy_desk.counter.people.answers import RightAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.lookup.list_page import MOST_SAVED, ListPage
from pharmacy_desk.gui.widgets.parts import plain

# The opened picture beside the list: a sheet is readable, the list still has rows.
_PICTURE_PX = 260


class RxListPage(ListPage[RxRow, RxFilter]):
    """The list, and below it what was opened of the row in front."""

    file_title = "处方登记"

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            hint=translate("Rx", "prescription number, drug, institution or prescriber"),
            columns=[
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
            cells=_cells,
            tone=lambda row: theme.UNSURE if row.left and row.receipts else None,
            widths=(110, 150, 120, 170, 100, 210, 60, 160, 80),
            wide=5,
            parent=parent,
        )
        self.opened = plain(bold=True)
        self.picture = QLabel()
        self.picture.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._shut())
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.text, 1)
        head.addWidget(self.days)
        foot, _ = self.keys(
            (translate("Rx", "Receipt (Enter)"), self.open_current),
            (translate("Rx", "Diagnosis and picture (F8)"), self.open_sealed),
            (translate("Rx", "Save as a file (Ctrl+S)"), self.ask_file),
        )
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

    def filter(self) -> RxFilter | None:
        """What the fields say; None while a day is no day."""
        days = self.days.days()
        return RxFilter(self.text.text().strip(), *days) if days else None

    def read(self, wanted: RxFilter) -> None:
        """Ask for the prescriptions that fit; what was opened is of a row no longer in front."""
        self._shut()
        none = translate("Rx", "No prescription fits. At the checkout Ctrl+Q keeps one.")
        self.rows.begin(
            lambda reader, last, n: reader.sales.prescriptions.listed(wanted, last, n),
            lambda: self.arrived(none),
        )
        self._desk.asker.ask(
            lambda reader: reader.sales.prescriptions.listed_count(wanted), self._counted
        )

    def _counted(self, count: int) -> None:
        words = translate("Rx", "%1 prescriptions · the newest first")
        self.note.setText(words.replace("%1", str(count)))

    # --- what is done with one ------------------------------------------------------------

    @property
    def _chosen(self) -> RxRow | None:
        return self.rows.row(self.table.currentIndex().row())

    def open_current(self) -> None:
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
        self.ask_file_named(translate("Rx", "Prescriptions"))

    def save(self, path: Path) -> None:
        """Write the list to a file once a manager works here or has said yes."""
        wanted = self.filter()
        if wanted is None:
            return

        def decided(answer: RightAnswer) -> None:
            if answer.allowed:
                self._write(path, wanted)
            else:
                self.note.setText(translate("Rx", "✕ Not saved: nobody has allowed it."))

        self._desk.bridge.follow(self._desk.wishes.people.need(Right.REGISTER), decided)

    def _write(self, path: Path, wanted: RxFilter) -> None:
        words = translate("Rx", "✓ %1 prescriptions saved: %2")

        def write(found: list[RxRow]) -> None:
            self.write(path, [COLUMNS, *(row.cells() for row in found)], words)

        self._desk.asker.ask(
            lambda reader: reader.sales.prescriptions.listed(wanted, None, MOST_SAVED), write
        )


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
