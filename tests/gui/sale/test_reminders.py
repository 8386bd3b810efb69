"""Reminders of an armed payment: said in sentences that stay until it is paid, and stop nothing."""

from PySide6.QtCore import QPoint, QRect

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.counter.answers import GateAnswer, PayAnswer, PayDid

PRESCRIPTION_BOX = "84000010000000000001"


def _arm(shop):
    """F3 for a prescription drug, while no pharmacist is on duty and no prescription is at hand."""
    shop.window.resize(1366, 768)
    shop.scan(PRESCRIPTION_BOX)
    shop.answer_to(lambda: shop.checkout.pay_panel.arm(PaymentKind.SELF), GateAnswer)
    return shop.checkout.reminders


def test_what_is_reminded_of_stays_in_sight_through_the_next_scan_and_stops_nothing(shop) -> None:
    reminders = _arm(shop)
    name = "<b>粗体</b>名"
    told = (
        "提醒（不影响收款）：\n"
        f"! 药师不在岗：{name}。请药师按 Ctrl+9 在岗，或取出这一行。\n"
        f"! 缺处方：{name}。按 Ctrl+Q 登记处方，或取出这些药品。"
    )
    assert reminders.text == told
    # The verdict says each of them, with what to do, and they do not stand twice.
    said = shop.checkout.verdict.said.evidence
    assert all(line.removeprefix("! ") in said for line in told.splitlines()[1:])
    assert reminders.isHidden()
    shop.scan("84362820442053402132")  # its verdict takes the place of what F3 said
    shop.settle()
    assert reminders.isVisible()
    assert reminders.text == told
    place = QRect(reminders.mapTo(shop.window, QPoint()), reminders.size())
    assert QRect(QPoint(), shop.window.size()).contains(place)
    assert reminders.height() >= reminders.sizeHint().height()
    assert not place.intersects(
        QRect(shop.checkout.line_bar.mapTo(shop.window, QPoint()), shop.checkout.line_bar.size())
    )
    assert shop.checkout.pay_panel.pay.isEnabled()
    shop.rest()
    paid = shop.answer_to(shop.checkout.confirm_payment, PayAnswer)
    assert paid.what is PayDid.PAID
    shop.settle()
    assert reminders.isHidden()


def test_what_is_reminded_of_goes_with_the_way_of_paying(shop) -> None:
    reminders = _arm(shop)
    shop.scan("84362820442053402132")
    shop.settle()
    assert reminders.isVisible()
    shop.checkout.escape()
    shop.settle()
    assert shop.checkout.pay_panel.armed is None
    assert reminders.isHidden()


def test_a_sale_with_nothing_to_be_reminded_of_shows_no_sentence(shop) -> None:
    shop.scan("84362820442053402132")
    shop.answer_to(lambda: shop.checkout.pay_panel.arm(PaymentKind.SELF), GateAnswer)
    assert shop.checkout.reminders.isHidden()
