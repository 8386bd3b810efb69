"""The keyboard wedge: a burst of keys is a scan wherever the focus is; typing stays typing.

Keys are watched before any widget gets them: in an X11 session natively, before an input method
can take them, elsewhere at the window. The first keys of a burst reach the focused field; when
the burst is sure, the input method is reset, the field is put back as it was, and the rest is
swallowed. What a person was composing is typed again for them.
"""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.burst import KEYBOARD, Burst, End, KeyFate
from pharmacy_desk.core.scanning.keys import (
    ENTERS,
    MODIFIERS,
    TAB,
    Decoder,
    Stroke,
    Typed,
    cleaned,
    scanner_text,
)
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.gui.keys.fields import snapshot

_SUFFIX_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
# As long as the serial framer waits once it knows a port's terminator.
_PATIENT_MS = 500
# Held modifiers produce no text of their own and occur inside a burst (Shift for capitals).
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock)
# An input method answers over another process: what it still says about a burst comes within a
# few milliseconds; a quarter of a second holds on a machine with its hands full, too.
_GUARD_MS = 250
_NEVER = -1_000_000


@dataclass(frozen=True, slots=True)
class Keyed:
    """A scan as it was typed: with prefix and substitute for GS, and the key that ended it.

    `at` is the moment of its `RawScan`. The text may be a payment code: it stays out of the
    representation. It is empty where only the end of the scan before is told again.
    """

    text: str = field(repr=False)
    end: End
    at: datetime


