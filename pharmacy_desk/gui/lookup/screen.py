"""查码: a box's history. Scan it or type its code; reprint its receipt; take it back (F6)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.lessons import Deed
from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.online import order_number
from pharmacy_desk.core.sale.refund import OpenedReceipt
from pharmacy_desk.core.sale.split_record import COLUMNS, MORE_COLUMNS, SplitRow
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind, Reading, identification_of, spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord, ClaimState, Earlier, HistoryRow
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, ReturnAnswer, SaleAnswer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.lookup.limits_page import LimitsPage
from pharmacy_desk.gui.lookup.receipt_page import ReceiptPage
from pharmacy_desk.gui.lookup.records import LookupPaper
from pharmacy_desk.gui.lookup.rx_page import RxListPage
from pharmacy_desk.gui.lookup.sales_page import SalesPage
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import returns as returns_words
from pharmacy_desk.gui.words import sale_answers as sale_words
from pharmacy_desk.gui.words import steps as steps_words
from pharmacy_desk.gui.words import stock as stock_words
from pharmacy_desk.gui.words import uploads as uploads_words


@dataclass(frozen=True, slots=True)
class BoxLife:
    """What the ledger says about one code."""

    code: str
    item: Item | None
    earlier: Earlier | None
    rows: list[HistoryRow]
    state: BoxState | None = None
    record: BoxRecord | None = None

    @property
    def sold_by(self) -> str | None:
        """The receipt by which it is sold; None where it is not, or by the old system."""
        before = self.earlier
        final = before is not None and before.state is ClaimState.FINAL and not before.past
        return before.sale if before and final else None


class LookupScreen(Section):
    """One code, its state, its events."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.life: BoxLife | None = None
        self._wanted = ""
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setMaxLength(120)
        self.field.setPlaceholderText(
            translate("Lookup", "Scan a box, or type its trace code, a receipt or an order number")
        )
        self.field.returnPressed.connect(self._typed)
        number_pad(self.field, "-", at_once=False)
        self._state = plain(px=26, bold=True)
        self._detail = plain(quiet=True)
        self._return = button(translate("Lookup", "Take back (F6)"), self.take_back)
        self._print = button(translate("Lookup", "Print receipt again (Ctrl+P)"), self.print_again)
        self.restore = button(translate("Lookup", "Back on the shelf (F8)"), self.put_back)
        self._split_button = button(translate("Lookup", "Split record (Ctrl+E)"), self.turn_split)
        self._paper_button = button(translate("Lookup", "Save as PDF (Ctrl+L)"), self.ask_paper)
        self.paper = LookupPaper(desk, self, self._detail.setText)
        self._heads = [
            translate("Lookup", "When"),
            translate("Lookup", "What"),
            translate("Lookup", "Document"),
            translate("Lookup", "Counter"),
            translate("Lookup", "Operator"),
            translate("Lookup", "Details"),
        ]
        self.rows: Rows[HistoryRow] = Rows(self._heads, self._cells)
        self.split: Rows[SplitRow] = Rows(
            [*COLUMNS, MORE_COLUMNS[1]], lambda row: (*row.cells(), row.receipt)
        )
        self.table = TableView(translate("Lookup", "No code looked up yet."), 5)
        self._pages, self._box_page = QStackedWidget(), QWidget()
        self.receipt, self.sales = ReceiptPage(desk), SalesPage(desk)
        self.limits, self.prescriptions = LimitsPage(desk), RxListPage(desk)
        self._back_to: QWidget = self._box_page
        self.receipt.left.connect(self._leave_receipt)
        self.receipt.box_wanted.connect(self._show_box_of)
        self.sales.wanted.connect(self.open_receipt)
        self.limits.wanted.connect(self.open_receipt)
        self.prescriptions.wanted.connect(self.open_receipt)
        self._box_tab = self._tab(translate("Lookup", "Look up  Alt+1"), self.show_box)
        self._sales_tab = self._tab(translate("Lookup", "Sales  Alt+2"), self.show_sales)
        self._rx_tab = self._tab(translate("Lookup", "Prescriptions  Alt+3"), self.show_rx)
        self._limits_tab = self._tab(translate("Lookup", "Reminders  Alt+4"), self.show_limits)
        self._show_rows()
        self._lay_out()
        for keys, action in (
            ("Ctrl+L", self.ask_paper),
            ("Ctrl+E", self._turn_records),
            ("Alt+1", self.show_box),
            ("Alt+2", self.show_sales),
            ("Alt+3", self.show_rx),
            ("Alt+4", self.show_limits),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._show_life(None)
        self._turn(self._box_page)

    def _lay_out(self) -> None:
        head = Card()
        words = QVBoxLayout()
        words.addWidget(self._state)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._return)
        row.addWidget(self._print)
        head.body.addLayout(row)
        more = QHBoxLayout()
        more.addStretch(1)
        for part in (self.restore, self._split_button, self._paper_button):
            more.addWidget(part)
        head.body.addLayout(more)
        life = QVBoxLayout(self._box_page)
        life.setContentsMargins(0, 0, 0, 0)
        life.setSpacing(10)
        life.addWidget(head)
        life.addWidget(self.table, 1)
        for page in (self._box_page, self.receipt, self.sales, self.prescriptions, self.limits):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._box_tab)
        top.addWidget(self._sales_tab)
        top.addWidget(self._rx_tab)
        top.addWidget(self._limits_tab)
        top.addWidget(self.field, 1)
        top.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)

    def _tab(self, name: str, action: Callable[[], None]) -> QPushButton:
        made = QPushButton(name)
        made.setObjectName("choice")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: action())
        return made

    def meanings(self) -> Meanings:
        """F6 takes back, F8 puts a box back on the shelf, Ctrl+P prints a receipt again."""
        if self._front is self.receipt:
            return {"F6": self.receipt.take_back, "Ctrl+P": self.receipt.print_again}
        if self._front is self.sales:
            return {
                "F6": self.sales.open_current,
                "Ctrl+P": self.sales.print_again,
                "Ctrl+S": self.sales.ask_file,
            }
        if self._front in (self.limits, self.prescriptions):
            page = self.limits if self._front is self.limits else self.prescriptions
            return page.meanings()
        actions = {"F6": self.take_back, "Ctrl+P": self.print_again}
        if self._desk.settings().flag("sale.same_day_restore"):
            actions["F8"] = self.put_back
        return actions

    def shown(self) -> None:
        """The screen comes to the front."""
        for page in self._lists:
            if self._front is page:
                page.shown()
                return
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            self._scanned(message.reading)
            return
        if isinstance(message, (news.Paid, news.Returned)):
            self.sales.changed()
            self.prescriptions.changed()
        if isinstance(message, news.Returned):
            self.receipt.refresh()
        if self.life is None:
            return
        if isinstance(message, (news.QueueChanged, news.Printed, news.Moved)):
            self._ask(self.life.code)

    def _scanned(self, reading: Reading) -> None:
        """A scan on an open receipt ticks its box; on the others it is looked up."""
        if reading.is_trace and self._front is self.receipt and self.receipt.scanned(reading):
            return
        self.look_up(reading)

    @property
    def shown_code(self) -> str:
        """The code whose history is shown; empty for none."""
        return self.life.code if self.life else ""

    def begin(self, reading: Reading | None) -> None:
        """Begin anew: with this box, else empty. What was looked up before is another matter."""
        if reading and reading.code and _names_box(reading):
            self.look_up(reading)
            return
        self._turn(self._box_page)
        self.field.clear()
        self._wanted = ""
        self._show_life(None)

    def look_up(self, reading: Reading) -> None:
        """Show what is known about a scanned thing; personal codes are shown masked."""
        self._turn(self._box_page)
        if reading.code and _names_box(reading):
            self.field.setText(reading.code)
            self._ask(reading.code)
            return
        self._wanted = ""
        self._show_life(None)
        self._state.setText(translate("Lookup", "✕ Not a trace code"))
        self._detail.setText(readings_words.named(reading, 60))
        if not reading.is_personal:  # a receipt's number, or the slip of an online order
            text = reading.text.strip()
            self._desk.asker.ask(lambda reader: _scanned_sale(reader, text), self._found_slip)

    def _found_slip(self, number: str | None) -> None:
        if number and self.life is None:
            self.open_receipt(number)

    def _typed(self) -> None:
        """An order number may look like any code: orders are asked first."""
        text = self.field.text().strip().replace(" ", "")
        if text:
            self._desk.asker.ask(
                lambda reader: reader.sales.sale_of_order(text), partial(self._typed_code, text)
            )

    def _typed_code(self, text: str, ordered: str | None) -> None:
        if ordered:
            self._found_sale(ordered)
            return
        reading = recognise_text(text, self._desk.now().date())
        if _names_box(reading):
            self.look_up(reading)
        else:
            self._desk.asker.ask(lambda reader: reader.sales.find_sale(text), self._found_sale)

    def _found_sale(self, number: str | None) -> None:
        if number:
            self.open_receipt(number)
        else:
            self.look_up(Reading(Kind.UNKNOWN, self.field.text().strip()))

    # --- receipts -------------------------------------------------------------------------

    def open_receipt(self, number: str, code: str = "") -> None:
        """Open a paid sale as a receipt, one of its boxes ticked; an open sale by its first box."""

        def show(opened: OpenedReceipt | None) -> None:
            if opened is None:
                self._desk.asker.ask(lambda reader: _code_of(reader, number), self._found_open)
                return
            if self._front is not self.receipt:
                self._back_to = self._front or self._box_page
            self._turn(self.receipt)
            self.receipt.show_receipt(opened, code)

        self._desk.asker.ask(lambda reader: reader.sales.receipt(number), show)

    def _found_open(self, code: str | None) -> None:
        if code:
            self._ask(code)

    @property
    def _front(self) -> QWidget | None:
        return self._pages.currentWidget()

    def _turn(self, page: QWidget) -> None:
        """Bring a page to the front; the tabs tell which."""
        self._pages.setCurrentWidget(page)
        self.field.setVisible(page not in self._lists)
        self._box_tab.setChecked(page is self._box_page)
        self._sales_tab.setChecked(page is self.sales)
        self._rx_tab.setChecked(page is self.prescriptions)
        self._limits_tab.setChecked(page is self.limits)

    def show_box(self) -> None:
        """Alt+1: the history of a box."""
        self._turn(self._box_page)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sales(self) -> None:
        """Alt+2: the list of sales."""
        self._turn(self.sales)
        self.sales.shown()

    @property
    def _lists(self) -> tuple[SalesPage, RxListPage, LimitsPage]:
        """The pages that are lists with a search of their own."""
        return self.sales, self.prescriptions, self.limits

    def show_rx(self) -> None:
        """Alt+3: the list of kept prescriptions."""
        self._turn(self.prescriptions)
        self.prescriptions.shown()

    def show_limits(self) -> None:
        """Alt+4: how often limits were told of, and what followed."""
        self._turn(self.limits)
        self.limits.shown()

    def _leave_receipt(self) -> None:
        """Esc: to where the receipt was opened from."""
        ways = {
            self.sales: self.show_sales,
            self.prescriptions: self.show_rx,
            self.limits: self.show_limits,
        }
        ways.get(self._back_to, self.show_box)()

    def _show_box_of(self, code: str) -> None:
        self.show_box()
        self.field.setText(code)
        self._ask(code)

    def _ask(self, code: str) -> None:
        self._wanted = code
        self._desk.asker.ask(lambda reader: _life(reader, code), self._show_wanted)

    def _show_wanted(self, life: BoxLife) -> None:
        """What was asked for, unless something else has been meanwhile."""
        if life.code == self._wanted:
            self._show_life(life)

    def _show_life(self, life: BoxLife | None) -> None:
        sold = life is not None and life.sold_by is not None
        self.life = life
        self.rows.show(life.rows if life else [])
        self._return.setEnabled(sold)
        self._print.setEnabled(sold)
        self.restore.setVisible(self._desk.settings().flag("sale.same_day_restore"))
        self.restore.setEnabled(sold and life is not None and self._sold_today(life))
        opened = life is not None and life.state in (BoxState.OPENED, BoxState.USED_UP)
        self._split_button.setVisible(opened)
        self._paper_button.setVisible(life is not None and bool(life.rows))
        self._show_rows()
        self.table.set_empty_text(
            translate("Lookup", "This shop has no record of this code.")
            if life
            else translate("Lookup", "No code looked up yet.")
        )
        if life is None:
            self._state.setText(translate("Lookup", "A box's history"))
            self._detail.setText(translate("Lookup", "Every step of a box that this shop knows."))
            return
        self._state.setText(self._state_words(life))
        self._detail.setText(" · ".join(_facts(life)))
        if life.rows and self.isVisible():
            self.seen.emit(Deed.HISTORY_SEEN)

    def _state_words(self, life: BoxLife) -> str:
        claim = life.earlier.state if life.earlier else None
        if life.record and life.record.settled_at:
            return translate("Lookup", "✕ Settled elsewhere, says the platform")
        if life.earlier and claim is ClaimState.LIVE:
            return translate("Lookup", "! In an open sale")
        if life.earlier and life.earlier.past:
            return translate("Lookup", "✓ Sold by the old system, its number %1").replace(
                "%1", life.earlier.sale or "—"
            )
        if life.earlier and claim is ClaimState.FINAL and life.state is BoxState.SOLD:
            return translate("Lookup", "✓ Sold, receipt %1").replace("%1", life.earlier.sale)
        if life.state is not None:
            return stock_words.state(life.state)
        return translate("Lookup", "? Never sold here")

    def _sold_today(self, life: BoxLife) -> bool:
        now, claim = self._desk.now(), life.earlier
        return claim is not None and claim.at.astimezone(now.tzinfo).date() == now.date()

    def put_back(self) -> None:
        """F8: this box never left the counter; the manager's PIN puts it back (撤销)."""
        life = self.life
        if life and life.earlier and self.restore.isEnabled():
            wished = self._desk.wishes.returns.put_back(life.earlier.sale, life.code, "撤销")
            self._desk.bridge.follow(wished, self._put_back)

    def _put_back(self, answer: ReturnAnswer | SaleAnswer) -> None:
        """The counter is locked or a sale is settled: then nothing was looked at."""
        said = sale_words.sale(answer) if isinstance(answer, SaleAnswer) else None
        if said:
            self._detail.setText(said.evidence)
        else:
            self.take_answer(answer)

    # --- records --------------------------------------------------------------------------

    def _show_rows(self) -> None:
        """The time line in the table."""
        self._shows_split = False
        self.table.show_model(self.rows, (190, 190, 190, 80, 90, 300))

    def _turn_records(self) -> None:
        """Ctrl+E: another record of what is in front."""
        if self._front is self.sales:
            self.sales.turn()
        elif self._front is self._box_page:
            self.turn_split()

    def turn_split(self) -> None:
        """Ctrl+E: the record of this box's units (拆零), and back to its time line."""
        life = self.life
        if self._shows_split or life is None or self._split_button.isHidden():
            self._show_rows()
            return
        code = life.code
        self._desk.asker.ask(lambda reader: reader.splits.of(code), self._show_split)

    def _show_split(self, rows: list[SplitRow]) -> None:
        if self.life is None or any(row.code != self.life.code for row in rows):
            return
        self._shows_split = True
        self.split.show(rows)
        self.table.show_model(self.split, (110, 150, 130, 100, 150, 110, 80, 110, 90, 90, 170))

    def ask_paper(self) -> None:
        """Ctrl+L: what the table shows as PDF, the time line or the record of the units."""
        life = self.life
        if life is None or not life.rows:
            return
        if self._shows_split:
            shown = (self.split.row(place) for place in range(self.split.rowCount()))
            self.paper.ask_split(life.code, [row for row in shown if row])
        else:
            facts = (self._state_words(life), " · ".join(_facts(life)))
            rows = [self._cells(row) for row in life.rows]
            self.paper.ask_life(life.code, self._heads, rows, facts)

    def take_back(self) -> None:
        """F6: a customer brings this box back. Its receipt opens with the box ticked."""
        life = self.life
        if life and life.sold_by:
            self.open_receipt(life.sold_by, life.code)

    def take_answer(self, answer: Answer) -> None:
        """A box came back, or why not; the manager's yes to it comes here too."""
        if not isinstance(answer, ReturnAnswer) or not self.isVisible():
            return
        if not answer.code:
            return
        if answer.reason:
            self._detail.setText(returns_words.refused(answer))
        elif answer.number:
            self._ask(answer.code)

    def print_again(self) -> None:
        """Print the receipt of this box again, marked as a copy."""
        life = self.life
        if life and life.sold_by:
            self._desk.wishes.print_again(life.sold_by)

    def _cells(self, row: HistoryRow) -> tuple[str, ...]:
        detail = ""
        if row.event == "upload_settled":
            detail = _platform_words(row.payload)
        elif row.event == "box_returned":
            detail = str(row.payload.get("reason", ""))
        elif row.event == "box_restored":
            told = (str(row.payload.get(key) or "") for key in ("reason", "approver"))
            detail = " · ".join(part for part in told if part)
        elif row.event == "code_settled_elsewhere":
            detail = str(row.payload.get("words", ""))
        elif row.event == "approval_given":
            told = (str(row.payload.get(key) or "") for key in ("reason", "approver"))
            detail = " · ".join(part for part in told if part)
        elif row.event in ("scan_refused", "read_damaged"):
            detail = steps_words.not_taken(str(row.payload.get("verdict", "")))
        elif row.event == "box_reserved":
            detail = steps_words.read_by(str(row.payload.get("port", "")))
        elif row.event == "units_sold":
            words = translate("Lookup", "%1 sold, %2 left")
            words = words.replace("%1", str(row.payload.get("units", "")))
            detail = words.replace("%2", str(row.payload.get("left", "")))
        elif "party" in row.payload:
            told = (str(row.payload.get(key) or "") for key in ("party", "lot"))
            detail = " · ".join(part for part in told if part)
        return (
            f"{row.at:%Y-%m-%d %H:%M:%S}",
            steps_words.event(row.event),
            row.document or "",
            row.counter,
            row.operator,
            detail,
        )


