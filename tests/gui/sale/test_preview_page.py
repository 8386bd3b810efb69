"""How the insurance would split a sale, and the checkout with a settlement's line of its own."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pharmacy_desk.core.ports.settlement import Refused, Split
from pharmacy_desk.core.sale.person import InsuredFacts, SalePerson
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, SaleState
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.tender import Tender, Tendered, TenderKind
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.gui.sale.person_pages import BearerPage
from pharmacy_desk.gui.sale.settlement_pages import PreviewPage
from tests.conftest import NOON
from tests.gui import seen
from tests.gui.conftest import SPLIT

SALE = Sale("01-AAAA-000001", SaleState.OPEN, "01", "007", NOON)


@pytest.fixture
def page(qapp, qtbot):
    made = PreviewPage()
    qtbot.addWidget(made)
    return made


def _amounts(page):
    """Every sum that stands on it alone, and the gaps, the largest letters first."""
    found = [one for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    told = [(one.font().pixelSize(), one.text()) for one in found if one.text()[:1] in ("¥", "—")]
    return sorted(told, reverse=True)


def test_the_customers_part_is_the_loudest_and_what_nobody_told_is_a_gap(page):
    page.begin(Preview(SALE, PaymentKind.POOLED, SPLIT))
    (own_px, own), *parts = _amounts(page)
    assert own == "¥10.00"
    assert sorted(text for _, text in parts) == ["¥1.80", "¥10.00", "—"]
    assert own_px > 2 * max(px for px, _ in parts) - 1
    page.begin(Preview(SALE, PaymentKind.POOLED, replace(SPLIT, cash_fen=None)))
    assert _amounts(page)[0] == (own_px, "—")


def test_who_it_is_for_is_shown_masked_with_the_other_area(page):
    person = SalePerson(
        masked="A1*****02", name_masked="示**", insured=InsuredFacts(other_area=True)
    )
    page.begin(Preview(replace(SALE, person=person), PaymentKind.POOLED, SPLIT))
    assert "示** · A1*****02 · 异地参保" in seen.labels(page)


def _insured(shop):
    """F2, the kind, and that it is the insured person herself."""
    shop.insured()
    questions = shop.checkout.questions
    shop.qtbot.waitUntil(lambda: questions.is_open or shop.checkout.pay_panel.armed is not None)
    if questions.is_open and isinstance(questions.currentWidget(), BearerPage):
        seen.enter(questions.currentWidget().first)


def _split(shop):
    _insured(shop)
    questions = shop.checkout.questions
    shop.qtbot.waitUntil(
        lambda: questions.is_open and questions.currentWidget() is questions.preview_page
    )
    return questions.preview_page


def test_the_split_is_shown_and_enter_settles_it(settling, door):
    page = _split(settling)
    assert [name for name, _ in door.asked] == ["preview"]
    told = settling.answer_to(lambda: QTest.keyClick(page.first, Qt.Key.Key_Return), PayAnswer)
    assert told.what is PayDid.PAID
    assert told.sale.settlement.setl_id == "SETL1"
    assert [name for name, _ in door.asked] == ["preview", "settle"]


def test_escape_leaves_the_split_and_nothing_was_settled(settling, door):
    page = _split(settling)
    QTest.keyClick(page.first, Qt.Key.Key_Escape)
    assert not settling.checkout.questions.is_open
    assert settling.checkout.pay_panel.armed is None
    settling.key(Qt.Key.Key_F3)
    told = settling.answer_to(lambda: settling.key(Qt.Key.Key_Return), PayAnswer)
    assert told.sale.settlement is None
    assert [name for name, _ in door.asked] == ["preview"]


def test_a_box_more_takes_the_split_away(settling):
    _split(settling)
    settling.scan("84362820442053402133")
    settling.qtbot.waitUntil(lambda: not settling.checkout.questions.is_open)


def test_a_line_that_is_down_is_said_at_once_and_tried_when_asked_again(settling, door):
    door.split = Refused("ConnectionError", reached=False)
    told = settling.answer_to(lambda: _insured(settling), PayAnswer)
    assert told.what is PayDid.NOT_SETTLED
    assert "断网不能医保结算" in settling.checkout.verdict.said.evidence
    strip = settling.window.strip.parts
    settling.qtbot.waitUntil(lambda: strip["settlement"].text().startswith("▲"))
    assert not strip["upload"].text().startswith("●")  # not set up is no green dot either
    settling.key(Qt.Key.Key_Escape)
    settling.key(Qt.Key.Key_F2)
    assert not settling.checkout.questions.is_open
    assert "F3" in settling.checkout.verdict.said.todo
    door.split = Split(SPLIT)
    _split(settling)
    settling.qtbot.waitUntil(lambda: strip["settlement"].text().startswith("●"))


def test_the_customers_part_is_tendered_beside_the_split(settling, door):
    page = _split(settling)
    QTest.keyClick(page.first, "1")
    QTest.keyClicks(page.cash, "w")
    assert page.handed() == Tendered((Tender(TenderKind.WECHAT, 100),))
    settling.key(Qt.Key.Key_Backspace)
    QTest.keyClick(page.cash, "z")
    told = settling.answer_to(lambda: QTest.keyClick(page.cash, Qt.Key.Key_Return), PayAnswer)
    assert told.what is PayDid.PAID
    (tender,) = told.sale.tenders
    assert tender == Tender(TenderKind.ALIPAY, told.sale.owed_fen)
