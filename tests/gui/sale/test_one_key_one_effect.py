"""A question owns every key until it is answered: one key, one effect."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.settlement import Settled, Split
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    GateAnswer,
    PayAnswer,
    PayDid,
    PersonAnswer,
    SaleAnswer,
    SaleDid,
)
from pharmacy_desk.gui.people.sign_in import SignInPage
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.disease import DiseasePage
from pharmacy_desk.gui.sale.held import HeldPage
from pharmacy_desk.gui.sale.new_drug import NewDrugPage
from pharmacy_desk.gui.sale.order_page import OrderPage
from pharmacy_desk.gui.sale.person_pages import BearerPage, PersonPage
from pharmacy_desk.gui.sale.price_page import PricePage
from pharmacy_desk.gui.sale.question_pages import TypedPage, UnitsPage
from pharmacy_desk.gui.sale.rx_page import RxPage
from pharmacy_desk.gui.sale.settlement_pages import KindPage, PreviewPage, SettlementPage
from pharmacy_desk.gui.widgets.choices import Choices
from tests import plain
from tests.gui import seen
from tests.gui.conftest import BOX

OTHER, STRANGE = "84362820000000000017", "84999990000000000017"
BARCODE = "6900000000014"
SPLITTABLE = "UPDATE items SET split_ratio = 24, split_unit = '粒' WHERE code = 'A1'"
NO_CODE = Draft(
    "A1", Batch("OLD1", date(2024, 1, 1), date(2099, 1, 1)), 9, NoCodeReason.OTHER,
    date(2024, 3, 1), "x",
)  # fmt: skip
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
SERIALS = count(100)  # one home serves all runs of a test: no box is used twice


class Hands:
    """Presses keys and remembers what each of them did."""

    def __init__(self, shop):
        self.shop = shop
        self.answers = []
        self.paid = 0
        shop.checkout.answered.connect(self._answered)
        shop.window.heard.connect(self._heard)

    def _answered(self, answer):
        unarmed = isinstance(answer, GateAnswer) and answer.payment is None
        if answer is not None and not unarmed:  # that nothing is armed is told, not done
            self.answers.append(answer)

    def _heard(self, message):
        self.paid += isinstance(message, news.Paid)

    @property
    def asking(self):
        return not self.shop.checkout.questions.isHidden()

    @property
    def did(self):
        kinds = (SaleAnswer, PayAnswer)
        return [answer.what for answer in self.answers if isinstance(answer, kinds)]

    def press(self, key, modifier=PLAIN):
        """One key, and everything that comes of it."""
        self.answers, self.paid = [], 0
        self.shop.rest()  # long after any scan
        self.shop.key(key, modifier)
        self.rest()

    def rest(self):
        """Until desk and reader have answered, whatever the answers led to as well."""
        for _ in range(2):
            self.shop.read()
            self.shop.settle()
            QApplication.processEvents()

    @property
    def asked(self):
        """Which question is open; empty for none."""
        if not self.asking:
            return ""
        questions = self.shop.checkout.questions
        page = questions.currentWidget()
        places = {0: "drug", 1: "lot"}
        return places.get(questions.currentIndex()) or PAGES[type(page)]

    def fresh(self):
        """A box that was in no sale before."""
        return f"8436282{next(SERIALS):013d}"

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    # --- questions, opened as a person opens them

    def order(self):
        self.press(Key.Key_O, CTRL)

    def code(self):
        self.press(Key.Key_T, CTRL)

    def person(self):
        self.press(Key.Key_F10)

    def units(self):
        self.press(Key.Key_U, CTRL)

    def drug(self):
        self.shop.scan(STRANGE)

    def new_drug(self):
        self.drug()
        seen.press(self.shop.checkout.questions, "Alt+N")
        self.rest()

    def no_code(self):
        self.press(Key.Key_N, CTRL)

    def lot(self):
        item = self.shop.checkout.sale.lines[0].item
        self.shop.checkout.questions.ask_batch(item, item.batch)

    def settlement(self):
        sale = self.shop.checkout.sale
        self.shop.checkout.questions.ask_settlement(PaymentKind.POOLED, sale.total_fen)

    def price(self):
        self.press(Key.Key_B, CTRL)

    def kind(self):
        self.press(Key.Key_F2)

    def bearer(self):
        self.press(Key.Key_F2)
        self.press(Key.Key_Return)  # by the kind offered first

    def preview(self):
        self.bearer()
        self.press(Key.Key_Return)  # by the insured person herself

    def held(self):
        self.press(Key.Key_F5)

    def rx(self):
        self.press(Key.Key_Q, CTRL)

    def card(self):
        self.press(Key.Key_K, CTRL)

    def disease(self):
        self.press(Key.Key_I, CTRL)

    # --- what Enter would set off

    def nothing(self):
        pass

    def armed_self(self):
        self.press(Key.Key_F3)

    def cash_typed(self):
        self.press(Key.Key_F3)
        self.type("100")

    def tender_chosen(self):
        self.press(Key.Key_F3)
        self.press(Key.Key_W, ALT)
        assert self.shop.checkout.pay_panel.tenders.told.rest is TenderKind.WECHAT

    def case_asked(self):
        """The number of the commercial insurance's case is still to come."""
        self.cash_typed()
        self.press(Key.Key_S, ALT)
        assert self.shop.checkout.pay_panel.tenders.asks_number

    def slip_asked(self):
        """F2 where the insurance's own terminal settles: a question of its own is open."""
        self.preview()
        assert self.asked == "settlement"

    def void_asked(self):
        self.press(Key.Key_Escape)
        assert self.shop.checkout.verdict.said == notes.cancel_all(2)

    def line_out_asked(self):
        self.shop.checkout.lines.setFocus()
        self.press(Key.Key_Home)
        self.press(Key.Key_Delete)
        assert self.shop.checkout.confirm.asks


