"""扫码枪助手: helps when a scanner does not do what it should. Scans are tried here, never sold.

Not modal: the counter stays on the screen behind it. While it is open every scan comes here.
"""

from collections import deque
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.scanning.burst import KEYBOARD, End
from pharmacy_desk.core.scanning.scan import decode
from pharmacy_desk.core.scanning.scanner_list import Plugged, with_line
from pharmacy_desk.core.scanning.scanner_report import (
    SerialLine,
    Trial,
    findings,
    meant,
    named,
    proven,
)
from pharmacy_desk.core.settings.settings import Value
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.keys.wedge import Keyed
from pharmacy_desk.gui.scanning.ports_page import PortsPage
from pharmacy_desk.gui.scanning.ring_page import RingPage
from pharmacy_desk.gui.scanning.trial_page import TrialPage
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words.findings import end_text, port_text
from pharmacy_desk.gui.words.settings import setting_text

# The card has eight lines; three rounds of it are plenty to remember.
_MOST_TRIALS = 24
# A typed scan and its recognition meet again within milliseconds; a few scans may be under way.
_MOST_KEYED = 8
# Often enough to see a scanner being plugged in, seldom enough not to be noticed.
_LOOK_MS = 2000


class ScannerAssistant(QDialog):
    """Tabs: try a scan, scanners, the last scans. Every key of it is written on its button."""

    opened = Signal(bool)
    changed = Signal(object)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trials: deque[Trial] = deque(maxlen=_MOST_TRIALS)
        self._at: deque[datetime] = deque(maxlen=_MOST_TRIALS)
        self._keyed: deque[Keyed] = deque(maxlen=_MOST_KEYED)
        self._newest: news.Tried | None = None
        self.setWindowTitle(translate("Scanner", "Scanner assistant"))
        self.trial = TrialPage()
        self.ports = PortsPage(desk.scanners())
        self.ring = RingPage()
        self.said = plain(quiet=True)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.trial, translate("Scanner", "Try a scan"))
        self.tabs.addTab(self.ports, translate("Scanner", "Scanners"))
        self.tabs.addTab(self.ring, translate("Scanner", "Last scans"))
        self.tabs.currentChanged.connect(lambda _: self._look())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.trial.fix_wanted.connect(self._fix)
        self.ports.found.connect(self._use_line)
        desk.bridge.news.connect(self.hear)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.addWidget(self.said, 1)
        keys.addWidget(button(translate("Scanner", "Save the test card… (F2)"), self.choose_card))
        keys.addWidget(button(translate("Scanner", "Start anew (F5)"), self.start_anew))
        keys.addWidget(button(translate("Scanner", "Close (Esc)"), self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(keys)
        self.resize(1080, 620)

    def show_assistant(self) -> None:
        """Come to the front."""
        self.show()
        self.activateWindow()
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook: from now on scans are tried."""
        super().showEvent(event)
        if not event.spontaneous():
            self._timer.start()
            self.opened.emit(True)
            self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's hook: closed; minimised is still open."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()
            self.ports.leave()
            self.opened.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: the keys on the buttons; Esc closes."""
        key = Qt.Key(event.key())
        actions = {
            Qt.Key.Key_F2: self.choose_card,
            Qt.Key.Key_F5: self.start_anew,
            Qt.Key.Key_F6: self._search,
        }
        if key in actions:
            actions[key]()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _search(self) -> None:
        self.tabs.setCurrentWidget(self.ports)
        self.ports.search()

    def _look(self) -> None:
        """Bring the tab in front up to date."""
        if self.tabs.currentWidget() is self.ports:
            self.ports.refresh()
        elif self.tabs.currentWidget() is self.ring:
            self._desk.bridge.follow(self._desk.wishes.last_scans(), self.ring.take)

    # --- scans ----------------------------------------------------------------------------

    def typed(self, keyed: Keyed) -> None:
        """The wedge tells how a scan was typed, and once more when a second Enter came."""
        known = next((one for one in self._keyed if one.at == keyed.at), None)
        if known:
            self._keyed.remove(known)
            keyed = Keyed(keyed.text or known.text, keyed.end, keyed.at)
        self._keyed.append(keyed)
        if keyed.at in self._at:
            place = self._at.index(keyed.at)
            old = self._trials[place]
            self._trials[place] = Trial(old.expected, old.data, old.port, keyed.end)
            self._show_report()
        if self._newest and self._newest.raw.at == keyed.at:
            self._show_scan(self._newest)

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        if isinstance(message, news.Tried) and self.isVisible():
            self._tried(message)
        elif isinstance(message, news.ScannerState) and self.isVisible():
            self._look()

    def _tried(self, heard: news.Tried) -> None:
        self._newest = heard
        self._show_scan(heard)
        expected = None if heard.reading.is_personal else meant(heard.raw.data)
        if expected is not None:
            raw, typed = heard.raw, self._typed(heard)
            end = typed.end if typed else None
            self._trials.append(Trial(expected, raw.data, raw.port, end))
            self._at.append(raw.at)
            self._show_report()
        self._look()

    def _typed(self, heard: news.Tried) -> Keyed | None:
        if heard.raw.port != KEYBOARD:
            return None
        return next((one for one in self._keyed if one.at == heard.raw.at), None)

    def _show_scan(self, heard: news.Tried) -> None:
        reading, typed = heard.reading, self._typed(heard)
        raw = typed.text if typed else decode(heard.raw.data)
        # What charges or names a person is masked as everywhere else, its controls with it.
        shown = reading.shown() if reading.is_personal else named(raw)
        about = translate("Scanner", "From: %1").replace("%1", port_text(heard.raw.port))
        if typed:
            ends = translate("Scanner", "ended by %1").replace("%1", end_text(End(typed.end)))
            about = f"{about} · {ends}"
        length = translate("Scanner", "%1 characters").replace("%1", str(len(raw)))
        sign = theme.YES.sign if reading.is_trace else theme.UNSURE.sign
        sign = theme.NO.sign if reading.problem and not reading.code else sign
        self.trial.show_scan(
            f"{sign} {readings_words.kind(reading.kind)}", shown, f"{about} · {length}"
        )

    def _show_report(self) -> None:
        trials = tuple(self._trials)
        self.trial.show_report(findings(trials), proven(trials), self._desk.settings())

    def start_anew(self) -> None:
        """F5: forget the scans so far, after the scanner was changed."""
        self._trials.clear()
        self._at.clear()
        self._newest = None
        self.said.setText("")
        self.trial.clear()
        self.tabs.setCurrentWidget(self.trial)

    # --- what is changed ------------------------------------------------------------------

    def _fix(self, key: str, value: str) -> None:
        self._write({key: value})

    def _use_line(self, plugged: Plugged, line: SerialLine) -> None:
        """Take over what a search has found, for this port only."""
        settings = self._desk.settings()
        key = "scanner.serial_port"
        values: dict[str, Value] = {key: with_line(settings.text(key), plugged, line)}
        ends = settings.text("scanner.terminator")
        if line.end not in (None, End.NONE) and ends not in ("auto", line.end):
            values["scanner.terminator"] = "auto"
        self._write(values)

    def _write(self, values: dict[str, Value]) -> None:
        """Keep settings; they count from the next scan on."""
        settings = self._desk.settings()
        try:
            self._desk.save_settings({**settings.values, **values}, settings.practice)
        except WorldError as error:
            self.said.setText(" ".join((theme.NO.sign, *faults_words.fault(error))))
            return
        names = ", ".join(f"{setting_text(key)} = {value}" for key, value in values.items())
        words = translate("Scanner", "✓ Kept: %1. Scan the line again.")
        self.said.setText(words.replace("%1", names))
        self.changed.emit(values)
        self._show_report()

    # --- the test card --------------------------------------------------------------------

    def choose_card(self) -> None:
        """F2: choose where the test card goes."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate("Scanner", "Save the test card"),
            translate("Scanner", "scanner-test-card.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.save_card(Path(name))

    def save_card(self, path: Path) -> None:
        """Write the test card as PDF and say where it is."""
        try:
            self._desk.save_card(path)
        except WorldError as error:
            self.said.setText(" ".join((theme.NO.sign, *faults_words.fault(error))))
            return
        words = translate("Scanner", "✓ Saved: %1. Print it at 100 %.")
        self.said.setText(words.replace("%1", str(path)))
