"""交接班 and 日结: what waits still, the sums so far, the drawer, and what was closed before."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.money import parse_yuan, yuan
from pharmacy_desk.core.paper.closing import closing_title, pending_pairs, total_pairs
from pharmacy_desk.core.people.people import MOST_PIN
from pharmacy_desk.core.sale.shift import Closing
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DayAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import closing_sheet
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain, touchable
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import day as day_words
from pharmacy_desk.gui.words import faults as faults_words

Pair = tuple[str, str, str]


class ShiftTab(QWidget):
    """F8 opens or closes the shift, F6 closes the day; Ctrl+P and Ctrl+L print a closed one."""

    def __init__(self, desk: DeskView) -> None:
        super().__init__()
        self._desk = desk
        self._open = False
        self.head, self.waits = plain(px=19, bold=True), plain()
        self.cash = QLineEdit()
        self.giver_pin, self.taker, self.taker_pin = QLineEdit(), QLineEdit(), QLineEdit()
        self.turn = touchable(button("", self.post, primary=True))
        self.hint = plain()
        self.sums: Rows[Pair] = Rows(
            [translate("Day", "Sum"), translate("Day", "Shift"), translate("Day", "Day")],
            lambda row: row,
        )
        self.closed: Rows[Closing] = Rows(
            [
                translate("Day", "Closed"),
                translate("Day", "When"),
                translate("Day", "Number"),
                translate("Day", "By"),
                translate("Day", "Sales"),
                translate("Day", "Amount"),
                translate("Day", "Difference"),
            ],
            _closing_cells,
            lambda one: theme.ASK if one.count and one.difference_fen else None,
        )
        self.sum_table = TableView(translate("Day", "Nothing was sold yet."), 0)
        self.sum_table.show_model(self.sums, (200, 120, 120))
        self.table = TableView(translate("Day", "Nothing was closed yet."), 2)
        self.table.show_model(self.closed, (70, 110, 150, 70, 60, 90, 90))
        self._lay_out()

    def _lay_out(self) -> None:
        for field, hint in (
            (self.cash, translate("Day", "Cash in the drawer, yuan")),
            (self.giver_pin, translate("Day", "PIN of who hands over")),
            (self.taker, translate("Day", "Who takes over: number")),
            (self.taker_pin, translate("Day", "PIN")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(MOST_PIN)
            number_pad(field, at_once=False)
        for pin in (self.giver_pin, self.taker_pin):
            pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.cash.returnPressed.connect(self.post)
        self.taker_pin.returnPressed.connect(self.post)
        row = QHBoxLayout()
        for part in (self.cash, self.giver_pin, self.taker, self.taker_pin, self.turn):
            row.addWidget(part, 1)
        row.addWidget(touchable(button(translate("Day", "Close the day (F6)"), self.second)))
        again = translate("Day", "Print again (Ctrl+P)")
        row.addWidget(touchable(button(again, self.print_again)))
        row.addWidget(touchable(button(translate("Day", "PDF (Ctrl+L)"), self.ask_paper)))
        paper = QShortcut(QKeySequence("Ctrl+L"), self)
        paper.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paper.activated.connect(self.ask_paper)
        card = Card()
        for one in (self.head, self.waits):
            card.body.addWidget(one)
        card.body.addLayout(row)
        card.body.addWidget(self.hint)
        lists = QHBoxLayout()
        lists.addWidget(self.sum_table, 2)
        lists.addWidget(self.table, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(card)
        layout.addLayout(lists, 1)

    def shown(self) -> None:
        """The tab comes to the front."""
        self._desk.day.show()
        self.cash.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """How shift and day stand; a sale changes both."""
        if isinstance(message, news.DayShown):
            self._show(message)
        elif isinstance(message, (news.Paid, news.Returned)) and self.isVisible():
            self._desk.day.show()

    def _show(self, heard: news.DayShown) -> None:
        words = self._desk.receipt_words
        self._open = heard.shift is not None
        self.head.setText(day_words.shift(heard.shift))
        waits = [f"{name} {count}" for name, count in pending_pairs(heard.pending, words)]
        first = translate("Day", "! Look at these first: %1").replace("%1", " · ".join(waits))
        self.waits.setText(first if waits else translate("Day", "✓ Nothing waits."))
        in_day = dict(total_pairs(heard.in_day, words))
        in_shift = dict(total_pairs(heard.in_shift, words)) if heard.shift else {}
        names = dict.fromkeys((*in_day, *in_shift))
        self.sums.show([(name, in_shift.get(name, ""), in_day.get(name, "")) for name in names])
        self.closed.show(heard.closings)
        opens = translate("Day", "Begin the shift (F8)")
        self.turn.setText(translate("Day", "Hand over (F8)") if self._open else opens)
        for field in (self.giver_pin, self.taker, self.taker_pin):
            field.setEnabled(self._open)

    def post(self) -> None:
        """F8: begin the shift with this cash, or end it with what was counted."""
        fen = parse_yuan(self.cash.text().strip())
        taker, pins = self.taker.text().strip(), (self.giver_pin.text(), self.taker_pin.text())
        self.giver_pin.clear()
        self.taker_pin.clear()
        fen = -1 if fen is None else fen
        if not self._open:
            self._follow(fen, "", None)
            return
        self._follow(fen, pins[0], (taker, pins[1]) if taker else None)

    def _follow(self, fen: int, pin: str, taker: tuple[str, str] | None) -> None:
        day = self._desk.day
        wished = day.close_shift(fen, pin, taker) if self._open else day.open_shift(fen)
        self._desk.bridge.follow(wished, self.answered)

    def second(self) -> None:
        """F6: close the day."""
        self._desk.bridge.follow(self._desk.day.close_day(), self.answered)

    def print_again(self) -> None:
        """Ctrl+P: the chosen closed shift or day, else the newest."""
        chosen = self._chosen()
        if chosen:
            self._desk.day.print_again(chosen.number)

    def _chosen(self) -> Closing | None:
        return self.closed.row(max(self.table.currentIndex().row(), 0))

    def ask_paper(self) -> None:
        """Ctrl+L: the chosen closed shift or day, else the newest, as an A4 page."""
        chosen = self._chosen()
        if chosen is None:
            self.hint.setText(translate("Day", "Nothing was closed yet."))
            return
        title = closing_title(chosen, self._desk.receipt_words)
        name, _ = QFileDialog.getSaveFileName(
            self, title, f"{title}-{chosen.number}.pdf", translate("Split", "PDF (*.pdf)")
        )
        if name:
            self.save_paper(chosen, Path(name))

    def save_paper(self, closing: Closing, path: Path) -> None:
        """Write its page to a file."""
        path = path if path.suffix else path.with_suffix(".pdf")
        store = self._desk.settings().text("store.name")
        sheet = closing_sheet(closing, self._desk.receipt_words, store, self._desk.now())
        try:
            a4.save_pdf(sheet, path)
        except WorldError as error:
            self.hint.setText("✕ " + " ".join(faults_words.fault(error)))
            return
        self.hint.setText(translate("Day", "✓ Saved: %1").replace("%1", path.name))

    def answered(self, answer: DayAnswer) -> None:
        """Say what became of it."""
        self.hint.setText(day_words.answer(answer))
        if not answer.what.refused:
            self.cash.clear()


def _closing_cells(one: Closing) -> tuple[str, ...]:
    return (
        day_words.kind(one.kind),
        f"{one.at:%m-%d %H:%M}",
        one.number,
        one.operator,
        str(one.totals.sales),
        f"¥{yuan(one.totals.total_fen)}",
        f"¥{yuan(one.difference_fen)}" if one.count else "",
    )
