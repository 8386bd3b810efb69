"""The customer's screen: what is bought and what it costs, and nothing about anybody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.gui.sale import customer_screen
from pharmacy_desk.gui.sale.customer_screen import CustomerScreen
from tests.gui.conftest import BOX


def _text(screen):
    return "\n".join(
        label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen)
    )


def _follow(shop):
    screen = CustomerScreen("示例大药房", shop.window)
    shop.window.heard.connect(screen.hear)
    return screen


def _pay(shop, tendered=None):
    checkout = shop.window.checkout
    checkout.self_paid()
    if tendered:
        checkout.pay_panel.tendered.setText(tendered)
    shop.qtbot.wait(350)  # Enter waits this long after a scan
    shop.wait_for(news.Paid, checkout.confirm_payment)


def test_it_follows_the_sale_to_its_change(shop):
    screen = _follow(shop)
    assert "欢迎光临" in _text(screen)
    shop.scan(BOX)
    shop.qtbot.waitUntil(lambda: "¥21.80" in _text(screen))
    assert "布洛芬缓释胶囊" in _text(screen)
    assert "已采集 1 个追溯码" in _text(screen)
    _pay(shop, "50")
    shop.qtbot.waitUntil(lambda: "¥28.20" in _text(screen))
    assert "追溯码" in screen._hint.text()


def test_it_shows_nothing_of_a_person_or_a_code(shop):
    screen = _follow(shop)
    shop.scan(BOX)
    shop.whole.counter.wishes.scan(RawScan(b"110101199003070134", "test", shop.whole.view.now()))
    shop.settle()
    shown = _text(screen)
    for secret in ("110101", "营业员", "007", BOX, BOX[7:]):
        assert secret not in shown


def test_a_name_from_a_file_is_plain_text(shop):
    screen = _follow(shop)
    checkout = shop.window.checkout
    checkout.follow(shop.whole.counter.wishes.add_item("A4"))
    shop.qtbot.waitUntil(lambda: "<b>粗体</b>名" in _text(screen))
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in screen.findChildren(QLabel)
    )


def test_without_a_second_screen_it_covers_nothing(shop):
    screen = _follow(shop)
    customer_screen.put_on_second_screen(screen, shop.window)
    assert not screen.isVisible()
