"""A question owns every key until it is answered: one key, one effect."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, SaleAnswer, SaleDid
from pharmacy_desk.gui.sale import notes
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
Key = Qt.Key


class Hands:
    """Presses keys and remembers what each of them did."""

    def __init__(self, shop):
        self.shop = shop
        self.answers = []
        self.paid = 0
        shop.checkout.answered.connect(self._answered)
        shop.window.heard.connect(self._heard)

    def _answered(self, answer):
        if answer is not None:
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

    # --- what Enter would set off

    def nothing(self):
        pass

    def armed_self(self):
        self.press(Key.Key_F3)

    def cash_typed(self):
        self.press(Key.Key_F3)
        self.type("100")

    def armed_insured(self):
        self.press(Key.Key_F2)
        self.press(Key.Key_Return)  # by the kind offered first
        self.press(Key.Key_Return)  # by the insured person herself
        self.rest()

    def void_asked(self):
        self.press(Key.Key_Escape)
        assert self.shop.checkout.verdict.said == notes.cancel_all(2)


ARMED = ("nothing", "armed_self", "cash_typed", "armed_insured", "void_asked")
QUESTIONS = ("order", "code", "person", "units", "drug", "new_drug", "no_code", "lot", "settlement",
             "price")  # fmt: skip


@pytest.fixture
def hands(shop):
    def prepare(counter):
        plain.write(counter.ledger.path, SPLITTABLE)
        actor = Actor(counter.clock.now(), "007")
        number = counter.ledger.no_code.keep_no_code(actor, NO_CODE).number
        counter.ledger.no_code.approve_no_code(actor, number, "001")

    counter = shop.whole.counter
    counter.desk_lane.call(lambda: prepare(counter))
    return Hands(shop)


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
            Key.Key_Tab, Key.Key_Up, Key.Key_Down, Key.Key_1, Key.Key_9, Key.Key_A, Key.Key_F1,
            Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F10,
        )
    ]
    + [(key, CTRL) for key in (Key.Key_D, Key.Key_G, Key.Key_J, Key.Key_N, Key.Key_O, Key.Key_T,
                               Key.Key_U)]
)  # fmt: skip
# What a person wishes by answering; nothing else may come of a key while a question is open.
ANSWERS = {
    "order": {SaleDid.ORDER_SET, SaleDid.ORDER_GONE, SaleDid.ORDER_TWICE},
    "lot": {SaleDid.BATCH_SET},
    "settlement": set(PayDid),
    "price": {SaleDid.REPRICED, SaleDid.PRICE_BACK},
    "units": {SaleDid.UNDONE},  # the whole box is taken out before its units are sold
}


def begin_anew(hands, shop):
    checkout = shop.checkout
    if hands.asking:
        checkout.questions.close_question()
    checkout.search.clear()
    checkout.pay_panel.arm(None)
    wishes = shop.whole.counter.wishes
    while True:
        checkout.follow(wishes.held.void())
        hands.rest()
        if not checkout._held:
            break
        checkout.follow(wishes.held.resume(1))
        hands.rest()
    shop.window.go("checkout")
    shop.scan(BARCODE)  # lacks its code: what the no-code library is asked for
    shop.scan(BOX)
    checkout.follow(wishes.add_item("A1"))
    hands.rest()


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(armed=st.sampled_from(ARMED), keys=st.lists(KEYS, min_size=1, max_size=6))
def test_one_key_one_effect(hands, shop, question, armed, keys):
    begin_anew(hands, shop)
    getattr(hands, armed)()
    getattr(hands, question)()
    hands.rest()  # what was armed is taken back
    assert hands.asking
    assert not shop.checkout.pay_panel.armed
    assert shop.checkout.verdict.said.todo != notes.cancel_all(2).todo
    for key, modifier in keys:
        asked, before = hands.asking, (codes(shop), shop.checkout._held)
        hands.press(key, modifier)
        effects = len(hands.answers) + (hands.asking and not asked)
        assert effects <= 1 or (question == "units" and asked and not hands.asking)
        if asked:
            assert set(hands.did) <= ANSWERS.get(question, set())
            assert not hands.paid or question == "settlement"
            assert not shop.checkout.pay_panel.armed
            assert not shop.checkout.search.field.text()
        if asked and hands.asking:
            assert (hands.answers, before) == ([], (codes(shop), shop.checkout._held))
            assert shop.checkout.questions.isAncestorOf(QApplication.focusWidget())
        if asked and not hands.asking:
            return  # answered or left: the keys behind it are those of an open counter
