"""Try a scan: what arrived, what it was, and what the test card has shown so far."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.scanning.scanner_report import Finding, Fix, Found, fix
from pharmacy_desk.core.scanning.test_card import CARD, Proof
from pharmacy_desk.core.settings.settings import Settings, takes
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.words.findings import finding_text, port_text, short_proof

_NOT_YET = "○"
# The scan as received: several lines of it fit, a 240 character code whole.
_RAW_PX = 15
# Characters of a scan that fit into a line of the page on a screen 1366 pixels wide.
_BREAK_EVERY = 60


class TrialPage(QWidget):
    """The newest scan above; the card's lines and the findings below."""

    fix_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = plain(px=26, bold=True)
        self.about = plain(quiet=True)
        self.raw = plain(px=_RAW_PX)
        self.raw.setFont(theme.font(_RAW_PX, mono=True))
        self.raw.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._proofs: dict[Proof, QLabel] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._shown: list[tuple[Finding, QLabel]] = []
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        newest = Card()
        newest.body.addWidget(self.what)
        newest.body.addWidget(self.raw)
        newest.body.addWidget(self.about)
        lower = QHBoxLayout()
        lower.setSpacing(10)
        lower.addWidget(self._card_lines(), 1)
        lower.addWidget(self._findings(), 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(10)
        layout.addWidget(newest)
        layout.addLayout(lower, 1)

    def _card_lines(self) -> Card:
        card = Card()
        card.body.addWidget(plain(translate("Scanner", "Test card"), px=19, bold=True))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for row, line in enumerate(CARD):
            sign = plain()
            sign.setFixedWidth(24)
            self._proofs[line.proof] = sign
            grid.addWidget(sign, row, 0)
            grid.addWidget(plain(short_proof(line.proof)), row, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card

    def _findings(self) -> Card:
        card = Card()
        card.body.addWidget(plain(translate("Scanner", "What to change"), px=19, bold=True))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        card.body.addWidget(scroll, 1)
        return card

    @property
    def sentences(self) -> list[str]:
        """The findings as they are shown, sign in front."""
        return [label.text() for _, label in self._shown]

    def clear(self) -> None:
        """Nothing scanned yet."""
        self.what.setText(translate("Scanner", "Scan the first line of the test card."))
        self.raw.setText("")
        self.about.setText(
            translate("Scanner", "Any other code may be tried, too. Nothing is sold from here.")
        )
        self.show_report((), {}, None)

    def show_scan(self, what: str, raw: str, about: str) -> None:
        """The newest scan: recognised as, received as, and from where."""
        self.what.setText(what)
        self.raw.setText(_breakable(raw))
        self.about.setText(about)

    def show_report(
        self, found: Sequence[Finding], proven: Mapping[Proof, bool], settings: Settings | None
    ) -> None:
        """Lines proved, and a sentence for each finding; several ports are named."""
        for proof, label in self._proofs.items():
            read = proven.get(proof)
            sign = _NOT_YET if read is None else theme.YES.sign if read else theme.NO.sign
            label.setText(sign)
            label.setAccessibleName(f"{short_proof(proof)} {sign}")
        self._empty()
        several = len({one.port for one in found}) > 1
        for one in found:
            if one.found is not Found.READ:
                self._add(one, _offer(one, settings), several=several)
        if proven and not self._shown:
            words = translate("Scanner", "Everything so far came as printed.")
            self._put(None, f"{theme.YES.sign} {words}", None)
        elif not proven:
            words = translate(
                "Scanner", "Print the test card (F2) and scan each of its lines once."
            )
            self._put(None, words, None)

    def _empty(self) -> None:
        self._shown = []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def _add(self, one: Finding, offer: Fix | None, *, several: bool) -> None:
        settled = one.good
        tone = theme.YES if settled else theme.ASK if one.found is Found.END else theme.NO
        port = f"{port_text(one.port)}: " if several else ""
        self._put(one, f"{tone.sign} {port}{finding_text(one)}", offer)

    def _put(self, one: Finding | None, text: str, offer: Fix | None) -> None:
        label = plain(text)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label, 1)
        if offer:
            made = button(translate("Scanner", "Set it"), self._fixer(offer))
            made.setAccessibleDescription(text)
            line.addWidget(made)
        self._rows.addWidget(row)
        if one:
            self._shown.append((one, label))

    def _fixer(self, offer: Fix) -> Callable[[], None]:
        return lambda: self.fix_wanted.emit(offer.key, offer.value)


def _offer(one: Finding, settings: Settings | None) -> Fix | None:
    """The setting that mends it, unless it says so already."""
    offer = fix(one, takes)
    if offer is None or settings is None or settings.text(offer.key) == offer.value:
        return None
    # "auto" takes every end; another value would only narrow it for other scanners.
    if offer.key == "scanner.terminator" and settings.text(offer.key) == "auto":
        return None
    return offer


def _breakable(raw: str) -> str:
    """A long scan with places where its line may break: one word would widen the whole page.

    The zero-width blank is nothing on the screen, and the recogniser drops it from what is copied.
    """
    parts = (raw[at : at + _BREAK_EVERY] for at in range(0, len(raw), _BREAK_EVERY))
    return "\u200b".join(parts)
