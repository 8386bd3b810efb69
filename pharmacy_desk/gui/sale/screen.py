"""收银: the checkout. Scans and keys become wishes to the counter, news become what is shown."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.policy import Action, Reason, VerdictName
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gate.id_required import ID_REQUIRED
from pharmacy_desk.core.sale.gate.no_lot import NO_LOT
from pharmacy_desk.core.sale.gate.no_prescription import NO_PRESCRIPTION
from pharmacy_desk.core.sale.gate.no_settlement import is_lacking
from pharmacy_desk.core.sale.guarding import Handing
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.tender import Rounding
from pharmacy_desk.core.sale.ticket import TillMode
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    Answer,
    DrugAnswer,
    DrugDid,
    GateAnswer,
    MapAnswer,
    PayAnswer,
    PayDid,
    PersonAnswer,
    RxAnswer,
    SaleAnswer,
    SaleDid,
    SignInAnswer,
    UnitsAnswer,
)
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Section
from pharmacy_desk.gui.base.sound import Tones
from pharmacy_desk.gui.sale import new_drug, notes
from pharmacy_desk.gui.sale.asks import Asks
from pharmacy_desk.gui.sale.bureau_words import BureauWords
from pharmacy_desk.gui.sale.customer_steps import CustomerSteps
from pharmacy_desk.gui.sale.disease import DiseaseAsk
from pharmacy_desk.gui.sale.first_steps import ImportFirst, import_first
from pharmacy_desk.gui.sale.held import Held
from pharmacy_desk.gui.sale.line_bar import LineBar
from pharmacy_desk.gui.sale.line_wishes import LineWishes
from pharmacy_desk.gui.sale.marks import Marks
from pharmacy_desk.gui.sale.pay_panel import PayPanel
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.sale.reminders import Reminders
from pharmacy_desk.gui.sale.rx_asks import RxAsks
from pharmacy_desk.gui.sale.sale_list import SaleList
from pharmacy_desk.gui.sale.split import Unread
from pharmacy_desk.gui.sale.ticket_panel import TicketPanel
from pharmacy_desk.gui.widgets.column import Column
from pharmacy_desk.gui.widgets.confirm import Confirm
from pharmacy_desk.gui.widgets.item_search import ItemSearch
from pharmacy_desk.gui.widgets.key_card import KeyCard
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from pharmacy_desk.gui.words import drug_cells as cells_words
from pharmacy_desk.gui.words import gate as gate_words
from pharmacy_desk.gui.words import map as map_words
from pharmacy_desk.gui.words import pay_answers as pay_words
from pharmacy_desk.gui.words import people as people_words
from pharmacy_desk.gui.words import persons as persons_words
from pharmacy_desk.gui.words import rx_answers as rx_words
from pharmacy_desk.gui.words import sale_answers as sale_words
from pharmacy_desk.gui.words import units_answers as units_words

# Enter pays only when no scan came within this time: a scanner's stray Enter pays nothing.
_QUIET_AFTER_SCAN_MS = 300
# After these the list has changed under the person's hands: the keyboard is back in the search.
_BACK_TO_SEARCH = frozenset(
    {
        SaleDid.UNDONE,
        SaleDid.VOIDED,
        SaleDid.HELD,
        SaleDid.HELD_SETTLING,
        SaleDid.RESUMED,
        SaleDid.LINE_REMOVED,
        SaleDid.LINE_BACK,
    }
)
A = TypeVar("A", bound=Answer | None)


class CheckoutScreen(Section):
    """Sale list and search on the left; verdict, question, payment and keys on the right."""

    target = ScanTarget.SALE
    # The answer of a wish made here, once it is said.
    answered = Signal(object)
    # The world kept a wish made here from its answer; it was told as trouble.
    failed = Signal(object)

    def __init__(self, desk: DeskView, tones: Tones, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tones = tones
        self._sale: Sale | None = None
        # The line that a person has put the keyboard on, as the counter knows it.
        self.picked: int | None = None
        self._stops: tuple[Refusal, ...] = ()
        self._held = 0
        self._last_scan = 0.0
        self._last_kind: PaymentKind | None = None
        self._pay_said: Said | None = None  # true only while a payment is armed
        # What the insurance's last answer told of its line, and whether F2 has said so.
        self._line_down = self._line_told = False
        self._late: tuple[Sale | None, str | None] | None = None
        self._last_reading: Reading | None = None
        self._in_hand: Reading | None = None
        self.search = ItemSearch(
            desk.asker,
            translate("Checkout", "Scan, or type name, pinyin initials, barcode (F1)"),
            counts=True,
        )
        self.lines = SaleList()
        self.verdict = VerdictPanel()
        self.confirm = Confirm(self.verdict, self._idle_verdict)
        self.questions = Questions(desk.asker)
        self.pay_panel = PayPanel()
        self.pay_panel.rounding = lambda: Rounding(desk.settings().text("sale.cash_rounding"))
        self.unread = Unread(desk)
        self.asks = Asks(desk, self)
        self.marks = Marks(desk, self)
        self.customer = CustomerSteps(desk, self)
        self.rx = RxAsks(desk, self)
        self.disease = DiseaseAsk(desk, self)
        self.bureau_words = BureauWords()
        self.reminders = Reminders(self.verdict)
        self.line_bar = LineBar()
        self.line_wishes = LineWishes(desk, self)
        self.held = Held(desk, self)
        beside_till = desk.settings().text("till.mode") == TillMode.TICKET
        self.keys = KeyCard(
            notes.ticket_keys() if beside_till else notes.keys(),
            short=("F4", "F5", "F6", "Backspace", "Esc"),
        )
        self.import_first = ImportFirst()
        self.tickets = TicketPanel(desk, self.search) if beside_till else None
        self._lay_out()
        self._connect()
        self._idle_verdict()
        self.keys.show_count("F5", 0)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.lines, 1)
        left.addWidget(self.bureau_words)
        left.addWidget(self.reminders)
        left.addWidget(self.line_bar)
        left.addWidget(self.unread.doubts)
        # Its keys give way to a question, which has its own beside it.
        right = Column(self.verdict, self.keys)
        right.add(self.confirm.keys)
        right.add(self.import_first)
        right.add(self.questions)
        right.add_at_bottom(self.pay_panel if self.tickets is None else self.tickets)
        if self.tickets:  # lines and money are the till's
            self.line_bar.offered = False
            self.pay_panel.setParent(self)
            self.pay_panel.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 8)
        grid.setHorizontalSpacing(14)
        grid.addLayout(left, 0, 0)
        grid.addWidget(right, 0, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(1, 430)

    def _connect(self) -> None:
        self.search.chosen.connect(self._item_chosen)
        self.search.several.connect(self._item_chosen)
        self.search.left.connect(self.focus_search)
        self.search.undo_wanted.connect(self.undo)
        self.questions.opened.connect(self._question_opened)
        self.questions.dismissed.connect(self._question_dismissed)
        self.questions.left.connect(self._question_dismissed)
        self.pay_panel.armed_changed.connect(self._armed)
        self.pay_panel.insured_wanted.connect(self.insured)
        self.questions.kind_said.connect(self._kind_said)
        self.pay_panel.confirmed.connect(self.confirm_payment)
        self.unread.doubts.seen.connect(self.see_unread)
        self.unread.doubts.taken.connect(self.take_split)
        # Of this screen alone: another one has the same key for something of its own.
        price = QShortcut(QKeySequence("Ctrl+B"), self)
        price.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        price.activated.connect(self.line_wishes.price)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.pay_panel.offer_insured(offered=self._desk.settings().agreement.designated)
        self._desk.wishes.show_sale()
        if self.tickets:
            self.tickets.begin()
        self._desk.asker.ask(lambda reader: reader.catalogue.item_count(), self._look_at_shop)
        self.focus_search()

    def _look_at_shop(self, items: int) -> None:
        """A shop without drugs is told what comes first, and what was told goes with the first."""
        was_empty = not self.import_first.isHidden()
        self.import_first.setVisible(not items)
        if not items:
            self._put(import_first())
        elif was_empty:
            self._idle_verdict()

    @property
    def last_reading(self) -> Reading | None:
        """What was scanned last, for its details (F9)."""
        return self._last_reading

    @property
    def in_hand(self) -> Reading | None:
        """What was scanned last of this sale."""
        return self._in_hand

    @property
    def sale(self) -> Sale | None:
        """The open sale as it is shown."""
        return self._sale

    def say(self, said: Said) -> None:
        """Show an answer to something other than a scan, with its tone."""
        self._say(said)

    def focus_search(self) -> None:
        """Keyboard to the search field, unless a question has it."""
        if self.questions.is_open:
            self.questions.take_keyboard()
            return
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_for_drug(self) -> None:
        """F1: look for a drug; what still stands in the field gives way to what is typed."""
        self.focus_search()
        self.search.field.selectAll()

    # --- news -----------------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        self._ticket_hears(message)
        match message:
            case news.Judged():
                self._judged(message)
            case news.ScanFailed(error=error) | news.Trouble(error=error):
                self._trouble(error)
            case news.SaleChanged():
                self._sale_changed(message)
            case news.GateLooked():
                self._gate_looked(message)
            case news.LineState(name="settlement", up=up):
                self._line_down, self._line_told = not up, False
            case news.PayStarted():
                self._say(notes.settling())
            case news.PayEnded(answer=answer):
                self._pay_answered(answer)
            case _ if not self._asked_hears(message):
                said = self.asks.hear(message) or notes.aside(message)
                if said:
                    self._say(said)

    def _ticket_hears(self, message: news.News) -> None:
        """Whose codes are asked for now; what was said of another ticket's box goes with it."""
        if self.tickets:
            before = self.tickets.number
            self.tickets.hear(message)
            if before != self.tickets.number and not self.questions.is_open:
                self._idle_verdict()

    def _asked_hears(self, message: news.News) -> bool:
        """News for an open question: a scan that goes into it."""
        asked = (self.marks, self.customer, self.rx)
        return any(one.hear(message) for one in asked)

    def _judged(self, heard: news.Judged) -> None:
        self._last_scan = self._desk.monotonic()
        self._last_reading = self._in_hand = heard.verdict.reading
        self.bureau_words.clear()
        self.confirm.drop()
        # The verdict is painted first: the list of lines may take a frame longer.
        item = heard.verdict.item.code if heard.verdict.item else None
        self._sale, self.picked = heard.sale, heard.chosen
        self._late = (heard.sale, item)
        QTimer.singleShot(0, self, self._take_late_sale)
        said = self.unread.answer(heard)
        if heard.verdict.silent:
            return
        self._put(said)
        self.verdict.repaint()
        guarding = self._desk.settings().guarding
        if guarding is None or guarding.handing(heard.verdict) is not Handing.PASS:
            self._tones.play(said.tone.sound)  # the till itself answers what is passed on to it
        if heard.verdict.name is VerdictName.UNMAPPED:
            self._ask_drug(heard)
        elif self.questions.is_open and (heard.answered or self._about_another_box(heard)):
            if not heard.answered:  # what was asked was about the box before this one
                self._desk.wishes.dismiss_question()
            self.questions.close_question()
            self.focus_search()

    def _about_another_box(self, heard: news.Judged) -> bool:
        """Whether what is asked was about the box before; a form half filled in stays for longer.

        Beside it the drug's commodity barcode may well be scanned, which is no other box.
        """
        questions = self.questions
        return questions.about_box and (not questions.tells_drug or heard.verdict.reading.is_trace)

    def _ask_drug(self, heard: news.Judged) -> None:
        identification = heard.verdict.reading.identification or ""
        if not self.questions.asks_drug(identification):
            second = self._desk.settings().flag("map.second_person")
            self.questions.ask_drug(identification, heard.verdict.proposed, second)

    def take_split(self) -> None:
        """Ctrl+J: take the codes of a merged read, while their offer is on the screen.

        Never right behind a scan: scanners that type CR+LF send Ctrl+J for LF.
        """
        if not self._just_scanned() and not self.questions.is_open:
            self.unread.take(self.verdict.said)

    def see_unread(self) -> None:
        """Ctrl+D: somebody has seen the newest scan that put no box in."""
        if not self.questions.is_open:
            self.unread.doubts.dismiss_newest()

    def scan_seen(self) -> None:
        """A scan has just been typed; its verdict is still to come."""
        self._last_scan = self._desk.monotonic()

    def _just_scanned(self) -> bool:
        return (self._desk.monotonic() - self._last_scan) * 1000 < _QUIET_AFTER_SCAN_MS

    def _trouble(self, error: Exception) -> None:
        self.unread.fail()
        self._say(notes.failure(theme.NO, translate("Checkout", "Not saved"), error))

    def _sale_changed(self, heard: news.SaleChanged) -> None:
        self._held, self.picked = heard.held, heard.chosen
        before = self._sale.number if self._sale else None
        self._take_sale(heard.sale, _first_lacking(heard.sale, before))
        self.bureau_words.clear()
        if before and (heard.sale is None or heard.sale.number != before):
            self.pay_panel.arm(None)  # another sale is not paid by a choice of before
            self._in_hand = None
            self.asks.end_sale()
            self.questions.end_sale()

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish, when its answer comes."""
        self._desk.bridge.follow(wished, self.take_answer, self.failed.emit)

    def take_answer(self, answer: Answer | None) -> None:
        """Say what a wish did; None is said by news."""
        match answer:
            case SaleAnswer():
                self._sale_answered(answer)
            case GateAnswer() | PayAnswer():
                self._payment_answered(answer)
            case PersonAnswer():
                self._person_answered(answer)
            case MapAnswer():
                self._map_answered(answer)
            case DrugAnswer():
                self._drug_answered(answer)
            case RxAnswer():
                self._say(rx_words.rx(answer))
            case UnitsAnswer():
                self._say(units_words.units(answer))
            case SignInAnswer(what=what):
                said = people_words.not_signed_in(what)
                if said:
                    self._say(said)
        self.answered.emit(answer)

    def _payment_answered(self, answer: GateAnswer | PayAnswer) -> None:
        if isinstance(answer, GateAnswer):
            self._gate_answered(answer)
        else:
            self._pay_answered(answer)

    def _person_answered(self, answer: PersonAnswer) -> None:
        self.customer.answered(answer)
        said = persons_words.person(answer)
        if said:
            self._say(said)

    def _sale_answered(self, answer: SaleAnswer) -> None:
        self.unread.sale_answered(answer)
        said = sale_words.sale(answer)
        if answer.doubts:
            self._say(pay_words.not_yet(answer.doubts, answer.sale, self._desk.now()))
        elif answer.out:
            self._say(sale_words.not_all_back(answer, self._desk.now()))
        elif said:
            self._put(said)
            if answer.what in _BACK_TO_SEARCH:
                self.questions.close_question()
                self.focus_search()

    def _pay_answered(self, answer: PayAnswer) -> None:
        """What the payment came to; what can be filled in here is asked for.

        That of a sale put aside is only said: another customer's may be on the screen.
        """
        if answer.aside:
            self._say(pay_words.pay(answer, self._desk.now()))
            return
        if answer.preview:
            self._show_preview(answer, answer.preview)
            return
        if answer.what is PayDid.PAID:
            self.unread.end()
            self.pay_panel.tendered.clear()
            self._say(pay_words.pay(answer, self._desk.now()))
            self.focus_search()
            return
        self._take_sale(answer.sale, None)
        self.bureau_words.show_words(answer.refusals)
        self._say(pay_words.pay(answer, self._desk.now()))
        if answer.what is PayDid.PERSON_WANTED:
            self.customer.ask_person(self.pay_panel.armed)
        elif answer.refusals and answer.error is None:
            self._ask_lacking(answer.sale, answer.refusals, self.pay_panel.armed)

    def _show_preview(self, answer: PayAnswer, preview: Preview) -> None:
        """How it would split, unless another way of paying was chosen meanwhile, or none."""
        if self.pay_panel.armed is not preview.payment or self._sale is None:
            return
        if not preview.fits(self._sale, preview.payment):
            self._say(pay_words.changed())
            return
        self.questions.ask_preview(preview)
        said = notes.reminding(pay_words.previewed(), answer, self._desk.now())
        self._put(said)
        self.reminders.told_by(said)
        self.bureau_words.show_words(answer.reminders)

    def _explain(
        self, sale: Sale, refusals: Sequence[Refusal], payment: PaymentKind | None
    ) -> None:
        """Say what stops the payment, and ask for what can be filled in here."""
        self._say(pay_words.not_yet(refusals, sale, self._desk.now()))
        self._ask_lacking(sale, refusals, payment)

    def _ask_lacking(
        self, sale: Sale, refusals: Sequence[Refusal], payment: PaymentKind | None
    ) -> None:
        first = refusals[0]
        if first.reason == NO_LOT:
            line = next(ln for ln in sale.lines if ln.number in first.lines)
            missing = next((b for b, _, _ in line.batches() if not b.complete), line.item.batch)
            self.questions.ask_batch(line.item, missing)
        elif _stops_by(refusals, ID_REQUIRED):
            self.customer.ask_person(payment)
        elif sale.prescription is None and _stops_by(refusals, NO_PRESCRIPTION):
            self.rx.ask()
        elif is_lacking(first) and payment is not None:
            self.questions.ask_settlement(payment, sale.insured_fen)
            self._show_covers(sale)

    def _gate_looked(self, heard: news.GateLooked) -> None:
        """What stops the armed payment is asked for at once, not only after Enter."""
        if self.pay_panel.armed is None or heard.payment is not self.pay_panel.armed:
            return
        self._stops = heard.refusals
        self.bureau_words.show_words((*heard.refusals, *heard.reminders))
        self.reminders.show_reminders(heard.reminders, heard.sale, self._desk.now())
        self._show_covers(heard.sale)
        self._refresh_pay()

    def _gate_answered(self, answer: GateAnswer) -> None:
        """What F2 or F3 was answered, unless it was taken back meanwhile."""
        sale, payment = answer.sale, answer.payment
        if payment is None or payment is not self.pay_panel.armed or sale is None:
            return
        if answer.refusals:
            self._explain(sale, answer.refusals, payment)
        elif payment.insured and self._desk.has_settlement:
            self._preview(payment)
        else:
            self._pay_said = notes.armed(answer, self._desk.now())
            self._put(self._pay_said)
            self.reminders.told_by(self._pay_said)

    def _preview(self, payment: PaymentKind) -> None:
        """Ask the insurance how it would split the sale; nothing is settled by that."""
        self._pay_said = notes.asking_split()
        self._put(self._pay_said)
        self.follow(self._desk.wishes.preview(payment))

    def _map_answered(self, answer: MapAnswer) -> None:
        if not answer.what.refused:
            self.questions.close_question()
        said = map_words.at_checkout(answer)
        if said:
            self._say(said)
        else:
            self.focus_search()

    def _drug_answered(self, answer: DrugAnswer) -> None:
        """A drug was added for the box in hand, or was not; what the office changes is not ours."""
        if answer.mapped:
            self._map_answered(answer.mapped)
        elif not answer.code and self.questions.is_open:
            new_drug.answered(self.questions, answer)
            if answer.what is not DrugDid.ALREADY_THERE:
                return  # said in the form
            why = cells_words.why_not(answer)
            self._say(Said(theme.ASK, translate("Checkout", "Not added"), why[2:]))

    # --- keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: keys that no field has taken."""
        key = event.key()
        if self.questions.is_open:
            self.questions.keyPressEvent(event)
            self.questions.take_keyboard()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif key == Qt.Key.Key_Backspace:
            self.undo()
        elif key == Qt.Key.Key_Escape:
            self.escape()
        elif key == Qt.Key.Key_Delete and self.lines.hasFocus():
            self.line_wishes.remove()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Enter: confirm an open question, else the armed payment."""
        if not self.confirm.take():
            self.confirm_payment()

    def undo(self) -> None:
        """Backspace: take back the last box, never while something is being typed."""
        if not self.search.searching:
            self.follow(self._desk.wishes.undo())

    def escape(self) -> None:
        """Esc: leave what is open, step by step; last the whole sale, which asks first."""
        if self.pay_panel.armed is not None:
            self.pay_panel.arm(None)
            self.focus_search()
        elif self.confirm.asks:
            self._idle_verdict()
        elif self._sale and self._sale.lines:
            said = notes.cancel_all(self._sale.box_count)
            self.confirm.ask(said, lambda: self.follow(self._desk.wishes.held.void()))
            self._say(said)

    def insured(self) -> None:
        """F2: which of the insurance's kinds settles is asked, where the store takes several."""
        if self._paid_at_till():
            return
        if not (self._sale and self._sale.lines):
            return
        if self._line_down and not self._line_told:
            self._line_told = True  # pressed once more, it is tried
            self._say(notes.line_down())
            return
        kinds = self._insured_kinds()
        if len(kinds) == 1:
            self._insured_by(kinds[0])
        elif kinds:
            self.questions.ask_kind(kinds)
        else:
            self._say(notes.no_insurance())

    def _insured_kinds(self) -> list[PaymentKind]:
        """What this store takes: the kind used last first, before any the store's usual one."""
        settings = self._desk.settings()
        kinds = [kind for kind in settings.policy.served if kind.insured]
        first = self._last_kind or PaymentKind(settings.text("sale.insured_kind"))
        return sorted(kinds, key=lambda kind: kind is not first)

    def _kind_said(self, kind: object) -> None:
        if isinstance(kind, PaymentKind):
            self._last_kind = kind
            self._insured_by(kind)

    def _insured_by(self, kind: PaymentKind) -> None:
        """The kind is chosen; what is asked about the customer comes before the payment."""
        if not self.customer.before(kind):
            self.arm(kind)

    def self_paid(self) -> None:
        """F3."""
        if not self._paid_at_till():
            self.arm(PaymentKind.SELF)

    def _paid_at_till(self) -> bool:
        """A ticket is not paid here; that is said."""
        if self.tickets is None or not (self._sale and self._sale.ticket):
            return False
        said = sale_words.sale(SaleAnswer(SaleDid.TILL_PAYS))
        if said:
            self._say(said)
        return True

    def arm(self, payment: PaymentKind) -> None:
        """Choose how to pay; Enter confirms it."""
        if self._sale and self._sale.lines:
            if self.confirm.asks:
                self._idle_verdict()
            self.pay_panel.arm(payment)
            if payment.insured:
                self.focus_search()

    def hold(self) -> None:
        """F4."""
        self.follow(self._desk.wishes.held.hold())

    def resume(self) -> None:
        """F5."""
        self.held.resume(self._held)

    def confirm_payment(self) -> None:
        """Enter on an armed payment, if no scan has just come in."""
        if self._just_scanned():
            return
        payment = self.pay_panel.armed
        if payment is None or self._sale is None or not self._sale.lines:
            return
        if not self.pay_panel.enough():
            self._say(notes.too_little())
            return
        if payment.insured and self._desk.has_settlement:
            self._preview(payment)
            return
        order = PayOrder(
            payment,
            tendered_fen=self.pay_panel.tendered_fen(),
            tendered=self.pay_panel.handed(),
        )
        self.follow(self._desk.wishes.pay(order))

    # --- answers --------------------------------------------------------------------------

    def _item_chosen(self, item: object, boxes: int | None = None) -> None:
        if isinstance(item, Item) and not (self.tickets and self.tickets.answer_drug(item)):
            self.follow(self._desk.wishes.add_item(item.code, boxes))

    def _question_opened(self, is_open: bool) -> None:
        """An open question owns every key: nothing that waited for one can be set off by it."""
        self.search.setEnabled(not is_open)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self.pay_panel.wait_for_answer(asking=is_open)
        if is_open and self.confirm.asks:
            self._idle_verdict()

    def _question_dismissed(self) -> None:
        self.unread.put_aside()
        self._hide_covers()
        self._desk.wishes.dismiss_question()
        self._idle_verdict()
        self.focus_search()

    # --- showing --------------------------------------------------------------------------

    def _take_sale(self, sale: Sale | None, follow: str | None) -> None:
        self._sale = sale
        self._late = None
        self.lines.show_sale(sale, follow, self.picked)
        if self.questions.look_at_preview(sale):
            self.focus_search()
        self._refresh_pay()
        self.keys.show_count("F5", self._held)

    def _show_covers(self, sale: Sale) -> None:
        """Who pays each line by the kind that is chosen; nobody says so while none is."""
        if self._sale and self._sale.number == sale.number:
            self._sale = sale
            self.lines.show_sale(sale, None)

    def _hide_covers(self) -> None:
        if self._sale:
            lines = tuple(replace(line, cover=None) for line in self._sale.lines)
            self._show_covers(replace(self._sale, lines=lines))

    def _take_late_sale(self) -> None:
        """The lines after a scan, unless newer news have brought others meanwhile."""
        if self._late:
            self._take_sale(*self._late)

    def _armed(self, payment: object) -> None:
        # Told anew for the other way of paying in a moment.
        self._stops = ()
        self.reminders.clear()
        if payment is None:
            self._hide_covers()
            self.bureau_words.clear()
        if self.verdict.said is self._pay_said:
            self._idle_verdict()
        self._refresh_pay()

    def _refresh_pay(self) -> None:
        # What Enter can get asked for (a settlement, a second person) does not stop the button.
        refusals = [r for r in self._stops if not is_lacking(r) and r.action is not Action.APPROVE]
        why = gate_words.reason(refusals[0], self._sale) if refusals else ""
        self.pay_panel.show_sale(self._sale, why)

    def _say(self, said: Said) -> None:
        self._put(said)
        self._tones.play(said.tone.sound if said.tone is not theme.YES else "")

    def _idle_verdict(self) -> None:
        self._put(notes.ready())

    def _put(self, said: Said) -> None:
        """The one loud thing is this now."""
        self.verdict.show_answer(said)
        self.unread.said(said)


def _stops_by(refusals: Sequence[Refusal], reason: Reason) -> bool:
    return any(refusal.reason == reason for refusal in refusals)


def _first_lacking(sale: Sale | None, before: str | None) -> str | None:
    """The drug that a ticket which has just come up lacks first: a long one begins at its top."""
    if sale is None or not sale.ticket or sale.number == before:
        return None
    return next((line.item.code for line in sale.lines if line.lacking), None)
