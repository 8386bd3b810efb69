"""Drives the window for a rehearsal: orders come as JSON lines on standard input, news go out.

It presses the real keys of the real window, or lets a step of the script make its wish as a screen
would; it can also take pictures of the screens.
"""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TextIO

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    Answer,
    GateAnswer,
    PayAnswer,
    PersonAnswer,
    PersonDid,
    ScanAnswer,
)
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.gui.base.bridge import Bridge
from pharmacy_desk.gui.shell.main_window import MainWindow

# People need 80 ms a key and more (facts on codes, 3.1).
_PERSON_MS = 120
# Between two keys of a fast scanner; 1 to 50 ms are seen (facts on codes, 3.1).
_SCANNER_MS = 4
# The answer to a scan has this instead of an order's number.
_SCAN = "scan"
_GS_KEY = Qt.Key.Key_BracketRight  # Ctrl+] is how a keyboard sends GS (0x1D)


@dataclass(frozen=True, slots=True)
class Script:
    """What the rehearsal knows of a script's steps (`rehearsal.steps`, `rehearsal.told`).

    `wish` makes the wish of a step by its name and words; `told` and `failed` tell what became of
    a wish as the report words it.
    """

    wish: Callable[[str, Sequence[str]], Future[Any]]
    told: Callable[[Answer | None], dict[str, Any]]
    failed: Callable[[BaseException], dict[str, Any]]


class Remote(QObject):
    """Orders in, news out."""

    _ordered = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        wishes: SaleWishes,
        script: Script,
        bridge: Bridge,
        orders: TextIO,
        out: TextIO,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._wishes = wishes
        self._script = script
        self._orders = orders
        self._out = out
        self._lock = threading.Lock()
        self._ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        window.heard.connect(self._tell)
        # The answer of an order is being shown.
        self._ordered_one = False
        window.checkout.answered.connect(self._tell_answer)
        window.checkout.failed.connect(lambda error: self._answer(None, self._script.failed(error)))

    def start(self, scanner_states: dict[str, tuple[str, str]]) -> None:
        """Say that the window is ready and begin to listen."""
        threading.Thread(target=self._listen, name="control", daemon=True).start()
        self._write({"news": "Ready", "window": int(self._window.winId())})
        for name, (state, _) in list(scanner_states.items()):
            self._tell_scanner(name, state)

    def _listen(self) -> None:
        for line in self._orders:
            self._ordered.emit(json.loads(line))
        self._ordered.emit({"do": "close"})

    def scanned(self, answer: Future[ScanAnswer]) -> None:
        """Tell what becomes of a scan of a scanner or the wedge. From any thread."""
        answer.add_done_callback(lambda ended: self._tell_failure(_SCAN, ended))
        self._bridge.follow(answer, lambda told: self._answer(_SCAN, self._script.told(told)))

    def _answer(self, number: int | str | None, told: dict[str, Any]) -> None:
        self._write({"news": "Answer", "id": number, **told})

    def _write(self, message: dict[str, Any]) -> None:
        with self._lock:
            self._out.write(json.dumps(message, ensure_ascii=False) + "\n")
            self._out.flush()

    def _obey(self, order: dict[str, Any]) -> None:
        actions: dict[str, Callable[[dict[str, Any]], object]] = {
            "step": self._step,
            "send_now": lambda _: self._wishes.send_now(),
            "key": self._key,
            "type": self._type,
            "type_slowly": self._type_slowly,
            "look": self._look,
            "go": lambda o: self._window.go(o["section"]),
            "shot": self._shot,
            "barrier": self._barrier,
            "close": self._close,
        }
        actions[order["do"]](order)

    def _step(self, order: dict[str, Any]) -> None:
        """Make a step's wish; its answer has the number of the order."""
        number = int(order["id"])
        wished = self._script.wish(order["name"], order["words"])
        wished.add_done_callback(lambda answered: self._tell_failure(number, answered))
        self._bridge.follow(wished, lambda answer: self._take_answer(number, answer))

    def _take_answer(self, number: int, answer: Answer | None) -> None:
        """Let the window say the answer as if it had been wished there, and tell it."""
        self._ordered_one = True
        if answer:
            self._window.take_answer(answer)
        self._ordered_one = False
        self._answer(number, self._script.told(answer))

    def _tell_answer(self, answer: Answer | None) -> None:
        """Tell the answer of a wish made by a key of the checkout: it has no number.

        A way of paying that nothing stops is no answer yet, nor who fetches the goods: Enter
        follows.
        """
        passes = isinstance(answer, GateAnswer) and not answer.refusals
        if isinstance(answer, PersonAnswer):
            passes = answer.what is PersonDid.BEARER_TOLD
        if isinstance(answer, PayAnswer) and answer.preview:
            self._write({"news": "Previewed"})
        elif not self._ordered_one and not passes:
            self._answer(None, self._script.told(answer))

    def _tell_failure(self, number: int | str | None, answered: Future[Any]) -> None:
        error = None if answered.cancelled() else answered.exception()
        if error is not None:
            self._answer(number, self._script.failed(error))

    def _close(self, order: dict[str, Any]) -> None:
        self._window.close()

    def _barrier(self, order: dict[str, Any]) -> None:
        """Answer once the desk has worked off everything before it and the window has heard it."""
        number = order["id"]

        def passed(_: object) -> None:
            self._write({"news": "Barrier", "id": number})

        self._wishes.lane.submit(lambda: self._bridge.answer(passed, None))

    def _key(self, order: dict[str, Any]) -> None:
        """Press one key as the window system would deliver it."""
        combination = QKeySequence(order["key"])[0]  # type: ignore[index]  # the stub lacks it
        window = QApplication.focusWindow() or self._window.windowHandle()
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())

    def _look(self, order: dict[str, Any]) -> None:
        """What a person sees in the search: what stands in it, and whether a drug is found."""
        search = self._window.checkout.search
        self._write({"news": "Looked", "text": search.field.text(), "hits": search.found})

    def _type(self, order: dict[str, Any]) -> None:
        """Type a text as a scanner does, Enter behind it."""
        burst(QApplication.focusWindow() or self._window.windowHandle(), order["text"] + "\r")

    def _type_slowly(self, order: dict[str, Any]) -> None:
        """Type a text as a person does; says so when the last key is down."""
        keys = list(order["text"])
        timer = QTimer(self)
        timer.setInterval(_PERSON_MS)

        def press() -> None:
            if keys:
                window = QApplication.focusWindow() or self._window.windowHandle()
                QTest.keyClick(window, keys.pop(0))
            else:
                timer.stop()
                timer.deleteLater()
                self._write({"news": "Typed"})

        timer.timeout.connect(press)
        timer.start()

    def _shot(self, order: dict[str, Any]) -> None:
        """Take a picture of the window when it has painted what it knows."""
        path = Path(order["path"])

        def take() -> None:
            self._window.grab().save(str(path), "PNG")
            self._write({"news": "Shot", "path": str(path)})

        QTimer.singleShot(int(order.get("wait_ms", 300)), take)

    def _tell(self, message: news.News) -> None:
        if isinstance(message, news.ScannerState):
            self._tell_scanner(message.name, message.state)

    def _tell_scanner(self, name: str, state: str) -> None:
        self._write({"news": "ScannerState", "name": name, "state": state})


