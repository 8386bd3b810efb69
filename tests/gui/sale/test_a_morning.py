"""A whole morning by the mouse alone and by a finger alone: no key is pressed in either."""

from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.wiring.look import dressed_application, make_application
from tests.conftest import box
from tests.gui.conftest import BOX

HERB = "6900000000045"


def _click(widget, at):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)


def _touch(device, widget, at):
    # A touch beyond the screen is none, and the screen of a test is smaller than the window.
    window = widget.window()
    window.move(QPoint(100, 100) - widget.mapTo(window, at))
    QApplication.processEvents()
    QTest.touchEvent(widget, device).press(0, at, widget).commit()
    QTest.touchEvent(widget, device).release(0, at, widget).commit()


class Hand:
    """Strikes the middle of what is in sight and can be struck."""

    def __init__(self, strike):
        self._strike = strike

    def on(self, widget, at=None):
        place = at or widget.rect().center()
        assert widget.isVisible()
        assert widget.isEnabled(), widget
        assert widget.window().rect().contains(widget.mapTo(widget.window(), place))
        self._strike(widget, place)
        QApplication.processEvents()

    def row(self, view, row):
        index = view.model().index(row, getattr(view, "modelColumn", lambda: 0)())
        self.on(view.viewport(), view.visualRect(index).center())


@pytest.fixture(params=["mouse", "finger"])
def hand(request, qapp):
    """The window that comes after it is dressed for fingers, as `ui.touch` says."""
    make_application("zh_CN", touch=True)
    if request.param == "mouse":
        yield Hand(_click)
    else:
        device = QTest.createTouchDevice()
        yield Hand(partial(_touch, device))
        shiboken6.delete(device)  # else every window after it would be one for fingers
    make_application("zh_CN")


def _digits(hand, pad, text):
    for digit in text:
        hand.on(pad.keys[digit])


def _section(shop, name):
    words = {"checkout": "收银", "lookup": "查码"}[name]
    return next(b for b in shop.window.findChildren(QPushButton, "section") if words in b.text())


def _found_by_search(shop, hand):
    """The herb by its barcode, struck on the screen; then three bags of it."""
    search = shop.checkout.search
    hand.on(search.field)
    assert search.pad.isVisible()
    _digits(hand, search.pad, HERB)
    shop.qtbot.waitUntil(lambda: search.found, timeout=10_000)
    shop.answer_to(lambda: hand.row(search.hits, 0))
    assert not search.pad.isVisible()
    lines = shop.checkout.lines
    hand.on(lines.viewport(), lines.visualRect(lines.lines.index(0)).center())
    for _ in range(2):
        shop.answer_to(lambda: hand.on(shop.checkout.line_bar.more))
    assert shop.checkout.sale.lines[0].quantity == 3


def _pay_in_cash(shop, hand, cash):
    pay = shop.checkout.pay_panel
    hand.on(pay.self_paid)
    assert pay.pad.isVisible()
    _digits(hand, pay.pad, cash + "7")
    hand.on(pay.pad.keys["⌫"])
    assert pay.tendered.text() == cash
    QTest.qWait(350)  # the button waits this long after a scan
    paid = shop.wait_for(news.Paid, lambda: hand.on(pay.pay))
    assert not pay.pad.isVisible()
    return paid.sale


def test_a_morning_without_a_key(hand, shop):
    keys = shop.checkout.keys.buttons
    _found_by_search(shop, hand)
    shop.scan(BOX)
    hand.on(keys["F4"])
    shop.qtbot.waitUntil(lambda: not shop.checkout.sale or not shop.checkout.sale.lines)
    shop.scan(box(1))
    sold = _pay_in_cash(shop, hand, "50")
    assert sold.tendered_fen == 5000
    hand.on(keys["F5"])
    shop.qtbot.waitUntil(
        lambda: shop.checkout.sale is not None and shop.checkout.sale.box_count > 1
    )
    sold = _pay_in_cash(shop, hand, "200")
    # A bag comes back: from the list of sales, its receipt, the tick, the reason.
    hand.on(_section(shop, "lookup"))
    lookup = shop.window.screens["lookup"]
    hand.on(lookup._sales_tab)
    table = lookup.sales.table
    shop.qtbot.waitUntil(lambda: lookup.sales.rows.rowCount() == 2, timeout=10_000)
    hand.row(table, 0)
    opener = next(b for b in lookup.sales.findChildren(QPushButton) if "F6" in b.text())
    hand.on(opener)
    page = lookup.receipt
    shop.qtbot.waitUntil(lambda: page.isVisible() and page.opened is not None, timeout=10_000)
    assert page.opened.sale.number == sold.number
    row = next(at for at in range(page.rows.rowCount()) if page.rows.row(at).code == BOX)
    hand.row(page.table, row)
    hand.on(page.reasons.buttons()[0])
    hand.on(page._take)
    shop.qtbot.waitUntil(lambda: page.rows.row(row).returnable == 0, timeout=10_000)
    hand.on(_section(shop, "checkout"))
    assert shop.window.front is shop.checkout
    assert check(shop.whole.counter.home.ledger).problems == ()


def test_rows_are_as_high_as_a_finger_only_where_it_is_wanted(hand, shop):
    for name in ("receiving", "lookup", "stock", "catalogue"):
        shop.window.go(name)
        for table in shop.window.screens[name].findChildren(QTableView):
            assert table.verticalHeader().defaultSectionSize() >= theme.TOUCH_ROW_PX
    choices = shop.window.screens["receiving"].choices
    shop.window.go("receiving")
    choices.ask("?", [("1", 1), ("2", 2)])
    assert choices.list.sizeHintForRow(0) >= theme.TOUCH_ROW_PX
    choices.close_question()


def test_without_fingers_there_is_no_pad_and_rows_are_closer(shop):
    assert shop.checkout.pay_panel.pad is None
    assert shop.checkout.search.pad is None
    shop.window.go("stock")
    tables = shop.window.screens["stock"].findChildren(QTableView)
    assert {table.verticalHeader().defaultSectionSize() for table in tables} <= {34, 42, 44}


def test_the_setting_or_a_touch_screen_dresses_the_window(qapp):
    plain = Settings({}, practice=True)
    dressed_application(Settings({"ui.touch": True}, practice=True))
    assert theme.touch()
    dressed_application(plain)
    assert not theme.touch()
    device = QTest.createTouchDevice()
    dressed_application(plain)
    assert theme.touch()
    shiboken6.delete(device)
    dressed_application(plain)
    assert not theme.touch()
