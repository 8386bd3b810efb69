"""Ctrl+B in the real window: another price of the chosen line, with its reason, and its picture."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.gui.sale.sale_list import tags
from pharmacy_desk.gui.widgets.parts import TOUCH_PX
from tests.gui import seen
from tests.gui.conftest import BOX

CTRL = Qt.KeyboardModifier.ControlModifier


def _asked(shop):
    """Ctrl+B on the only line."""
    shop.checkout.focus_search()
    shop.key(Qt.Key.Key_B, CTRL)
    questions = shop.checkout.questions
    assert questions.is_open
    return questions.price_page


def _enter(field):
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def page(shop):
    shop.scan(BOX)
    return _asked(shop)


def test_price_and_reason_by_keys_alone(shop, page):
    QTest.keyClicks(page.first, "20")
    assert "¥20.00 × 1 = ¥20.00" in seen.told(page)
    _enter(page.first)
    assert page.reason.hasFocus()
    _enter(page.reason)  # no reason: nothing is said
    assert shop.checkout.questions.is_open
    page.reason.setText("店庆")
    answer = shop.answer_to(lambda: _enter(page.reason), SaleAnswer)
    assert answer.what is SaleDid.REPRICED
    line = shop.checkout.sale.lines[0]
    assert (line.price_fen, line.repriced.reason) == (2000, "店庆")
    assert "原价 ¥21.80" in tags(line)
    assert shop.word == "价格已改"
    assert not shop.checkout.questions.is_open


def test_a_reason_by_a_touch_is_the_answer_and_an_empty_price_takes_it_back(shop, page):
    for made in page.reasons:
        assert made.height() >= TOUCH_PX
    page.first.setText("9折")
    answer = shop.answer_to(page.reasons[0].click, SaleAnswer)
    assert answer.what is SaleDid.REPRICED
    assert shop.checkout.sale.total_fen == 1962
    again = _asked(shop)
    assert (again.first.text(), again.reason.text()) == ("19.62", page.reasons[0].text())
    again.first.clear()
    answer = shop.answer_to(lambda: _enter(again.first), SaleAnswer)
    assert answer.what is SaleDid.PRICE_BACK
    assert shop.checkout.sale.total_fen == 2180


def test_what_is_no_price_stays_in_the_question(shop, page):
    page.first.setText("abc")
    _enter(page.first)
    page.reasons[0].click()
    assert shop.checkout.questions.is_open
    assert shop.checkout.sale.total_fen == 2180
    shop.key(Qt.Key.Key_Escape)
    assert not shop.checkout.questions.is_open


def test_the_key_belongs_to_an_open_question(shop, page):
    shop.checkout.questions.close_question()
    shop.checkout.questions.ask_code()
    shop.key(Qt.Key.Key_B, CTRL)
    assert shop.checkout.questions.currentWidget() is not page


def test_the_bar_asks_for_the_price_too(shop, page):
    shop.key(Qt.Key.Key_Escape)
    shop.checkout.line_bar.price.click()
    assert shop.checkout.questions.is_open
