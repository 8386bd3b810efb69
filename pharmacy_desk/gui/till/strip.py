"""The guard's strip: always on top of another till, says in one line what became of a scan.

It never takes the keyboard: the till's field keeps it while the strip's keys are pressed by mouse
or finger. What it says comes from the guard; what it cannot settle is done in the program's own
window, which “Open” brings to the front.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.guard_view import GuardDid, GuardView
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.parts import button, touchable
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import guard as guard_words
from pharmacy_desk.gui.words.payment import payment as payment_word

# Beside the text all keys have room; a narrower screen gets them below it.
_WIDE = 1100
_HEIGHT = 66
# After so long without a scan an open sale is asked about.
_OLD_MINUTES = 3
_LOOK_MS = 20_000
_EDGE = 3


class GuardKeys(Protocol):
    """What the strip's keys do (`TillGuard`)."""

    def show(self) -> None:
        """Tell how it stands."""
        ...

    def type_again(self) -> None:
        """Type the oldest box that may not stand in the till."""
        ...

    def seen_there(self) -> None:
        """It stands there."""
        ...

    def take_back(self) -> None:
        """Take out what was typed last."""
        ...

    def hold(self) -> None:
        """Put the sale aside."""
        ...

    def end(self, payment: PaymentKind) -> None:
        """The till was paid in this way."""
        ...

    def end_insured(self) -> None:
        """The insurance paid; by which kind is asked where the store takes several."""
        ...


