"""Draw a badge: a card of the size of a bank card, with name, number, role and a Code 128."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper.receipt import code128_modules

# ISO/IEC 7810 ID-1, the size of a bank card: it fits every badge holder.
CARD_MM = (85.6, 54.0)
_MARGIN_MM, _BARS_MM = 5.0, 16.0
# 18 characters are 233 modules; with ten quiet modules on each side they fill the card at 0.3 mm,
# which every counter scanner reads (X dimension, facts on codes, 3.2).
_QUIET_MODULES = 10


def draw(painter: QPainter, person: Operator, text: str, store: str, dots_per_mm: float) -> None:
    """Draw the card; one unit of the painter is one dot. The badge's text is drawn as bars only."""
    wide = CARD_MM[0] - 2 * _MARGIN_MM
    painter.setPen(QColor("black"))
    lines = (
        (store, 3.6, 5.0, False),
        (person.name, 8.0, 11.0, True),
        (f"{person.role}　{person.id}", 4.4, 21.5, False),
    )
    for words, size, top, bold in lines:
        painter.setFont(theme.font(max(1, round(size * dots_per_mm)), bold=bold))
        place = _box(_MARGIN_MM, top, wide, size * 1.5, dots_per_mm)
        cut = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
    _draw_bars(painter, text, dots_per_mm)


def _draw_bars(painter: QPainter, text: str, dots_per_mm: float) -> None:
    """The symbol with whole dots for every module: half dots blur narrow bars."""
    modules = code128_modules(text)
    room = CARD_MM[0] * dots_per_mm
    module = max(1, int(room / (len(modules) + 2 * _QUIET_MODULES)))
    left = round((room - module * len(modules)) / 2)
    top = round((CARD_MM[1] - _MARGIN_MM - _BARS_MM) * dots_per_mm)
    for place, bit in enumerate(modules):
        if bit == "1":
            bar = QRectF(left + place * module, top, module, _BARS_MM * dots_per_mm)
            painter.fillRect(bar, QColor("black"))


def _box(x: float, y: float, width: float, height: float, dots: float) -> QRectF:
    return QRectF(x * dots, y * dots, width * dots, height * dots)


def picture(person: Operator, text: str, store: str, dpi: int = 300) -> QImage:
    """The card as a picture."""
    dots = dpi / 25.4
    size = round(CARD_MM[0] * dots), round(CARD_MM[1] * dots)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw(painter, person, text, store, dots)
    painter.end()
    return image


def save_pdf(path: Path, person: Operator, text: str, store: str) -> None:
    """Write the card as PDF. Raises `WorldError` when it cannot be written."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    writer = QPdfWriter(str(path))
    dpi = 600
    writer.setResolution(dpi)
    writer.setTitle(translate("People", "Badge"))
    size = QPageSize(QSizeF(*CARD_MM), QPageSize.Unit.Millimeter, "badge")
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(writer):
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(path))
    draw(painter, person, text, store, dpi / 25.4)
    painter.end()
