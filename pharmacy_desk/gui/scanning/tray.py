"""拍照读码: the codes of a whole tray from one picture, looked over, then scanned one by one."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import RawScan, spaced
from pharmacy_desk.core.scanning.tray import Count, Photo, Picture, Symbol, is_box
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ScanAnswer
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.scanning.camera import CameraDialog
from pharmacy_desk.gui.scanning.tray_picture import Sent, TrayPicture
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words

PORT = "picture"
# What document cameras write, as a file dialog lists it.
_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp")
_MOST_BOXES = 200


class TrayDialog(QDialog):
    """Picture on the left; count, codes and keys on the right. Enter scans what was read."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: Path | Photo | None = None
        self._reading = False
        self._asked = 0
        self._codes: tuple[Symbol, ...] = ()
        self._unread = 0
        self._sent: list[Sent] = []
        self._flying: int | None = None
        self.setWindowTitle(translate("Tray", "Tray picture"))
        self.picture = TrayPicture()
        self.boxes = QSpinBox()
        self.boxes.setRange(0, _MOST_BOXES)
        self.boxes.setSpecialValueText(translate("Tray", "not counted"))
        self.boxes.valueChanged.connect(lambda _: self._show_count())
        self.said = plain(px=19, bold=True)
        self._todo = plain(quiet=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self.rows: Rows[tuple[int, Symbol, Sent]] = Rows(
            [translate("Tray", "Number"), translate("Tray", "Code"), translate("Tray", "What")],
            self._cells,
        )
        self.table = TableView(translate("Tray", "No picture yet."), 1)
        self.table.show_model(self.rows, (50, 260, 120))
        self._send_button = button(translate("Tray", "Scan them (Enter)"), self.send, primary=True)
        self._again_button = button(translate("Tray", "Look again (F5)"), self.look_again)
        self._lay_out()
        self._show_state()
        desk.bridge.news.connect(self.hear)

    def _lay_out(self) -> None:
        count = QHBoxLayout()
        label: QLabel = plain(translate("Tray", "Boxes in the picture"))
        label.setBuddy(self.boxes)
        count.addWidget(label, 1)
        count.addWidget(self.boxes)
        sources = QHBoxLayout()
        sources.addWidget(button(translate("Tray", "Picture… (F2)"), self.choose_file))
        sources.addWidget(button(translate("Tray", "Newest of folder… (F3)"), self.choose_folder))
        sources.addWidget(button(translate("Tray", "Camera (F4)"), self.open_camera))
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(sources)
        right.addLayout(count)
        right.addWidget(self.said)
        right.addWidget(self._todo)
        right.addWidget(self._busy)
        right.addWidget(self.table, 1)
        keys = QHBoxLayout()
        keys.addWidget(self._again_button)
        keys.addStretch(1)
        keys.addWidget(self._send_button)
        right.addLayout(keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(14)
        layout.addWidget(self.picture, 3)
        layout.addLayout(right, 2)
        self.resize(1160, 660)

    def show_tray(self) -> None:
        """Come to the front; a tray whose scanning stopped for a question goes on from there."""
        self.show()
        self.activateWindow()
        self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.boxes.selectAll()

    # --- keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: everything has a key; Esc closes and sends nothing more."""
        key = Qt.Key(event.key())
        actions = {
            Qt.Key.Key_Return: self.send,
            Qt.Key.Key_Enter: self.send,
            Qt.Key.Key_F2: self.choose_file,
            Qt.Key.Key_F3: self.choose_folder,
            Qt.Key.Key_F4: self.open_camera,
            Qt.Key.Key_F5: self.look_again,
        }
        if key in actions:
            actions[key]()
        else:
            super().keyPressEvent(event)

    def choose_file(self) -> None:
        """Choose a picture file and read it."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Tray", "Picture of a tray"),
            self._folder(),
            translate("Tray", "Pictures (*.jp*g *.png *.bmp *.tif*)"),
        )
        if name:
            self.read(Path(name))

    def choose_folder(self) -> None:
        """Choose a folder and read its newest picture."""
        name = QFileDialog.getExistingDirectory(
            self, translate("Tray", "Folder of the document camera"), self._folder()
        )
        if name:
            self.read_newest(Path(name))

    def _folder(self) -> str:
        """Where to begin looking: where the last picture was, else where the camera's go."""
        if isinstance(self._source, Path):
            return str(self._source.parent)
        return self._desk.settings().text("scanner.picture_folder")

    def read_newest(self, folder: Path) -> None:
        """Read the newest picture of a folder."""
        try:
            found = [path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES]
            newest = max(found, key=lambda path: path.stat().st_mtime_ns, default=None)
        except OSError:
            newest = None
        if newest is None:
            self._say(translate("Tray", "There is no picture in this folder."), str(folder))
        else:
            self.read(newest)

    def open_camera(self) -> None:
        """Take the picture with a camera, where there is one."""
        try:
            camera = CameraDialog(self)
        except WorldError as error:
            self._say(*faults_words.fault(error))
            return
        camera.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        camera.taken.connect(self.read)
        camera.open()

    def look_again(self) -> None:
        """Read the same picture again, now that the boxes were counted."""
        if self._source is not None:
            self.read(self._source)

    # --- reading --------------------------------------------------------------------------

    def read(self, source: Path | Photo) -> None:
        """Read a picture off this thread; a newer one makes an older answer worthless."""
        if self._flying is not None:
            return
        self._source = source
        self._asked += 1
        ticket = self._asked
        self._reading = True
        self._take(None)
        self._say(translate("Tray", "Reading …"), "")
        self._show_state()
        expect = self.boxes.value() or None
        self._desk.read_picture(source, expect, lambda answer: self._answered(ticket, answer))

    def _answered(self, ticket: int, answer: object) -> None:
        if ticket != self._asked:
            return
        self._reading = False
        if isinstance(answer, Picture):
            self._take(answer)
            self._show_count()
        elif isinstance(answer, WorldError):
            self._say(*faults_words.fault(answer))
        self._show_state()

    def _take(self, picture: Picture | None) -> None:
        self.picture.show_picture(picture)
        self._codes = picture.tray.symbols if picture else ()
        self._unread = len(picture.tray.unread) if picture else 0
        self._sent = [
            Sent.NOT_YET if is_box(symbol.reading(self._today())) else Sent.NO_BOX
            for symbol in self._codes
        ]
        self._show_rows()

    # --- sending --------------------------------------------------------------------------

    def send(self) -> None:
        """Scan the codes one by one, each after the answer to the one before."""
        if self._reading or self._flying is not None:
            return
        self._send_next()

    def _send_next(self) -> None:
        waiting = [n for n, sent in enumerate(self._sent) if sent is Sent.NOT_YET]
        self._flying = waiting[0] if waiting else None
        self._show_state()
        if self._flying is not None:
            symbol = self._codes[self._flying]
            wished = self._desk.wishes.scan(RawScan(symbol.scanned, PORT, self._desk.now()))
            self._desk.bridge.follow(wished, self._scanned, self._not_scanned)

    def hear(self, message: news.News) -> None:
        """How the codes stand: also those that are scanned by hand, or asked about before."""
        if isinstance(message, news.Judged):
            self._judged(message.verdict)

    def _judged(self, verdict: Verdict) -> None:
        code = verdict.reading.code
        codes = [symbol.reading(self._today()).code for symbol in self._codes]
        if code is None or code not in codes:
            return
        asks = verdict.action is Action.ASK
        sent = Sent.IN if verdict.accepted else Sent.ASKED if asks else Sent.REFUSED
        self._sent[codes.index(code)] = sent
        self._show_rows()

    def _scanned(self, answer: ScanAnswer) -> None:
        """The code that was on its way is answered: the next one, unless it asks something."""
        self._flying = None
        if answer.verdict is None:
            # Not in the sale: it stays to be scanned, by Enter.
            if answer.error:
                self._say(*faults_words.fault(answer.error))
            self._show_state()
            return
        if answer.action is Action.ASK:
            # The question stands at the checkout; F7 comes back to what is still to be scanned.
            self._show_state()
            self._say(
                translate("Tray", "A code needs an answer at the checkout first."),
                translate("Tray", "Then F7 and Enter go on with the rest."),
            )
            self.hide()
            front = self.parentWidget()
            if front is not None:
                front.activateWindow()
            return
        self._send_next()
        if self._flying is None:
            self._finished()

    def _not_scanned(self, _: Exception) -> None:
        """A bug of ours, told as trouble: the code stays to be scanned."""
        self._flying = None
        self._show_state()

    def _finished(self) -> None:
        refused = self._sent.count(Sent.REFUSED) + self._sent.count(Sent.ASKED)
        if refused:
            words = translate("Tray", "%1 codes are in, %2 were refused.")
            words = words.replace("%1", str(self._sent.count(Sent.IN)))
            self._say(
                words.replace("%2", str(refused)),
                translate("Tray", "Refused ones are marked ✕; scan these boxes by hand."),
            )
        else:
            self._source = None
            self._take(None)
            self._say("", "")
            self.accept()

    # --- showing --------------------------------------------------------------------------

    def _show_count(self) -> None:
        if self._reading or not (self._codes or self._unread):
            if self._source is not None and not self._reading:
                self._say(
                    translate("Tray", "No code was found in this picture."),
                    translate("Tray", "Lay the boxes with their codes up and take it again."),
                )
            return
        expected = self.boxes.value() or None
        codes = sum(sent is not Sent.NO_BOX for sent in self._sent)
        self._say(*count_words(Count(codes, self._unread, expected)))

    def _show_rows(self) -> None:
        self.picture.show_sent(self._sent)
        self.rows.show([(n, s, self._sent[n]) for n, s in enumerate(self._codes)])

    def _show_state(self) -> None:
        busy = self._reading or self._flying is not None
        self._busy.setVisible(busy)
        self._send_button.setEnabled(not busy and Sent.NOT_YET in self._sent)
        self._again_button.setEnabled(not busy and self._source is not None)

    def _say(self, words: str, todo: str) -> None:
        self.said.setText(words)
        self._todo.setText(todo)

    def _today(self) -> date:
        return self._desk.now().date()

    def _cells(self, row: tuple[int, Symbol, Sent]) -> tuple[str, ...]:
        number, symbol, sent = row
        reading = symbol.reading(self._today())
        code = spaced(reading.code) if reading.code else symbol.shown(self._today())
        sign = {Sent.IN: "✓ ", Sent.ASKED: "? ", Sent.REFUSED: "✕ "}.get(sent, "")
        return f"{number + 1}", code, sign + readings_words.kind(reading.kind)


def count_words(count: Count) -> tuple[str, str]:
    """What the picture gave against what was counted: a sentence, and what to do."""
    if count.expected is None:
        words = translate("Tray", "%1 codes were read.")
    elif count.surplus:
        words = translate("Tray", "%3 boxes, but %1 codes: count again.")
    elif not count.missing:
        words = translate("Tray", "✓ %3 boxes, %1 codes.")
    elif count.missing == 1 and count.unread == 1:
        words = translate("Tray", "%3 boxes, %1 codes: the one marked ? is missing.")
    elif count.missing == 1:
        words = translate("Tray", "%3 boxes, %1 codes: one is missing.")
    else:
        words = translate("Tray", "%3 boxes, %1 codes: %4 are missing.")
    for mark, value in (("%1", count.codes), ("%3", count.expected), ("%4", count.missing)):
        words = words.replace(mark, str(value))
    todo = ""
    if count.unread:
        todo = translate("Tray", "Not read, marked ?: %1. Turn these boxes or scan them by hand.")
        todo = todo.replace("%1", str(count.unread))
    elif count.missing:
        todo = translate("Tray", "No mark: its code is hidden or outside the picture.")
    return words, todo
