"""出入库: boxes that leave for, or come from, somewhere else than a customer or a delivery."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState, after
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.stock.movement import MOVES, MovementKind, WhyNot
from pharmacy_desk.core.stock.receiving import SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.storekeeper import Order
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import run
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.receiving.saving import ask_goods
from pharmacy_desk.gui.widgets.parts import Combo, plain
from pharmacy_desk.gui.widgets.side_panel import Form, SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock as stock_words

KINDS = (
    MovementKind.TRANSFER_OUT,
    MovementKind.TRANSFER_IN,
    MovementKind.TO_SUPPLIER,
    MovementKind.DESTRUCTION,
    MovementKind.LOSS,
)
_WITH_PARTY = frozenset(
    {MovementKind.TRANSFER_OUT, MovementKind.TRANSFER_IN, MovementKind.TO_SUPPLIER}
)
_WITH_REASON = frozenset({MovementKind.TO_SUPPLIER, MovementKind.DESTRUCTION, MovementKind.LOSS})


@dataclass(frozen=True, slots=True)
class Scanned:
    """One box of the document; `why` says why it stayed behind once it was posted."""

    code: str
    drug: str
    lot: str
    state: BoxState | None
    why: str = ""


class MovesTab(QWidget):
    """Kind, other party and reason on the right; scanned boxes on the left."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._boxes: list[Scanned] = []
        self._behind: list[Scanned] = []
        self._flying: MovementKind | None = None
        self._posted: tuple[str, ...] = ()
        self._posted_kind = KINDS[0]
        self._title = plain(px=26, bold=True)
        self.rows: Rows[Scanned] = Rows(
            [
                translate("Stock", "Trace code"),
                translate("Stock", "Drug"),
                translate("Stock", "Lot"),
                translate("Stock", "State"),
            ],
            _cells,
            lambda box: theme.NO if box.why else None,
        )
        self.table = TableView(
            translate(
                "Stock",
                "Choose on the right what happens, then scan the boxes; or press Ctrl+O for a"
                " file of codes.",
            ),
            3,
        )
        self.table.show_model(self.rows, (280, 200, 120, 200))
        self.panel = SidePanel(
            [
                translate("Stock", "F8  post    Ctrl+O  file of codes"),
                translate("Stock", "Ctrl+S  save the posted goods as a file"),
                translate("Stock", "Backspace  take out the last box"),
                translate("Stock", "Delete  take out the chosen box"),
            ]
        )
        self.form = Form()
        self.kind = Combo()
        self.party, self.reference, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self._lay_out()
        self._say_ready()

    def _lay_out(self) -> None:
        for one in KINDS:
            self.kind.addItem(documents_words.movement(one), one.value)
        self.kind.currentIndexChanged.connect(lambda _: self._kind_changed())
        self.form.add(translate("Stock", "What"), self.kind)
        self.form.add(translate("Stock", "Other party"), self.party)
        self.form.add(translate("Stock", "Its document"), self.reference)
        self.form.add(translate("Stock", "Reason"), self.reason)
        for field, behind in (
            (self.party, self.reference), (self.reference, self.reason),
            (self.reason, self.table),
        ):  # fmt: skip
            field.returnPressed.connect(behind.setFocus)
        self.panel.add(self.form)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._title)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def press(self, key: str) -> bool:
        """Ctrl+O reads a file of codes, Ctrl+S saves the goods of what was posted last."""
        return run({"Ctrl+O": self.choose_file, "Ctrl+S": self.save}, key)

    def shown(self) -> None:
        """The tab comes to the front."""
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.LookedUp):
            reading = message.reading
            self._desk.asker.ask(lambda reader: reader.seen(reading), self.seen)
        elif isinstance(message, news.Moved) and message.kind is self._flying:
            self._moved(message)
        elif isinstance(message, news.Trouble) and (self._flying or self.isVisible()):
            self._flying = None
            word = translate("Stock", "Not posted")
            self.panel.say(Said(theme.NO, word, *faults_words.fault(message.error)))

    # --- scans ----------------------------------------------------------------------------

    def seen(self, seen: SeenBox) -> None:
        """A scanned thing, with what the ledger knows of it."""
        self._behind = []
        if seen.outer and seen.inner:
            taken = sum(self._take(box) is None for box in seen.inner)
            self.panel.say(stock_words.pack_taken(taken, len(seen.inner)))
        else:
            why = self._take(seen)
            self.panel.say(self._answer(seen, why))
        self._refresh()

    def _take(self, seen: SeenBox) -> WhyNot | None:
        """Put a box into the document; why not, when it is not put there."""
        why = self._why_not(seen)
        if why is None:
            name = seen.item.name if seen.item else ""
            self._boxes.append(Scanned(seen.code, name, seen.batch.lot or "", seen.state))
        return why

    def _why_not(self, seen: SeenBox) -> WhyNot | None:
        if not seen.reading.is_trace or (seen.outer and not seen.inner):
            return WhyNot.NO_CODE
        if seen.item is None:
            return WhyNot.UNKNOWN_DRUG
        if any(box.code == seen.code for box in self._boxes):
            return WhyNot.TWICE
        if seen.earlier and seen.earlier.state is ClaimState.LIVE:
            return WhyNot.IN_SALE
        if after(seen.state, MOVES[self._kind()]):
            return None
        if seen.state in (BoxState.SOLD, BoxState.OPENED, BoxState.USED_UP):
            return WhyNot.SOLD
        return WhyNot.ALREADY_HERE if seen.state is BoxState.ON_SHELF else WhyNot.AWAY

    def _answer(self, seen: SeenBox, why: WhyNot | None) -> Said:
        drug = seen.item.name if seen.item else ""
        shown = f"{drug} {spaced(seen.code)}".strip()
        if why is None:
            here = seen.state and stock_words.state(seen.state)
            what = here or translate("Stock", "No record of it here before.")
            return Said(theme.YES, translate("Stock", "In"), f"{shown}\n{what}")
        if seen.outer:
            return Said(
                theme.ASK,
                translate("Stock", "Outer pack"),
                translate("Stock", "This is an outer pack; its boxes are not known."),
                translate("Stock", "Scan the boxes inside one by one."),
            )
        if not seen.reading.is_trace:
            what = f"{readings_words.kind(seen.reading.kind)} ({seen.reading.shown(40)})"
            todo = translate("Stock", "Nothing was added. Scan the trace code on the box.")
            return Said(theme.NO, translate("Stock", "Not a trace code"), what, todo)
        return Said(theme.NO, translate("Stock", "Not in"), shown, stock_words.why_not(why.value))

    # --- posting --------------------------------------------------------------------------

    def post(self) -> None:
        """F8: post the document."""
        if self._flying:
            return
        if not self._boxes:
            self.panel.say(
                Said(
                    theme.ASK,
                    translate("Stock", "Nothing there"),
                    translate("Stock", "No box is scanned yet."),
                )
            )
            return
        kind = self._kind()
        for wanted, field, what in (
            (_WITH_PARTY, self.party, translate("Stock", "The other party is missing.")),
            (_WITH_REASON, self.reason, translate("Stock", "The reason is missing.")),
        ):
            if kind in wanted and not field.text().strip():
                todo = translate("Stock", "Then F8.")
                self.panel.say(Said(theme.ASK, translate("Stock", "Not yet"), what, todo))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._send(kind)

    def _send(self, kind: MovementKind) -> None:
        self._flying = kind
        self.panel.note(translate("Stock", "Posting …"), documents_words.movement(kind))
        self._desk.stock.keeper.move(
            Order(
                kind, tuple(Wanted(box.code) for box in self._boxes), self.party.text().strip(),
                self.reference.text().strip(), self.reason.text().strip(),
            )
        )  # fmt: skip

    def second(self) -> None:
        """F6 does nothing here."""

    def choose_file(self) -> None:
        """Ctrl+O: post a file of codes as the document chosen on the right."""
        name, _ = QFileDialog.getOpenFileName(
            self, documents_words.movement(self._kind()), "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )  # fmt: skip
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Post what a file names; scanned boxes stay for a document of their own.

        Number and other party of the file come before those of the form.
        """
        if self._flying:
            return
        self._flying = self._kind()
        self.panel.note(translate("Stock", "Reading …"), path.name)
        with_party = self._flying in _WITH_PARTY
        self._desk.stock.files.move(
            self._flying.value, path,
            self.party.text().strip() if with_party else "",
            self.reference.text().strip() if with_party else "",
            self.reason.text().strip(),
        )  # fmt: skip

    def save(self) -> None:
        """Ctrl+S: what was posted last as a file, for the other store or the ERP."""
        if not self._posted:
            self.panel.say(notes.nothing_to_export())
        for number in self._posted:
            ask_goods(self._desk, number, self._posted_kind, self, self.panel.say)

    def _moved(self, heard: news.Moved) -> None:
        self._flying = None
        why = {one.code or one.item: stock_words.why_not(one.why) for one in heard.refused}
        known = {box.code: box for box in self._boxes}
        blank = Scanned("", "", "", None)
        self._behind = [
            replace(known.get(key, blank), code=key, why=words) for key, words in why.items()
        ]
        if heard.number:
            self._posted, self._posted_kind = (heard.number, *heard.more), heard.kind
            self._boxes = []
            self.reference.clear()
        self.panel.say(moved(heard))
        self._refresh()

    # --- showing --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field has taken."""
        chosen = self.rows.row(self.table.currentIndex().row())
        if event.key() == Qt.Key.Key_Backspace and self._boxes:
            self._boxes.pop()
            self._refresh()
        elif event.key() == Qt.Key.Key_Delete and chosen and self.table.hasFocus():
            self._boxes = [box for box in self._boxes if box.code != chosen.code]
            self._behind = [box for box in self._behind if box.code != chosen.code]
            self._refresh()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.kind.hasFocus():
            self.party.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _kind(self) -> MovementKind:
        return MovementKind(str(self.kind.currentData()))

    def _kind_changed(self) -> None:
        self.form.show_field(self.party, shown=self._kind() in _WITH_PARTY)
        self.form.show_field(self.reference, shown=self._kind() in _WITH_PARTY)
        self._refresh()

    def _say_ready(self) -> None:
        self.panel.say(
            Said(
                theme.IDLE,
                translate("Stock", "Ready"),
                translate("Stock", "Choose what happens, then scan the boxes."),
            )
        )
        self._kind_changed()

    def _refresh(self) -> None:
        self.rows.show([*self._behind, *reversed(self._boxes)])
        text = translate("Stock", "%1: %2 boxes").replace("%2", str(len(self._boxes)))
        self._title.setText(text.replace("%1", documents_words.movement(self._kind())))


def moved(heard: news.Moved) -> Said:
    """What became of a document."""
    name, stayed = documents_words.movement(heard.kind), len(heard.refused)
    if heard.number is None:
        todo = heard.refused[0].why if heard.refused else ""
        return Said(
            theme.NO if stayed else theme.ASK,
            translate("Stock", "Not posted"),
            translate("Stock", "%1: nothing was moved, %2 stayed behind.")
            .replace("%2", str(stayed))
            .replace("%1", name),
            stock_words.why_not(todo) if todo else "",
        )
    what = translate("Stock", "%1: %2 boxes, document %3.")
    numbers = "，".join((heard.number, *heard.more))
    what = what.replace("%2", str(heard.boxes)).replace("%3", numbers).replace("%1", name)
    if heard.more:
        split = translate("Stock", "The file holds several numbers or parties: %1 documents.")
        what = f"{what} {split.replace('%1', str(1 + len(heard.more)))}"
    save = ""
    if heard.kind is MovementKind.TRANSFER_OUT:
        save = translate("Stock", "Ctrl+S saves the file for the other store.")
    if not stayed:
        return Said(theme.YES, translate("Stock", "Posted"), what, save)
    todo = translate("Stock", "%1 stayed behind: the list says why.")
    todo = f"{todo.replace('%1', str(stayed))} {save}".strip()
    return Said(theme.ASK, translate("Stock", "Posted"), what, todo)


def _cells(box: Scanned) -> tuple[str, ...]:
    if box.why:
        return spaced(box.code), box.drug, box.lot, f"✕ {box.why}"
    here = stock_words.state(box.state) if box.state else translate("Stock", "? no record")
    return spaced(box.code), box.drug, box.lot, here
