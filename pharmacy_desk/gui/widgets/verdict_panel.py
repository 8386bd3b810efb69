"""The verdict: the one loud thing of the checkout. Colour, sign, one word, evidence, what to do.

It paints itself: a scan repaints this one opaque area and asks no layout, so that the answer is
on the screen before anything else moves.
"""

from collections.abc import Callable
from html import escape
from math import ceil

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
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
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.whole_verdict import WholeVerdict

_PAD_X, _PAD_TOP, _PAD_BOTTOM, _GAP = 18, 8, 12, 6
_SIGN_GAP = 12
_LEAST_HEIGHT = 180
# Below this not even the word and one line stand in it.
_SMALLEST = 90
# The word is as large as it fits on one line: another language needs longer ones. Where the whole
# is too high for its column, the next smaller pair of word and sentences is taken.
_WORD_SIZES = (46, 38, 30, 24)
_TEXT_SIZES = (17, 17, 16, 15)
# The smallest pair taken only to keep something else in sight.
_STILL_LARGE = 2
# What to do is said in a few sentences over and over; what was scanned changes.
_KEPT_LAYOUTS = 32
# Ground, sign and word together are one picture of 300 kB; a counter hears a few over and over.
_KEPT_GROUNDS = 8
_NEW_LINE = "\u2028"
_ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VerdictPanel(QWidget):
    """Shows one answer until the next scan."""

    # Its answer needs more room or less: who lays it out looks again.
    grown = Signal()
    # Another answer is in front.
    told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = tuple(theme.font(px, bold=True) for px in _WORD_SIZES)
        self._word_metrics = tuple(QFontMetrics(font) for font in self._words)
        self._text_fonts = tuple(theme.font(px) for px in _TEXT_SIZES)
        self._room: Callable[[], int] = lambda: 0
        self._rung, self._natural = 0, 0
        self._pens = {tone: QPen(QColor(tone.edge), 2) for tone in theme.TONES}
        self._height = _LEAST_HEIGHT
        # The sentences as they are painted, each with its place.
        self.texts: tuple[tuple[QPointF, QTextLayout], ...] = ()
        self._layouts: dict[tuple[str, int, int], QTextLayout] = {}
        self._grounds: dict[tuple[theme.Tone, str, int, int, int, float], QPixmap] = {}
        self._word = (QRect(), self._words[0])
        self.said = Said(theme.IDLE, "", "")
        self._whole: WholeVerdict | None = None

    @property
    def shortened(self) -> bool:
        """True while the evidence is cut because there is no room for it."""
        return bool(self.toolTip())

    def show_whole(self) -> None:
        """Show all of an answer that is cut, over the column; again: leave it."""
        if self._whole and self._whole.isVisible():
            self._whole.leave()
        elif self.shortened:
            if self._whole is None:
                self._whole = WholeVerdict(self.parentWidget() or self)
            self._whole.show_answer(self.said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: a tap on an answer that is cut."""
        super().mouseReleaseEvent(event)
        self.show_whole()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands below the word, as it is cut."""
        return tuple(layout.text() for _, layout in self.texts)

    def fit_into(self, room: Callable[[], int]) -> None:
        """Never be higher than `room` tells (0: as high as needed)."""
        self._room = room

    def needed(self, *, smaller: bool = False) -> int:
        """How high it would be at its largest, or in letters that a hurried eye still reads."""
        if smaller:
            return self._set(_STILL_LARGE, self.said.evidence)
        return max(_LEAST_HEIGHT, self._set(0, self.said.evidence))

    def show_answer(self, said: Said) -> None:
        """Show an answer; screen readers hear the whole of it."""
        self.said = said
        if self._whole:
            self._whole.leave()
        self.setAccessibleName(f"{said.word}. {said.evidence} {said.todo}")
        natural = self.needed()
        if natural != self._natural:
            self._natural = natural
            self.grown.emit()
        self.fit()
        self.update()
        self.told.emit()

    def sizeHint(self) -> QSize:
        """Qt's hook: as high as the answer needs, never less than usual."""
        return QSize(430, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: another width wraps the sentences otherwise."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Set the words; ask for another height only when the sentences need one."""
        needed = self._fitted()
        if needed != self._height:
            self._height = needed
            self.updateGeometry()
            parent = self.parentWidget()
            layout = parent.layout() if parent else None
            if layout and self.isVisible():
                layout.activate()  # now, or the first paint would cut the last line off

    def _fitted(self) -> int:
        """Set the words in the largest letters that fit; how high they are then."""
        room = max(_SMALLEST, self._room()) if self._room() else 0
        for rung in range(len(_WORD_SIZES)):
            needed = self._set(rung, self.said.evidence)
            if not room or needed <= room:
                self._end_cut("")
                return max(needed, min(_LEAST_HEIGHT, room or _LEAST_HEIGHT))
        self._shorten(room)
        return room

    def _shorten(self, room: int) -> None:
        """Leave out the end of the evidence, never what to do; a tap shows the whole."""
        said, fits, last = self.said, 0, len(_WORD_SIZES) - 1
        beyond, more = len(said.evidence), translate("Verdict", "… (all of it: tap here or Alt+V)")
        while beyond - fits > 1:
            tried = (fits + beyond) // 2
            if self._set(last, said.evidence[:tried] + more) <= room:
                fits = tried
            else:
                beyond = tried
        self._set(last, said.evidence[:fits] + more)
        self._end_cut(f"<qt>{escape(said.evidence)}<br>{escape(said.todo)}</qt>")

    def _end_cut(self, whole: str) -> None:
        """What a hovering mouse is told; a hand where a tap shows more."""
        self.setToolTip(whole)
        self.setCursor(Qt.CursorShape.PointingHandCursor if whole else Qt.CursorShape.ArrowCursor)

    def _set(self, rung: int, evidence: str) -> int:
        """Where each text stands, in the letters of a rung; the height they take."""
        self._rung = rung
        wide = max(1, self.width() - 2 * _PAD_X)
        left, top = _PAD_X, _PAD_TOP
        large = self._word_metrics[rung]
        tall = large.height()
        texts = []
        sign = self.said.tone.sign
        if sign:
            left += large.horizontalAdvance(sign) + _SIGN_GAP
        room = wide - (left - _PAD_X)
        self._word = QRect(left, top, room, tall), self._word_font(room, rung)
        top += tall + _GAP
        for text in (evidence, self.said.todo):
            if text:
                layout = self._laid_out(text, wide)
                texts.append((QPointF(_PAD_X, top), layout))
                top += ceil(layout.boundingRect().height()) + _GAP
        self.texts = tuple(texts)
        return top - _GAP + _PAD_BOTTOM

    def _laid_out(self, text: str, wide: int) -> QTextLayout:
        """A sentence in lines of `wide` pixels: shaped once, painted as often as needed."""
        key = (text, wide, self._rung)
        kept = self._layouts.get(key)
        if kept is not None:
            return kept
        layout = QTextLayout(text.replace("\n", _NEW_LINE), self._text_fonts[self._rung])
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
        self._layouts[key] = layout
        return layout

    def _word_font(self, room: int, rung: int) -> QFont:
        """The largest font from a rung on in which the word fits."""
        for font, metrics in zip(self._words[rung:], self._word_metrics[rung:], strict=True):
            if metrics.horizontalAdvance(self.said.word) <= room:
                return font
        return self._words[-1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground())
        painter.setPen(QColor(self.said.tone.ink))
        for corner, layout in self.texts:
            layout.draw(painter, corner)
        painter.end()

    def _ground(self) -> QPixmap:
        """Everything but the sentences: ground, edge, sign and word, drawn once for each answer."""
        said, size, ratio = self.said, self.size(), self.devicePixelRatioF()
        key = (said.tone, said.word, self._rung, size.width(), size.height(), ratio)
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
            painter.setFont(self._words[self._rung])
            beside = QRect(_PAD_X, place.top(), place.left(), place.height())
            painter.drawText(beside, _ONE_LINE, said.tone.sign)
        painter.setFont(font)
        painter.drawText(place, _ONE_LINE, said.word)
        painter.end()
        if len(self._grounds) >= _KEPT_GROUNDS:
            del self._grounds[next(iter(self._grounds))]
        self._grounds[key] = picture
        return picture