PAGES = {
    OrderPage: "order", TypedPage: "code", SignInPage: "person", UnitsPage: "units",
    NewDrugPage: "new_drug", Choices: "no_code", SettlementPage: "settlement",
    PricePage: "price", KindPage: "kind", PreviewPage: "preview", HeldPage: "held", RxPage: "rx",
    PersonPage: "card", BearerPage: "bearer", DiseasePage: "disease",
}  # fmt: skip
# What Enter pays or cancels, or would in a moment.
ARMED = ("nothing", "armed_self", "cash_typed", "tender_chosen", "case_asked", "void_asked",
         "line_out_asked")  # fmt: skip
QUESTIONS = ("order", "code", "person", "units", "drug", "new_drug", "no_code", "lot", "settlement",
             "price", "kind", "held", "rx", "card", "bearer", "disease")  # fmt: skip


def with_hands(shop):
    def prepare(counter):
        plain.write(counter.ledger.path, SPLITTABLE)
        actor = Actor(counter.clock.now(), "007")
        number = counter.ledger.no_code.keep_no_code(actor, NO_CODE).number
        counter.ledger.no_code.approve_no_code(actor, number, "001")

    counter = shop.whole.counter
    counter.desk_lane.call(lambda: prepare(counter))
    return Hands(shop)


@pytest.fixture
def hands(shop):
    return with_hands(shop)


def held_sales(shop):
    return len(shop.whole.counter.wishes.held.waiting().result(10))


def codes(shop):
    return shop.checkout.sale.codes() if shop.checkout.sale else ()


def test_the_enter_of_a_settlement_number_pays_once(hands, shop):
    shop.scan(BOX)
    hands.settlement()
    hands.type("SETL1")
    hands.press(Key.Key_Return)  # leads on to the split, which may stay open
    assert (hands.did, hands.paid) == ([], 0)
    hands.press(Key.Key_Return)
    assert (hands.did, hands.paid) == ([PayDid.PAID], 1)
    assert shop.checkout.verdict.said.word == "已收款"


def test_the_enter_of_an_order_number_does_not_cancel_the_sale(hands, shop):
    shop.scan(BOX)
    shop.checkout.escape()
    hands.order()
    hands.type("1234567890")
    hands.press(Key.Key_Return)
    assert hands.did == [SaleDid.ORDER_SET]
    assert codes(shop) == (BOX,)
    hands.press(Key.Key_Return)
    assert hands.did == []


def test_the_enter_of_an_order_number_does_not_pay(hands, shop):
    shop.scan(BOX)
    hands.press(Key.Key_F3)
    hands.order()
    hands.type("1234567890")
    hands.press(Key.Key_Return)
    assert (hands.did, hands.paid) == ([SaleDid.ORDER_SET], 0)
    hands.press(Key.Key_Return)
    assert (hands.did, hands.paid) == ([], 0)
    assert shop.checkout.sale.order