def _life(reader: LedgerReading, code: str) -> BoxLife:
    known = identification_of(code)
    record = reader.boxes.record(code)
    item = reader.catalogue.drug_of(known) or (
        reader.catalogue.find_item(record.item) if record else None
    )
    return BoxLife(
        code=code,
        item=item,
        earlier=reader.boxes.earlier(code),
        rows=reader.boxes.history(code),
        state=reader.boxes.state(code),
        record=record,
    )


def _facts(life: BoxLife) -> list[str]:
    """What the box is and, if it was received or moved here, what is recorded of it."""
    drug = life.item.name if life.item else translate("Lookup", "drug not known")
    told, record = [spaced(life.code), drug], life.record
    if record is None:
        return told
    if record.batch.lot:
        told.append(translate("Lookup", "lot %1").replace("%1", record.batch.lot))
    if record.batch.expiry:
        told.append(translate("Lookup", "until %1").replace("%1", f"{record.batch.expiry}"))
    if record.units_left is not None:
        told.append(translate("Lookup", "%1 units left").replace("%1", str(record.units_left)))
    return [*told, *(part for part in (record.party, record.document) if part)]


def _names_box(reading: Reading) -> bool:
    """True for what is looked up as the code of a box."""
    return reading.is_trace or reading.code_needs_map or _is_udi(reading)


def _is_udi(reading: Reading) -> bool:
    """A device's UDI: in some regions the code of its box."""
    return reading.kind is Kind.UDI


def _scanned_sale(reader: LedgerReading, text: str) -> str | None:
    """A sale by the whole of its number, or by its online order's or its ticket's."""
    if reader.sales.receipt(text) is not None:
        return text
    numbers = (text, order_number(text))
    found = (reader.sales.sale_of_order(number) for number in numbers if number)
    return next(filter(None, found), None)


def _code_of(reader: LedgerReading, number: str | None) -> str | None:
    sale = reader.sales.sale(number) if number else None
    codes = sale.codes() if sale else ()
    return codes[0] if codes else None


def _platform_words(payload: dict[str, object]) -> str:
    lines = payload.get("lines")
    if not isinstance(lines, dict):
        return ""
    found = {
        f"{uploads_words.outbox_state(str(line.get('state')), None)} "
        f"{faults_words.platform_words(str(line.get('words', '')))}".strip()
        for line in lines.values()
        if isinstance(line, dict)
    }
    return "；".join(sorted(found))
