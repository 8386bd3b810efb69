"""Draw the scanner test card: one A4 page, as PDF or as picture, from the same painter."""

from pathlib import Path

import numpy as np
import zxingcpp
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from zxingcpp import BarcodeFormat

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.scan import visible
from pharmacy_desk.core.scanning.test_card import CARD, CardLine, Carrier, Proof, gs1_elements
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate

# Millimetres of an A4 page.
PAGE_MM = (210.0, 297.0)
_MARGIN_MM, _HEAD_MM, _ROW_MM, _TEXT_MM = 14.0, 38.0, 31.0, 90.0
# Two lines of words, then the payload.
_WORDS_MM = 11.0
# 0.33 mm is the usual X dimension of labels, 0.5 mm of small matrix symbols that phones read too;
# at 300 dpi both are at least the 3.9 dots a camera wants (facts on codes, 4.1).
_BAR_MM, _DOT_MM, _HEIGHT_MM = 0.33, 0.5, 13.0
# Between the two symbols that stand close: more than the quiet zone of 10 modules, no more.
_CLOSE_MM = 4.0
_FORMATS = {
    Carrier.CODE_128: BarcodeFormat.Code128,
    Carrier.DATA_MATRIX: BarcodeFormat.DataMatrix,
    Carrier.GS1_DATA_MATRIX: BarcodeFormat.DataMatrix,
    Carrier.QR: BarcodeFormat.QRCode,
}


@dataclass(frozen=True, slots=True)
class _Pen:
    """A painter whose unit is a dot, told in millimetres."""

    painter: QPainter
    dots_per_mm: float

    def box(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle of the page in dots."""
        dots = self.dots_per_mm
        return QRectF(x * dots, y * dots, width * dots, height * dots)

    def text(self, box: QRectF, text: str, mm: float, *, mono: bool = False) -> None:
        """Plain text of a size in millimetres, wrapped into a box of dots."""
        self.painter.setFont(theme.font(max(1, round(mm * self.dots_per_mm)), mono=mono))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        wrap = Qt.TextFlag.TextWrapAnywhere if mono else Qt.TextFlag.TextWordWrap
        self.painter.drawText(box, int(flags) | int(wrap), text)


def draw(painter: QPainter, dots_per_mm: float) -> None:
    """Draw the page; one unit of the painter is one dot."""
    pen = _Pen(painter, dots_per_mm)
    painter.setPen(QColor("black"))
    wide = PAGE_MM[0] - 2 * _MARGIN_MM
    pen.text(pen.box(_MARGIN_MM, 12, wide, 10), translate("TestCard", "Scanner test card"), 7)
    how = translate(
        "TestCard",
        "Print at 100 %. Scan each symbol once; what the program shows must be what is printed"
        " beside it. These codes belong to no drug.",
    )
    pen.text(pen.box(_MARGIN_MM, 23, wide, 10), how, 3.2)
    top = _HEAD_MM
    for line in CARD:
        _draw_line(pen, line, top)
        close = line.proof is Proof.FIRST_OF_TWO
        top += _HEIGHT_MM + _CLOSE_MM if close else _ROW_MM


def _draw_line(pen: _Pen, line: CardLine, top: float) -> None:
    _draw_symbol(pen, line, _MARGIN_MM, top)
    left = PAGE_MM[0] - _MARGIN_MM - _TEXT_MM
    pen.text(pen.box(left, top, _TEXT_MM, _WORDS_MM), proof_text(line.proof), 3.4)
    shown = visible(line.payload, len(line.payload))
    pen.text(pen.box(left, top + _WORDS_MM, _TEXT_MM, _ROW_MM - _WORDS_MM), shown, 2.4, mono=True)


def _draw_symbol(pen: _Pen, line: CardLine, left: float, top: float) -> None:
    """The symbol with whole dots for every module: a printer's half dots blur narrow bars."""
    linear = line.carrier is Carrier.CODE_128
    module = max(1, round((_BAR_MM if linear else _DOT_MM) * pen.dots_per_mm))
    symbol = _symbol(line)
    grid = np.array(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
    high = _HEIGHT_MM * pen.dots_per_mm if linear else module
    box = pen.box(left, top, 0, 0)
    x, y = round(box.x()), round(box.y())
    for row, column in np.argwhere((grid[:1] if linear else grid) == 0).tolist():
        spot = QRectF(x + column * module, y + row * module, module, high)
        pen.painter.fillRect(spot, QColor("black"))


def _symbol(line: CardLine) -> zxingcpp.Barcode:
    form = _FORMATS[line.carrier]
    if line.carrier is Carrier.GS1_DATA_MATRIX:
        # A square symbol: readers name rectangular ones by another AIM id (facts, 1.4).
        return zxingcpp.create_barcode(gs1_elements(line.payload), form, gs1=True, forceSquare=True)
    if line.carrier is Carrier.DATA_MATRIX:
        return zxingcpp.create_barcode(line.payload, form, forceSquare=True)
    return zxingcpp.create_barcode(line.payload, form)


def picture(dpi: int = 300) -> QImage:
    """The page as a picture."""
    dots = dpi / 25.4
    size = round(PAGE_MM[0] * dots), round(PAGE_MM[1] * dots)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setDotsPerMeterX(round(dots * 1000))
    image.setDotsPerMeterY(round(dots * 1000))
    painter = QPainter(image)
    draw(painter, dots)
    painter.end()
    return image


def save_pdf(path: Path) -> None:
    """Write the page as PDF. Raises `WorldError` when it cannot be written."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    writer = QPdfWriter(str(path))
    dpi = 600
    writer.setResolution(dpi)
    writer.setTitle(translate("TestCard", "Scanner test card"))
    size = QPageSize(QSizeF(*PAGE_MM), QPageSize.Unit.Millimeter, "A4")
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(writer):
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    draw(painter, dpi / 25.4)
    painter.end()


def proof_text(proof: Proof) -> str:
    """What a line proves, in words."""
    return {
        Proof.PLAIN: translate("TestCard", "A trace code of 20 digits: the scanner reads at all."),
        Proof.ZEROS: translate("TestCard", "Eighteen zeros in a row: no key is lost or shortened."),
        Proof.SEPARATOR: translate(
            "TestCard", "GS1 DataMatrix: the separator GS (shown as \\x1D) comes through."
        ),
        Proof.CASE: translate(
            "TestCard", "Capital and small letters and signs: keyboard layout and Caps Lock."
        ),
        Proof.LONG: translate("TestCard", "A long DataMatrix: nothing is cut off."),
        Proof.QR: translate("TestCard", "The same kind of code as QR."),
        Proof.FIRST_OF_TWO: translate(
            "TestCard", "Two codes close together: each scan gives one of them."
        ),
        Proof.SECOND_OF_TWO: translate("TestCard", "The second of the two."),
    }[proof]
