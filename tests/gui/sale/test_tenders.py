"""Other tenders than cash at the pay panel: keys in the cash field, clicks, a scanned code."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.sale.tender import Taken, Tender, TenderKind
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from tests.gui import seen
from tests.gui.conftest import BOX

CASH, WECHAT, CARD = TenderKind.CASH, TenderKind.WECHAT, TenderKind.CARD


@pytest.fixture
def paying(shop):
    """A sale of 21.80 that is to be paid by the customer alone."""
    shop.scan(BOX)
    shop.answer_to(lambda: shop.checkout.self_paid())
    return shop


def _keys(shop, text):
    QTest.keyClicks(shop.checkout.pay_panel.tendered, text, delay=100)


def _paid(shop):
    QTest.qWait(350)  # Enter pays only some time behind a scan
    field = shop.checkout.pay_panel.tendered
    told = shop.answer_to(lambda: QTest.keyClick(field, Qt.Key.Key_Return), PayAnswer)
    assert told.what is PayDid.PAID
    return told.sale.taken


def test_a_letter_takes_what_is_typed_and_the_rest_is_large(paying):
    panel = paying.checkout.pay_panel
    _keys(paying, "10w")
    assert "11.80" in seen.labels(panel)
    assert "还差" in seen.labels(panel)
    assert not panel.enough()
    _keys(paying, "20")
    assert "找零 ¥8.20" in seen.labels(panel)
    assert _paid(paying) == Taken((Tender(CASH, 2000), Tender(WECHAT, 1000)), 0, 820)


def test_a_letter_alone_takes_the_rest_and_backspace_takes_it_back(paying):
    panel = paying.checkout.pay_panel
    _keys(paying, "k")
    assert panel.tenders.buttons[CARD].isChecked()
    assert "银行卡" in panel.pay.text()
    QTest.keyClick(panel.tendered, Qt.Key.Key_Backspace)
    assert not panel.tenders.buttons[CARD].isChecked()
    panel.tenders.buttons[WECHAT].click()
    assert _paid(paying) == Taken((Tender(WECHAT, 2180),))


def test_a_commercial_insurance_has_its_number(paying):
    panel = paying.checkout.pay_panel
    _keys(paying, "20s")
    assert panel.tenders.asks_number
    _keys(paying, "LP-7")
    QTest.keyClick(panel.tendered, Qt.Key.Key_Return)
    assert not panel.tenders.asks_number
    assert "1.80" in seen.labels(panel)
    _keys(paying, "z")
    case = Tender(TenderKind.COMMERCIAL, 2000, "LP-7")
    assert _paid(paying) == Taken((case, Tender(TenderKind.ALIPAY, 180)))


def test_another_way_of_paying_forgets_them(paying):
    panel = paying.checkout.pay_panel
    _keys(paying, "10w")
    paying.checkout.escape()
    assert "21.80" in seen.labels(panel)
    assert not panel.tenders.buttons[WECHAT].isEnabled()
