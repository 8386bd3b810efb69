"""The verdict: the one loud thing of the checkout. Colour, sign, one word, evidence, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.gui import theme
from pharmacy_desk.gui.texts import Said
from pharmacy_desk.gui.theme import Tone
from pharmacy_desk.gui.widgets.parts import plain


class VerdictPanel(QFrame):
    """Shows one answer until the next scan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict")
        self._sign = plain(px=46, bold=True)
        self._word = plain(px=46, bold=True)
        self._word.setWordWrap(False)
        self._evidence = plain(px=17)
        self._todo = plain(px=17)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._word, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 8, 18, 12)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._evidence)
        layout.addWidget(self._todo)
        layout.addStretch(1)
        self.setMinimumHeight(180)
        self._tone: Tone | None = None
        self.said = Said(theme.IDLE, "", "")

    def show_answer(self, said: Said) -> None:
        """Show an answer; screen readers hear the whole of it."""
        self.said = said
        self._sign.setText(said.tone.sign)
        self._sign.setVisible(bool(said.tone.sign))
        self._word.setText(said.word)
        # A long word (another language) gets smaller rather than cut.
        self._word.setFont(theme.font(46 if len(said.word) <= 8 else 30, bold=True))
        self._evidence.setText(said.evidence)
        self._todo.setText(said.todo)
        self._todo.setVisible(bool(said.todo))
        self.setAccessibleName(f"{said.word}. {said.evidence} {said.todo}")
        if said.tone is not self._tone:
            self._tone = said.tone
            tone = said.tone
            self.setStyleSheet(
                f"QFrame#verdict {{ background: {tone.ground}; border: 2px solid {tone.edge};"
                f" border-radius: 10px; }} QFrame#verdict QLabel {{ color: {tone.ink}; }}"
            )
