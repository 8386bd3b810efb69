"""Which scanners there are, how each is doing, and the search for a serial port's speed."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.scanning.scanner_list import NotUsed, Plugged, Way
from pharmacy_desk.core.scanning.scanner_ports import ScannerWord
from pharmacy_desk.core.scanning.scanner_report import SerialLine
from pharmacy_desk.core.scanning.test_card import CARD, Proof
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import ScannerHelp
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import AnyIndex, Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words.findings import end_text, port_text
from pharmacy_desk.gui.words.scanners import scanner_text
from pharmacy_desk.gui.words.settings import choice_text

_BUSY_PX = 10
_EXPECTED = next(line.payload for line in CARD if line.proof is Proof.PLAIN)


class _PortRows(Rows[Plugged]):
    """Scanners by their plain names; where the system has one is told by its tool tip."""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's hook."""
        plugged = self.row(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0 and plugged:
            where = plugged.device or plugged.name
            return f"<qt>{escape(plain_name(plugged))}<br>{escape(where)}</qt>"
        return super().data(index, role)


class PortsPage(QWidget):
    """The list; below it the chosen scanner's state in words, and the search."""

    found = Signal(object, object)

    def __init__(self, scanners: ScannerHelp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scanners = scanners
        self._answer: tuple[Plugged, SerialLine] | None = None
        self._plugged: tuple[Plugged, ...] = ()
        # Whose search is told below the list: it stays there until another scanner is chosen.
        self._told_of = ""
        self.searching = self._given_up = False
        self.rows = _PortRows(
            [
                translate("Scanner", "Scanner"),
                translate("Scanner", "Connected by"),
                translate("Scanner", "State"),
                translate("Scanner", "Scans"),
                translate("Scanner", "Bytes"),
                translate("Scanner", "Last"),
            ],
            _cells,
        )
        self.table = TableView(translate("Scanner", "Looking for scanners …"), 0)
        self.table.show_model(self.rows, (300, 130, 190, 80, 90, 100))
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.said = plain()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(_BUSY_PX)
        self.search_button = button(translate("Scanner", "Find speed and parity (F6)"), self.search)
        self.use_button = button(translate("Scanner", "Use it"), self._use, primary=True)
        keys = QHBoxLayout()
        keys.addStretch(1)
        keys.addWidget(self.use_button)
        keys.addWidget(self.search_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(10)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.busy)
        layout.addLayout(keys)
        self._show_search()

    def refresh(self) -> None:
        """Look again, unless a search has the ports now."""
        if not self.searching:
            self._scanners.ask(self.take)

    def take(self, plugged: tuple[Plugged, ...]) -> None:
        """Show a list; the chosen scanner stays chosen."""
        if plugged == self._plugged:
            return
        self._plugged = plugged
        chosen = self.chosen()
        names = [one.name for one in plugged]
        self.rows.show(plugged)
        if chosen and chosen.name in names:
            self.table.selectRow(names.index(chosen.name))
        elif plugged:
            # The one a search is for, if there is one: the keyboard has no speed.
            serial = [row for row, one in enumerate(plugged) if one.device]
            self.table.selectRow(serial[0] if serial else 0)

    def chosen(self) -> Plugged | None:
        """The scanner the keyboard is on."""
        rows = self.table.selected_rows()
        return self.rows.row(rows[0]) if rows else None

    # --- the search -----------------------------------------------------------------------

    def search(self) -> None:
        """F6: search, or give the search up."""
        if self.searching:
            self.leave()
            return
        plugged = self.chosen()
        if plugged is None or not plugged.device:
            self.said.setText(translate("Scanner", "Choose a serial port in the list first."))
            return
        self.searching, self._given_up, self._answer = True, False, None
        self._show_search()
        self._scanners.probe(
            plugged.device, _EXPECTED, self._turn, lambda answer: self._done(plugged, answer)
        )

    def leave(self) -> None:
        """Give a search up, also when the assistant is closed: none goes on behind it."""
        if self.searching:
            self._given_up = True
            self._scanners.end_probe()

    def _turn(self, line: SerialLine) -> None:
        words = translate(
            "Scanner", "Trying %1: scan the first line of the test card again and again."
        )
        self.said.setText(words.replace("%1", _line_text(line)))

    def _done(self, plugged: Plugged, answer: object) -> None:
        self.searching = False
        self._told_of = plugged.name
        if isinstance(answer, SerialLine):
            self._answer = (plugged, answer)
            words = translate("Scanner", "✓ Found: %1. Each scan ends with %2.")
            end = end_text(answer.end) if answer.end else ""
            self.said.setText(words.replace("%1", _line_text(answer)).replace("%2", end))
        elif isinstance(answer, WorldError):
            named = WorldError(answer.fault, **{**answer.params, "name": plain_name(plugged)})
            self.said.setText(" ".join((theme.NO.sign, *faults_words.fault(named))))
        elif self._given_up:
            self.said.setText(translate("Scanner", "Search stopped; nothing was changed."))
        else:
            self.said.setText(
                translate(
                    "Scanner",
                    "✕ Nothing readable came. Is this the port, and was the first line scanned?",
                )
            )
        self._show_search()

    def _use(self) -> None:
        if self._answer:
            self.found.emit(*self._answer)
            self._answer = None
            self._show_search()

    def _show_search(self) -> None:
        self.busy.setVisible(self.searching)
        self.use_button.setVisible(self._answer is not None)
        self.table.setEnabled(not self.searching)
        words = translate("Scanner", "Find speed and parity (F6)")
        stop = translate("Scanner", "Stop searching (F6)")
        self.search_button.setText(stop if self.searching else words)

    def _show_chosen(self) -> None:
        plugged = self.chosen()
        if plugged is None or self.searching or plugged.name == self._told_of:
            return
        self._told_of, self._answer = "", None
        self.said.setText(state_sentence(plugged))
        self.search_button.setEnabled(bool(plugged.device))
        self._show_search()


def _line_text(line: SerialLine) -> str:
    parity = choice_text("scanner.parity", line.parity)
    words = translate("Scanner", "%1 baud, parity %2")
    return words.replace("%1", str(line.baud)).replace("%2", parity)


def state_sentence(plugged: Plugged) -> str:
    """What a state means and what to do."""
    name = plain_name(plugged)
    if plugged.word == ScannerWord.OK and plugged.way is Way.KEYBOARD and plugged.about:
        return translate("Scanner", "It types like a keyboard: %1.").replace("%1", plugged.about)
    if plugged.word == ScannerWord.OK:
        return plugged.about or translate("Scanner", "It is ready.")
    if plugged.word == NotUsed.FREE:
        return translate("Scanner", "%1: not used. Find its speed to use it as a scanner.").replace(
            "%1", name
        )
    if plugged.word == NotUsed.OFF:
        return translate("Scanner", "%1: switched off in the settings.").replace("%1", name)
    return " ".join(scanner_text(plugged.word, name))


def plain_name(plugged: Plugged) -> str:
    """What a person calls it: the maker's name of a device, else the short name of its port."""
    if plugged.way is Way.SERIAL and plugged.about:
        return f"{plugged.about} ({port_text(plugged.device or plugged.name)})"
    return port_text(plugged.name)


def _cells(plugged: Plugged) -> tuple[str, ...]:
    counts = plugged.counts
    return (
        plain_name(plugged),
        {
            Way.KEYBOARD: translate("Scanner", "keyboard"),
            Way.SERIAL: translate("Scanner", "serial"),
            Way.HID: "HID-POS",
            Way.OTHER: translate("Scanner", "file"),
        }[plugged.way],
        _state(plugged.word),
        str(counts.scans) if counts else "",
        str(counts.received) if counts else "",
        f"{counts.seen:%H:%M:%S}" if counts and counts.seen else "",
    )


def _state(word: str) -> str:
    words: dict[str, str] = {
        ScannerWord.OK: "● " + translate("Scanner", "ready"),
        ScannerWord.ABSENT: "▲ " + translate("Scanner", "not plugged in"),
        ScannerWord.DENIED: "▲ " + translate("Scanner", "no permission"),
        ScannerWord.HID_DENIED: "▲ " + translate("Scanner", "no permission"),
        ScannerWord.KEYBOARD_MODE: "▲ " + translate("Scanner", "types only"),
        ScannerWord.SETUP_MODE: "▲ " + translate("Scanner", "in setup mode"),
        NotUsed.OFF: "○ " + translate("Scanner", "switched off"),
        NotUsed.FREE: "○ " + translate("Scanner", "not used"),
    }
    return words.get(word, word)