def burst(window: QWindow, text: str) -> None:
    """Send the keys of a scan to a window.

    Each key carries the time at which a scanner would have sent it, as the window system's own
    events do: a busy moment of this process must not look like a pause of the scanner.
    """
    at_ms = _time_stamp(window)
    for ch in text:
        at_ms += _SCANNER_MS
        event = QKeyEvent(QEvent.Type.KeyPress, *_key_of(ch))
        event.setTimestamp(at_ms)
        QApplication.sendEvent(window, event)


class _Clock(QObject):
    """Reads the time stamp of the next key event of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.at_ms = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook."""
        if isinstance(event, QKeyEvent):
            self.at_ms = event.timestamp()
        return False


def _time_stamp(window: QWindow) -> int:
    """The window system's present time, learned from a key that does nothing."""
    clock = _Clock()
    window.installEventFilter(clock)
    QTest.keyClick(window, Qt.Key.Key_Shift)
    window.removeEventFilter(clock)
    return clock.at_ms


def _key_of(ch: str) -> tuple[int, Qt.KeyboardModifier, str]:
    """Key, modifiers and text of a character as a keyboard sends it."""
    plain = Qt.KeyboardModifier.NoModifier
    if ch in "\r\t":
        return (Qt.Key.Key_Return if ch == "\r" else Qt.Key.Key_Tab).value, plain, ch
    if ch == "\x1d":
        return _GS_KEY.value, Qt.KeyboardModifier.ControlModifier, ch
    return ord(ch.upper()[0]), plain, ch
