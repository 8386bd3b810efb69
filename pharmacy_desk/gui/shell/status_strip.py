"""The strip at the bottom: scanner, printer, settlement, upload, ledger; a sign and a word each."""

import html
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pharmacy_desk.core.scanning.scanner_ports import ScannerWord
from pharmacy_desk.core.upload.outbox import QueueSummary
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import times as times_words
from pharmacy_desk.gui.words.scanners import scanner_text


class StatusStrip(QWidget):
    """Each part is a button that leads to where something can be done."""

    wanted = Signal(str)

    def __init__(self, printer: str, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stripe")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("QWidget#stripe { background: #E4E8EC; }")
        self._scanner = self._part("settings")
        self._printer = self._part("settings")
        self._settlement = self._part("settings")
        self._upload = self._part("uploads")
        self._ledger = self._part("settings")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 10, 3)
        layout.setSpacing(14)
        for part in (self._scanner, self._printer, self._settlement, self._upload):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._ledger)
        self._scanners: dict[str, tuple[str, str]] = {}
        self._upload_down: datetime | None = None
        self._queue = QueueSummary()
        self._printer_name = printer
        self._show_scanner()
        self._printer.setText("● " + printer)
        self._settlement.setText(
            "● "
            + translate("Strip", "settlement")
            + (translate("Strip", " (practice)") if training else "")
        )
        self._ledger.setText("● " + translate("Strip", "data on this machine is fine"))

    def _part(self, where: str) -> QPushButton:
        made = QPushButton()
        made.setObjectName("strip")
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.wanted.emit(where))
        return made

    def hear(self, message: news.News, now: datetime) -> None:
        """React to what the clerk posts."""
        match message:
            case news.ScannerState(name=name, state=state, detail=detail):
                self._scanners[name] = state, detail
                self._show_scanner()
            case news.PrintFailed():
                self._printer.setText("▲ " + translate("Strip", "printer failed"))
            case news.Printed():
                self._printer.setText("● " + self._printer_name)
            case news.LineState(name="upload", up=up, since=since):
                self._upload_down = None if up else since
                self.show_queue(self._queue, now)
            case news.LineState(name="settlement", up=up):
                sign = "● " if up else "▲ "
                word = translate("Strip", "settlement")
                down = translate("Strip", "settlement does not answer")
                self._settlement.setText(sign + (word if up else down))
            case news.Trouble() | news.ScanFailed():
                self._ledger.setText("✕ " + translate("Strip", "see the message"))
            case news.Judged():
                self._ledger.setText("● " + translate("Strip", "data on this machine is fine"))
            case _:
                pass

    def _show_scanner(self) -> None:
        troubles = [
            (word, *scanner_text(word, _about(name, word, detail)), _short(name))
            for name, (word, detail) in self._scanners.items()
            if word != ScannerWord.OK
        ]
        # A device names itself, and a tool tip is rich text to Qt: what it holds is escaped.
        words = [html.escape(f"{what} {todo}") for _, what, todo, _ in troubles]
        self._scanner.setToolTip(f"<qt>{'<br>'.join(words)}</qt>" if words else "")
        if troubles:
            word, what, _, name = troubles[0]
            unplugged = translate("Strip", "scanner unplugged: %1").replace("%1", name)
            self._scanner.setText("▲ " + (unplugged if word == ScannerWord.ABSENT else what))
        elif self._scanners:
            names = ", ".join(_short(name) for name in self._scanners)
            self._scanner.setText("● " + translate("Strip", "scanner %1").replace("%1", names))
        else:
            self._scanner.setText("● " + translate("Strip", "keyboard scanner"))

    def show_queue(self, queue: QueueSummary, now: datetime) -> None:
        """Show the outbox: how many lines wait, how old the oldest is, what was refused."""
        self._queue = queue
        parts = []
        if self._upload_down:
            down = translate("Strip", "upload down %1")
            parts.append(down.replace("%1", times_words.age(self._upload_down, now)))
        if queue.refused:
            parts.append(translate("Strip", "%1 refused").replace("%1", str(queue.refused)))
        if queue.open and queue.oldest:
            waits = translate("Strip", "%1 lines wait, oldest %2")
            waits = waits.replace("%1", str(queue.open))
            parts.append(waits.replace("%2", times_words.age(queue.oldest, now)))
        sign = "✕ " if queue.refused else "▲ " if self._upload_down else "● "
        word = translate("Strip", "upload")
        self._upload.setText(sign + ("，".join(parts) if parts else word))


def _about(name: str, word: str, detail: str) -> str:
    """What to call a scanner: one that types is only known by what it calls itself."""
    return detail if word == ScannerWord.KEYBOARD_MODE and detail else _short(name)


def _short(name: str) -> str:
    """A port's name without its folder."""
    if name.endswith("practice-scanner"):
        return translate("Strip", "(practice)")
    return name.split(":", 1)[-1].rsplit("/", 1)[-1]