class Wedge(QObject):
    """Watches every window of the program that gets the focus.

    `prefix` is what the scanner sends before each code, `gs_as` what it types for GS. Strokes
    come in by `stroke` where a native filter feeds it; `resend` sends a native key once more.
    `keyed` tells each scan as it was typed, just before it is delivered, and once more when a
    second Enter follows.
    """

    keyed = Signal(object)

    def __init__(
        self,
        gap_ms: int,
        deliver: Callable[[RawScan], None],
        now: Callable[[], datetime],
        parent: QObject | None = None,
        prefix: str = "",
        gs_as: str = "",
    ) -> None:
        super().__init__(parent)
        self._burst = Burst(gap_ms)
        self._deliver = deliver
        self._now = now
        self._prefix, self._gs_as = prefix, gs_as
        self._undo: Callable[[], None] | None = None
        self._windows: list[QWindow] = []
        self._focus: QObject | None = None
        self._keys = 0
        self._quiet_keys = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._gap_ms = gap_ms
        self._idle.setInterval(_PATIENT_MS)
        self._idle.timeout.connect(self._silence)
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(_GUARD_MS)
        self._guard.timeout.connect(self._guarded)
        self._decoder = Decoder()
        self._typed: list[Typed] = []
        self._span = (_NEVER, _NEVER)
        self._begin_ms = _NEVER
        self._released: tuple[int, int] = (-1, _NEVER)
        self._swallowed: set[int] = set()
        self._preedit = ""
        self._composed: list[bytes] = []
        self._again: list[bytes] = []
        self._before_run: list[bytes] = []
        self._last_at: datetime | None = None
        self._native = False
        self._resend: Callable[[bytes], None] = lambda _: None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            app.focusObjectChanged.connect(self._watch_focus)
        self._watch(QGuiApplication.focusWindow())
        self._watch_focus(QGuiApplication.focusObject())

    def feed_natively(self, resend: Callable[[bytes], None]) -> None:
        """From now on strokes come by `stroke`; the windows' own key events only follow them."""
        self._native, self._resend = True, resend

    @property
    def receiving(self) -> bool:
        """True while the keys of a scan are coming in."""
        return self._burst.active

    def understand(self, prefix: str, gs_as: str) -> None:
        """From the next scan on this is the prefix, and what stands for GS."""
        self._prefix, self._gs_as = prefix, gs_as

    # --- what is watched -------------------------------------------------------------------

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._forget(window))

    def _forget(self, window: QWindow) -> None:
        if window in self._windows:
            self._windows.remove(window)

    def _watch_focus(self, focus: QObject | None) -> None:
        """The object an input method writes to; only where it can do so before we know a burst."""
        if not self._native or focus is self._focus:
            return
        if self._focus is not None:
            self._focus.removeEventFilter(self)
        self._focus, self._preedit = focus, ""
        if focus is not None:
            focus.installEventFilter(self)
            focus.destroyed.connect(self._focus_gone)

    def _focus_gone(self) -> None:
        self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: True swallows the event."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._input_method(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._echo(event) if self._native else self._key(event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if self._native:
                return self._echo(event)
            return self._burst.active and bool(event.text())
        return False

    def _echo(self, event: QKeyEvent) -> bool:
        """A key of a known burst that an input method kept for a while."""
        return self._span[0] <= event.timestamp() <= self._span[1]

    def _input_method(self, event: QInputMethodEvent) -> bool:
        if self._burst.active or self._guard.isActive():
            return True
        self._preedit = event.preeditString()
        return False

    # --- keys ------------------------------------------------------------------------------

    def stroke(self, stroke: Stroke, raw: bytes) -> bool:
        """One native key; True swallows it."""
        swallow = self._pressed(stroke) if stroke.pressed else self._let_go(stroke)
        if swallow and stroke.pressed:
            self._swallowed.add(stroke.code)
        if not swallow and not self._burst.active:
            if not self._preedit and stroke.pressed:
                self._composed.clear()
            self._composed.append(raw)
        return swallow

    def _let_go(self, stroke: Stroke) -> bool:
        self._released = (stroke.code, stroke.at_ms)
        typed = self._decoder.feed(stroke)
        if typed:
            self._keys += 1
            self._character(typed, stroke.at_ms)
        if stroke.code in self._swallowed:
            self._swallowed.discard(stroke.code)
            return True
        return False

    def _pressed(self, stroke: Stroke) -> bool:
        self._keys += 1
        plain = not (stroke.ctrl or stroke.alt)
        if plain and (stroke.code in ENTERS or stroke.code == TAB):
            return self._suffix(stroke.at_ms, End.TAB if stroke.code == TAB else End.CR)
        if stroke.code in MODIFIERS:
            self._decoder.feed(stroke)
            self._burst.touch(stroke.at_ms)
            return False
        # A key held down repeats at scanner speed, but no scanner holds a key down.
        repeated = self._released == (stroke.code, stroke.at_ms)
        typed = self._decoder.feed(stroke)
        if self._decoder.composing:
            self._burst.touch(stroke.at_ms)
            return self._burst.active
        arrow = typed is not None and not stroke.ctrl and not stroke.host and typed.us == "\x1d"
        if typed is None or ((repeated or arrow) and not self._burst.active):
            self._burst.other_key()
            return self._burst.active
        return self._character(typed, stroke.at_ms)

    def _key(self, event: QKeyEvent) -> bool:
        """One key of a window, where no native filter feeds us."""
        self._keys += 1
        key, at_ms = event.key(), event.timestamp()
        if key in _SUFFIX_KEYS:
            return self._suffix(at_ms, End.TAB if key == Qt.Key.Key_Tab else End.CR)
        if key in _MODIFIERS:
            return False
        down = key == Qt.Key.Key_Down and self._burst.active
        text = "\x1d" if down or _is_gs(event) else event.text()
        # A key held down repeats at scanner speed, but no scanner holds a key down.
        if not text or event.isAutoRepeat() or not _belongs_in_code(text):
            self._burst.other_key()
            return self._burst.active
        return self._character(Typed("", text), at_ms)

    def _suffix(self, at_ms: int, end: End) -> bool:
        fate, scan = self._burst.suffix(at_ms)
        if scan is not None:
            # A scanner that has sent a suffix will send it again: silence inside its codes is
            # only a slow cable, or this window being busy.
            self._idle.setInterval(_PATIENT_MS)
            self._span = (self._span[0], at_ms)
            self._finish(end)
        elif fate is KeyFate.SWALLOW and self._last_at:
            # A keyboard has no LF: scanners type CR+LF as two Enters.
            self.keyed.emit(Keyed("", End.CRLF, self._last_at))
        return fate is KeyFate.SWALLOW

    def _character(self, typed: Typed, at_ms: int) -> bool:
        if self._burst.new_run_at(at_ms) and not self._burst.active:
            self._undo = snapshot()
            self._typed.clear()
            self._begin_ms = at_ms
            self._again = list(self._composed) if self._preedit else []
            self._before_run = list(self._composed)
        self._typed.append(typed)
        fate = self._burst.character(typed.host or typed.us, at_ms)
        if fate is KeyFate.CONFIRM:
            self._known()
        if self._burst.active:
            self._span = (self._begin_ms, at_ms)
            self._idle.start()
        return fate is not KeyFate.PASS

    def _known(self) -> None:
        """It is a scan: what its first keys did is undone."""
        self._composed = self._before_run
        if self._native:
            QGuiApplication.inputMethod().reset()
            if self._focus is not None and self._preedit:
                self._focus.removeEventFilter(self)
                QCoreApplication.sendEvent(self._focus, QInputMethodEvent())
                self._focus.installEventFilter(self)
            self._preedit = ""
        if self._undo:
            self._undo()

    # --- ends ------------------------------------------------------------------------------

    def _silence(self) -> None:
        """The pause is over; keys that were queued while this window was busy come first."""
        self._quiet_keys = self._keys
        QTimer.singleShot(0, self._still_silent)

    def _still_silent(self) -> None:
        if self._burst.active and self._quiet_keys == self._keys:
            # This scanner sends no suffix: from now on twice the gap ends a scan, so that one late
            # key still fits.
            self._idle.setInterval(self._gap_ms * 2)
            self._burst.take()
            self._finish(End.NONE)

    def _finish(self, end: End) -> None:
        self._idle.stop()
        now = self._now()
        typed = scanner_text(self._typed, now.date())
        text = cleaned(typed, self._prefix, self._gs_as)
        if self._native:
            self._guard.start()
        self._last_at = now
        self.keyed.emit(Keyed(typed, end, now))
        self._deliver(RawScan(text.encode("utf-8", "surrogatepass"), KEYBOARD, now))

    def _guarded(self) -> None:
        """The input method has nothing more to say about the burst."""
        if self._burst.active:
            return
        if self._undo and self._again:
            self._undo()
        for raw in self._again:
            self._resend(raw)
        self._again = []
        self._undo = None


def _is_gs(event: QKeyEvent) -> bool:
    """Ctrl+]: how many scanners type GS (facts on codes, 3.1); not every system makes it 0x1D."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() == Qt.Key.Key_BracketRight


def _belongs_in_code(text: str) -> bool:
    return all(ch.isprintable() or ch == "\x1d" for ch in text)
