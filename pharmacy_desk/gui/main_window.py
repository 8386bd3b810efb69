"""The window: dark bar with sections, the screen in front, the strip at the bottom."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.counter import news
from pharmacy_desk.gui import theme
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.screens.catalogue import CatalogueScreen
from pharmacy_desk.gui.screens.checkout import CheckoutScreen
from pharmacy_desk.gui.screens.lookup import LookupScreen
from pharmacy_desk.gui.screens.settings import SettingsScreen
from pharmacy_desk.gui.screens.uploads import UploadsScreen
from pharmacy_desk.gui.sound import Tones
from pharmacy_desk.gui.texts import translate
from pharmacy_desk.gui.widgets.receipt_preview import ReceiptPreview
from pharmacy_desk.gui.widgets.status_strip import StatusStrip

# Digits of Ctrl+digit stay with their section for good, also while some sections do not exist.
_SECTIONS = (("checkout", 1), ("lookup", 4), ("uploads", 5), ("catalogue", 7), ("settings", 8))
_CLOCK_MS = 1000

Screen: TypeAlias = CheckoutScreen | LookupScreen | UploadsScreen | CatalogueScreen | SettingsScreen


class MainWindow(QMainWindow):
    """Hands news to screens, keys to the screen in front, and shows one section at a time."""

    heard = Signal(object)

    def __init__(self, desk: DeskView, tones: Tones, closing: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._closing = closing
        settings = desk.settings()
        self._training = settings.practice
        self.setWindowTitle(settings.text("store.name") or translate("Window", "Pharmacy Desk"))
        self.checkout = CheckoutScreen(desk, tones)
        self.screens: dict[str, Screen] = {
            "checkout": self.checkout,
            "lookup": LookupScreen(desk),
            "uploads": UploadsScreen(desk),
            "catalogue": CatalogueScreen(desk),
            "settings": SettingsScreen(desk),
        }
        self._buttons: dict[str, QPushButton] = {}
        self._clock = _bar_label(16)
        self.strip = StatusStrip(self._printer_words(), self._training)
        self.strip.wanted.connect(self.go)
        self.preview = ReceiptPreview(desk, self)
        self._stack = QStackedWidget()
        for screen in self.screens.values():
            self._stack.addWidget(screen)
        self._lay_out()
        self._keys()
        desk.bridge.news.connect(self._hear)
        self._timer = QTimer(self)
        self._timer.setInterval(_CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()
        self.go("checkout")

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.strip)
        self.setCentralWidget(body)
        self.resize(1366, 768)

    def _printer_words(self) -> str:
        settings = self._desk.settings()
        kind, mm = settings.text("printer.kind"), settings.text("receipt.width_mm")
        words = {
            "file": translate("Window", "receipts to files, %1 mm"),
            "network": translate("Window", "receipt printer, %1 mm"),
            "none": translate("Window", "no printer"),
        }[kind]
        return words.replace("%1", mm)

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("bar")
        bar.setStyleSheet(
            f"QFrame#bar {{ background: {theme.BAR}; }}"
            f"QFrame#bar QLabel {{ color: {theme.BAR_TEXT}; }}"
            f"QFrame#bar QLabel#training {{ background: {theme.TRAINING}; color: {theme.INK};"
            " border-radius: 7px; padding: 3px 12px; }"
        )
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(4)
        settings = self._desk.settings()
        counter = translate("Window", "counter %1").replace(
            "%1", str(int(settings.text("counter.number")))
        )
        row.addWidget(_bar_label(16, f"{settings.text('store.name')} · {counter}"))
        if self._training:
            mark = _bar_label(16, translate("Window", "Training"))
            mark.setFont(theme.font(16, bold=True))
            mark.setObjectName("training")
            row.addSpacing(8)
            row.addWidget(mark)
        row.addSpacing(16)
        for name, digit in _SECTIONS:
            made = QPushButton(section_text(name))
            made.setObjectName("section")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolTip(f"Ctrl+{digit}")
            made.clicked.connect(lambda _=False, n=name: self.go(n))
            self._buttons[name] = made
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(_bar_label(16, settings.text("operator.name")))
        row.addSpacing(12)
        row.addWidget(self._clock)
        return bar

    def _keys(self) -> None:
        checkout = self.checkout
        keys: dict[str, Callable[[], None]] = {
            "F1": lambda: self._at_checkout(checkout.focus_search),
            "F2": lambda: self._at_checkout(checkout.insured),
            "F3": lambda: self._at_checkout(checkout.self_paid),
            "F4": lambda: self._at_checkout(checkout.hold),
            "F5": self._f5,
            "F6": self._f6,
            "F8": self._f8,
            "F9": self._f9,
            "Ctrl+P": self._print,
            "Ctrl+R": self.show_receipt,
            "Ctrl+S": self._save,
        } | {f"Ctrl+{digit}": self._goer(name) for name, digit in _SECTIONS}
        for sequence, action in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(action)

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def _at_checkout(self, action: Callable[[], None]) -> None:
        """Function keys of the checkout work everywhere: they lead there first."""
        if self.front is not self.checkout:
            self.go("checkout")
        action()

    def _f5(self) -> None:
        if self.front is self.screens["uploads"]:
            self._desk.clerk.send_now()
        else:
            self._at_checkout(self.checkout.resume)

    def _f6(self) -> None:
        lookup = self.screens["lookup"]
        if self.front is lookup and isinstance(lookup, LookupScreen):
            lookup.take_back()
        else:
            self.go("lookup")

    def _f9(self) -> None:
        """The history of what was scanned last."""
        self.go("lookup")
        lookup, reading = self.screens["lookup"], self.checkout.last_reading
        if reading and isinstance(lookup, LookupScreen):
            lookup.look_up(reading)

    def _f8(self) -> None:
        uploads = self.screens["uploads"]
        if self.front is uploads and isinstance(uploads, UploadsScreen):
            uploads.requeue()

    def _print(self) -> None:
        lookup = self.screens["lookup"]
        if self.front is lookup and isinstance(lookup, LookupScreen):
            lookup.print_again()
        else:
            self._desk.asker.ask(lambda reader: reader.last_paid(), self._print_last)

    def _print_last(self, number: str | None) -> None:
        if number:
            self._desk.clerk.print_again(number)

    def _save(self) -> None:
        settings = self.screens["settings"]
        if self.front is settings and isinstance(settings, SettingsScreen):
            settings.save()

    def show_receipt(self) -> None:
        """Ctrl+R: the newest receipt on the screen."""
        self._desk.asker.ask(lambda reader: reader.last_paid(), self.preview.show_number)

    @property
    def front(self) -> Screen:
        """The screen in front."""
        return self.screens[next(n for n, b in self._buttons.items() if b.isChecked())]

    def go(self, name: str) -> None:
        """Bring a section to the front; scans go where it wants them."""
        for other, made in self._buttons.items():
            made.setChecked(other == name)
        screen = self.screens[name]
        self._stack.setCurrentWidget(screen)
        self._desk.clerk.aim(screen.target)
        screen.shown()

    def _hear(self, message: news.News) -> None:
        for screen in self.screens.values():
            screen.hear(message)
        self.strip.hear(message, self._desk.now())
        if isinstance(message, (news.QueueChanged, news.Paid)):
            self._ask_queue()
        self.heard.emit(message)

    def _ask_queue(self) -> None:
        self._desk.asker.ask(
            lambda reader: reader.queue(),
            lambda queue: self.strip.show_queue(queue, self._desk.now()),
        )

    def _tick(self) -> None:
        now = self._desk.now()
        self._clock.setText(f"{now:%H:%M}")
        if now.second % 5 == 0:
            self._ask_queue()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's hook: stop the counter in order; an open sale stays on the disk."""
        event.accept()
        if not self._timer.isActive():
            return  # closed already: Qt asks a second time when the program ends
        self._timer.stop()
        self._desk.bridge.news.disconnect(self._hear)
        self._closing()


def section_text(name: str) -> str:
    """Name of a section in the bar."""
    return {
        "checkout": translate("Window", "Checkout"),
        "lookup": translate("Window", "Look up"),
        "uploads": translate("Window", "Uploads"),
        "catalogue": translate("Window", "Drugs"),
        "settings": translate("Window", "Settings"),
    }[name]


def _bar_label(px: int, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font: QFont = theme.font(px)
    label.setFont(font)
    return label
