"""The line a key acts on is seen; of several held sales one is asked for; F6 opens no old box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from tests.gui.conftest import BOX

OTHER = "84362820000000000017"
CUT = "8436282044205340"


def hold(shop, *codes):
    for code in codes:
        shop.scan(code)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))


def add(shop, item):
    shop.answer_to(lambda: shop.checkout.follow(shop.whole.counter.wishes.add_item(item)))
    QApplication.processEvents()


def card(shop, row):
    """What a line's card looks like: its ground, and the colour of the bar at its left."""
    lines = shop.checkout.lines
    picture = lines.viewport().grab().toImage()
    rect = lines.visualRect(lines.lines.index(row))
    middle = rect.center().y()
    ground = picture.pixelColor(rect.center().x(), rect.top() + 4)
    return ground, picture.pixelColor(rect.left() + 5, middle)


# --- the line a key acts on ---------------------------------------------------------------


def test_a_line_added_by_search_is_the_chosen_one_and_looks_so(shop):
    shop.scan(BOX)
    add(shop, "A3")
    assert shop.checkout.lines.selected_line().item.code == "A3"
    assert not shop.checkout.lines.hasFocus()
    colours = theme.colours()
    assert card(shop, 0) == (QColor(colours.card), QColor(colours.card))
    assert card(shop, 1) == (QColor(colours.selected), QColor(colours.accent))


def test_one_box_more_by_search_brings_its_line_into_view(shop):
    add(shop, "A3")
    for serial in range(12):
        shop.scan(f"8436282{serial:013d}")
    shop.scan(BOX)
    lines = shop.checkout.lines
    assert lines.selected_line().item.code == "A1"
    shop.window.resize(1280, 720)
    add(shop, "A3")
    assert lines.selected_line().item.code == "A3"
    assert lines.viewport().rect().contains(lines.visualRect(lines.currentIndex()).center())


def test_the_chosen_line_stays_so_when_another_goes(shop):
    for item in ("A3", "A2", "A1"):
        add(shop, item)
    lines = shop.checkout.lines
    lines.setCurrentIndex(lines.lines.index(1))
    number = shop.checkout.sale.lines[0].number
    shop.answer_to(lambda: shop.checkout.follow(shop.whole.counter.wishes.remove_line(number)))
    QApplication.processEvents()
    assert lines.selected_line().item.code == "A2"


# --- which of the held sales --------------------------------------------------------------


def test_f5_asks_which_of_several_and_owns_its_keys(shop):
    hold(shop, BOX)
    hold(shop, OTHER)
    shop.key(Qt.Key.Key_F5)
    questions, page = shop.checkout.questions, shop.checkout.held.page
    assert questions.is_open
    assert questions.currentWidget() is page
    shop.qtbot.waitUntil(lambda: "布洛芬" in page.text_of(0))
    assert "1 盒" in page.text_of(0)
    assert "¥21.80" in page.text_of(0)
    shop.key(Qt.Key.Key_Escape)
    assert not questions.is_open
    shop.key(Qt.Key.Key_2)  # the question is left: a digit is a digit again
    shop.settle()
    assert shop.checkout.sale is None or not shop.checkout.sale.lines


@pytest.mark.parametrize("way", ["digit", "arrow", "click"])
def test_a_held_sale_is_taken_by_digit_arrow_or_click(shop, way):
    hold(shop, BOX)
    hold(shop, OTHER)
    shop.key(Qt.Key.Key_F5)
    page = shop.checkout.held.page

    def choose():
        if way == "digit":  # a hand that knows its digit need not read the list
            shop.key(Qt.Key.Key_2)
            return
        shop.qtbot.waitUntil(lambda: "布洛芬" in page.text_of(1))
        if way == "arrow":
            shop.key(Qt.Key.Key_Down)
            shop.key(Qt.Key.Key_Return)
        else:
            rect = page.rows.visualItemRect(page.rows.item(1))
            assert rect.height() >= 40
            shop.qtbot.mouseClick(
                page.rows.viewport(), Qt.MouseButton.LeftButton, pos=rect.center()
            )

    shop.wait_for(news.SaleChanged, choose)
    assert shop.checkout.sale.codes() == (OTHER,)
    assert not shop.checkout.questions.is_open


def test_the_held_sale_that_waits_for_the_insurance_is_named(shop):
    hold(shop, BOX)
    hold(shop, OTHER)
    first, second = shop.whole.counter.desk_lane.call(shop.whole.counter.open_sale.held.sales)
    shop.key(Qt.Key.Key_F5)
    page = shop.checkout.held.page
    shop.qtbot.waitUntil(lambda: bool(page.text_of(0)))
    page.show_held(((first, False), (second, True)))
    assert "等医保" not in page.text_of(0)
    assert "等医保" in page.text_of(1)


# --- F6 at the checkout -------------------------------------------------------------------


def test_f6_opens_no_box_that_was_looked_up_before(shop):
    shop.scan(BOX)
    lookup = shop.window.screens["lookup"]
    shop.window.go("lookup")
    lookup.show_box()
    shop.scan(OTHER)
    assert lookup.field.text() == OTHER
    shop.window.go("checkout")
    shop.wait_for(
        news.SaleChanged, lambda: shop.checkout.follow(shop.whole.counter.wishes.held.void())
    )
    shop.key(Qt.Key.Key_F6)
    assert lookup.field.text() == ""
    assert lookup.shown_code == ""


def test_f6_opens_the_box_this_sale_has_just_scanned(shop):
    shop.scan(BOX)
    shop.key(Qt.Key.Key_F6)
    lookup = shop.window.screens["lookup"]
    assert lookup.field.text() == BOX
    shop.qtbot.waitUntil(lambda: lookup.shown_code == BOX)


# --- words --------------------------------------------------------------------------------


def test_the_head_over_a_box_of_an_unknown_drug_says_what_is_true_of_it(shop):
    shop.scan("84999990000000000017")
    shop.scan(BOX)
    head = shop.checkout.unread.doubts.head
    assert "没读清" not in head
    assert head.startswith("没加入：1 条")


def test_no_hits_offer_nothing_to_choose(shop):
    search = shop.checkout.search
    search.field.setText("777")
    shop.qtbot.waitUntil(lambda: search.hits.isVisible())
    assert "↓" not in search.hits.item(0).text()


def test_search_tells_the_stock_where_the_ledger_knows_any(shop):
    counter = shop.whole.counter
    for serial in range(3):
        counter.desk_lane.call(
            lambda code=f"8436282{serial:013d}": counter.ledger.chain.conn.execute(
                "INSERT INTO boxes(code, item, state, lot, document, party, at, counter, operator)"
                " VALUES (?, 'A1', 'on_shelf', 'L', 'D1', '', '2026-01-01', '01', '007')",
                (code,),
            )
        )
    search = shop.checkout.search
    search.field.setText("示例")
    search.field.setText("布洛芬")
    shop.qtbot.waitUntil(lambda: search.found)
    shop.qtbot.waitUntil(lambda: "库存 3 盒" in search.hits.item(0).text())
    search.field.setText("丹参")
    shop.qtbot.waitUntil(lambda: search.found and "丹参" in search.hits.item(0).text())
    shop.settle()
    assert "库存" not in search.hits.item(0).text()
