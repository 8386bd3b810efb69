"""召回: recalls in force, and where the boxes of one are: here, sold on which receipt, gone."""

from concurrent.futures import Future
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.recall import Found, Looked, OpenRecall
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.views.stock_answers import RecallAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import run
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import Combo
from pharmacy_desk.gui.widgets.side_panel import Form, SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock as stock_words
from pharmacy_desk.gui.words import stock_answers as answers_words

_KEYS = ("lot", "drug", "supplier", "code")


_SHELF = BoxState.ON_SHELF
# Boxes of the no-code library have no state of custody: nobody can tell one from another.
_NO_CODE = "no_code"


class RecallsTab(QWidget):
    """Recalls above, the boxes of one below, what to recall on the right."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looked: tuple[str, str] | None = None
        self._ending = ""
        self.rows: Rows[OpenRecall] = Rows(
            [
                translate("Stock", "Since"),
                translate("Stock", "Number"),
                translate("Stock", "By"),
                translate("Stock", "What is recalled"),
                translate("Stock", "Reason"),
                translate("Stock", "Operator"),
            ],
            _recall_cells,
        )
        self.table = TableView(translate("Stock", "Reading …"), 4)
        self.table.show_model(self.rows, (120, 170, 80, 150, 240, 70))
        self.found: PagedRows[Found] = PagedRows(
            desk.asker,
            [
                translate("Stock", "Where"),
                translate("Stock", "Trace code"),
                translate("Stock", "Drug"),
                translate("Stock", "Lot"),
                translate("Stock", "Document, receipt"),
                translate("Stock", "When"),
            ],
            _found_cells,
            lambda one: theme.NO if one.where == "here" else None,
        )
        self.list = TableView(
            translate("Stock", "Press Enter on a recall to see where its boxes are."), 2
        )
        self.list.show_model(self.found, (90, 205, 150, 118, 190, 110))
        self.panel = SidePanel(
            {
                "Enter": translate("Keys", "Where are they"),
                "F8": translate("Keys", "Recall"),
                "F6": translate("Keys", "End the recall"),
            },
            self._touched,
        )
        self.key, self.value, self.reason = Combo(), QLineEdit(), QLineEdit()
        self._lay_out()
        self._say_ready()

    def _lay_out(self) -> None:
        for key in _KEYS:
            self.key.addItem(stock_words.recall_key(key), key)
        form = Form()
        form.add(translate("Stock", "Recall by"), self.key)
        form.add(translate("Stock", "Which"), self.value)
        form.add(translate("Stock", "Reason"), self.reason)
        self.value.returnPressed.connect(self.look)
        self.reason.returnPressed.connect(self.look)
        number_pad(self.value, "-", at_once=False)
        self.value.textChanged.connect(lambda _: self._changed())
        self.key.currentIndexChanged.connect(lambda _: self._changed())
        self.panel.add(form)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addWidget(self.list, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def shown(self) -> None:
        """The tab comes to the front."""
        self.refresh()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, news.RecallChanged):
            if self.isVisible():
                self.refresh()
        elif isinstance(message, news.LookedUp):
            reading = message.reading
            if reading.code and (reading.is_trace or reading.code_needs_map):
                self.key.setCurrentIndex(_KEYS.index("code"))
                self.value.setText(reading.code)
                self.look()
            else:
                what = readings_words.named(reading)
                self.panel.say(Said(theme.NO, translate("Stock", "Not a trace code"), what))
        elif isinstance(message, news.Trouble) and self.isVisible():
            word = translate("Stock", "Not done")
            self.panel.say(Said(theme.NO, word, *faults_words.fault(message.error)))
            self.table.set_empty_text(" ".join(faults_words.fault(message.error)))

    def refresh(self) -> None:
        """Read the recalls in force."""
        self._desk.asker.ask(lambda reader: reader.recalls.in_force(), self._show)

    def _show(self, recalls: list[OpenRecall]) -> None:
        here = self.rows.row(self.table.currentIndex().row())
        self.rows.show(recalls)
        self.table.set_empty_text(translate("Stock", "No recall is in force."))
        # A recall that was chosen stays chosen while the list changes around it.
        again = (n for n, one in enumerate(recalls) if here and one.recall == here.recall)
        place = next(again, 0 if len(recalls) == 1 else None)
        if place is not None:
            self.table.setCurrentIndex(self.rows.index(place, 0))

    def _changed(self) -> None:
        self._looked, self._ending = None, ""

    def _wanted(self) -> tuple[str, str]:
        return str(self.key.currentData()), self.value.text().strip()

    # --- looking --------------------------------------------------------------------------

    def look(self) -> None:
        """Enter: where the boxes are that the form names; nothing is held by that."""
        key, value = self._wanted()
        if value:
            self._trace(key, value)
        else:
            self._say_ready()

    def _trace(self, key: str, value: str) -> None:
        self.panel.note(translate("Stock", "Looking …"), value)

        def show(found: Looked) -> None:
            self._found(key, value, found)

        self._desk.asker.ask(lambda reader: reader.recalls.look_for(key, value), show)

    def _found(self, key: str, value: str, found: Looked) -> None:
        self.found.begin(lambda reader, last, size: reader.recalls.recalled(found, last, size))
        self.list.set_empty_text(translate("Stock", "This shop knows no such box."))
        what = translate("Stock", "%4: %1 here, %2 sold, %3 gone.")
        for mark, count in (("%1", found.here), ("%2", found.sold), ("%3", found.gone)):
            what = what.replace(mark, str(count))
        what = what.replace("%4", value)
        if self._in_force(key, value):
            todo = translate("Stock", "The recall is in force. Put the boxes that are here aside.")
            self.panel.say(Said(theme.NO, translate("Stock", "Recalled"), what, todo))
            return
        self._looked = (key, value)
        todo = translate("Stock", "F8 recalls them: they cannot be sold from then on.")
        self.panel.say(Said(theme.ASK, translate("Stock", "Recall?"), what, todo))

    def _in_force(self, key: str, value: str) -> bool:
        rows = (self.rows.row(n) for n in range(self.rows.rowCount()))
        return any(one and (one.recall.key, one.recall.value) == (key, value) for one in rows)

    # --- opening and ending ---------------------------------------------------------------

    def post(self) -> None:
        """F8: hold what the form names, once it has been looked up."""
        key, value = self._wanted()
        if not value:
            self._say_ready()
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._looked != (key, value):
            self.look()
        else:
            self._looked = None
            reason = self.reason.text().strip()
            self._follow(self._desk.stock.keeper.recall(key, value, reason))

    def second(self) -> None:
        """F6: end the recall under the keyboard; asks once more."""
        chosen = self.rows.row(self.table.currentIndex().row())
        if chosen is None:
            what = translate("Stock", "Go to the recall in the list first.")
            self.panel.say(Said(theme.ASK, translate("Stock", "Which one?"), what))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._ending != chosen.recall.number:
            self._ending = chosen.recall.number
            what = translate("Stock", "Recall %1 would end; its boxes may be sold again.")
            what = what.replace("%1", chosen.recall.number)
            todo = translate("Stock", "F6 once more ends it.")
            self.panel.say(Said(theme.ASK, translate("Stock", "End it?"), what, todo))
        else:
            self._ending = ""
            self._follow(self._desk.stock.keeper.end_recall(chosen.recall.number))

    def _follow(self, wished: Future[RecallAnswer]) -> None:
        self._desk.bridge.follow(wished, self._answered)

    def _answered(self, answer: RecallAnswer) -> None:
        said = answers_words.recall(answer)
        if said:
            self.panel.say(said)
        if answer.later:
            self._follow(answer.later)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter on a recall shows its boxes."""
        chosen = self.rows.row(self.table.currentIndex().row())
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and chosen and self.table.hasFocus():
            self._where()
        elif enter and self.key.hasFocus():
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does."""
        run({"Enter": self._where, "F8": self.post, "F6": self.second}, key)

    def _where(self) -> None:
        """The boxes of the recall under the keyboard, else of what the form names."""
        chosen = self.rows.row(self.table.currentIndex().row())
        if chosen and self.table.hasFocus():
            self._trace(chosen.recall.key, chosen.recall.value)
        else:
            self.look()

    def _say_ready(self) -> None:
        what = translate("Stock", "Type a lot, a drug, a supplier, or scan one box.")
        todo = translate("Stock", "Enter shows where the boxes are.")
        self.panel.say(Said(theme.IDLE, translate("Stock", "Recall"), what, todo))


def _recall_cells(one: OpenRecall) -> tuple[str, ...]:
    recall = one.recall
    return (
        f"{one.at:%m-%d %H:%M}",
        recall.number,
        stock_words.recall_key(recall.key),
        recall.value,
        recall.reason,
        one.operator,
    )


def _found_cells(one: Found) -> tuple[str, ...]:
    box = one.box
    where = {
        "here": translate("Stock", "! here"),
        "sold": translate("Stock", "✓ sold"),
        "gone": translate("Stock", "→ gone"),
    }[one.where]
    if one.where == "gone" or (one.where == "here" and box.state not in (_SHELF, _NO_CODE)):
        where = stock_words.state(BoxState(box.state))
    # Of a box that has gone the first question is to whom; of the others, by which paper.
    told = (box.party, box.document) if one.where == "gone" else (box.document, box.party)
    document = " ".join(told).strip()
    at = f"{datetime.fromisoformat(box.at):%m-%d %H:%M}" if box.at else ""
    code = spaced(box.code) if box.code else stock_words.without_code(box.units or 1)
    return where, code, box.name, box.lot or "", document, at
