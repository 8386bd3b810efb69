"""The strip at the bottom: scanner, printer, settlement, upload, ledger; a sign and a word each."""

import html
from dataclasses import field
from datetime import datetime
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.duty import Entry, OnDuty, reminds, standing
from pharmacy_desk.core.people.working_days import Calendar
from pharmacy_desk.core.scanning.scanner_ports import ScannerWord
from pharmacy_desk.core.upload.outbox import QueueSummary
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import duty as duty_words
from pharmacy_desk.gui.words import times as times_words
from pharmacy_desk.gui.words.scanners import scanner_text


class Sign(Enum):
    """What stands before the words of a part."""

    FINE = "●"
    WARNS = "▲"
    BAD = "✕"
    # Neither good nor bad: nobody has set it up, so nothing can be known of it.
    NOT_SET_UP = "○"

    @property
    def colour(self) -> str:
        """The colour of sign and words."""
        wear = theme.colours()
        return {
            Sign.FINE: wear.ink,
            Sign.WARNS: theme.ASK.ink,
            Sign.BAD: theme.NO.ink,
            Sign.NOT_SET_UP: wear.quiet,
        }[self]

    @property
    def meaning(self) -> str:
        """What the sign means, and what a click does."""
        return {
            Sign.FINE: translate("Strip", "● works. Click: its settings."),
            Sign.WARNS: translate("Strip", "▲ does not work now; you can go on selling. Click."),
            Sign.BAD: translate("Strip", "✕ somebody must look at it. Click."),
            Sign.NOT_SET_UP: translate("Strip", "○ not set up. Click to set it up."),
        }[self]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What this counter has: the printer's name, and whether there is anything behind a part.

    A store that the insurance has not `designated` has no settlement to tell of.
    """

    printer: str
    prints: bool
    uploads: bool
    settles: bool
    training: bool
    calendar: Calendar = field(default_factory=Calendar)
    designated: bool = True


class _Part(QPushButton):
    """One part of the strip: a sign and a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAutoDefault(False)

    def show_state(self, sign: Sign, words: str) -> None:
        """Show how it is; the tool tip says what its sign means."""
        self.setText(f"{sign.value} {words}")
        self.setToolTip(sign.meaning)
        sheet = f"QPushButton {{ color: {sign.colour}; }}"
        if sheet != self.styleSheet():  # the queue is told every few seconds
            self.setStyleSheet(sheet)


