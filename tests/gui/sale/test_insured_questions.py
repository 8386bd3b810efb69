"""F2: by which insurance, and what its own terminal settled; nothing is filled in by us."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.upload.slip import Slip, SlipForm
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from tests.gui import seen
from tests.gui.conftest import BOX

RETURN = Qt.Key.Key_Return


@pytest.fixture
def box_in(shop):
    shop.scan(BOX)  # ¥21.80
    shop.rest()  # long after it
    return shop


def _type(text):
    QTest.keyClicks(QApplication.focusWidget(), text, delay=80)


def _ask(shop, digit=Qt.Key.Key_2):
    """F2 and a kind; without a settlement's line the slip is asked for."""
    shop.key(Qt.Key.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), digit)
    QTest.keyClick(QApplication.focusWidget(), RETURN)  # the insured person herself
    page = shop.checkout.questions.settlement_page
    shop.qtbot.waitUntil(lambda: shop.checkout.questions.currentWidget() is page)
    shop.qtbot.waitUntil(lambda: page.first.hasFocus())
    return page


def _offered(shop):
    """The kinds of insurance in the order in which they are offered."""
    page = shop.checkout.questions.kind_page
    shop.qtbot.waitUntil(lambda: shop.checkout.questions.currentWidget() is page)
    shown = [(one.text(), kind) for kind, one in page.buttons.items() if one.isVisible()]
    return [kind for _, kind in sorted(shown)]


def test_the_usual_kind_is_offered_first_and_then_the_one_used_last(box_in):
    box_in.key(Qt.Key.Key_F2)
    assert _offered(box_in)[0] is PaymentKind.POOLED
    chosen = _offered(box_in)[2]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
    assert chosen is PaymentKind.CHRONIC
    box_in.checkout.questions.close_question()
    box_in.key(Qt.Key.Key_F2)
    assert _offered(box_in)[0] is PaymentKind.CHRONIC
    assert len(_offered(box_in)) == 5


def test_escape_leaves_the_choice_and_arms_nothing(box_in):
    box_in.key(Qt.Key.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert box_in.checkout.pay_panel.armed is None
    assert not box_in.checkout.questions.is_open
    assert not box_in.checkout.pay_panel.insured.isChecked()


def test_a_number_alone_is_paid_with_its_split_not_known(box_in):
    _ask(box_in)
    _type("SETL1")
    QTest.keyClick(QApplication.focusWidget(), RETURN)
    told = box_in.answer_to(lambda: QTest.keyClick(QApplication.focusWidget(), RETURN), PayAnswer)
    assert told.what is PayDid.PAID
    assert told.sale.payment is PaymentKind.ACCOUNT
    assert told.sale.settlement.parts == (None,) * 4
    assert told.sale.owed_fen is None


def test_the_split_of_the_slip_is_taken_as_it_is_typed(box_in):
    page = _ask(box_in)
    _type("SETL1")
    QTest.keyClick(page.first, RETURN)
    _type("10")
    QTest.keyClick(page.parts[0], RETURN)
    assert "11.80" in seen.told(page)
    _type("1.80")
    QTest.keyClick(page.parts[1], RETURN)
    QTest.keyClick(page.parts[2], RETURN)
    _type("10.00")
    told = box_in.answer_to(lambda: QTest.keyClick(page.parts[3], RETURN), PayAnswer)
    assert told.what is PayDid.PAID
    assert told.sale.settlement.parts == (1000, 180, 0, 1000)
    assert told.sale.owed_fen == 1000


def test_where_the_insurance_pays_it_all_nothing_is_collected(box_in):
    page = _ask(box_in)
    page.first.setText("SETL1")
    for part, yuan in zip(page.parts, ("10", "11.80", "", "0"), strict=True):
        part.setText(yuan)
    told = box_in.answer_to(page.pay.click, PayAnswer)
    assert (told.what, told.sale.owed_fen) == (PayDid.PAID, 0)
    assert "不用收钱" in box_in.checkout.verdict.said.todo


@pytest.mark.parametrize(
    ("fund", "why"), [("10", "还差"), ("30", "多了"), ("x", "这不是金额"), ("-1", "这不是金额")]
)
def test_a_split_that_does_not_come_to_the_sum_is_not_paid(box_in, fund, why):
    page = _ask(box_in)
    page.first.setText("SETL1")
    page.parts[0].setText(fund)
    page.pay.click()
    assert box_in.checkout.questions.is_open
    assert box_in.checkout.sale.box_count == 1
    assert any(why in text for text in seen.labels(page))


def test_a_number_with_strange_signs_is_not_taken(box_in):
    page = _ask(box_in)
    page.first.setText("SETL 1；")
    page.pay.click()
    assert box_in.checkout.questions.is_open
    assert "字母" in seen.told(page)


def test_the_terminals_file_fills_the_page_and_a_person_confirms_it(box_in):
    page = _ask(box_in)
    told = Settlement("S77", "M77", fund_fen=1000, account_fen=180, cash_fen=1000, typed=True)
    box_in.whole.counter.post(news.SlipShown(Slip(told, box_in.checkout.sale.number)))
    box_in.qtbot.waitUntil(lambda: page.first.text() == "S77")
    assert [part.text() for part in page.parts] == ["10.00", "1.80", "", "10.00"]
    assert box_in.checkout.sale.box_count == 1
    box_in.qtbot.waitUntil(page.pay.hasFocus)
    paid = box_in.answer_to(lambda: QTest.keyClick(page.pay, RETURN), PayAnswer)
    assert (paid.sale.settlement.setl_id, paid.sale.owed_fen) == ("S77", 1000)
    assert "10.00" in box_in.word


def test_another_sales_slip_is_not_taken(box_in):
    page = _ask(box_in)
    box_in.whole.counter.post(news.SlipShown(Slip(Settlement("S77"), "OTHER-1")))
    box_in.qtbot.waitUntil(lambda: "OTHER-1" in seen.told(page))
    assert page.first.text() == ""


def test_the_slips_barcode_is_waited_for_while_the_page_is_open_only(box_in):
    desk = box_in.whole.counter.desk
    desk.slip_form = SlipForm({}, r"SETL-(?P<setl_id>[0-9]{6})")
    page = _ask(box_in)
    box_in.qtbot.waitUntil(lambda: desk.asks_slip)
    now = box_in.whole.counter.clock.now()
    box_in.whole.counter.wishes.scan(RawScan(b"SETL-000123", "test", now))
    box_in.qtbot.waitUntil(lambda: page.first.text() == "000123")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    box_in.qtbot.waitUntil(lambda: not desk.asks_slip)
