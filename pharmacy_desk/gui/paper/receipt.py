"""Draw a composed receipt: on the screen, as PDF, as picture. The same rows a printer gets."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import barcode
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.paper.receipt import CELLS, Look, Row, width
from pharmacy_desk.gui.base import theme

# Millimetres. A cell on paper is 1.5 mm (12 dots at 203 dpi); rows stand 4 mm apart.
_CELL_MM, _ROW_MM, _MARGIN_MM = 1.5, 4.0, 2.5
_BARCODE_MM = 11.0
_PICTURE_DPI = 203  # a receipt printer's own resolution


def height_mm(rows: Sequence[Row]) -> float:
    """How long the paper is."""
    return sum(_row_mm(row) for row in rows) + 2 * _MARGIN_MM


def _row_mm(row: Row) -> float:
    if row.look is Look.BARCODE:
        return _BARCODE_MM + _ROW_MM
    return _ROW_MM * (1.7 if row.look is Look.TITLE else 0.6 if row.look is Look.RULE else 1)


def draw(painter: QPainter, rows: Sequence[Row], mm: int, dots_per_mm: float) -> None:
    """Draw the rows from the top left; one unit of the painter is one dot."""
    painter.setPen(QColor("black"))
    wide = CELLS[mm] * _CELL_MM
    left = (mm - wide) / 2
    top = _MARGIN_MM
    for row in rows:
        box = QRectF(left, top, wide, _row_mm(row))
        place = QRectF(
            box.x() * dots_per_mm,
            box.y() * dots_per_mm,
            box.width() * dots_per_mm,
            box.height() * dots_per_mm,
        )
        _draw_row(painter, row, place, dots_per_mm)
        top += _row_mm(row)


def _draw_row(painter: QPainter, row: Row, box: QRectF, scale: float) -> None:
    if row.look is Look.RULE:
        middle = box.center().y()
        painter.drawLine(int(box.left()), int(middle), int(box.right()), int(middle))
        return
    if row.look is Look.BARCODE:
        _draw_barcode(painter, row.text, box, scale)
        return
    title = row.look is Look.TITLE
    cell = _CELL_MM * scale * (2 if title else 1)
    painter.setFont(
        theme.font(max(6, round(cell * 1.9)), bold=row.look is not Look.PLAIN, mono=True)
    )
    x = box.left()
    if title:
        x += max(0.0, (box.width() - width(row.text) * cell) / 2)
    for ch in row.text:
        size = width(ch) * cell
        painter.drawText(
            QRectF(x - cell, box.top(), size + 2 * cell, box.height()),
            Qt.AlignmentFlag.AlignCenter,
            ch,
        )
        x += size


def _draw_barcode(painter: QPainter, text: str, box: QRectF, scale: float) -> None:
    modules = code128_modules(text)
    module = max(1, int(box.width() / (len(modules) + 20)))  # quiet zone: 10 modules each side
    x = box.left() + (box.width() - module * len(modules)) / 2
    bars = QRectF(x, box.top() + scale, module, (_BARCODE_MM - 2) * scale)
    for bit in modules:
        if bit == "1":
            painter.fillRect(bars, QColor("black"))
        bars.translate(module, 0)
    painter.setFont(theme.font(max(6, round(_CELL_MM * scale * 1.9)), mono=True))
    under = QRectF(box.left(), bars.bottom(), box.width(), _ROW_MM * scale)
    painter.drawText(under, Qt.AlignmentFlag.AlignCenter, text)


@cache
def code128_modules(text: str) -> str:
    """The bars of a Code 128 barcode as ones and zeros."""
    return str(barcode.get("code128", text).build()[0])


def picture(rows: Sequence[Row], mm: int, dpi: int = _PICTURE_DPI) -> QImage:
    """The receipt as a picture."""
    scale = dpi / 25.4
    image = QImage(round(mm * scale), round(height_mm(rows) * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    draw(painter, rows, mm, scale)
    painter.end()
    return image


def save_png(rows: Sequence[Row], mm: int, path: Path) -> None:
    """Write the receipt as PNG. Raises `WorldError` when the file cannot be written."""
    if not picture(rows, mm).save(str(path)):
        raise WorldError(Fault.PRINTER_FAILED, printer=str(path), detail="PNG")


def save_pdf(rows: Sequence[Row], mm: int, path: Path) -> None:
    """Write the receipt as PDF with real text. Raises `WorldError` when it cannot be written."""
    if not path.absolute().parent.is_dir():
        raise WorldError(Fault.PRINTER_FAILED, printer=str(path), detail="PDF")
    writer = QPdfWriter(str(path))
    dpi = 600
    writer.setResolution(dpi)
    size = QPageSize(QSizeF(mm, height_mm(rows)), QPageSize.Unit.Millimeter, "receipt")
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(writer):
        raise WorldError(Fault.PRINTER_FAILED, printer=str(path), detail="PDF")
    draw(painter, rows, mm, dpi / 25.4)
    painter.end()
