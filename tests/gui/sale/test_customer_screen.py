"""The customer's screen: what is bought and what it costs, and nothing about anybody."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import Settlement
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
    assert "追溯码" in _text(screen)


@pytest.mark.parametrize(
    ("cash_fen", "told"),
    [(1000, {"已收款", "¥10.00", "合计 ¥21.80"}), (None, {"合计", "¥21.80"})],
)
def test_of_an_insured_sale_the_customer_reads_her_own_part(shop, cash_fen, told):
    screen = _follow(shop)
    shop.scan(BOX)
    settled = Settlement("S1", "M1", fund_fen=1180, account_fen=0, cash_fen=cash_fen)
    sale = shop.window.checkout.sale
    screen.hear(news.Paid(replace(sale, payment=PaymentKind.POOLED, settlement=settled)))
    shown = _text(screen).splitlines()
    assert told <= set(shown)
    assert ("已收款" in shown) is ("已收款" in told)
    assert "S1" not in _text(screen)


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