def test_the_enter_of_a_typed_code_adds_the_box_and_pays_nothing(hands, shop):
    shop.scan(BOX)
    hands.press(Key.Key_F3)
    hands.code()
    hands.type(OTHER)
    hands.press(Key.Key_Return)
    hands.type(OTHER)
    hands.press(Key.Key_Return)
    assert (len(hands.answers), hands.paid) == (1, 0)
    assert set(codes(shop)) == {BOX, OTHER}


def test_the_enter_of_units_and_of_a_pin_pays_nothing(hands, shop):
    for ask, texts in ((hands.units, ("3", "", "")), (hands.person, ("7", "123456"))):
        shop.scan(BOX)
        hands.press(Key.Key_F3)
        ask()
        for text in texts:
            hands.type(text)
            hands.press(Key.Key_Return)
            assert hands.paid == 0
            assert not set(hands.did) & set(PayDid)
        assert not hands.asking
        assert shop.checkout.sale
        assert not shop.checkout.pay_panel.armed


def test_the_button_says_that_the_question_comes_first(hands, shop):
    shop.scan(BOX)
    hands.press(Key.Key_F3)
    assert shop.checkout.pay_panel.pay.isEnabled()
    assert "Enter" in shop.checkout.verdict.said.todo
    hands.order()
    assert "Enter" not in shop.checkout.verdict.said.todo  # it would not pay now
    assert "先回答" in shop.checkout.pay_panel.pay.text()
    for widget in (
        shop.checkout.pay_panel.pay,
        shop.checkout.pay_panel.insured,
        shop.checkout.search.field,
    ):
        assert not widget.isEnabled()
    hands.press(Key.Key_Escape)
    assert shop.checkout.search.field.hasFocus()
    hands.press(Key.Key_F3)
    assert shop.checkout.pay_panel.pay.isEnabled()


def test_tab_stays_in_the_question(hands, shop):
    shop.scan(BOX)
    hands.lot()
    page = shop.checkout.questions.currentWidget()
    seen = set()
    for _ in range(8):
        hands.press(Key.Key_Tab)
        seen.add(QApplication.focusWidget())
        assert page.isAncestorOf(QApplication.focusWidget())
    assert len(seen) == 4  # three fields and the button


KEYS = st.sampled_from(
    [
        (key, PLAIN)
        for key in (
            Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Backspace, Key.Key_Delete,
            Key.Key_Tab, Key.Key_Space, Key.Key_Up, Key.Key_Down, Key.Key_1, Key.Key_2, Key.Key_9,
            Key.Key_A, Key.Key_W, Key.Key_Plus, Key.Key_F1, Key.Key_F2, Key.Key_F3, Key.Key_F4,
            Key.Key_F5, Key.Key_F6, Key.Key_F7, Key.Key_F8, Key.Key_F9, Key.Key_F10,
        )
    ]
    + [(key, CTRL) for key in (Key.Key_B, Key.Key_D, Key.Key_G, Key.Key_I, Key.Key_J, Key.Key_K,
                               Key.Key_N, Key.Key_O, Key.Key_P, Key.Key_Q, Key.Key_R, Key.Key_S,
                               Key.Key_T, Key.Key_U)]
    + [(key, ALT) for key in (Key.Key_V, Key.Key_W, Key.Key_Z, Key.Key_K, Key.Key_S, Key.Key_1, Key.Key_2)]
)  # fmt: skip
# What a person wishes by answering; nothing else may come of a key while a question is open.
ANSWERS = {
    "order": {SaleDid.ORDER_SET, SaleDid.ORDER_GONE, SaleDid.ORDER_TWICE},
    "lot": {SaleDid.BATCH_SET},
    "settlement": set(PayDid),
    "preview": set(PayDid),
    "price": {SaleDid.REPRICED, SaleDid.PRICE_BACK},
    "units": {SaleDid.UNDONE},  # the whole box is taken out before its units are sold
    "held": {SaleDid.RESUMED},
    "disease": {SaleDid.DISEASE_TOLD, SaleDid.BAD_DISEASE},
}
PAYS = ("settlement", "preview")


