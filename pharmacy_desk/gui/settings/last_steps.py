"""The end of the first run, in the store's own home: the drug list comes in, a page is printed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import imports as imports_words


class LastSteps(QDialog):
    """Not modal: whoever has the file elsewhere does it later, by the button at the checkout."""

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Assistant", "Set up this counter"))
        self.setMinimumWidth(640)
        self.resize(640, 440)
        self._desk = desk
        # A button that is switched off would hand the keyboard to the next one, and Enter with it.
        self._busy = False
        self._title = plain(px=26, bold=True)
        self.told = plain()
        self._reading = imports_words.Progress(desk.bridge, self.told.setText)
        self.choose = button(
            translate("Catalogue", "Import drug list…"), self.choose_file, primary=True
        )
        self.print = button(
            translate("Assistant", "Print a test page"), self.print_page, primary=True
        )
        self._pages = QStackedWidget()
        words = (
            translate(
                "Assistant",
                "The drug list comes from your ERP as CSV or XLSX; columns are found by their"
                " names. Without it every box would be a question.",
            ),
            translate(
                "Assistant",
                "The page shows the width, the characters and a barcode. When nothing comes out,"
                " look at the printer's paper, cable and address (settings, printer).",
            ),
        )
        for hint, made in zip(words, (self.choose, self.print), strict=True):
            self._pages.addWidget(_page(hint, made))
        self.back = button(translate("Assistant", "Back"), self._go_back)
        self.next = button("", self._go_on)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.told)
        layout.addLayout(row)
        self._show(0)

    def _show(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self._say("", theme.IDLE)
        self._title.setText(
            translate("Assistant", "7 of 7  Does the printer print?")
            if step
            else translate("Assistant", "6 of 7  Which drugs does this shop have?")
        )
        self.back.setEnabled(step > 0)
        self.next.setText(
            translate("Assistant", "Done") if step else translate("Assistant", "Later")
        )
        (self.print if step else self.choose).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        if self._busy:
            return
        if self._pages.currentIndex():
            self.accept()
        else:
            self._show(1)

    def _go_back(self) -> None:
        if not self._busy:
            self._show(0)

    def _say(self, words: str, tone: theme.Tone) -> None:
        self.told.setText(words)
        self.told.setStyleSheet(f"color: {tone.ink};")

    # --- the drug list --------------------------------------------------------------------

    def choose_file(self) -> None:
        """Choose the file of the ERP."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Catalogue", "Drug list"),
            "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Read it; rows that cannot be taken are named, and the others are in."""
        if self._busy:
            return
        self._busy = True
        self._reading.begin()
        self._desk.import_catalogue(path, self._reading.read, self._imported)

    def _imported(self, answer: object) -> None:
        self._busy = False
        if isinstance(answer, ImportReport):
            good = bool(answer.added or answer.changed)
            self._say(imports_words.done(answer), theme.YES if good else theme.NO)
            if good:
                self.next.setText(translate("Assistant", "Next"))
                self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(answer, WorldError):
            self._say("✕ " + " ".join(faults_words.fault(answer)), theme.NO)

    # --- the printer ----------------------------------------------------------------------

    def print_page(self) -> None:
        """Print the test page; the answer says where it went, or why it did not."""
        if self._busy:
            return
        self._busy = True
        self._say(translate("Assistant", "Printing …"), theme.IDLE)
        self._desk.print_test(self._printed)

    def _printed(self, answer: object) -> None:
        self._busy = False
        if isinstance(answer, WorldError):
            self._say("✕ " + " ".join(faults_words.fault(answer)), theme.NO)
        elif answer:
            words = translate("Assistant", "✓ Printed: %1").replace("%1", Path(str(answer)).name)
            self._say(words, theme.YES)
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            words = translate("Assistant", "! No printer is chosen: receipts are not printed.")
            self._say(words, theme.ASK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter presses what has the keyboard, never another button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for made in (self.choose, self.print, self.back, self.next):
                if made.hasFocus():
                    made.click()
        else:
            super().keyPressEvent(event)


def _page(hint: str, made: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    layout.addWidget(plain(hint, quiet=True))
    row = QHBoxLayout()
    row.addWidget(made)
    row.addStretch(1)
    layout.addLayout(row)
    layout.addStretch(1)
    return page
