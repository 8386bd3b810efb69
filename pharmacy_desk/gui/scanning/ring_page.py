"""The last scans, for support: what came, by which port, and what was said. Never written down."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.counter.answers import ScanDid
from pharmacy_desk.counter.sale.scan_log import RING_SIZE, RingEntry
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words.findings import port_text


class RingPage(QWidget):
    """Newest on top; Ctrl+C copies the chosen rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[RingEntry, ...] = ()
        self.rows: Rows[RingEntry] = Rows(
            [
                translate("Scanner", "Time"),
                translate("Scanner", "Scanner"),
                translate("Scanner", "Kind"),
                translate("Scanner", "What arrived"),
                translate("Scanner", "Answer"),
            ],
            _cells,
        )
        self.table = TableView(translate("Scanner", "Nothing has been scanned yet."), 3)
        self.table.show_model(self.rows, (110, 190, 150, 360, 170))
        hint = translate(
            "Scanner",
            "The last %1 scans since the start, in memory only. Codes of persons and of other"
            " things are masked.",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(10)
        layout.addWidget(plain(hint.replace("%1", str(RING_SIZE)), quiet=True))
        layout.addWidget(self.table, 1)

    def take(self, entries: tuple[RingEntry, ...]) -> None:
        """Show the entries, newest first; chosen rows stay chosen while nothing new came."""
        if entries != self._entries:
            self._entries = entries
            self.rows.show(entries)


def _cells(entry: RingEntry) -> tuple[str, ...]:
    return (
        f"{entry.at:%H:%M:%S}",
        port_text(entry.port),
        readings_words.kind(entry.kind),
        entry.shown,
        answer_text(entry.answer),
    )


def answer_text(answer: str) -> str:
    """An answer, or a verdict's name in a word or two; what has none yet is shown by its name."""
    words: dict[str, str] = {
        VerdictName.OK: translate("Answer", "in"),
        VerdictName.OK_UNRECEIVED: translate("Answer", "in, no receiving record"),
        VerdictName.NEAR_EXPIRY: translate("Answer", "in, near expiry"),
        VerdictName.EXEMPT: translate("Answer", "no code needed"),
        VerdictName.ITEM: translate("Answer", "drug chosen"),
        VerdictName.IN_THIS_SALE: translate("Answer", "already in"),
        VerdictName.HELD_ELSEWHERE: translate("Answer", "in a sale on hold"),
        VerdictName.SOLD_HERE: translate("Answer", "sold before"),
        VerdictName.UNMAPPED: translate("Answer", "drug not known"),
        VerdictName.RETURNED_HOLD: translate("Answer", "returned before"),
        VerdictName.EXPIRED: translate("Answer", "expired"),
        VerdictName.SETTLED_ON_PLATFORM: translate("Answer", "settled elsewhere"),
        ScanDid.MANAGER_AWAITED: translate("Answer", "not in: the manager first"),
        ScanDid.NO_TICKET: translate("Answer", "not in: no ticket yet"),
        VerdictName.NOT_KNOWN: translate("Answer", "in, not known if free"),
        VerdictName.NOT_TRACE: translate("Answer", "not a trace code"),
        VerdictName.DAMAGED: translate("Answer", "not read"),
        ScanDid.LOOKED_UP: translate("Answer", "looked up"),
        ScanDid.STOCK: translate("Answer", "looked up"),
        ScanDid.TRIED: translate("Answer", "tried"),
        ScanDid.SIGNED_IN: translate("Answer", "badge, signed in"),
        ScanDid.BADGE_REFUSED: translate("Answer", "badge, not enough"),
        ScanDid.ENROLLED: translate("Answer", "badge, being enrolled"),
        ScanDid.LOCKED: translate("Answer", "counter locked"),
        ScanDid.TENDER: translate("Answer", "payment code, taken"),
        ScanDid.SLIP: translate("Answer", "settlement slip"),
        ScanDid.TILL_END: translate("Answer", "the till's receipt"),
        ScanDid.PERSON: translate("Answer", "person shown"),
        ScanDid.FAILED: translate("Answer", "failed, scan again"),
    }
    return words.get(answer, answer)