def pressing(times):
    """A run takes a second: what has failed is told as it is, not looked at for minutes."""
    return settings(
        max_examples=times,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


TWO_BOXES = Settlement("", None, fund_fen=2000, account_fen=360, cash_fen=2000)


def begin_anew(hands, shop, question=""):
    checkout = shop.checkout
    if hands.asking:
        checkout.questions.close_question()
    checkout.search.clear()
    checkout.pay_panel.arm(None)
    wishes = shop.whole.counter.wishes
    while True:
        checkout.follow(wishes.held.void())
        hands.rest()
        if not held_sales(shop):
            break
        checkout.follow(wishes.held.resume(1))
        hands.rest()
    shop.window.go("checkout")
    for _ in range(2 if question == "held" else 0):
        checkout.follow(wishes.add_item("A1"))
        checkout.follow(wishes.held.hold())
        hands.rest()
    if question == "preview":  # everything in it can be settled
        shop.scan(hands.fresh())
        shop.scan(hands.fresh())
        hands.rest()
        return
    shop.scan(BARCODE)  # lacks its code: what the no-code library is asked for
    shop.scan(hands.fresh())
    checkout.follow(wishes.add_item("A1"))
    hands.rest()


def press_and_hold(hands, shop, keys):
    """Press the keys while a question is open; each does one thing, and none of another's."""
    checkout = shop.checkout
    for key, modifier in keys:
        asked, before = hands.asked, (codes(shop), held_sales(shop))
        hands.press(key, modifier)
        assert shop.window.front is checkout
        assert QApplication.activeModalWidget() is None
        assert not any(
            top.isVisible() for top in QApplication.topLevelWidgets() if isinstance(top, QDialog)
        )
        assert set(hands.did) <= ANSWERS.get(asked, set())
        assert not hands.paid or asked in PAYS
        assert not checkout.search.field.text()
        if asked == "bearer" and PersonAnswer in map(type, hands.answers):
            # It leads on: the payment that waited is armed, and what it lacks is asked for.
            assert {type(answer) for answer in hands.answers} <= {PersonAnswer, GateAnswer}
            return
        assert not checkout.pay_panel.armed
        if hands.asking:
            assert (codes(shop), held_sales(shop)) == before
            assert checkout.questions.isAncestorOf(QApplication.focusWidget())
            refused = [
                answer for answer in hands.answers if asked == "card" and answer.what.refused
            ]
            assert hands.answers == refused[:1]  # a wrong number is said on its page
        else:
            assert len(hands.answers) <= 1 or asked == "units"
            return  # answered or left: the keys behind it are those of an open counter


@pytest.mark.parametrize("question", QUESTIONS)
@pressing(2)
@given(pressed=st.tuples(*[st.lists(KEYS, min_size=1, max_size=6)] * len(ARMED)))
def test_one_key_one_effect(hands, shop, question, pressed):
    for armed, keys in zip(ARMED, pressed, strict=True):
        begin_anew(hands, shop, question)
        getattr(hands, armed)()
        getattr(hands, question)()
        hands.rest()  # what was armed is taken back
        assert hands.asked == question
        assert not shop.checkout.pay_panel.armed
        assert not shop.checkout.confirm.asks
        assert not shop.checkout.pay_panel.tenders.asks_number
        assert shop.checkout.verdict.said.todo != notes.cancel_all(2).todo
        press_and_hold(hands, shop, keys)


@pressing(5)
@given(
    armed=st.sampled_from(ARMED),
    keys=st.lists(KEYS, min_size=1, max_size=6),
)
def test_one_key_one_effect_where_the_split_is_shown(settling, door, armed, keys):
    hands = with_hands(settling)
    door.split = Split(TWO_BOXES)
    door.answer = Settled(replace(TWO_BOXES, setl_id="SETL1", mdtrt_id="M1"))
    begin_anew(hands, settling, "preview")
    getattr(hands, armed)()
    hands.preview()
    hands.rest()
    assert hands.asked == "preview"
    press_and_hold(hands, settling, keys)


@pytest.mark.parametrize("question", ["drug", "lot", "price"])
def test_a_question_that_takes_the_place_of_the_slip_is_the_only_one(hands, shop, question):
    """A scan or a lot that lacks asks over the slip's page; a key of another question does not."""
    begin_anew(hands, shop, "preview")
    hands.slip_asked()
    getattr(hands, question)()
    assert hands.asked == ("settlement" if question == "price" else question)
    assert not shop.checkout.pay_panel.armed
    hands.press(Key.Key_Escape)
    assert not hands.asking
