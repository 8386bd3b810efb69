"""A picture of a tray with every located symbol outlined: read ones numbered, unread ones asked.

Once a code was scanned its mark is the answer: in the sale, asked about, or refused.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_desk.core.scanning.tray import Corners, Picture
from pharmacy_desk.gui.base import theme


class Sent(StrEnum):
    """What became of a code on its way into the sale."""

    NOT_YET = ""
    IN = "in"
    ASKED = "asked"
    REFUSED = "refused"
    NO_BOX = "no_box"


# A code that was read is no box that may be sold: only the answer to its scan makes it green.
_SIGNS = {
    Sent.NOT_YET: "",
    Sent.IN: "✓ ",
    Sent.ASKED: "? ",
    Sent.REFUSED: "✕ ",
    Sent.NO_BOX: "– ",
}
_TONES = {"✓": theme.YES, "?": theme.ASK, "✕": theme.NO}
_PEN_PX, _BADGE_PX, _GROW_PX = 3.0, 26.0, 6.0


class TrayPicture(QWidget):
    """Sign and line style tell read from unread, not the colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._image = QImage()
        self._scaled = QPixmap()
        self._sent: Sequence[Sent] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 240))

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture and what was found in it; None empties the widget."""
        self._picture = picture
        self._sent = ()
        self._scaled = QPixmap()
        if picture is None:
            self._image = QImage()
        else:
            photo = picture.photo
            # Qt keeps no copy of the bytes; `self._picture` does.
            self._image = QImage(
                photo.grey, photo.width, photo.height, photo.width, QImage.Format.Format_Grayscale8
            )
        self.update()

    def show_sent(self, sent: Sequence[Sent]) -> None:
        """What became of each code of the picture so far, in their order."""
        self._sent = tuple(sent)
        self.update()

    def marks(self) -> list[tuple[str, Corners]]:
        """What is drawn: a number, with what became of it (`1`, `✓ 2`, `✕ 3`), or `?`."""
        if self._picture is None:
            return []
        tray = self._picture.tray
        sent = (*self._sent, *[Sent.NOT_YET] * len(tray.symbols))
        read = [
            (f"{_SIGNS[became]}{n}", symbol.corners)
            for n, (symbol, became) in enumerate(zip(tray.symbols, sent, strict=False), start=1)
        ]
        return read + [("?", place) for place in tray.unread]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: the picture as large as it fits, outlines at the size of the screen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours().ground))
        if self._picture is None:
            return
        fitted = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.isNull() or self._scaled.size() != fitted:
            self._scaled = QPixmap.fromImage(
                self._image.scaled(
                    fitted,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        left = (self.width() - fitted.width()) / 2
        top = (self.height() - fitted.height()) / 2
        painter.drawPixmap(QPointF(left, top), self._scaled)
        scale = fitted.width() / max(1, self._image.width())
        painter.translate(left, top)
        for sign, corners in self.marks():
            self._outline(painter, sign, corners, scale)

    def _outline(self, painter: QPainter, sign: str, corners: Corners, scale: float) -> None:
        tone = _TONES.get(sign[0], theme.UNSURE)
        line = Qt.PenStyle.DashLine if sign == "?" else Qt.PenStyle.SolidLine
        points = [QPointF(x * scale, y * scale) for x, y in corners]
        middle = QPointF(sum(p.x() for p in points) / 4, sum(p.y() for p in points) / 4)
        around = []
        for point in points:
            away = point - middle
            length = max(1.0, (away.x() ** 2 + away.y() ** 2) ** 0.5)
            around.append(point + away * (_GROW_PX / length))
        painter.setPen(QPen(QColor(tone.edge), _PEN_PX, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF(around))
        painter.setFont(theme.font(16, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(sign) + 14
        badge = QRectF(middle.x() - wide / 2, middle.y() - _BADGE_PX / 2, wide, _BADGE_PX)
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(QColor(tone.ink))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, sign)
