"""The questions of the checkout and what their answers lead to; the questions' own news."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale, Settlement
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.scanning.scan import Reading, identification_of
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord
from pharmacy_desk.core.upload.slip import Slip
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, SaleAnswer, UnitsDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.pay_panel import PayPanel
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.sale.sale_list import SaleList
from pharmacy_desk.gui.words import units_answers as units_words

A = TypeVar("A", bound=Answer | None)


class Checkout(Protocol):
    """What the questions need of their screen."""

    questions: Questions
    lines: SaleList
    pay_panel: PayPanel

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    @property
    def in_hand(self) -> Reading | None:
        """What was scanned last of this sale."""
        ...

    def say(self, said: Said) -> None:
        """Show an answer."""
        ...

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...


class Asks:
    """Answers become wishes to the counter."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self._code = ""
        self._awaits_slip = False
        checkout.questions.opened.connect(self._question_opened)
        checkout.pay_panel.armed_changed.connect(self._payment_chosen)
        questions = checkout.questions
        questions.drug_said.connect(self._drug_said)
        questions.new_drug.said.connect(self._new_drug_said)
        questions.batch_said.connect(self._batch_said)
        questions.settlement_said.connect(self._settlement_said)
        questions.preview_said.connect(self._preview_said)
        questions.units_said.connect(self._units_said)
        questions.code_typed.connect(self._code_typed)
        questions.sign_in_said.connect(self._sign_in_said)

    def _drug_said(self, identification: str, item: object, second: object) -> None:
        if isinstance(item, Item):
            pair = second if isinstance(second, tuple) else None
            self._checkout.follow(self._desk.wishes.answer_map(identification, item.code, pair))

    def _new_drug_said(self, identification: str, cells: object, second: object) -> None:
        if isinstance(cells, dict):
            pair = second if isinstance(second, tuple) else None
            self._checkout.follow(self._desk.drugs.add(cells, identification, pair))

    def _batch_said(self, item: object, batch: object) -> None:
        if isinstance(item, Item) and isinstance(batch, Batch):
            self._checkout.follow(self._desk.wishes.set_batch(item.code, batch))
            self._checkout.focus_search()

    def _settlement_said(self, kind: object, settled: object) -> None:
        if isinstance(kind, PaymentKind) and isinstance(settled, Settlement):
            self._checkout.follow(self._desk.wishes.pay(PayOrder(kind, settled)))

    def _question_opened(self, is_open: bool) -> None:
        """The terminal's slip is waited for while it is asked what it settled."""
        awaits = is_open and self._checkout.questions.asks_settlement
        if awaits is not self._awaits_slip:
            self._awaits_slip = awaits
            self._desk.wishes.await_slip(asked=awaits)

    def _slip_shown(self, slip: Slip) -> None:
        """Fill in what the slip or the file told, if it is this sale's."""
        questions, sale = self._checkout.questions, self._checkout.sale
        if not (questions.is_open and questions.asks_settlement and sale):
            return
        if slip.document and slip.document != sale.number:
            questions.settlement_page.another_sale(slip.document)
        else:
            questions.settlement_page.fill(slip.settlement)

    def _preview_said(self, preview: object) -> None:
        if isinstance(preview, Preview):
            order = PayOrder(
                preview.payment,
                preview=preview,
                tendered=self._checkout.questions.preview_page.handed(),
            )
            self._checkout.follow(self._desk.wishes.pay(order))

    # --- units of a box -------------------------------------------------------------------

    def units(self) -> None:
        """Ctrl+U: how many units of the chosen line's last box, else of the last scanned one."""
        self._code = self._which_box()
        if not self._code:
            self._checkout.say(no_box())
            return
        code = self._code

        def show(found: tuple[Item | None, BoxRecord | None]) -> None:
            if code == self._code:
                self._ask_units(*found)

        self._desk.asker.ask(
            lambda reader: (
                reader.catalogue.drug_of(identification_of(code)),
                reader.boxes.record(code),
            ),
            show,
        )

    def end_sale(self) -> None:
        """Another sale is in front: an answer that is still to come asks nothing."""
        self._code = ""

    def _which_box(self) -> str:
        line = self._checkout.lines.selected_line() if self._checkout.lines.hasFocus() else None
        if line and line.boxes:
            return line.boxes[-1].code
        reading = self._checkout.in_hand
        if reading and reading.code and reading.is_trace:
            return reading.code
        newest = _newest(self._checkout.sale)
        return newest.code if newest else ""

    def _ask_units(self, item: Item | None, record: BoxRecord | None) -> None:
        place = _place(self._checkout.sale, self._code)
        item = place[0].item if place else item
        ratio = item.split_ratio if item and item.split_ratio else 0
        opened = record is not None and record.state is BoxState.OPENED
        left = record.units_left or 0 if record and opened else ratio
        if item is None or ratio < 2:
            self._checkout.say(units_words.refused(UnitsDid.NOT_SPLITTABLE))
        elif left < 1:
            self._checkout.say(units_words.refused(VerdictName.SPLIT_EXHAUSTED))
        elif place and not opened and place[1] != _newest(self._checkout.sale):
            self._checkout.say(not_the_newest())
        else:
            more = opened and place is not None
            review = self._desk.settings().text("sale.split_review")
            self._checkout.questions.ask_units(
                item.name, item.split_unit, left, more=more, review=review
            )

    def _units_said(self, units: int, told: object) -> None:
        """A box that is in as a whole is taken out first: one code is not sold twice."""
        second = told if isinstance(told, tuple) else None
        code = self._code

        def sell() -> None:
            self._checkout.follow(self._desk.wishes.split(code, units, second))

        def taken_out(_: SaleAnswer) -> None:
            """Sell its units, if it was this box that was taken out."""
            if _place(self._checkout.sale, code) is None:
                sell()

        def show(record: BoxRecord | None) -> None:
            if record and record.state is BoxState.OPENED:
                sell()
                return
            undone = self._desk.wishes.undo(line=False)
            self._checkout.follow(undone)
            self._desk.bridge.follow(undone, taken_out)

        if _place(self._checkout.sale, code) is None:
            sell()
        else:
            self._desk.asker.ask(lambda reader: reader.boxes.record(code), show)
        self._checkout.focus_search()

    def _payment_chosen(self, armed: object) -> None:
        """F2 and F3 choose how the sale is paid: from here on boxes are judged for that kind."""
        payment = armed if isinstance(armed, PaymentKind) else None
        self._checkout.follow(self._desk.wishes.choose_payment(payment))

    # --- a typed code, another person -----------------------------------------------------

    def type_code(self) -> None:
        """Ctrl+T: a code that does not scan (手工录入)."""
        self._checkout.questions.ask_code()

    def _code_typed(self, code: str) -> None:
        self._checkout.follow(self._desk.wishes.type_code(code))
        self._checkout.focus_search()

    def sign_in(self) -> None:
        """F10: another person takes over the counter."""
        self._checkout.questions.ask_sign_in()
        show = self._checkout.questions.show_people
        self._desk.bridge.follow(
            self._desk.wishes.staff.people(), lambda people: show(people, self._desk.now())
        )

    def _sign_in_said(self, person: str, pin: str) -> None:
        self._checkout.follow(self._desk.wishes.people.sign_in(person, pin))
        self._checkout.focus_search()

    def _badge_wants_more(self, heard: news.BadgeScanned) -> None:
        """The PIN is asked for here, unless a dialog or the lock page asks for it."""
        front = QApplication.activeModalWidget() is None
        if front and self._checkout.questions.isEnabled():
            self._checkout.questions.take_person(heard.operator)

    def hear(self, message: news.News) -> Said | None:
        """What is said to news of these questions; None for all other news."""
        if isinstance(message, news.SlipShown):
            self._slip_shown(message.slip)
            return None
        if isinstance(message, news.SignedIn):
            self._checkout.questions.close_question()
            return signed_in(message)
        if isinstance(message, news.BadgeScanned) and message.refused:
            self._badge_wants_more(message)
        if isinstance(message, news.TenderShown):
            return self._tender_shown(message.kind)
        return None

    def _tender_shown(self, kind: TenderKind) -> Said | None:
        """The customer's payment code was scanned while a payment is armed."""
        panel = self._checkout.pay_panel
        if panel.armed is None:
            return None
        panel.tenders.take_rest(kind)
        return notes.tender_shown(kind)


