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
        self._word_metrics = tuple(QFontMetrics(font) for font in self._words)
        self._text = theme.font(_TEXT_PX)
        self._metrics = QFontMetrics(self._text)
        self._pens = {tone: QPen(QColor(tone.edge), 2) for tone in theme.TONES}
        self._height = _LEAST_HEIGHT
        self._texts: tuple[tuple[QRect, str], ...] = ()
        self._word = (QRect(), self._words[0])
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
        """Set the words; ask for another height only when the sentences need one."""
        needed = max(_LEAST_HEIGHT, self._set())
        if needed != self._height:
            self._height = needed
            self.updateGeometry()
            parent = self.parentWidget()
            layout = parent.layout() if parent else None
            if layout and self.isVisible():
                layout.activate()  # now, or the first paint would cut the last line off

    def _set(self) -> int:
        """Where each text stands; the height they take."""
        wide = max(1, self.width() - 2 * _PAD_X)
        left, top = _PAD_X, _PAD_TOP
        large = self._word_metrics[0]
        tall = large.height()
        texts = []
        sign = self.said.tone.sign
        if sign:
            left += large.horizontalAdvance(sign) + _SIGN_GAP
        room = wide - (left - _PAD_X)
        self._word = QRect(left, top, room, tall), self._word_font(room)
        top += tall + _GAP
        for text in (self.said.evidence, self.said.todo):
            if text:
                place = self._metrics.boundingRect(QRect(_PAD_X, top, wide, 10_000), _WRAPPED, text)
                texts.append((QRect(_PAD_X, top, wide, place.height()), text))
                top += place.height() + _GAP
        self._texts = tuple(texts)
        return top - _GAP + _PAD_BOTTOM

    def _word_font(self, room: int) -> QFont:
        """The largest font in which the word fits."""
        for font, metrics in zip(self._words, self._word_metrics, strict=True):
            if metrics.horizontalAdvance(self.said.word) <= room:
                return font
        return self._words[-1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.GROUND))
        tone = self.said.tone
        painter.setPen(self._pens[tone])
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
        painter.setPen(QColor(tone.ink))
        place, font = self._word
        if tone.sign:
            painter.setFont(self._words[0])
            painter.drawText(QRect(_PAD_X, place.top(), place.left(), place.height()), _ONE_LINE,
                             tone.sign)  # fmt: skip
        painter.setFont(font)
        painter.drawText(place, _ONE_LINE, self.said.word)
        painter.setFont(self._text)
        for place, text in self._texts:
            painter.drawText(place, _WRAPPED, text)
        painter.end()
