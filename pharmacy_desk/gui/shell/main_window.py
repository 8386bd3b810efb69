"""The window: dark bar with sections, the screen in front, the strip at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

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

from pharmacy_desk.core.settings.settings import Value
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, ApprovalAnswer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Section
from pharmacy_desk.gui.base.sound import Tones
from pharmacy_desk.gui.keys.own_keys import OwnKeys
from pharmacy_desk.gui.keys.wedge import Keyed, Wedge
from pharmacy_desk.gui.sale.screen import CheckoutScreen
from pharmacy_desk.gui.shell.guard import Guard
from pharmacy_desk.gui.shell.list_keeper import ListKeeper
from pharmacy_desk.gui.shell.parts_view import Parts
from pharmacy_desk.gui.shell.status_strip import SetUp, StatusStrip
from pharmacy_desk.gui.widgets.list_tools import Table
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from pharmacy_desk.gui.help.dialog import HelpDialog
    from pharmacy_desk.gui.paper.receipt_preview import ReceiptPreview
    from pharmacy_desk.gui.sale.no_code import NoCodeAsk
    from pharmacy_desk.gui.scanning.assistant import ScannerAssistant
    from pharmacy_desk.gui.scanning.tray import TrayDialog

# Digits of Ctrl+digit stay with their section for good, also while some sections do not exist.
_SECTIONS = (
    ("checkout", 1),
    ("receiving", 2),
    ("stock", 3),
    ("lookup", 4),
    ("uploads", 5),
    ("catalogue", 7),
    ("settings", 8),
    ("day", 9),
)
_CLOCK_MS = 1000


class _Screens(dict[str, Section]):
    """Sections by name, each made when it is first asked for: the checkout need not wait."""

    def __init__(self, make: Callable[[str], Section]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Section:
        made = self[name] = self._make(name)
        return made


class MainWindow(QMainWindow):
    """Hands news to screens, keys to the screen in front, and shows one section at a time."""

    heard = Signal(object)
    # Somebody wants the window opened again, with the settings of now.
    again_wanted = Signal()
    # What somebody has looked at (`Section.seen`).
    seen = Signal(object)

    def __init__(
        self, desk: DeskView, tones: Tones, parts: Parts, closing: Callable[[], None]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._parts = parts
        self._closing = closing
        settings = desk.settings()
        self._training = settings.practice
        self.setWindowTitle(settings.text("store.name") or translate("Window", "Pharmacy Desk"))
        self.checkout = CheckoutScreen(desk, tones)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.checkout)
        self.screens = _Screens(self._section)
        self.checkout.search.help_wanted.connect(self.show_help)
        self.screens["checkout"] = self.checkout
        self.tray: TrayDialog | None = None
        self.assistant: ScannerAssistant | None = None
        self._wedge: Wedge | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._clock, self.operator = _bar_label(16), _bar_label(16)
        self.strip = StatusStrip(self._set_up())
        self.strip.wanted.connect(self.go)
        self._preview: ReceiptPreview | None = None
        self.help: HelpDialog | None = None
        self._lessons: Callable[[], None] | None = None
        self._shortcuts: list[QShortcut] = []
        self._lists = ListKeeper(desk, self)
        self._no_code_ask: NoCodeAsk | None = None
        self._lay_out()
        self._keys()
        self._own_keys = OwnKeys(self)
        self.guard = Guard(self, desk, parts, self._shortcuts, self._boxes)
        self.guard.answered.connect(self.take_answer)
        desk.bridge.news.connect(self._hear)
        self._timer = QTimer(self)
        self._timer.setInterval(_CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()
        self.checkout.import_first.wanted.connect(self._import_first)
        self.go("checkout")
        desk.duty.show()

    def _import_first(self) -> None:
        """An empty shop: to the drugs, and choose the file there."""
        self.go("catalogue")
        self.front.press("Ctrl+I")

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._stack, 1)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.strip)
        self.setCentralWidget(body)
        self.resize(1366, 768)

    def put_beside(self, panel: QWidget) -> None:
        """Let a panel stand at the left of every screen."""
        self._middle.insertWidget(0, panel)

    def offer_lessons(self, begin: Callable[[], None]) -> None:
        """Let the help lead to the lessons of training mode."""
        self._lessons = begin

    def _set_up(self) -> SetUp:
        desk = self._desk
        return SetUp(
            printer=self._printer_words(),
            prints=desk.settings().text("printer.kind") != "none",
            uploads=desk.has_platform,
            settles=desk.has_settlement,
            designated=desk.settings().agreement.designated,
            training=self._training,
            calendar=desk.calendar,
        )

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
        wear = theme.colours()
        bar.setStyleSheet(
            f"QFrame#bar {{ background: {wear.bar}; }}"
            f"QFrame#bar QLabel {{ color: {wear.bar_text}; }}"
            f"QFrame#bar QLabel#training {{ background: {wear.training};"
            f" color: {wear.training_ink};"
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
            made = _bar_button(section_text(name), f"Ctrl+{digit}")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, n=name: self.go(n))
            self._buttons[name] = made
            row.addWidget(made)
        helps = _bar_button("?", translate("Window", "Help (? or Ctrl+/)"))
        helps.setAccessibleName(helps.toolTip())
        helps.clicked.connect(self.show_help)
        row.addWidget(helps)
        row.addStretch(1)
        self.operator.setText(settings.text("operator.name"))
        row.addWidget(self.operator)
        row.addSpacing(12)
        row.addWidget(self._clock)
        return bar

    def _keys(self) -> None:
        checkout = self.checkout
        keys: dict[str, Callable[[], None]] = {
            "F1": lambda: self._at_checkout(checkout.look_for_drug),
            "F2": lambda: self._at_checkout(checkout.insured),
            "F3": lambda: self._at_checkout(checkout.self_paid),
            "F4": lambda: self._own_or("F4", checkout.hold),
            "F5": lambda: self._own_or("F5", checkout.resume),
            "F6": lambda: self._unless_asked(self._f6),
            "F7": lambda: self._at_checkout(self._tray),
            "F8": lambda: self._press("F8"),
            "F9": lambda: self._unless_asked(self._f9),
            "F10": lambda: self._at_checkout(checkout.asks.sign_in),
            "F11": lambda: self.guard.lock_now(),
            "F12": self.help_scanner,
            "Ctrl+/": self.show_help,
            "Ctrl+D": self._dismiss,
            "Ctrl+G": lambda: self._at_checkout(checkout.marks.gift),
            "Ctrl+I": lambda: self._own_or("Ctrl+I", checkout.disease.ask),
            "Ctrl+J": self._take_split,
            "Ctrl+K": lambda: self._at_checkout(checkout.customer.ask),
            "Ctrl+O": lambda: self._own_or("Ctrl+O", checkout.marks.order),
            "Ctrl+N": lambda: self._at_checkout(self._no_code),
            "Ctrl+P": lambda: self._unless_asked(self._print),
            "Ctrl+Q": lambda: self._at_checkout(checkout.rx.ask),
            "Ctrl+R": lambda: self._unless_asked(self.show_receipt),
            "Ctrl+S": lambda: self._press("Ctrl+S"),
            "Ctrl+T": lambda: self._at_checkout(checkout.asks.type_code),
            "Ctrl+U": lambda: self._at_checkout(checkout.asks.units),
            "Alt+V": self._show_whole_verdict,
        } | {f"Ctrl+{digit}": self._goer(name) for name, digit in _SECTIONS}
        for sequence, action in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setAutoRepeat(False)  # a key held down answers no second question
            shortcut.activated.connect(action)
            self._shortcuts.append(shortcut)
        keys |= {"Backspace": checkout.undo, "Esc": checkout.escape}
        checkout.keys.wanted.connect(lambda key: keys[key]())

    def _show_whole_verdict(self) -> None:
        """Alt+V: all of an answer that the screen in front had no room for."""
        for panel in self.front.findChildren(VerdictPanel):
            if panel.isVisible():
                panel.show_whole()

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def _at_checkout(self, action: Callable[[], None]) -> None:
        """Function keys of the checkout work everywhere: they lead there first.

        A question that is open there is answered or left before anything else is done.
        """
        if self.front is not self.checkout:
            self.go("checkout")
        self._unless_asked(action)

    def _unless_asked(self, action: Callable[[], None]) -> None:
        """A question in front has this key too: nothing is printed, and no screen left, by it."""
        if self.front is self.checkout and self.checkout.questions.is_open:
            self.checkout.questions.take_keyboard()
        else:
            action()

    def _tray(self) -> None:
        """F7: read the boxes of a whole tray from one picture."""
        if self.assistant:
            self.assistant.close()  # its scans are not sold, and these are to be
        if self.tray is None:
            self.tray = self._parts.tray(self._desk, self)
        self.tray.show_tray()

    def _no_code(self) -> None:
        """Ctrl+N: no code on the box, take it from the no-code library (无码库)."""
        if self._no_code_ask is None:
            self._no_code_ask = self._parts.no_code(self._desk, self.checkout)
        self._no_code_ask.ask()

    # --- scanners -------------------------------------------------------------------------

    def follow(self, wedge: Wedge) -> None:
        """Hear from now on how scans are typed."""
        self._wedge = wedge
        wedge.keyed.connect(self._keyed)

    def _keyed(self, keyed: Keyed) -> None:
        self.checkout.scan_seen()
        if self.assistant and self.assistant.isVisible():
            self.assistant.typed(keyed)

    def help_scanner(self) -> None:
        """F12: the scanner assistant."""
        if self.assistant is None:
            self.assistant = self._parts.assistant(self._desk, self)
            self.assistant.opened.connect(lambda _: self._aim())
            self.assistant.changed.connect(self._scanner_changed)
        self.assistant.show_assistant()

    def _scanner_changed(self, values: dict[str, Value]) -> None:
        """Settings the assistant has written count at once, and stand in the settings screen."""
        settings = self._desk.settings()
        if self._wedge:
            self._wedge.understand(settings.text("wedge.prefix"), settings.text("wedge.gs"))
        if any(key.startswith("scanner.") for key in values):
            self._desk.scanners().reopen()
        screen = self.screens.get("settings")
        if screen:
            screen.take_over(values)

    def _section(self, name: str) -> Section:
        made = self._parts.sections[name](self._desk)
        made.assistant_wanted.connect(self.help_scanner)
        made.aimed.connect(self._aim)
        made.again_wanted.connect(self.again_wanted.emit)
        made.seen.connect(self.seen.emit)
        self._stack.addWidget(made)
        return made

    def _aim(self) -> None:
        """Scans go to the assistant while it is open, else where the screen in front wants them."""
        helping = self.assistant is not None and self.assistant.isVisible()
        self._desk.wishes.aim(ScanTarget.TRIAL if helping else self.front.target)

    def _dismiss(self) -> None:
        if self.front is self.checkout:
            self.checkout.see_unread()

    def _take_split(self) -> None:
        """Ctrl+J; not in the middle of a scan, whose LF a scanner may type so."""
        busy = self._wedge is not None and self._wedge.receiving
        if self.front is self.checkout and not busy:
            self.checkout.take_split()

    # --- keys that mean something else on each screen -------------------------------------

    def _press(self, key: str) -> None:
        self.front.press(key)

    def _own_or(self, key: str, at_checkout: Callable[[], None]) -> None:
        """What the key means on the screen in front, else at the checkout."""
        if not self.front.press(key):
            self._at_checkout(at_checkout)

    def _f6(self) -> None:
        """From the checkout: the box scanned last of this sale, never one looked up before."""
        at_checkout = self.front is self.checkout
        if self.front.press("F6"):
            return
        self.go("lookup")
        if at_checkout:
            self.screens["lookup"].begin(self.checkout.in_hand)

    def _f9(self) -> None:
        """The history of what was scanned last."""
        self.go("lookup")
        reading = self.checkout.last_reading
        if reading:
            self.screens["lookup"].look_up(reading)

    def _print(self) -> None:
        if not self.front.press("Ctrl+P"):
            self._desk.asker.ask(lambda reader: reader.sales.last_paid(), self._print_last)

    def _print_last(self, number: str | None) -> None:
        if number:
            self._desk.wishes.print_again(number)

    def show_receipt(self) -> None:
        """Ctrl+R: the newest receipt on the screen."""
        if self._preview is None:
            self._preview = self._parts.preview(self._desk, self)
        self._desk.asker.ask(lambda reader: reader.sales.last_paid(), self._preview.show_number)

    def show_help(self) -> None:
        """? and Ctrl+/: what the screen in front is for, its keys, what can go wrong."""
        if self.help is None:
            self.help = self._parts.help(self._desk, self)
            if self._lessons:
                self.help.offer_lessons(self._lessons)
            self.help.file_wanted.connect(self._lists.save_keys)
            self.help.paper_wanted.connect(self._lists.print_keys)
        beside_till = self.checkout.tickets is not None and self.front is self.checkout
        in_front = next(n for n, b in self._buttons.items() if b.isChecked())
        self.help.show_page("till" if beside_till else in_front)

    @property
    def front(self) -> Section:
        """The screen in front."""
        return self.screens[next(n for n, b in self._buttons.items() if b.isChecked())]

    def go(self, name: str) -> None:
        """Bring a section to the front; scans go where it wants them."""
        for other, made in self._buttons.items():
            made.setChecked(other == name)
        screen = self.screens[name]
        self._stack.setCurrentWidget(screen)
        self._aim()
        screen.shown()

    def tell_tickets(self, count: int) -> None:
        """So many tickets of another till lack codes: whoever is at another screen sees it."""
        text = section_text("checkout")
        self._buttons["checkout"].setText(f"{text} ({count})" if count else text)

    def _hear(self, message: news.News) -> None:
        self.guard.hear(message)
        for screen in list(self.screens.values()):
            screen.hear(message)
        self.strip.hear(message, self._desk.now())
        if isinstance(message, (news.QueueChanged, news.Paid)):
            self._ask_queue()
        elif isinstance(message, news.SignedIn):
            self.operator.setText(message.name)
        self.heard.emit(message)

    def take_answer(self, answer: Answer) -> None:
        """Show the answer of a wish that no screen made, and what a yes let happen."""
        self.guard.take_answer(answer)
        told = answer.then if isinstance(answer, ApprovalAnswer) else answer
        if told is not None:
            for screen in list(self.screens.values()):
                screen.take_answer(told)

    # --- lists ----------------------------------------------------------------------------

    def save_list(self, table: Table) -> None:
        """Write a list of the screen in front as a table."""
        self._lists.save(self._front_title, table)

    def print_list(self, table: Table, widths: Sequence[int]) -> None:
        """Print it."""
        self._lists.print(self._front_title, table, widths)

    def save_list_as_pdf(self, table: Table, widths: Sequence[int]) -> None:
        """Write what would be printed."""
        self._lists.save_pdf(self._front_title, table, widths)

    @property
    def _front_title(self) -> str:
        return section_text(next(n for n, b in self._buttons.items() if b.isChecked()))

    def _boxes(self) -> int:
        """Boxes of the open sale."""
        return self.checkout.sale.box_count if self.checkout.sale else 0

    def _ask_queue(self) -> None:
        self._desk.asker.ask(
            lambda reader: reader.outbox.queue(),
            lambda queue: self.strip.show_queue(queue, self._desk.now()),
        )

    def _tick(self) -> None:
        now = self._desk.now()
        self._clock.setText(f"{now:%H:%M}")
        self.guard.tick()
        if now.second % 5 == 0:
            self._ask_queue()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's hook: stop the counter in order; an open sale stays on the disk."""
        event.accept()
        if not self._timer.isActive():
            return  # closed already: Qt asks a second time when the program ends
        if self.assistant:
            self.assistant.close()
        self._timer.stop()
        self._desk.bridge.news.disconnect(self._hear)
        self._closing()


def section_text(name: str) -> str:
    """Name of a section in the bar."""
    return {
        "checkout": translate("Window", "Checkout"),
        "receiving": translate("Window", "Receiving"),
        "stock": translate("Window", "Stock"),
        "lookup": translate("Window", "Look up"),
        "uploads": translate("Window", "Uploads"),
        "catalogue": translate("Window", "Drugs"),
        "settings": translate("Window", "Settings"),
        "day": translate("Window", "On duty"),
    }[name]


def _bar_button(text: str, tip: str) -> QPushButton:
    """A button of the bar: it never takes the keyboard."""
    made = QPushButton(text)
    made.setObjectName("section")
    made.setAutoDefault(False)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setToolTip(tip)
    return made


def _bar_label(px: int, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font: QFont = theme.font(px)
    label.setFont(font)
    return label
