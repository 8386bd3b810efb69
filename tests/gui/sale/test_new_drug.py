"""A box whose drug no list knows: added by hand beside the sale, by the keyboard alone, and sold."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid
from tests.gui import seen
from tests.gui.sale.test_one_key_one_effect import STRANGE, Hands

TOLD = ("阿司匹林肠溶片", "100mg×30片", "12.5", "示例制药", "H20130339")


@pytest.fixture
def hands(shop):
    return Hands(shop)


def _fill(hands, *texts):
    """Each field and Enter, as a person types."""
    for text in texts:
        QApplication.focusWidget().setText(text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    hands.rest()


def _button(shop):
    """The one that its key presses too."""
    buttons = shop.checkout.questions.findChildren(QPushButton)
    return next(one for one in buttons if one.shortcut() == QKeySequence("Alt+N"))


def _open(hands):
    hands.drug()
    _button(hands.shop).click()
    return hands.shop.checkout.questions.new_drug


def test_an_unknown_box_is_added_and_sold_by_keys_alone(hands):
    shop = hands.shop
    page = _open(hands)
    assert page.first.hasFocus()
    assert [field.text() for field in page.fields.values()] == [""] * 5
    _fill(hands, *TOLD)
    assert not hands.asking
    (line,) = shop.checkout.sale.lines
    assert (line.item.name, line.price_fen, line.item.incomplete) == (TOLD[0], 1250, True)
    assert line.item.approval == "国药准字H20130339"
    hands.press(Qt.Key.Key_F3)
    hands.press(Qt.Key.Key_Return)
    assert hands.paid == 1


def test_insured_it_is_refused_as_not_payable(hands):
    _open(hands)
    _fill(hands, *TOLD)
    counter = hands.shop.whole.counter
    stops = counter.desk_lane.call(
        lambda: counter.open_sale.gate.stops(PaymentKind.POOLED, settled=True)
    )
    assert "NOT_PAYABLE" in {stop.reason.name for stop in stops}


def test_what_is_missing_is_asked_for_in_its_field(hands):
    page = _open(hands)
    _fill(hands, "阿司匹林", "", "", "", "")
    assert hands.asking
    assert page.fields["price"].hasFocus()
    assert any(text.startswith("✕ 零售价") for text in seen.labels(page))
    assert hands.shop.checkout.sale is None or not hands.shop.checkout.sale.lines


def test_enter_keeps_nothing_before_the_last_field(hands):
    page = _open(hands)
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        hands.rest()
        assert hands.asking
        assert not hands.answers
    assert page.fields["approval"].hasFocus()


def test_escape_leaves_it_and_nothing_is_added(hands):
    shop = hands.shop
    _open(hands)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    hands.press(Qt.Key.Key_Escape)
    assert not hands.asking
    assert shop.whole.counter.ledger.catalogue.find_item("N") is None


def test_a_drug_that_is_there_already_is_offered_instead(hands):
    shop = hands.shop
    _open(hands)
    _fill(hands, *TOLD)
    shop.scan("8499998" + "0" * 12 + "1")
    _button(shop).click()
    _fill(hands, *TOLD)
    questions = shop.checkout.questions
    assert questions.drug_search.field.text() == TOLD[0]
    assert questions.drug_search.field.hasFocus()


def test_a_scan_while_the_form_is_open_asks_about_its_own_box(hands):
    shop = hands.shop
    page = _open(hands)
    page.first.setText("阿司匹林")
    shop.scan(STRANGE)  # the same box once more: what was typed stays
    assert page.isVisible()
    assert page.first.text() == "阿司匹林"
    shop.scan("6900000000014")  # a commodity barcode beside it is no other box
    shop.scan("H20130339")
    assert page.isVisible()
    assert page.first.text() == "阿司匹林"
    shop.scan("8499998" + "0" * 12 + "1")
    assert not page.isVisible()
    assert shop.checkout.questions.asks_drug("8499998")


def test_the_same_by_mouse(hands):
    shop = hands.shop
    hands.drug()
    QTest.mouseClick(_button(shop), Qt.MouseButton.LeftButton)
    page = shop.checkout.questions.new_drug
    for field, text in zip(page.fields.values(), TOLD, strict=True):
        field.setText(text)
    keep = next(b for b in page.findChildren(QPushButton) if b.isVisible())
    answer = shop.answer_to(lambda: QTest.mouseClick(keep, Qt.MouseButton.LeftButton), DrugAnswer)
    assert answer.what is DrugDid.ADDED
    hands.rest()
    assert len(shop.checkout.sale.lines) == 1


def test_a_second_person_is_asked_where_the_map_wants_one(hands):
    shop = hands.shop
    counter = shop.whole.counter
    actor = Actor(counter.clock.now(), "007")
    manager = Operator("001", "王店长", "店长")
    counter.desk_lane.call(lambda: counter.ledger.people.put_operator(actor, manager, "427391"))
    settings = counter.settings
    counter.change_settings(
        type(settings)({**settings.values, "map.second_person": True}, practice=True)
    )
    page = _open(hands)
    _fill(hands, *TOLD)
    assert page.person.hasFocus()
    _fill(hands, "001", "000000")
    assert hands.asking
    assert page.pin.hasFocus()
    _fill(hands, "427391")
    assert not hands.asking
    assert len(shop.checkout.sale.lines) == 1
