"""The verdict: the one loud thing of the checkout. Colour, sign, one word, evidence, what to do.

It paints itself: a scan repaints this one opaque area and asks no layout, so that the answer is
on the screen before anything else moves.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_desk.gui import theme
from pharmacy_desk.gui.said import Said

_PAD_X, _PAD_TOP, _PAD_BOTTOM, _GAP = 18, 8, 12, 6
_SIGN_GAP = 12
_LEAST_HEIGHT = 180
# The word is as large as it fits on one line: another language needs longer ones.
_WORD_SIZES = (46, 38, 30, 24)
_TEXT_PX = 17
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VerdictPanel(QWidget):
    """Shows one answer until the next scan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = tuple(theme.font(px, bold=True) for px in _WORD_SIZES)
        self._text = theme.font(_TEXT_PX)
        self._height = _LEAST_HEIGHT
        self.said = Said(theme.IDLE, "", "")

    def show_answer(self, said: Said) -> None:
        """Show an answer; screen readers hear the whole of it."""
        self.said = said
        self.setAccessibleName(f"{said.word}. {said.evidence} {said.todo}")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's hook: as high as the answer needs, never less than usual."""
        return QSize(430, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: another width wraps the sentences otherwise."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Ask for another height only when the sentences need one."""
        needed = max(_LEAST_HEIGHT, self._paint(None))
        if needed != self._height:
            self._height = needed
            self.updateGeometry()
            parent = self.parentWidget()
            layout = parent.layout() if parent else None
            if layout and self.isVisible():
                layout.activate()  # now, or the first paint would cut the last line off

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.GROUND))
        tone = self.said.tone
        painter.setPen(QPen(QColor(tone.edge), 2))
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
        painter.setPen(QColor(tone.ink))
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter | None) -> int:
        """Set the words, with a painter also paint them; the height they take."""
        wide = max(1, self.width() - 2 * _PAD_X)
        left, top = _PAD_X, _PAD_TOP
        sign = self.said.tone.sign
        large = QFontMetrics(self._words[0])
        tall = large.height()
        if sign:
            if painter:
                painter.setFont(self._words[0])
                painter.drawText(QRect(left, top, wide, tall), _ONE_LINE, sign)
            left += large.horizontalAdvance(sign) + _SIGN_GAP
        room = wide - (left - _PAD_X)
        if painter:
            painter.setFont(self._word_font(room))
            painter.drawText(QRect(left, top, room, tall), _ONE_LINE, self.said.word)
        top += tall + _GAP
        metrics = QFontMetrics(self._text)
        for text in (self.said.evidence, self.said.todo):
            if not text:
                continue
            place = QRect(_PAD_X, top, wide, 10_000)
            if painter:
                painter.setFont(self._text)
                painter.drawText(place, _WRAPPED, text)
            top += metrics.boundingRect(place, _WRAPPED, text).height() + _GAP
        return top - _GAP + _PAD_BOTTOM

    def _word_font(self, room: int) -> QFont:
        """The largest font in which the word fits."""
        for font in self._words:
            if QFontMetrics(font).horizontalAdvance(self.said.word) <= room:
                return font
        return self._words[-1]
