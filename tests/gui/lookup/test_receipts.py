"""A receipt opens as a receipt; any of its lines come back; the list of sales finds it."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.sale.past import PastFile, PastRow
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.settlement import typed_settlement
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.base import theme
from tests.gui import seen
from tests.gui.conftest import BOX

OTHER = "84362820442053402133"
LOOSE = "A3"


@pytest.fixture
def sold(shop):
    """Two boxes of one drug and three bags without a code, paid; the look-up in front."""
    shop.scan(BOX)
    shop.scan(OTHER)
    wishes = shop.whole.counter.wishes
    shop.wait_for(news.SaleChanged, lambda: wishes.add_item(LOOSE, 3))
    paid = shop.wait_for(news.Paid, lambda: wishes.pay(PayOrder(PaymentKind.SELF)))
    shop.window.go("lookup")
    shop.lookup = shop.window.screens["lookup"]
    shop.page = shop.lookup.receipt
    shop.sale = paid.sale
    return shop


def _type(shop, text):
    shop.lookup.field.setText(text)
    QTest.keyClick(shop.lookup.field, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: shop.page.opened is not None and shop.page.isVisible())


def _column(shop, column):
    rows = shop.page.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def _state(shop, code):
    counter = shop.whole.counter
    return counter.desk_lane.call(lambda: counter.ledger.boxes.state(code))


def _key(shop, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(shop.page.table, key, modifier)


def test_a_receipt_number_opens_the_receipt_with_all_its_lines(sold):
    _type(sold, sold.sale.number[-6:])
    assert sold.sale.number in seen.told(sold.page)
    assert [text.split(" ")[0] for text in _column(sold, 1)] == [
        "布洛芬缓释胶囊", "布洛芬缓释胶囊", "枸杞子（中药饮片）",
    ]  # fmt: skip
    assert _column(sold, 3)[2] == "×3"
    assert _column(sold, 0) == ["☐", "☐", "☐"]
    assert sold.page.reason() is None
    assert not seen.button(sold.page, "F6").isEnabled()


def test_several_lines_come_back_at_once_with_the_refund_large(sold):
    _type(sold, sold.sale.number)
    _key(sold, Qt.Key.Key_Space)
    sold.page.table.selectRow(2)
    _key(sold, Qt.Key.Key_Plus)
    _key(sold, Qt.Key.Key_Plus)
    assert _column(sold, 0) == ["☑", "☐", "☑ 2/3"]
    said = sold.page.panel.verdict.said
    assert said.word == "退 ¥85.80"
    assert "布洛芬缓释胶囊×1" in said.evidence
    assert "枸杞子（中药饮片）×2" in said.evidence
    sold.key(Qt.Key.Key_F6)  # nobody chose a reason yet
    sold.settle()
    assert _state(sold, BOX) is BoxState.SOLD
    _key(sold, Qt.Key.Key_3)
    assert sold.page.reason() == "错发"
    returned = sold.wait_for(news.Returned, lambda: sold.key(Qt.Key.Key_F6))
    sold.qtbot.waitUntil(lambda: sold.page.panel.verdict.said.tone is theme.YES)
    assert "85.80" in sold.page.panel.verdict.said.word
    assert returned.number in sold.page.panel.verdict.said.evidence
    sold.qtbot.waitUntil(lambda: _column(sold, 0) == ["—", "☐", "☐"])
    assert "还有 1" in _column(sold, 5)[2]
    assert sold.page.reason() is None
    assert _state(sold, BOX) is BoxState.RETURNED
    assert _state(sold, OTHER) is BoxState.SOLD


def test_a_sorted_receipt_keeps_its_order_and_its_ticks(sold):
    """Sorted by what is ticked, or by price: a row stays under the hand that ticks it."""
    _type(sold, sold.sale.number)
    page = sold.page
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [name[:3] for name in _column(sold, 1)] == ["枸杞子", "布洛芬", "布洛芬"]
    page.tick(0)
    assert _column(sold, 0) == ["☑ 3/3", "☐", "☐"]
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    before = _column(sold, 1), _column(sold, 3)
    row = _column(sold, 0).index("☑ 3/3")
    page.table.selectRow(row)
    _key(sold, Qt.Key.Key_Minus)
    assert _column(sold, 0)[row] == "☑ 2/3"
    page.tick_all()
    assert (_column(sold, 1), _column(sold, 3)) == before
    assert {one.quantity for one in page.chosen()} == {1, 3}
    page.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    sold.scan(OTHER)  # a scan finds its box wherever it stands
    assert page.rows.row(page.table.currentIndex().row()).code == OTHER


def test_f6_on_a_box_opens_its_receipt_with_that_box_ticked_and_its_name(sold):
    sold.scan(OTHER)
    sold.qtbot.waitUntil(lambda: seen.button(sold.lookup, "退货（F6）").isEnabled())
    sold.key(Qt.Key.Key_F6)
    sold.qtbot.waitUntil(lambda: sold.page.isVisible())
    assert _column(sold, 0) == ["☐", "☑", "☐"]
    assert "布洛芬缓释胶囊×1" in sold.page.panel.verdict.said.evidence
    assert sold.page.reason() is None
    sold.key(Qt.Key.Key_F6)
    sold.settle()
    assert _state(sold, OTHER) is BoxState.SOLD


def test_a_scan_on_an_open_receipt_ticks_its_box_and_refuses_others(sold):
    _type(sold, sold.sale.number)
    sold.scan(OTHER)
    assert _column(sold, 0) == ["☐", "☑", "☐"]
    sold.scan(OTHER)  # twice in the hand is still one box
    assert _column(sold, 0) == ["☐", "☑", "☐"]
    sold.page.choose_reason(0)
    sold.wait_for(news.Returned, lambda: sold.key(Qt.Key.Key_F6))
    sold.qtbot.waitUntil(lambda: _column(sold, 0) == ["☐", "—", "☐"])
    sold.scan(OTHER)
    assert sold.page.panel.verdict.said.tone is theme.NO
    assert "已退" in sold.page.panel.verdict.said.evidence
    sold.scan("84362820442053499999")
    assert sold.page.panel.verdict.said.tone is theme.NO
    assert sold.page.isVisible()


def test_a_receipt_of_which_all_came_back_takes_no_scan_any_more(sold):
    _type(sold, sold.sale.number)
    sold.page.tick_all()
    sold.page.choose_reason(0)
    sold.wait_for(news.Returned, lambda: sold.key(Qt.Key.Key_F6))
    sold.qtbot.waitUntil(lambda: _column(sold, 0) == ["—", "—", "—"])
    assert sold.page.isVisible()  # what was done is read
    other = "84362820442053499999"
    sold.scan(other)
    sold.qtbot.waitUntil(lambda: sold.lookup.life is not None and sold.lookup.life.code == other)
    assert not sold.page.isVisible()
    assert sold.lookup.table.isVisible()


def test_a_receipt_number_that_is_scanned_opens_it(sold):
    sold.scan(sold.sale.number)
    sold.qtbot.waitUntil(lambda: sold.page.isVisible() and sold.page.opened is not None)
    assert sold.page.opened.sale.number == sold.sale.number


def test_escape_leads_back_and_enter_to_the_box(sold):
    _type(sold, sold.sale.number)
    _key(sold, Qt.Key.Key_Return)
    sold.qtbot.waitUntil(lambda: sold.lookup.life is not None)
    assert sold.lookup.life.code == BOX
    _type(sold, sold.sale.number)
    _key(sold, Qt.Key.Key_Escape)
    assert sold.lookup.table.isVisible()


@pytest.mark.parametrize(
    ("text", "found"),
    [("布洛芬", 1), ("枸杞", 1), (BOX, 1), ("6900000", 0), ("A3", 1), ("%", 0), ("无此药", 0)],
)
def test_the_sales_list_is_filtered_as_one_types(sold, text, found):
    sales = sold.lookup.sales
    sold.lookup.show_sales()
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    sales.text.setText(text)
    sold.key(Qt.Key.Key_Return)  # at once, and not after a pause in typing
    sold.read()
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == found)


@pytest.fixture
def two_clerks(sold):
    """A second sale, by another person."""
    counter = sold.whole.counter
    actor = Actor(counter.clock.now(), "")
    other = Operator("012", "小周", "营业员")
    counter.desk_lane.call(lambda: counter.ledger.people.put_operator(actor, other, "384756"))
    wishes = counter.wishes
    sold.wait_for(news.SignedIn, lambda: wishes.people.sign_in("012", "384756"))
    sold.wait_for(news.SaleChanged, lambda: wishes.add_item(LOOSE, 1))
    paid = sold.wait_for(news.Paid, lambda: wishes.pay(PayOrder(PaymentKind.SELF)))
    sold.other = paid.sale
    sold.lookup.show_sales()
    sold.qtbot.waitUntil(lambda: sold.lookup.sales.rows.rowCount() == 2)
    return sold


def test_the_sales_list_is_filtered_by_clerk_and_by_receipt(two_clerks):
    sales, first, second = two_clerks.lookup.sales, two_clerks.sale.number, two_clerks.other.number
    for text, found in (
        ("012", {second}), ("007", {first}), (first, {first}), (second[-6:], {second}), ("099", set()),
    ):  # fmt: skip
        sales.text.setText(text)
        two_clerks.qtbot.waitUntil(
            lambda found=found: (
                {sales.rows.row(n).number for n in range(sales.rows.rowCount())} == found
            )
        )


def test_a_receipt_is_printed_again_from_the_list(two_clerks):
    """Ctrl+P on the row of the older sale prints that one, marked as a copy."""
    sales, older = two_clerks.lookup.sales, two_clerks.sale.number
    row = next(n for n in range(2) if sales.rows.row(n).number == older)
    sales.table.selectRow(row)
    folder = two_clerks.whole.counter.home.receipts
    two_clerks.qtbot.waitUntil(lambda: (folder / f"{older}.escpos").exists())
    QTest.keyClick(sales.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    two_clerks.qtbot.waitUntil(lambda: (folder / f"{older}.2.escpos").exists())
    two_clerks.qtbot.waitUntil(lambda: (folder / f"{older}.2.escpos").stat().st_size > 0)
    first, copy = folder / f"{older}.escpos", folder / f"{older}.2.escpos"
    mark = "补打".encode("gb18030")
    assert mark in copy.read_bytes()
    assert mark not in first.read_bytes()


def test_the_sales_list_opens_prints_and_saves(sold, tmp_path):
    sales = sold.lookup.sales
    sold.lookup.show_sales()
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    sold.qtbot.waitUntil(lambda: "1 单 · ¥139.60" in seen.told(sales))  # an answer of its own
    file = tmp_path / "sales.csv"
    sales.save(file)
    sold.qtbot.waitUntil(lambda: "sales.csv" in seen.told(sales))
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))
    assert rows[0][0] == "小票号"
    assert rows[1][0] == sold.sale.number
    assert rows[1][8] == "139.60"
    QTest.keyClick(sales.table, Qt.Key.Key_Return)
    sold.qtbot.waitUntil(lambda: sold.page.isVisible())
    _key(sold, Qt.Key.Key_Escape)
    assert sales.isVisible()


def test_another_day_or_payment_hides_the_sale(sold):
    sales = sold.lookup.sales
    sold.lookup.show_sales()
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    sales.payment.setCurrentIndex(2)
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 0)
    sales.payment.setCurrentIndex(1)
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    sales.last.setText("2020-01-01")
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 0)
    sales.last.setText("gestern")
    sales.refresh()
    assert seen.refused(sales)


def test_an_insured_sale_is_cancelled_at_the_terminal_first_and_then_comes_back_whole(shop):
    shop.scan(BOX)
    slip = typed_settlement("SLIP1", None, (1000, 1000, 0, 180))
    wishes = shop.whole.counter.wishes
    order = PayOrder(PaymentKind.POOLED, settled=slip)
    paid = shop.wait_for(news.Paid, lambda: wishes.pay(order)).sale
    shop.window.go("lookup")
    shop.lookup = shop.window.screens["lookup"]
    shop.page = shop.lookup.receipt
    _type(shop, paid.number)
    control = Qt.KeyboardModifier.ControlModifier
    _key(shop, Qt.Key.Key_Z, control)  # without a reason nothing is wished
    cancel = seen.button(shop.page, "整单冲正")
    assert not cancel.isEnabled()
    _key(shop, Qt.Key.Key_1)
    _key(shop, Qt.Key.Key_Z, control)
    shop.qtbot.waitUntil(lambda: "SLIP1" in shop.page.panel.verdict.said.evidence)
    assert _state(shop, BOX) is BoxState.SOLD
    shop.wait_for(news.Returned, lambda: _key(shop, Qt.Key.Key_Z, control))
    assert _state(shop, BOX) is BoxState.RETURNED
    assert "1.80" in shop.page.panel.verdict.said.word
    shop.qtbot.waitUntil(lambda: not cancel.isVisible())


def _seen(part):
    return " ".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def test_sums_take_the_place_of_the_list_and_nothing_of_it_is_opened(sold, tmp_path):
    sales = sold.lookup.sales
    sold.lookup.show_sales()
    sold.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    told = []
    for _ in range(4):
        QTest.keyClick(sales.text, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        sold.qtbot.waitUntil(lambda: sales.sums.rowCount() > 0)
        assert sales.sum_table.isVisible()
        assert not sales.table.isVisible()
        assert "新的在上" not in _seen(sales)
        first = [sales.sums.index(0, column).data() for column in range(7)]
        told.append((sales.view.currentText(), *first))
    today = sold.whole.view.now().date().isoformat()
    assert told == [
        ("按日汇总", today, "1", "5", "", "¥139.60", "", "¥139.60"),
        ("按营业员汇总", "007", "1", "5", "", "¥139.60", "", "¥139.60"),
        ("按药品汇总", "枸杞子（中药饮片）", "1", "3", "", "¥96.00", "", "¥96.00"),
        ("按付款方式汇总", "自费", "1", "5", "", "¥139.60", "", "¥139.60"),
    ]
    sales.view.setCurrentIndex(0)
    assert "1 单 · ¥139.60 · 新的在上" in _seen(sales)
    sales.view.setCurrentIndex(4)
    opened = []
    sales.wanted.connect(opened.append)
    sales.open_current()
    assert not opened
    file = tmp_path / "sums.csv"
    sales.save(file)
    sold.qtbot.waitUntil(lambda: "1 行汇总" in seen.told(sales))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == ["付款方式", "单数", "盒数", "拆零数量", "金额", "已退金额", "净额"]
    assert rows[1] == ["自费", "1", "5", "", "139.60", "", "139.60"]
    QTest.keyClick(sales.text, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert sales.table.isVisible()
    sales.open_current()
    assert opened == [sold.sale.number]


def test_a_box_of_the_old_system_is_told_as_such_and_has_no_receipt_here(shop):
    counter = shop.whole.counter
    row = PastRow(2, BOX, "2024-05-03T00:00:00+08:00", 0, "XS7", "", "", None, "", "", "王")
    actor = Actor(counter.clock.now(), "007")
    past = counter.ledger.past
    counter.desk_lane.call(lambda: past.keep(actor, PastFile("a", "old.csv"), 2, [row], []))
    shop.scan(BOX)
    told = "旧系统已售出这一盒：旧系统，2024-05-03，单号 XS7，营业员 王。"
    assert shop.window.screens["checkout"].verdict.said.evidence == told
    shop.window.go("lookup")
    lookup = shop.window.screens["lookup"]
    lookup.field.setText(BOX)
    QTest.keyClick(lookup.field, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: lookup.life is not None)
    shop.read()
    assert "✓ 旧系统已售，单号 XS7" in seen.labels(lookup)
    assert lookup.rows.index(0, 1).data() == "旧系统已售"
    QTest.keyClick(lookup, Qt.Key.Key_F6)
    assert not lookup.receipt.isVisible()
