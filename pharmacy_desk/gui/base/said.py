"""What the window says: one answer, and the function that translates its parts."""

from PySide6.QtCore import QCoreApplication

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.gui.base.theme import Tone

translate = QCoreApplication.translate
# The same under a name that the translators do not look for: for texts that stand in a table, where
# `core.basics.marked` marks them. A table is read before the language is chosen.
in_language = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Said:
    """One answer at the counter: tone, one word, what is known, what to do."""

    tone: Tone
    word: str
    evidence: str
    todo: str = ""
