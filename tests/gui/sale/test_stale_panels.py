"""Panels belong to one sale, one document, one question, and end with it."""

from PySide6.QtCore import Qt

from pharmacy_desk.counter import news
from tests.gui.conftest import BOX
from tests.gui.stock.test_stock_screens import a1, open_note, scan

OTHER, STRANGE = "84362820000000000017", "84999990000000000017"
CUT = "8436282044205340"
CTRL = Qt.KeyboardModifier.ControlModifier
NOTE = """单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,单价
SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,1,12.00
"""


def rows(shop):
    found = shop.checkout.unread.doubts.rows
    return [found.item(row).text() for row in range(found.count())]


def test_the_next_scan_ends_the_question_and_its_box_leaves_a_row(shop):
    shop.scan(STRANGE)
    assert not shop.checkout.questions.isHidden()
    shop.scan(BOX)
    assert shop.word == "已加入"
    assert shop.checkout.questions.isHidden()
    assert len(rows(shop)) == 1
    assert "8499999" in rows(shop)[0].replace(" ", "")
    shop.scan(STRANGE)  # asked again
    assert not shop.checkout.questions.isHidden()


def test_a_second_scan_of_the_unknown_box_keeps_what_is_typed(shop):
    shop.scan(STRANGE)
    shop.checkout.questions.drug_search.field.setText("BLF")
    shop.scan(STRANGE)
    assert shop.checkout.questions.drug_search.field.text() == "BLF"
    assert rows(shop) == []


def test_who_puts_the_unknown_box_aside_needs_no_row(shop):
    shop.scan(STRANGE)
    shop.key(Qt.Key.Key_Escape)
    shop.scan(BOX)
    assert rows(shop) == []


def test_rows_stay_with_their_sale_when_another_is_taken_up(shop):
    shop.scan(BOX)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    shop.scan(OTHER)
    shop.scan(CUT)
    assert len(rows(shop)) == 1
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F5))
    assert shop.checkout.sale.codes() == (BOX,)
    assert rows(shop) == []
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F5))
    assert shop.checkout.sale.codes() == (OTHER,)
    assert len(rows(shop)) == 1


def test_units_are_asked_of_no_box_of_another_sale(shop):
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: counter.ledger.chain.conn.execute(
            "UPDATE items SET split_ratio = 24, split_unit = '粒' WHERE code = 'A1'"
        )
    )
    shop.scan(BOX)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    assert shop.checkout.in_hand is None
    shop.key(Qt.Key.Key_U, CTRL)
    shop.settle()
    assert shop.checkout.questions.isHidden()


def test_a_question_ends_with_its_sale(shop):
    shop.scan(BOX)
    item = shop.checkout.sale.lines[0].item
    shop.checkout.questions.ask_batch(item, item.batch)
    shop.wait_for(
        news.SaleChanged, lambda: shop.checkout.follow(shop.whole.counter.wishes.held.void())
    )
    assert shop.checkout.questions.isHidden()


def test_the_lot_form_ends_with_what_was_posted(shop, tmp_path):
    shop.window.go("receiving")
    receiving = shop.window.screens["receiving"]
    path = tmp_path / "note.csv"
    path.write_text(NOTE, encoding="gb18030")
    open_note(shop, receiving, path)
    scan(shop, a1(1))
    shop.settle()
    receiving.table.selectRow(0)
    shop.settle()
    shop.key(Qt.Key.Key_F8)  # it is on its way
    receiving.ask_lot()
    assert not receiving.questions.isHidden()
    shop.qtbot.waitUntil(lambda: bool(receiving.documents), timeout=10_000)
    assert receiving.questions.isHidden()