def _place(sale: Sale | None, code: str) -> tuple[Line, Box] | None:
    """Where a code stands in the sale."""
    lines = sale.lines if sale else ()
    return next(((ln, box) for ln in lines for box in ln.boxes if box.code == code), None)


def _newest(sale: Sale | None) -> Box | None:
    boxes = [box for line in sale.lines for box in line.boxes] if sale else []
    return max(boxes, key=lambda box: box.entry, default=None)


def no_box() -> Said:
    """Ctrl+U before anything was scanned."""
    return Said(
        theme.ASK,
        translate("Checkout", "Which box?"),
        translate("Checkout", "No box was scanned yet whose units could be sold."),
        translate("Checkout", "Scan the box, then press Ctrl+U."),
    )


def not_the_newest() -> Said:
    """The whole box is in the sale, with others scanned after it."""
    return Said(
        theme.ASK,
        translate("Checkout", "Not yet"),
        translate("Checkout", "This box is in the sale as a whole, and others came after it."),
        translate("Checkout", "Take it out with its line (Delete), scan it again, then Ctrl+U."),
    )


def signed_in(heard: news.SignedIn) -> Said:
    """Who works at the counter now."""
    what = translate("Checkout", "%1 works at this counter from now on.")
    word = translate("Checkout", "Signed in")
    return Said(theme.YES, word, what.replace("%1", f"{heard.name} {heard.operator}"))
