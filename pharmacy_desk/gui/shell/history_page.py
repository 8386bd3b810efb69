"""The page before the window: something of this home's past is missing, and a manager decides.

Nothing of the counter is open behind it, so nothing can be sold; a scan is answered with a
sentence.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.people import MOST_REASON_CHARS
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import people as people_words

_WIDTH, _HEIGHT = 1180, 560
# The shortest codes on boxes and badges; fewer keys are a person's.
_LEAST_SCAN = 8


class HistoryPage(QDialog):
    """Says what is missing; offers a backup or the decision to go on. Accepted: all is decided.

    `accept_loss` takes number, PIN and reason, `restore` a backup's file; both answer with what is
    still missing, None when nothing is, and raise `WorldError` when they did not do it.
    """

    def __init__(
        self,
        missing: WorldError,
        accept_loss: Callable[[str, str, str], WorldError | None],
        restore: Callable[[Path], WorldError | None],
    ) -> None:
        super().__init__()
        self._accept_loss, self._restore = accept_loss, restore
        self._typed = ""
        self.setWindowTitle(translate("History", "Pharmacy Desk: a decision is needed"))
        self.resize(_WIDTH, _HEIGHT)
        self._what = plain(px=24, bold=True)
        self._what.setStyleSheet(f"color: {theme.NO.ink};")
        self._todo = plain(px=17)
        self.said = plain(px=17, bold=True)
        self.said.setStyleSheet(f"color: {theme.NO.ink};")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(14)
        layout.addWidget(self._what)
        layout.addWidget(self._todo)
        cards = QHBoxLayout()
        cards.setSpacing(18)
        cards.addWidget(self._backup_card(), 1)
        cards.addWidget(self._accept_card(), 1)
        layout.addLayout(cards)
        layout.addWidget(self.said)
        layout.addStretch(1)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(translate("History", "Close the program"), self.reject))
        layout.addLayout(last)
        self._show_missing(missing)
        self.setFocus()

    def _show_missing(self, missing: WorldError) -> None:
        what, todo = faults_words.fault(missing)
        self._what.setText("✕ " + what)
        nothing = translate("History", "Nothing is sold here before that is decided.")
        self._todo.setText(f"{todo}\n{nothing}")

    def _backup_card(self) -> Card:
        card = Card()
        self.choose = button(translate("History", "Choose a backup…"), self._choose, primary=True)
        for part in (
            plain(translate("History", "1  Bring a backup back"), px=19, bold=True),
            plain(
                translate(
                    "History",
                    "The newest one. What is here now is kept in a folder beside it. If the backup"
                    " is older than the last sale, the decision on the right comes after it.",
                )
            ),
            self.choose,
        ):
            card.body.addWidget(part)
        card.body.addStretch(1)
        return card

    def _accept_card(self) -> Card:
        card = Card()
        card.body.addWidget(plain(translate("History", "2  Go on without it"), px=19, bold=True))
        card.body.addWidget(_explained())
        self.person, self.pin, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        for field, hint in (
            (self.person, translate("History", "The manager's number")),
            (self.pin, translate("History", "The manager's PIN")),
            (self.reason, translate("History", "Reason, for the log: what happened?")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(MOST_REASON_CHARS)
            card.body.addWidget(field)
        self.person.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.reason.setFocus)
        self.go_on = button(translate("History", "Go on without it"), self._decide)
        card.body.addWidget(self.go_on)
        card.body.addStretch(1)
        return card

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, translate("History", "Choose a backup…"))
        if name:
            self.take_backup(Path(name))

    def take_backup(self, file: Path) -> None:
        """Bring this backup back."""
        self._do(lambda: self._restore(file))

    def _decide(self) -> None:
        person, pin, reason = self.person.text().strip(), self.pin.text(), self.reason.text()
        self.pin.clear()
        self._do(lambda: self._accept_loss(person, pin, reason))

    def _do(self, wish: Callable[[], WorldError | None]) -> None:
        try:
            missing = wish()
        except WorldError as error:
            if error.fault is Fault.DECISION_REFUSED:
                self.said.setText("✕ " + people_words.refused(str(error.params["why"])))
            else:
                self.said.setText("✕ " + " ".join(faults_words.fault(error)))
            return
        if missing is None:
            self.accept()
            return
        self._show_missing(missing)
        self.said.setText(
            translate("History", "The backup is back. What was sold after it is still missing.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field takes are a scanner's, or Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            scanned, self._typed = len(self._typed) >= _LEAST_SCAN, ""
            if scanned:
                self.said.setText(
                    translate("History", "! Scanned, and not taken: first comes the decision.")
                )
            return
        if event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        self._typed += event.text()


def _explained() -> QLabel:
    return plain(
        translate(
            "History",
            "When there is no newer backup. The log keeps who decided, when and why. The platform"
            " is then asked what was sold in the missing time, where it can be asked; those boxes"
            " are not sold again. Other boxes sold in that time are not known here any more.",
        )
    )
