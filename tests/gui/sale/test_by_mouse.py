"""Everything the key card names is a button too, large enough for a finger, with the key's effect."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.gui.widgets.parts import TOUCH_PX
from tests.conftest import box
from tests.gui.conftest import BOX


def _click(shop, widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    shop.settle()


def _key(shop, name):
    _click(shop, shop.window.checkout.keys.buttons[name])


def test_every_button_is_as_large_as_a_finger_in_a_small_window(shop):
    shop.window.resize(1280, 720)
    shop.window.show()
    QApplication.processEvents()
    checkout = shop.window.checkout
    pay = checkout.pay_panel
    for made in (*checkout.keys.buttons.values(), pay.insured, pay.self_paid, pay.pay):
        assert made.height() >= TOUCH_PX, made.text()
        assert made.width() >= TOUCH_PX, made.text()
        assert made.fontMetrics().size(0, made.text()).width() <= made.width() - 4, made.text()


def test_nothing_moves_when_a_payment_is_chosen(shop):
    shop.window.resize(1280, 720)
    shop.scan(BOX)
    checkout = shop.window.checkout
    parts = (checkout.pay_panel.insured, checkout.pay_panel.pay, checkout.keys, checkout.verdict)
    places = []
    for arm in (
        None,
        PaymentKind.SELF,
        None,
    ):  # insured asks a question here, which needs the keys' room
        checkout.pay_panel.arm(arm)
        shop.settle()
        places.append([part.mapTo(shop.window, part.rect().topLeft()) for part in parts])
    assert places == [places[0]] * len(places)
    assert shop.window.height() == 720


def test_a_sale_by_mouse_alone(shop):
    checkout = shop.window.checkout
    shop.scan(BOX)
    shop.scan(box(1))
    _key(shop, "Backspace")
    assert checkout.sale.box_count == 1
    _key(shop, "F4")
    assert checkout.sale is None or not checkout.sale.lines
    assert "(1)" in checkout.keys.buttons["F5"].text()
    _key(shop, "F5")
    assert checkout.sale.box_count == 1
    _click(shop, checkout.pay_panel.self_paid)
    QTest.qWait(350)  # Enter and the button wait this long after a scan
    paid = []
    shop.window.heard.connect(lambda told: paid.append(type(told).__name__))
    _click(shop, checkout.pay_panel.pay)
    shop.qtbot.waitUntil(lambda: "Paid" in paid, timeout=10_000)


def test_cancel_by_mouse_asks_first(shop):
    shop.scan(BOX)
    _key(shop, "Esc")
    assert shop.window.checkout.sale.box_count == 1
    assert "整单取消" in shop.window.checkout.verdict.said.word


@pytest.mark.parametrize("key", ["F6", "F9"])
def test_buttons_lead_to_the_look_up(shop, key):
    _key(shop, key)
    assert shop.window.front is shop.window.screens["lookup"]


def test_a_button_leaves_the_keyboard_in_the_search(shop):
    shop.window.activateWindow()
    _key(shop, "Backspace")
    assert shop.window.focusWidget() is shop.window.checkout.search.field
