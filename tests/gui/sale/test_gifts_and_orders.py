"""Gifts and online orders at the checkout, by keys: what is shown, asked and kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.sale.sale import Cover
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.sale import sale_list
from pharmacy_desk.gui.sale.sale_list import tags, who_pays
from pharmacy_desk.wiring.files import import_file
from tests.gui import seen
from tests.gui.conftest import BOX

CTRL = Qt.KeyboardModifier.ControlModifier
FREE = (
    "药品标识码,商品编码,商品名称,规格,处方标志,类别,零售价,冷藏,生产批号,生产日期,有效期至\n"
    "8100001,G1,维生素C片,0.1g,OTC乙,西药,9.90,是,L1,2026-01-01,2029-01-01\n"
)
ORDER = "330155420192"


def box(number):
    return f"8100001{number:013d}"


@pytest.fixture
def free(shop, tmp_path):
    """The window with one drug more that may be given away."""
    table = tmp_path / "free.csv"
    table.write_text(FREE, encoding="utf-8")
    counter = shop.whole.counter
    import_file(counter, table, counter.desk_lane.call)
    return shop


def gift(shop):
    return shop.answer_to(lambda: shop.key(Qt.Key.Key_G, CTRL))


def lines(shop):
    model = shop.checkout.lines.lines
    return [model.line(row) for row in range(model.rowCount())]


def test_ctrl_g_makes_the_box_just_scanned_a_gift_and_backspace_takes_it_back(free):
    free.scan(box(1))
    free.scan(box(2))
    assert gift(free).what is SaleDid.GIFT
    assert [(line.gift, line.quantity) for line in lines(free)] == [(False, 1), (True, 1)]
    assert "9.90" in seen.labels(free.checkout.pay_panel)
    model = free.checkout.lines.lines
    marked = [model.index(row).data(sale_list.NEXT_BOX) for row in range(2)]
    assert marked == [True, False]
    undone = free.answer_to(lambda: free.key(Qt.Key.Key_Backspace))
    assert undone.what is SaleDid.GIFT_UNDONE
    assert [(line.gift, line.quantity) for line in lines(free)] == [(False, 2)]


def test_the_line_under_the_keyboard_takes_the_next_boxes(free):
    free.scan(box(1))
    free.scan(box(2))
    gift(free)
    cards = free.checkout.lines
    # The newest line is the chosen one by itself, but nothing is given away by itself.
    assert cards.selected_line().gift
    assert free.checkout.picked is None
    where = cards.visualRect(cards.lines.index(1)).center()
    left = Qt.MouseButton.LeftButton
    free.wait_for(news.SaleChanged, lambda: QTest.mouseClick(cards.viewport(), left, pos=where))
    free.scan(box(3))
    assert [line.quantity for line in lines(free)] == [1, 2]
    assert cards.selected_line().gift
    assert gift(free).what is SaleDid.GIFT_BACK
    assert [(line.gift, line.quantity) for line in lines(free)] == [(False, 3)]


def test_a_drug_that_may_not_be_given_away_says_why(free):
    free.scan(BOX)
    assert gift(free).what is SaleDid.NO_GIFT_OTC_A
    said = free.checkout.verdict.said
    assert said.tone is theme.NO
    assert [line.gift for line in lines(free)] == [False]


def test_who_pays_each_line_is_marked_while_an_insured_kind_is_chosen(free):
    free.scan(BOX)
    free.scan(box(1))
    gift(free)
    looked = free.wait_for(news.GateLooked, free.insured)
    assert "NOT_PAYABLE" not in {refusal.reason.name for refusal in looked.refusals}
    marks = [tags(line).split(" · ")[0] for line in lines(free)]
    assert sorted(marks) == sorted(who_pays(cover) for cover in (Cover.INSURED, Cover.OWN))
    free.key(Qt.Key.Key_Escape)
    assert {line.cover for line in lines(free)} == {None}


def test_an_order_number_is_scanned_into_its_question_and_boxes_sell_after_it(free):
    free.key(Qt.Key.Key_O, CTRL)
    page = free.checkout.questions.order_page
    free.scan(box(1))
    assert page.first.text() == ""
    free.scan("134567890123456789")  # a payment code is not kept
    assert page.first.text() == ""
    free.scan(ORDER)
    assert page.first.text() == ORDER
    free.key(Qt.Key.Key_Down)
    kept = free.answer_to(lambda: free.key(Qt.Key.Key_Return))
    assert kept.what is SaleDid.ORDER_SET
    assert free.checkout.sale.order.number == ORDER
    assert free.checkout.sale.order.platform == page.platform.itemText(1)
    assert ORDER in seen.told(free.checkout.pay_panel)
    free.scan(box(1))
    assert lines(free)[0].quantity == 1


def test_leaving_the_question_sells_boxes_again(free):
    free.key(Qt.Key.Key_O, CTRL)
    free.key(Qt.Key.Key_Escape)
    free.scan(box(1))
    assert lines(free)[0].quantity == 1


def test_the_same_order_twice_warns_and_names_the_receipt(free):
    def order():
        free.key(Qt.Key.Key_O, CTRL)
        free.checkout.questions.order_page.first.setText(ORDER)
        return free.answer_to(lambda: free.key(Qt.Key.Key_Return))

    order()
    free.scan(box(1))
    free.rest()
    free.checkout.self_paid()
    paid = free.wait_for(news.Paid, free.checkout.confirm_payment)
    assert order().what is SaleDid.ORDER_TWICE
    assert paid.sale.number in free.checkout.verdict.said.evidence


def test_a_sale_is_looked_up_by_its_order_number(free):
    free.key(Qt.Key.Key_O, CTRL)
    free.checkout.questions.order_page.first.setText(ORDER)
    free.wait_for(news.SaleChanged, lambda: free.key(Qt.Key.Key_Return))
    free.scan(box(1))
    free.rest()
    free.checkout.self_paid()
    paid = free.wait_for(news.Paid, free.checkout.confirm_payment)
    free.window.go("lookup")
    lookup = free.window.screens["lookup"]
    for find in (
        lambda: (lookup.field.setText(ORDER), seen.enter(lookup.field)),
        lambda: free.scan(ORDER),
    ):
        lookup.show_box()
        lookup.receipt.opened = None
        find()
        free.qtbot.waitUntil(lambda: lookup.receipt.opened is not None, timeout=5000)
        assert lookup.receipt.isVisible()
        assert lookup.receipt.opened.sale.number == paid.sale.number


def test_the_checkout_fits_a_small_screen_with_the_question_open(free):
    free.window.resize(1280, 720)
    free.key(Qt.Key.Key_O, CTRL)
    free.qtbot.waitUntil(lambda: free.window.minimumSizeHint().height() <= 720)
