"""Whose card, and who fetches the goods: the two pages before a payment."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.person import Relation
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import GateAnswer, PersonAnswer
from pharmacy_desk.gui.sale.person_pages import BearerPage, PersonPage
from pharmacy_desk.gui.words import persons as words
from tests.gui import seen
from tests.gui.conftest import BOX, COLD_BOX, sell_cold_tablets

Key = Qt.Key
WHO, VOUCHER = "11010519491231002X", "1234567890123456789012345678"


def _type(text):
    QTest.keyClicks(QApplication.focusWidget(), text, delay=80)


def _enter():
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)


def _page(shop):
    return shop.checkout.questions.currentWidget() if shop.checkout.questions.is_open else None


@pytest.fixture
def cold_in(shop):
    sell_cold_tablets(shop.whole.counter)
    shop.scan(COLD_BOX)
    shop.rest()
    return shop


def test_f3_asks_for_the_card_and_then_stands_armed_again(cold_in):
    shop = cold_in
    shop.answer_to(lambda: shop.key(Key.Key_F3), GateAnswer)
    page = _page(shop)
    assert isinstance(page, PersonPage)
    _type("110105194912310021")
    told = shop.answer_to(_enter, PersonAnswer)
    assert told.what.refused
    assert words.why_not(told.what) in seen.labels(page)
    page.first.clear()
    _type(WHO)
    shop.answer_to(_enter, PersonAnswer)
    assert "11********2X" in seen.told(page)
    assert "1949" not in seen.told(page)
    assert page.name.hasFocus()
    page.name.setText("欧阳示例")
    shop.answer_to(_enter, PersonAnswer)
    shop.settle()
    assert _page(shop) is None
    assert shop.checkout.pay_panel.armed is PaymentKind.SELF
    assert shop.checkout.pay_panel.pay.isEnabled()
    assert "欧**" in seen.told(shop.checkout.pay_panel)


def test_a_card_scanned_at_the_step_is_taken_and_elsewhere_refused(cold_in):
    shop = cold_in
    shop.scan(WHO)
    assert shop.checkout.sale.person is None
    shop.checkout.customer.ask()
    shop.settle()
    now = shop.whole.counter.clock.now()

    def gun():
        shop.whole.counter.wishes.scan(RawScan(WHO.encode(), "test", now))

    shop.wait_for(news.PersonShown, gun)
    shop.settle()
    person = shop.whole.counter.open_sale.sale.person
    assert person.kind is ProofKind.ID
    assert _page(shop).name.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    shop.settle()
    assert not shop.whole.counter.desk.asks_person
    assert _page(shop) is None


def test_who_fetches_for_another_is_named_once(shop):
    shop.scan(BOX)
    shop.rest()
    shop.key(Key.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_1)
    page = _page(shop)
    assert isinstance(page, BearerPage)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_3)
    assert page.name.hasFocus()
    page.name.setText("司马示例")
    shop.answer_to(_enter, PersonAnswer)
    shop.settle()
    bearer = shop.whole.counter.open_sale.sale.person.bearer
    assert (bearer.relation, bearer.name_masked) == (Relation.CHILD, "司**")
    settled = shop.checkout.questions.settlement_page
    assert _page(shop) is settled  # no door here: it is typed
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    shop.key(Key.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_1)
    shop.settle()
    assert _page(shop) is settled  # asked once a sale


def test_the_wrong_person_is_forgotten(cold_in):
    shop = cold_in
    shop.answer_to(lambda: shop.key(Key.Key_F3), GateAnswer)
    _type(WHO)
    shop.answer_to(_enter, PersonAnswer)
    assert "11********2X" in seen.told(_page(shop))
    shop.answer_to(lambda: seen.press(_page(shop), "不是此人"), PersonAnswer)
    assert shop.whole.counter.open_sale.sale.person is None
    assert "11********2X" not in seen.told(_page(shop))