class StatusStrip(QWidget):
    """Each part is a button that leads to where something can be done."""

    wanted = Signal(str)

    def __init__(self, setup: SetUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stripe")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"QWidget#stripe {{ background: {theme.colours().strip}; }}")
        self._setup = setup
        self.parts = {
            name: self._part(where)
            for name, where in (
                ("scanner", "settings"),
                ("printer", "settings"),
                ("settlement", "settings"),
                ("upload", "uploads"),
                ("duty", "day"),
                ("ledger", "settings"),
            )
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 10, 3)
        layout.setSpacing(14)
        for name, part in self.parts.items():
            if name == "ledger":
                layout.addStretch(1)
            layout.addWidget(part)
        self._scanners: dict[str, tuple[str, str]] = {}
        self._upload_down: datetime | None = None
        self._show_scanner()
        self._show_printer()
        self._show_settlement(up=True)
        self.parts["settlement"].setVisible(setup.designated)
        self._queue = QueueSummary()
        self._show_upload([])
        self._show_ledger(fine=True)
        self.parts["duty"].hide()

    def _part(self, where: str) -> _Part:
        made = _Part()
        made.clicked.connect(lambda: self.wanted.emit(where))
        return made

    def hear(self, message: news.News, now: datetime) -> None:
        """React to what the counter posts."""
        match message:
            case news.ScannerState(name=name, state=state, detail=detail):
                self._scanners[name] = state, detail
                self._show_scanner()
            case news.PrintFailed():
                failed = translate("Strip", "printer failed")
                self.parts["printer"].show_state(Sign.WARNS, failed)
            case news.Printed():
                self._show_printer()
            case news.LineState(name="upload", up=up, since=since):
                self._upload_down = None if up else since
                self.show_queue(self._queue, now)
            case news.LineState(name="settlement", up=up):
                self._show_settlement(up=up)
            case news.DutyShown(on_duty=on_duty, register=register):
                self._show_duty(on_duty, register, now)
            case news.Trouble() | news.ScanFailed():
                self._show_ledger(fine=False)
            case news.Judged():
                self._show_ledger(fine=True)
            case _:
                pass

    def _show_printer(self) -> None:
        sign = Sign.FINE if self._setup.prints else Sign.NOT_SET_UP
        self.parts["printer"].show_state(sign, self._setup.printer)

    def _show_settlement(self, *, up: bool) -> None:
        part = self.parts["settlement"]
        if not self._setup.settles:
            part.show_state(Sign.NOT_SET_UP, translate("Strip", "settlement not set up"))
            part.setToolTip(
                translate("Strip", "F2 asks for the number that the insurance terminal shows.")
            )
        elif up:
            practice = translate("Strip", " (practice)") if self._setup.training else ""
            part.show_state(Sign.FINE, translate("Strip", "settlement") + practice)
        else:
            part.show_state(Sign.WARNS, translate("Strip", "settlement does not answer"))

    def _show_duty(
        self, on_duty: tuple[OnDuty, ...], register: tuple[Entry, ...], now: datetime
    ) -> None:
        """Who is on duty; and whose recovery has to be applied for by now."""
        there, barred = standing(on_duty, now, insured=True)
        ways = [(e, reminds(e, self._setup.calendar, now.date())) for e in register]
        told = [duty_words.recovers(entry, way) for entry, way in ways if way]
        part = self.parts["duty"]
        if there:
            names = "、".join(one.name for one in there)
            words = translate("Strip", "pharmacist %1").replace("%1", names)
        else:
            suspended = translate("Strip", "pharmacist suspended")
            words = suspended if barred else translate("Strip", "no pharmacist on duty")
        part.show_state(Sign.FINE if there and not told else Sign.WARNS, words)
        if told:
            part.setToolTip(f"<qt>{'<br>'.join(html.escape(line) for line in told)}</qt>")
        part.show()

    def _show_ledger(self, *, fine: bool) -> None:
        if fine:
            words = translate("Strip", "data on this machine is fine")
            self.parts["ledger"].show_state(Sign.FINE, words)
        else:
            self.parts["ledger"].show_state(Sign.BAD, translate("Strip", "see the message"))

    def _show_scanner(self) -> None:
        part = self.parts["scanner"]
        troubles = [
            (word, *scanner_text(word, _about(name, word, detail)), _short(name))
            for name, (word, detail) in self._scanners.items()
            if word != ScannerWord.OK
        ]
        # A device names itself, and a tool tip is rich text to Qt: what it holds is escaped.
        words = [html.escape(f"{what} {todo}") for _, what, todo, _ in troubles]
        if troubles:
            word, what, _, name = troubles[0]
            unplugged = translate("Strip", "scanner unplugged: %1").replace("%1", name)
            part.show_state(Sign.WARNS, unplugged if word == ScannerWord.ABSENT else what)
            part.setToolTip(f"<qt>{'<br>'.join(words)}</qt>")
        elif self._scanners:
            names = ", ".join(_short(name) for name in self._scanners)
            part.show_state(Sign.FINE, translate("Strip", "scanner %1").replace("%1", names))
        else:
            part.show_state(Sign.FINE, translate("Strip", "keyboard scanner"))

    def show_queue(self, queue: QueueSummary, now: datetime) -> None:
        """Show the outbox: how many lines wait, how old the oldest is, what was refused."""
        self._queue = queue
        parts = []
        if self._upload_down and self._setup.uploads:
            down = translate("Strip", "upload down %1")
            parts.append(down.replace("%1", times_words.age(self._upload_down, now)))
        if queue.refused:
            parts.append(translate("Strip", "%1 refused").replace("%1", str(queue.refused)))
        if queue.open and queue.oldest:
            waits = translate("Strip", "%1 lines wait, oldest %2")
            waits = waits.replace("%1", str(queue.open))
            parts.append(waits.replace("%2", times_words.age(queue.oldest, now)))
        self._show_upload(parts)

    def _show_upload(self, more: list[str]) -> None:
        missing = [] if self._setup.uploads else [translate("Strip", "upload not set up")]
        words = "，".join([*missing, *more]) or translate("Strip", "upload")
        self.parts["upload"].show_state(self._upload_sign(), words)

    def _upload_sign(self) -> Sign:
        if self._queue.refused:
            return Sign.BAD
        if not self._setup.uploads:
            return Sign.NOT_SET_UP
        return Sign.WARNS if self._upload_down else Sign.FINE


def _about(name: str, word: str, detail: str) -> str:
    """What to call a scanner: one that types is only known by what it calls itself."""
    return detail if word == ScannerWord.KEYBOARD_MODE and detail else _short(name)


def _short(name: str) -> str:
    """A port's name without its folder."""
    if name.endswith("practice-scanner"):
        return translate("Strip", "(practice)")
    return name.split(":", 1)[-1].rsplit("/", 1)[-1]
