"""What the window says: one answer, and the function that translates its parts."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pharmacy_desk.gui.base.theme import Tone

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Said:
    """One answer at the counter: tone, one word, what is known, what to do."""

    tone: Tone
    word: str
    evidence: str
    todo: str = ""
