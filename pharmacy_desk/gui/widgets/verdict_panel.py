"""The verdict: the one loud thing of the checkout. Colour, sign, one word, evidence, what to do.

It paints itself: a scan repaints this one opaque area and asks no layout, so that the answer is
on the screen before anything else moves.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said

_PAD_X, _PAD_TOP, _PAD_BOTTOM, _GAP = 18, 8, 12, 6
_SIGN_GAP = 12
_LEAST_HEIGHT = 180
# The word is as large as it fits on one line: another language needs longer ones.
_WORD_SIZES = (46, 38, 30, 24)
_TEXT_PX = 17
# What to do is said in a few sentences over and over; what was scanned changes.
_KEPT_LAYOUTS = 32
# Ground, sign and word together are one picture of 300 kB; a counter hears a few over and over.
_KEPT_GROUNDS = 8
_NEW_LINE = "\u2028"
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
        self._pens = {tone: QPen(QColor(tone.edge), 2) for tone in theme.TONES}
        self._height = _LEAST_HEIGHT
        self._texts: tuple[tuple[QPointF, QTextLayout], ...] = ()
        self._layouts: dict[tuple[str, int], QTextLayout] = {}
        self._grounds: dict[tuple[theme.Tone, str, int, int, float], QPixmap] = {}
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
                layout = self._laid_out(text, wide)
                texts.append((QPointF(_PAD_X, top), layout))
                top += ceil(layout.boundingRect().height()) + _GAP
        self._texts = tuple(texts)
        return top - _GAP + _PAD_BOTTOM

    def _laid_out(self, text: str, wide: int) -> QTextLayout:
        """A sentence in lines of `wide` pixels: shaped once, painted as often as needed."""
        kept = self._layouts.get((text, wide))
        if kept is not None:
            return kept
        layout = QTextLayout(text.replace("\n", _NEW_LINE), self._text)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(wide)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        if len(self._layouts) >= _KEPT_LAYOUTS:
            del self._layouts[next(iter(self._layouts))]
        self._layouts[text, wide] = layout
        return layout

    def _word_font(self, room: int) -> QFont:
        """The largest font in which the word fits."""
        for font, metrics in zip(self._words, self._word_metrics, strict=True):
            if metrics.horizontalAdvance(self.said.word) <= room:
                return font
        return self._words[-1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground())
        painter.setPen(QColor(self.said.tone.ink))
        for corner, layout in self._texts:
            layout.draw(painter, corner)
        painter.end()

    def _ground(self) -> QPixmap:
        """Everything but the sentences: ground, edge, sign and word, drawn once for each answer."""
        said, size, ratio = self.said, self.size(), self.devicePixelRatioF()
        key = (said.tone, said.word, size.width(), size.height(), ratio)
        kept = self._grounds.get(key)
        if kept is not None:
            return kept
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours().ground))
        painter.setPen(self._pens[said.tone])
        painter.setBrush(QColor(said.tone.ground))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
        painter.setPen(QColor(said.tone.ink))
        place, font = self._word
        if said.tone.sign:
            painter.setFont(self._words[0])
            beside = QRect(_PAD_X, place.top(), place.left(), place.height())
            painter.drawText(beside, _ONE_LINE, said.tone.sign)
        painter.setFont(font)
        painter.drawText(place, _ONE_LINE, said.word)
        painter.end()
        if len(self._grounds) >= _KEPT_GROUNDS:
            del self._grounds[next(iter(self._grounds))]
        self._grounds[key] = picture
        return picture
