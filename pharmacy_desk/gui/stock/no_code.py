"""无码库: boxes that need a code and have none, by drug and lot; a manager approves each entry."""

from concurrent.futures import Future
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.no_code import (
    CloseReason,
    Draft,
    Flaw,
    NoCodeEntry,
    NoCodeRow,
    NoCodeState,
)
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.views.stock_answers import NoCodeAnswer, NoCodeDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import run
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.stock.no_code_form import NoCodeForm
from pharmacy_desk.gui.stock.no_code_returns import NoCodeReturns
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.item_search import ItemSearch
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import no_code as no_code_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import stock_answers as answers_words


class NoCodeTab(QWidget):
    """The share above, entries below it, a new entry or a question on the right."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._asked: NoCodeEntry | None = None
        self.rows: PagedRows[NoCodeRow] = PagedRows(
            desk.asker,
            [
                translate("NoCode", "State"),
                translate("NoCode", "Drug"),
                translate("NoCode", "Lot"),
                translate("NoCode", "Expires on"),
                translate("NoCode", "Left"),
                translate("NoCode", "Used"),
                translate("NoCode", "Bought on"),
                translate("NoCode", "Age"),
                translate("NoCode", "May be paid"),
            ],
            self._cells,
            lambda row: no_code_words.tone(row.entry),
        )
        self.table = TableView("", 1)
        self.table.show_model(self.rows, (126, 200, 96, 106, 42, 52, 106, 72, 104))
        self.search = ItemSearch(
            desk.asker, translate("NoCode", "New entry: drug by name, pinyin initials or barcode")
        )
        self.first, self.last = QLineEdit(), QLineEdit()
        self._share = plain(px=19, bold=True)
        self._about = plain(quiet=True)
        self.panel = SidePanel(
            {
                "F8": translate("Keys", "Keep entry"),
                "Enter": translate("Keys", "Approve"),
                "F6": translate("Keys", "Close entry"),
                "Ctrl+B": translate("Keys", "Box comes back"),
            },
            self._touched,
        )
        self.form, self.why = NoCodeForm(), Choices()
        self.back = NoCodeReturns(desk, self.panel)
        self._lay_out()
        self._connect()
        self._say_ready()

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        today = self._desk.now().date()
        for name, field, day in (
            (translate("NoCode", "From"), self.first, today.replace(day=1)),
            (translate("NoCode", "to"), self.last, today),
        ):
            field.setText(day.isoformat())
            field.setMaxLength(10)
            field.setFixedWidth(120)
            field.setAccessibleName(name)
            number_pad(field, "-")
            label = plain(name, quiet=True)
            label.setWordWrap(False)
            days.addWidget(label)
            days.addWidget(field)
        days.addSpacing(10)
        days.addWidget(self._share, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(days)
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        left.addWidget(self._about)
        for part in (self.form, self.why, self.back.choices):
            self.panel.add(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        for field in (self.first, self.last):
            field.returnPressed.connect(self.count_share)
        self.search.chosen.connect(self._drug_chosen)
        self.search.left.connect(self.table.setFocus)
        self.form.entered.connect(self.post)
        self.why.chosen.connect(self._close_said)
        self.back.closed.connect(self._leave_question)
        self.why.left.connect(self._leave_question)
        back = QShortcut(QKeySequence("Ctrl+B"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.take_back)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_about())

    def shown(self) -> None:
        """The tab comes to the front."""
        if self._stale:
            self.refresh()
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the clerks post."""
        if isinstance(message, (news.NoCodeChanged, news.Paid, news.NoCodeTaken)):
            self._stale = True
            if self.isVisible():
                self.refresh()
        elif isinstance(message, news.LookedUp):
            self._scanned(message)
        elif isinstance(message, news.Trouble) and self.isVisible():
            self._stale = True
            self.rows.stop()
            sentence = faults_words.fault(message.error)
            self.table.set_empty_text(" ".join(sentence))
            self.panel.say(Said(theme.NO, translate("NoCode", "Not done"), *sentence))

    def refresh(self) -> None:
        """Read the list and the share anew."""
        self._stale = False
        self.table.set_empty_text(translate("NoCode", "Reading …"))
        self.rows.begin(lambda reader, last, n: reader.no_code.entries(last, n), self._arrived)
        self.count_share()

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate(
                "NoCode",
                "The no-code library is empty. Boxes that need a code and have none are entered"
                " here by drug and lot; the manager approves them, then the checkout may take them"
                " with Ctrl+N.",
            )
        )
        # The entry that was decided about stays chosen while the list changes around it.
        asked = self._asked.number if self._asked else ""
        found = (self.rows.row(place) for place in range(self.rows.rowCount()))
        places = (place for place, row in enumerate(found) if row and row.entry.number == asked)
        if self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(next(places, 0), 0))
        self._show_about()

    def count_share(self) -> None:
        """Enter in a day: count the share anew."""
        first, last = parse_day(self.first.text()), parse_day(self.last.text())
        if first is None or last is None or last < first:
            self._share.setText(translate("NoCode", "✕ two dates, 2026-01-01 to 2026-01-31"))
            return
        self._desk.asker.ask(
            lambda reader: reader.no_code.share(first, last),
            lambda found: self._share.setText(no_code_words.share(found)),
        )

    # --- a new entry ----------------------------------------------------------------------

    def _drug_chosen(self, item: object) -> None:
        if not isinstance(item, Item):
            return
        self.why.hide()
        self._make_room(asked=False)
        self.form.take(item)
        what = translate("NoCode", "Fill in what stands on the boxes and what proves the purchase.")
        todo = translate("NoCode", "Then F8. The manager approves it afterwards.")
        self.panel.note(translate("NoCode", "New entry"), f"{item.name}\n{what}", todo)

    def _scanned(self, heard: news.LookedUp) -> None:
        reading = heard.reading
        if reading.code and (reading.is_trace or reading.code_needs_map):
            word = translate("NoCode", "Has a code")
            what = translate("NoCode", "This box has a trace code: it needs no entry. Sell it.")
            self.panel.say(Said(theme.ASK, word, what))
            return
        text = reading.code or ""

        def show(item: Item | None) -> None:
            if item:
                self._drug_chosen(item)
            else:
                what = readings_words.named(reading)
                todo = translate("NoCode", "Scan the barcode of a drug on the list, or type it.")
                self.panel.say(Said(theme.NO, translate("NoCode", "Not found"), what, todo))

        self._desk.asker.ask(
            lambda reader: reader.catalogue.find_item(text) if text else None, show
        )

    def post(self) -> None:
        """F8: keep the entry."""
        draft = self.form.draft()
        if isinstance(draft, Draft):
            self.panel.note(translate("NoCode", "Keeping …"))
            self._follow(self._desk.stock.no_code.keep(draft))
        else:
            self.panel.say(no_code_words.flaw(draft))
            self._go_to(draft)

    def _go_to(self, flaw: Flaw) -> None:
        field = self.form.field_of(flaw) or self.search.field
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- approving and closing ------------------------------------------------------------

    def _row(self) -> NoCodeRow | None:
        return self.rows.row(self.table.currentIndex().row())

    def _ask_about(self, row: NoCodeRow, word: str) -> None:
        """Show what is decided about."""
        entry = self._asked = row.entry
        what = translate("NoCode", "%1, %2 boxes left, bought on %3.")
        what = what.replace("%2", str(entry.left)).replace("%3", entry.bought_on.isoformat())
        what = what.replace("%1", f"{row.name} {row.spec}".strip())
        todo = translate("NoCode", "evidence: %1").replace("%1", entry.evidence)
        why = no_code_words.reason(entry.reason)
        self.panel.say(Said(theme.ASK, word, f"{what}\n{why}", todo))

    def approve(self) -> None:
        """Enter on an entry: a manager is asked, if the entry waits for one."""
        row = self._row()
        entry = row.entry if row else None
        if row is None or entry is None or entry.state is not NoCodeState.PROPOSED:
            what = translate("NoCode", "Only an entry that waits for the manager is approved.")
            self.panel.say(Said(theme.ASK, translate("NoCode", "Nothing to do"), what))
            return
        self._ask_about(row, translate("NoCode", "Approve?"))
        self._follow(self._desk.stock.no_code.approve(entry.number))

    def second(self) -> None:
        """F6: close the chosen entry, for a reason."""
        row = self._row()
        entry = row.entry if row else None
        if row is None or entry is None or entry.state is NoCodeState.CLOSED:
            what = translate("NoCode", "Go to an entry that is not closed first.")
            self.panel.say(Said(theme.ASK, translate("NoCode", "Which one?"), what))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._ask_about(row, translate("NoCode", "Close it?"))
        self._make_room(asked=True)
        text = translate("NoCode", "Why does lot %1 give no more boxes?")
        answers = [(no_code_words.close_reason(one), one) for one in CloseReason]
        self.why.ask(text.replace("%1", entry.batch.lot or ""), answers)

    def _close_said(self, why: object) -> None:
        self._make_room(asked=False)
        if self._asked:  # Qt hands an enum back as its text
            closed = self._desk.stock.no_code.close(self._asked.number, CloseReason(str(why)))
            self._follow(closed)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Ctrl+B: a customer brings back a box that was sold from the chosen entry."""
        row = self._row()
        if row:
            self._make_room(asked=True)
            self.back.ask(row)
        else:
            self.panel.say(notes.nothing_chosen())

    def _leave_question(self) -> None:
        self.why.hide()
        self._make_room(asked=False)
        self._say_ready()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self, *, asked: bool) -> None:
        """A question stands where the form was."""
        self.panel.make_room(asked)
        self.form.setVisible(not asked)

    # --- answers --------------------------------------------------------------------------

    def _follow(self, wished: Future[NoCodeAnswer]) -> None:
        self._desk.bridge.follow(wished, self._answered)

    def _answered(self, answer: NoCodeAnswer) -> None:
        if answer.later:
            self._follow(answer.later)
        said = answers_words.no_code(answer)
        if said:
            self.panel.say(said)
        if answer.flaw:
            self._go_to(answer.flaw)
        elif answer.what is NoCodeDid.KEPT:
            self.form.take(None)
        if answer.what in (NoCodeDid.KEPT, NoCodeDid.NOT_APPROVED):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter on an entry approves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.approve()
        else:
            super().keyPressEvent(event)

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does."""
        keys = {
            "F8": self.post,
            "Enter": self.approve,
            "F6": self.second,
            "Ctrl+B": self.take_back,
        }
        run(keys, key)

    def _say_ready(self) -> None:
        what = translate("NoCode", "Boxes that need a trace code and have none.")
        todo = translate("NoCode", "Insurance takes only those bought before 2025-07-01.")
        word = translate("NoCode", "No-code library")
        self.panel.say(Said(theme.IDLE, word, what, todo))

    def _show_about(self) -> None:
        """Reason, evidence and people of the entry under the keyboard, as they were typed."""
        row = self._row()
        if row is None:
            self._about.setText("")
            return
        entry = row.entry
        parts = [
            entry.number,
            no_code_words.reason(entry.reason),
            translate("NoCode", "evidence: %1").replace("%1", entry.evidence),
            translate("NoCode", "entered by %1").replace("%1", entry.operator),
        ]
        if entry.approver:
            parts.append(translate("NoCode", "approved by %1").replace("%1", entry.approver))
        self._about.setText(" · ".join(parts))

    def _cells(self, row: NoCodeRow) -> tuple[str, ...]:
        entry, today = row.entry, self._desk.now().date()
        return (
            no_code_words.state(entry),
            f"{row.name} {row.spec}".strip(),
            entry.batch.lot or "",
            entry.batch.expiry.isoformat() if entry.batch.expiry else "",
            str(entry.left),
            str(entry.used),
            entry.bought_on.isoformat(),
            _age(today - entry.bought_on),
            no_code_words.pays(entry, self._desk.stock.no_code.term()),
        )


def _age(span: timedelta) -> str:
    return translate("NoCode", "%1 days").replace("%1", str(span.days))
