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
from pharmacy_desk.core.scanning.burst import KEYBOARD
from pharmacy_desk.core.scanning.scanner_ports import ScannerWord
from pharmacy_desk.core.upload.outbox import QueueSummary
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import duty as duty_words
from pharmacy_desk.gui.words import steps as steps_words
from pharmacy_desk.gui.words import times as times_words
from pharmacy_desk.gui.words.scanners import scanner_text


class Sign(Enum):
    """What stands before the words of a part."""

    FINE = "●"
    WARNS = "▲"
    BAD = "✕"
    # Neither good nor bad, nothing is known of it: not set up, or not used since the start.
    UNPROVED = "○"

    @property
    def colour(self) -> str:
        """The colour of sign and words."""
        wear = theme.colours()
        return {
            Sign.FINE: wear.ink,
            Sign.WARNS: theme.ASK.ink,
            Sign.BAD: theme.NO.ink,
            Sign.UNPROVED: wear.quiet,
        }[self]

    @property
    def meaning(self) -> str:
        """What the sign means, and what a click does."""
        return {
            Sign.FINE: translate("Strip", "● works. Click: its settings."),
            Sign.WARNS: translate("Strip", "▲ does not work now; you can go on selling. Click."),
            Sign.BAD: translate("Strip", "✕ somebody must look at it. Click."),
            Sign.UNPROVED: translate("Strip", "○ not set up. Click to set it up."),
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

    def show_use(
        self, words: str, proof: str, *, since: datetime | None, tells: bool = False
    ) -> None:
        """Works, as what `proof` names was seen then; without it nothing is known.

        `tells`: the words say more than what it is, so that they stay as they are.
        """
        if since is None:
            tip = translate("Strip", "○ nothing known yet: %1 was not seen since the start.")
            unused = words if tells else translate("Strip", "%1, not used yet")
            self.show_state(Sign.UNPROVED, unused.replace("%1", words), tip.replace("%1", proof))
        else:
            tip = translate("Strip", "● works: %1 at %2. Click: its settings.")
            tip = tip.replace("%2", _moment(since)).replace("%1", proof)
            self.show_state(Sign.FINE, words, tip)

    def show_state(self, sign: Sign, words: str, tip: str = "") -> None:
        """Show how it is; the tool tip says what its sign means, else `tip`."""
        self.setText(f"{sign.value} {steps_words.closed_up(words)}")
        self.setToolTip(tip or sign.meaning)
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
        # When each last did what it is for, since the start: a dot is shown for nothing less.
        self._scanned: dict[str, datetime] = {}
        self._printed: datetime | None = None
        self._settled: datetime | None = None
        self._uploaded: datetime | None = None
        self._upload_down: datetime | None = None
        self._show_scanner()
        self._show_printer()
        self._show_settlement()
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
            case news.ScannerState() | news.ScanArrived():
                self._hear_scanner(message)
            case news.PrintFailed():
                failed = translate("Strip", "printer failed")
                self.parts["printer"].show_state(Sign.WARNS, failed)
            case news.Printed():
                self._printed = now
                self._show_printer()
            case news.LineState(name="upload", up=up, since=since):
                self._upload_down = None if up else since
                self._uploaded = since if up else None
                self.show_queue(self._queue, now)
            case news.LineState(name="settlement", up=up, since=since):
                self._settled = since if up else None
                self._show_settlement(down=not up)
            case news.DutyShown(on_duty=on_duty, register=register):
                self._show_duty(on_duty, register, now)
            case news.Trouble() | news.ScanFailed():
                self._show_ledger(fine=False)
            case news.Judged():
                self._show_ledger(fine=True)
            case _:
                pass

    def _hear_scanner(self, message: news.ScannerState | news.ScanArrived) -> None:
        if isinstance(message, news.ScanArrived):
            self._scanned[message.port] = message.at
        else:
            self._scanners[message.name] = message.state, message.detail
            if message.state != ScannerWord.OK:  # plugged in again, it proves itself again
                self._scanned.pop(message.name, None)
        self._show_scanner()

    def _show_printer(self) -> None:
        part, words = self.parts["printer"], self._setup.printer
        if self._setup.prints:
            part.show_use(words, translate("Strip", "a receipt was taken"), since=self._printed)
        else:
            part.show_state(Sign.UNPROVED, words)

    def _show_settlement(self, *, down: bool = False) -> None:
        part = self.parts["settlement"]
        if not self._setup.settles:
            words = translate("Strip", "settlement not set up")
            tip = translate("Strip", "F2 asks for the number that the insurance terminal shows.")
            part.show_state(Sign.UNPROVED, words, tip)
        elif down:
            part.show_state(Sign.WARNS, translate("Strip", "settlement does not answer"))
        else:
            practice = translate("Strip", " (practice)") if self._setup.training else ""
            words = translate("Strip", "settlement") + practice
            part.show_use(words, translate("Strip", "the insurance answered"), since=self._settled)

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
            (word, *scanner_text(word, _about(name, word, detail)), steps_words.short_port(name))
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
            self._show_connected()
        else:
            typed = self._scanned.get(KEYBOARD)
            part.show_use(translate("Strip", "keyboard scanner"), _scan(), since=typed)

    def _show_connected(self) -> None:
        """Ports that are open: each a fact, and that each works only once it has scanned."""
        part = self.parts["scanner"]
        seen = [self._scanned[name] for name in self._scanners if name in self._scanned]
        if len(seen) == len(self._scanners):
            words = steps_words.with_ports(translate("Strip", "scanner %1"), self._scanners)
            part.show_use(words, _scan(), since=min(seen))
            return
        waits = ", ".join(
            steps_words.short_port(name) for name in self._scanners if name not in self._scanned
        )
        connected = translate("Strip", "scanner %1 connected")
        words = steps_words.with_ports(connected, self._scanners)
        tip = translate("Strip", "○ connected; no scan of %1 was read yet, ● once one is.")
        part.show_state(Sign.UNPROVED, words, f"<qt>{html.escape(tip.replace('%1', waits))}</qt>")

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
        part = self.parts["upload"]
        missing = [] if self._setup.uploads else [translate("Strip", "upload not set up")]
        words = "，".join([*missing, *more]) or translate("Strip", "upload")
        if self._queue.refused:
            part.show_state(Sign.BAD, words)
        elif missing:
            part.show_state(Sign.UNPROVED, words)
        elif self._upload_down:
            part.show_state(Sign.WARNS, words)
        else:
            proof = translate("Strip", "the platform answered")
            part.show_use(words, proof, since=self._uploaded, tells=bool(more))


def _moment(at: datetime) -> str:
    """A time that stays true while it stands there."""
    return f"{at:%Y-%m-%d %H:%M}"


def _scan() -> str:
    return translate("Strip", "a scan was read")


def _about(name: str, word: str, detail: str) -> str:
    """What to call a scanner: one that types is only known by what it calls itself."""
    return detail if word == ScannerWord.KEYBOARD_MODE and detail else steps_words.short_port(name)
