"""A table on A4 paper, as PDF or as picture: records that are kept, signed and shown.

Every cell shows its whole text: it is wrapped, then set smaller until it fits its box.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate

# Millimetres of the page and on it.
_LONG, _SHORT, _MARGIN = 297.0, 210.0, 12.0
_TITLE, _FACT, _HEAD, _FOOT = 10.0, 5.5, 8.0, 7.0
_PADDING = 1.0
# Characters of 3.4 mm read well at arm's length; below 1.6 mm nobody reads them.
_TITLE_MM, _FACT_MM, _TEXT_MM, _LEAST_MM, _STEP_MM = 6.0, 3.6, 3.4, 1.6, 0.2
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(
    Qt.TextFlag.TextWrapAnywhere
)
# Fine enough for Chinese of 1.6 mm, and what every office printer does.
_PDF_DPI, _PICTURE_DPI = 600, 150


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for paper. `columns` are heads with their widths in mm, together one page wide.

    `facts` stand under the title. `per_page` rows stand on a page, each as high as all others;
    with `filled` the last page's empty rows are drawn too, to be written on by hand.
    """

    title: str
    facts: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[str]]
    per_page: int
    foot: str = ""
    landscape: bool = False
    filled: bool = False

    @property
    def pages(self) -> int:
        """How many pages it takes; an empty table takes one."""
        return max(1, -(-len(self.rows) // self.per_page))

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of a page."""
        return (_LONG, _SHORT) if self.landscape else (_SHORT, _LONG)


@dataclass(frozen=True, slots=True)
class _Pen:
    """A painter whose unit is a dot, told in millimetres."""

    painter: QPainter
    dots: float

    def box(self, left: float, top: float, wide: float, high: float) -> QRectF:
        """A rectangle of the page in dots."""
        dots = self.dots
        return QRectF(left * dots, top * dots, wide * dots, high * dots)

    def text(self, box: QRectF, text: str, mm: float, flags: int, *, bold: bool = False) -> None:
        """Plain text in its box, smaller where it would not fit otherwise."""
        size = mm
        while True:
            font = theme.font(max(1, round(size * self.dots)), bold=bold)
            # The painter's device tells the true size of a font on paper.
            needs = QFontMetricsF(font, self.painter.device()).boundingRect(box, flags, text)
            fits = needs.height() <= box.height() and needs.width() <= box.width()
            if fits or size <= _LEAST_MM:
                break
            size -= _STEP_MM
        self.painter.setFont(font)
        self.painter.drawText(box, flags, text)

    def frame(self, box: QRectF) -> None:
        """The edge of a cell."""
        self.painter.drawRect(box)


def draw(painter: QPainter, sheet: Sheet, page: int, dots_per_mm: float) -> None:
    """Draw one page, counted from 0; one unit of the painter is one dot."""
    pen = _Pen(painter, dots_per_mm)
    painter.setPen(QColor("black"))
    wide, high = sheet.size_mm
    inner = wide - 2 * _MARGIN
    middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    top = _MARGIN
    pen.text(pen.box(_MARGIN, top, inner, _TITLE), sheet.title, _TITLE_MM, middle, bold=True)
    top += _TITLE
    for fact in sheet.facts:
        pen.text(pen.box(_MARGIN, top, inner, _FACT), fact, _FACT_MM, _WRAP)
        top += _FACT
    top += 1.0
    low = high - _MARGIN - _FOOT
    _draw_rows(pen, sheet, page, top, low)
    pen.text(pen.box(_MARGIN, low, inner, _FOOT), sheet.foot, _FACT_MM, _WRAP)
    told = translate("Paper", "page %1 of %2").replace("%2", str(sheet.pages))
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    place = pen.box(_MARGIN, low, inner, _FOOT)
    pen.text(place, told.replace("%1", str(page + 1)), _FACT_MM, right)


def _draw_rows(pen: _Pen, sheet: Sheet, page: int, top: float, low: float) -> None:
    heads = [head for head, _ in sheet.columns]
    _draw_row(pen, sheet, heads, top, _HEAD, bold=True)
    first = page * sheet.per_page
    rows = list(sheet.rows[first : first + sheet.per_page])
    if sheet.filled:
        rows += [[""] * len(heads)] * (sheet.per_page - len(rows))
    high = (low - top - _HEAD) / sheet.per_page
    for place, row in enumerate(rows):
        _draw_row(pen, sheet, row, top + _HEAD + place * high, high)


def _draw_row(
    pen: _Pen, sheet: Sheet, cells: Sequence[str], top: float, high: float, *, bold: bool = False
) -> None:
    left = _MARGIN
    for (_, wide), cell in zip(sheet.columns, cells, strict=True):
        pen.frame(pen.box(left, top, wide, high))
        inside = pen.box(left + _PADDING, top, wide - 2 * _PADDING, high)
        pen.text(inside, cell, _TEXT_MM, _WRAP, bold=bold)
        left += wide


def picture(sheet: Sheet, page: int = 0, dpi: int = _PICTURE_DPI) -> QImage:
    """One page as a picture."""
    dots = dpi / 25.4
    wide, high = sheet.size_mm
    image = QImage(round(wide * dots), round(high * dots), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dots * 1000))
    image.setDotsPerMeterY(round(dots * 1000))
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    draw(painter, sheet, page, dots)
    painter.end()
    return image


def save_pdf(sheet: Sheet, path: Path) -> None:
    """Write the table as PDF with real text. Raises `WorldError` when it cannot be written."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    writer = QPdfWriter(str(path))
    writer.setResolution(_PDF_DPI)
    writer.setTitle(sheet.title)
    turned = QPageLayout.Orientation.Landscape
    upright = QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, turned if sheet.landscape else upright, QMarginsF(0, 0, 0, 0))
    writer.setPageLayout(layout)
    painter = QPainter()
    if not painter.begin(writer):
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    for page in range(sheet.pages):
        if page:
            writer.newPage()
        draw(painter, sheet, page, _PDF_DPI / 25.4)
    painter.end()