class TwoLines(QWidget):
    """The word and what is known on one line, what to do below; never more, cut at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Said(theme.IDLE, "", "")
        self.setMinimumHeight(_HEIGHT - 2 * _EDGE)

    def say(self, said: Said) -> None:
        """Show this now; all of it stands in the tool tip as well."""
        self.said = said
        self.setToolTip(f"{said.evidence} {said.todo}".strip())
        self.setAccessibleName(f"{said.word}: {said.evidence} {said.todo}")
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        said, room = self.said, self.rect().adjusted(8, 2, -4, -2)
        sign = f"{said.tone.sign} " if said.tone.sign else ""
        rows = [(f"{sign}{said.word}", said.evidence), ("", said.todo)]
        if not said.todo:
            rows = rows[:1]
        height = room.height() // len(rows)
        for number, (bold, plain) in enumerate(rows):
            line = QRect(room.left(), room.top() + number * height, room.width(), height)
            self._line(painter, line, bold, plain)

    def _line(self, painter: QPainter, line: QRect, bold: str, plain: str) -> None:
        painter.setPen(theme.colours().ink)
        if bold:
            painter.setFont(theme.font(19, bold=True))
            painter.setPen(self.said.tone.ink)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, bold)
            line = line.adjusted(painter.fontMetrics().horizontalAdvance(bold) + 12, 0, 0, 0)
            painter.setPen(theme.colours().ink)
        painter.setFont(theme.font(16))
        cut = painter.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, cut)


class GuardStrip(QFrame):
    """On top of every window, at the upper edge of the screen until it is dragged elsewhere."""

    open_wanted = Signal()

    def __init__(
        self,
        guard: GuardKeys,
        kinds: Callable[[], Sequence[PaymentKind]],
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setObjectName("guard")
        self.setWindowTitle(translate("Guard", "Guard before the till"))
        self._guard = guard
        self._kinds = kinds
        self._now = now
        self._monotonic = monotonic
        self._view = GuardView()
        self._scanned_at = monotonic()
        self._locked = False
        self._choosing = False
        self._dragged: QPoint | None = None
        self.text = TwoLines()
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setFont(theme.font(16, bold=True))
        self.again = self._key(translate("Guard", "Type it"), guard.type_again)
        self.there = self._key(translate("Guard", "It is there"), guard.seen_there)
        self.self_paid = self._key(translate("Guard", "End, self-paid"), self._end_self)
        self.insured = self._key(translate("Guard", "End, insured"), guard.end_insured)
        self.back = self._key(translate("Guard", "Take back"), guard.take_back)
        self.aside = self._key(translate("Guard", "Hold"), guard.hold)
        self.open = self._key(translate("Guard", "Open"), self.open_wanted.emit)
        self.kind_keys: list[QPushButton] = []
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look_at_age)
        self._timer.start()
        self._show()

    def _key(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        made = touchable(button(text, pressed))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _lay_out(self) -> None:
        self._keys = QHBoxLayout()
        self._keys.setSpacing(6)
        self._keys.addWidget(self.count)
        for key in (self.again, self.there, self.self_paid, self.insured, self.back, self.aside):
            self._keys.addWidget(key)
        self._keys.addWidget(self.open)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(6, _EDGE, 8, _EDGE)
        self._box.setSpacing(4)
        self._box.addWidget(self.text, 1)
        self._box.addLayout(self._keys)

    def put_on(self, room: QRect) -> None:
        """Lie along the upper edge of the screen's free room."""
        narrow = room.width() < _WIDE
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else beside)
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(min(room.width(), 1600))
        self.adjustSize()
        self.move(room.left() + (room.width() - self.width()) // 2, room.top())

    # --- what is heard --------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """News from the counter."""
        match message:
            case news.GuardShown(view=view, scan_number=number):
                self._take(view, scanned=bool(number))
            case news.ScanFailed(error=error) | news.Trouble(error=error):
                what, todo = faults_words.fault(error)
                self._say(guard_words.failed(Said(theme.NO, "", what, todo)))
            case news.ScannedWhileLocked():
                self._say(guard_words.locked())
            case news.CounterLocked(locked=True):
                self._locked = True
                self._show()
            case news.SignedIn():
                self._locked = False
                self._show()

    def _take(self, view: GuardView, *, scanned: bool) -> None:
        """Take over how it stands; what a key or a scan came to stays until the next one."""
        if scanned:
            self._scanned_at = self._monotonic()
        told = view.what is not None or view.answer is not None
        kept = self._view
        self._view = view
        self._choosing = view.what is GuardDid.ASK_KIND
        if self._choosing:
            self._show_kinds()
        if told or (view.sale is None) != (kept.sale is None) or view.untyped != kept.untyped:
            self._show()
        else:
            self._show_keys()

    def look_at_age(self) -> None:
        """A sale that nobody has ended for minutes is asked about."""
        minutes = int((self._monotonic() - self._scanned_at) / 60)
        sale = self._view.sale
        if sale and sale.lines and minutes >= _OLD_MINUTES and not self._locked:
            self._say(guard_words.old_sale(self._view, minutes))

    # --- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        self._say(guard_words.locked() if self._locked else self._words())
        self._show_keys()

    def _words(self) -> Said:
        return guard_words.guard(self._view, self._now())

    def _say(self, said: Said) -> None:
        self.text.say(said)
        tone = said.tone
        self.setStyleSheet(
            f"QFrame#guard {{ background: {tone.ground}; border: {_EDGE}px solid {tone.edge}; }}"
        )

    def _show_keys(self) -> None:
        lines = bool(self._view.sale and self._view.sale.lines)
        untyped = bool(self._view.untyped)
        self.count.setText(guard_words.how_many(self._view))
        for key, shown in (
            (self.again, untyped),
            (self.there, untyped),
            (self.self_paid, not untyped),
            (self.insured, not untyped and bool(self._kinds())),
            (self.back, True),
            (self.aside, not untyped),
        ):
            key.setVisible(shown and not self._choosing)
            key.setEnabled(lines and not self._locked)
        for key in self.kind_keys:
            key.setVisible(self._choosing)

    # --- keys -----------------------------------------------------------------------------

    def _end_self(self) -> None:
        self._guard.end(PaymentKind.SELF)

    def _show_kinds(self) -> None:
        """By which of the insurance's kinds: one key each, and one that leaves the question."""
        for old in self.kind_keys:
            self._keys.removeWidget(old)
            old.deleteLater()
        self.kind_keys = [self._kind_key(kind) for kind in self._kinds()]
        self.kind_keys.append(self._key(translate("Guard", "Back"), self._leave_kinds))
        for place, key in enumerate(self.kind_keys):
            self._keys.insertWidget(1 + place, key)

    def _kind_key(self, kind: PaymentKind) -> QPushButton:
        return self._key(payment_word(kind), lambda: self._guard.end(kind))

    def _leave_kinds(self) -> None:
        self._guard.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: it can be dragged out of the way."""
        self._dragged = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's hook."""
        if self._dragged is not None:
            self.move(event.globalPosition().toPoint() - self._dragged)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Qt's hook."""
        self._dragged = None
