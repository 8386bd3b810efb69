"""The receipt on the screen, as it is on paper; saved as PDF from here."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.paper.receipt import Row
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.paper.press import composed
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button

# Screen pixels for a millimetre of paper: 80 mm become 480 px, readable at arm's length.
_PX_PER_MM = 6.0


class ReceiptPreview(QDialog):
    """Not modal: the counter sells on behind it, and scans reach the sale."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: tuple[Row, ...] = ()
        self._number = ""
        self.setWindowTitle(translate("Receipt", "Receipt"))
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._picture)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(translate("Receipt", "Save as PDF…"), self._save))
        row.addWidget(button(translate("Receipt", "Print again"), self._print, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)
        self.resize(540, 640)

    def show_number(self, number: str | None) -> None:
        """Show the receipt of a paid sale."""
        if number:
            self._desk.asker.ask(lambda reader: reader.sales.sale(number), self._show_sale)

    def _show_sale(self, sale: Sale | None) -> None:
        if sale is None or sale.paid_at is None:
            return
        settings = self._desk.settings()
        mm = settings.number("receipt.width_mm")
        self._number = sale.number
        self._rows = composed(sale, settings, mm, self._desk.receipt_words, reprint=False)
        ratio = self.devicePixelRatioF()
        image = self._desk.paper().picture(self._rows, mm, round(_PX_PER_MM * 25.4 * ratio))
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self.show()
        self.raise_()

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, translate("Receipt", "Save as PDF…"), f"{self._number}.pdf", "PDF (*.pdf)"
        )
        if name:
            from_settings = self._desk.settings().number("receipt.width_mm")
            self._desk.paper().save_pdf(self._rows, from_settings, Path(name))

    def _print(self) -> None:
        self._desk.wishes.print_again(self._number)
