"""The bureau's own words behind what goes beyond a limit, whole, under the lines of the sale.

The verdict beside it says in a sentence what is meant; who wants to know why reads it here, or
shows it to the customer. It is gone with the next scan.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, plain
from pharmacy_desk.gui.words import limits as limit_words

_NAME_PX, _TEXT_PX = 15, 14
# Three wordings of usual length; the longest of the published base has seven lines alone.
_MOST_PX = 250
# Without it the last line's descent would call for a scroll bar.
_GAP_PX = 8


class BureauWords(Card):
    """Shows nothing until there is something to quote; long texts wrap, many of them scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.addWidget(plain(translate("Limits", "The bureau's own words"), px=14, quiet=True))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is
        self.body.addWidget(self._area)
        self.quoted: tuple[str, ...] = ()
        self.hide()

    def show_words(self, refusals: Sequence[Refusal]) -> None:
        """Quote what stands behind these reasons; nothing where they quote nobody."""
        hits = [hit for refusal in refusals for hit in refusal.limits if hit.text or hit.version]
        found = {(hit.drug, limit_words.quote(hit)): None for hit in hits}
        self.quoted = tuple(f"{drug} {text}" for drug, text in found)
        if not found:
            self.hide()
            return
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for drug, text in found:
            layout.addWidget(plain(drug, px=_NAME_PX, bold=True))
            layout.addWidget(plain(text, px=_TEXT_PX))
        layout.addStretch(1)
        self._area.setWidget(page)
        self.show()
        wide = max(self.width() - 2 * self.body.contentsMargins().left(), 1)
        self._area.setFixedHeight(min(page.heightForWidth(wide) + _GAP_PX, _MOST_PX))

    def clear(self) -> None:
        """Nothing is quoted any more."""
        self.show_words(())
