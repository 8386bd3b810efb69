"""Ctrl+Q: the prescription is asked for beside the sale, by keys alone."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.prescription import Checkers, Prescribed, Prescription
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.sale.rx_page import RxPage
from tests.conftest import RX as PAID_RX
from tests.core.sale.gate.kit import TODAY, line, sale
from tests.core.sale.gate.test_no_prescription import RX
from tests.gui import seen


def test_enter_leads_through_and_takes_only_what_is_in_sight(qtbot):
    page, kept = RxPage(), []
    qtbot.addWidget(page)
    page.said.connect(kept.append)
    page.begin(sale(line(1, RX, 2, 2)), "440300", TODAY, "007")
    page.show()
    page.first.setFocus()
    typed = ["P1", "", "示例医院", "", "张医师", "扁桃体炎", "002", "", "003", ""]
    for text, field in zip(typed, seen.fields(page), strict=True):
        if text:
            field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    (order,) = kept
    assert (order.number, order.issued, order.area) == ("P1", TODAY, "440300")
    assert order.drugs == (("Y2", 2),)
    assert order.checkers == Checkers("002", "007", "003")
    assert order.diagnosis == "扁桃体炎"


def test_what_is_lacking_is_named_and_the_keyboard_is_there(qtbot):
    page, kept = RxPage(), []
    qtbot.addWidget(page)
    page.said.connect(kept.append)
    page.begin(sale(line(1, RX, 1, 1)), "440300", TODAY, "007")
    page.first.setText("P1")
    seen.press(page, "登记")
    assert kept == []
    assert seen.refused(page)


def test_a_known_number_is_shown_with_what_is_left(qtbot):
    page = RxPage()
    qtbot.addWidget(page)
    page.begin(sale(line(1, RX, 1, 1)), "440300", TODAY, "007")
    drugs = (Prescribed(1, "Y2", "阿莫西林", 3, dispensed=1),)
    page.show_known(Prescription("RX1", "P1", "示例医院", "440300", "张医师", TODAY, drugs))
    assert "阿莫西林（还剩 2）" in seen.labels(page)
    assert page.prescriber.text() == "张医师"
    gone = (Prescribed(1, "Y2", "阿莫西林", 3, dispensed=3),)
    page.show_known(Prescription("RX1", "P1", "示例医院", "440300", "张医师", TODAY, gone))
    assert seen.refused(page)


def test_an_emptied_number_takes_the_prescription_off(qtbot):
    page, off = RxPage(), []
    qtbot.addWidget(page)
    page.taken_off.connect(lambda: off.append(True))
    made = sale(line(1, RX, 1, 1))
    page.begin(made, "440300", TODAY, "007")
    seen.enter(page.first)
    assert off == []
    known = Prescription("RX1", "P1", "示例医院", "440300", "张医师", TODAY, ())
    page.begin(replace(made, prescription=known), "440300", TODAY, "007")
    page.first.clear()
    seen.enter(page.first)
    assert off == [True]


def test_a_scanned_code_is_looked_up_by_alt_e(qtbot):
    page, asked = RxPage(), []
    qtbot.addWidget(page)
    page.electronic_said.connect(asked.append)
    page.begin(sale(line(1, RX, 1, 1)), "440300", TODAY, "007")
    seen.press(page, "Alt+E")
    assert asked == []
    page.scanned(recognise_text("https://example.cn/rx/ABC", TODAY))
    seen.press(page, "Alt+E")
    assert asked == ["https://example.cn/rx/ABC"]


def test_a_picture_that_is_none_is_said(qtbot, tmp_path):
    page = RxPage()
    qtbot.addWidget(page)
    page.take_picture(tmp_path / "gone.jpg")
    assert seen.refused(page)
    (tmp_path / "rx.jpg").write_bytes(b"picture")
    page.take_picture(tmp_path / "rx.jpg")
    assert page.order().picture == b"picture"


def test_an_insured_payment_without_one_asks_for_it(shop):
    """The whole way at the counter: refused, asked, kept, passed."""
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: counter.ledger.catalogue.put_items(counter.open_sale.who.actor(), [PAID_RX])
    )
    shop.scan("83857930000000000001")
    counter.wishes.customer.tell_bearer(None, "").result()
    shop.settle()
    shop.wait_for(news.GateLooked, shop.insured)
    page = shop.checkout.questions.rx_page
    assert shop.checkout.questions.currentWidget() is page
    page.first.setText("P1")
    page.institution.setText("示例医院")
    page.area.setText(shop.whole.view.settings().text("store.area"))
    page.prescriber.setText("张医师")
    page.issued.setText(shop.whole.view.now().date().isoformat())
    shop.wait_for(news.SaleChanged, lambda: seen.press(page, "登记"))
    assert shop.checkout.sale.prescription.number == "P1"
    heard = shop.wait_for(news.GateLooked, shop.insured)
    assert heard.payment is PaymentKind.POOLED
    assert not any(one.reason.name == "NO_PRESCRIPTION" for one in heard.refusals)


def test_a_box_scanned_while_the_paper_is_asked_for_is_sold(shop):
    """Only the paper's own barcode answers the question."""
    shop.scan("84362820442053402132")
    shop.checkout.rx.ask()
    page = shop.checkout.questions.rx_page
    shop.scan("84362820442053402149")
    assert shop.checkout.sale.code_count == 2
    shop.scan("RX2026112900017")
    assert page.first.text() == "RX2026112900017"
    assert shop.checkout.sale.code_count == 2


def test_beside_a_long_answer_enter_brings_each_field_into_sight(shop):
    shop.window.resize(1280, 720)
    page = shop.checkout.questions.rx_page
    drugs = tuple(Prescribed(n, f"L{n}", "复方氨酚烷胺胶囊", 2) for n in range(1, 6))
    shop.checkout.questions.ask_rx(None, "440300", TODAY, "007")
    page.show_known(Prescription("RX1", "P1", "示例医院", "440300", "张医师", TODAY, drugs))
    words = "这盒药已在本店卖出：昨天 14:22，1 号收银台，营业员 012；" * 3
    shop.checkout.verdict.show_answer(Said(theme.NO, "重复", words, "请换一盒再扫。"))
    QApplication.processEvents()
    (around,) = page.findChildren(QScrollArea)
    assert around.height() < around.widget().height()
    page.first.setFocus()
    went = []
    for _ in range(13):
        now = QApplication.focusWidget()
        went.append(now)
        place = QRect(now.mapTo(around.viewport(), QPoint()), now.size())
        assert around.viewport().rect().contains(place), now.accessibleName()
        QTest.keyClick(now, Qt.Key.Key_Return)
    assert len({one for one in went if isinstance(one, QLineEdit)}) == 13
