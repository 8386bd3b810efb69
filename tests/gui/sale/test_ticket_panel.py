"""The checkout beside another till: its ticket is told, its lines stay, the window comes and goes."""

import json

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import SaleOrigin
from pharmacy_desk.core.sale.ticket import TicketEnd, TicketLine, TicketOrder
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.gui.settings.assistant import Assistant
from tests.gui.conftest import BOX, opened

OTHER = "84362820442053402133"
RX_BOX = "84000010442053402131"


@pytest.fixture
def shop(qapp, qtbot, filled):
    """The window of a counter beside another till."""
    (filled.folder / "practice.toml").write_text('[till]\nmode = "ticket"\n', "utf-8")
    with opened(filled, qtbot) as made:
        yield made


def tell(shop, *lines, number="HD-1", payment=PaymentKind.SELF):
    order = TicketOrder(number, payment, lines or (TicketLine(1, 2, item="A1"),))
    shop.wait_for(news.TicketChanged, lambda: shop.whole.counter.tickets.open(order))
    shop.settle()


def test_a_ticket_is_told_until_the_till_has_settled_it(shop):
    panel = shop.checkout.tickets
    assert panel.head.text() == "没有小票"
    shop.scan(BOX)
    assert shop.checkout.sale is None
    tell(shop)
    shop.qtbot.waitUntil(lambda: panel.missing.text() == "还差 2 个码")
    assert panel.head.text() == "小票 HD-1 · 自费"
    assert not shop.checkout.pay_panel.isVisible()
    for code in (BOX, OTHER):
        shop.scan(code)
    shop.qtbot.waitUntil(lambda: panel.missing.text() == "✓ 已扫齐")
    ended = shop.whole.counter.tickets.settle
    shop.wait_for(news.Paid, lambda: ended("HD-1", TicketEnd()))
    shop.qtbot.waitUntil(lambda: panel.head.text() == "没有小票")


def test_lines_and_money_are_the_tills(shop):
    tell(shop)
    shop.scan(BOX)
    wishes = shop.whole.counter.wishes
    for wished in (wishes.add_item("A2"), wishes.count_line(1, 1), wishes.remove_line(1),
                   wishes.turn_gift(1), wishes.split(OTHER, 2)):  # fmt: skip
        assert wished.result(timeout=9) == SaleAnswer(SaleDid.TICKET_FIXED)
    shop.key(Qt.Key.Key_F3)
    assert shop.word == "归收银系统"
    assert not shop.checkout.line_bar.isVisible()


def test_a_drug_nobody_knows_is_asked_for_in_the_search_and_kept(shop):
    tell(shop, TicketLine(7, 1, item="ERP-9", name="布洛芬"))
    panel, field = shop.checkout.tickets, shop.checkout.search.field
    shop.qtbot.waitUntil(lambda: "ERP-9 布洛芬" in panel.unknown.text())
    assert field.placeholderText() == panel.unknown.text()
    QTest.keyClicks(field, "blf")
    shop.read()
    shop.wait_for(news.TicketChanged, lambda: QTest.keyClick(field, Qt.Key.Key_Return))
    shop.qtbot.waitUntil(lambda: panel.missing.text() == "还差 1 个码")
    assert not panel.unknown.isVisible()


def test_an_insured_ticket_of_no_told_kind_says_no_more_than_that(shop):
    tell(shop, payment=PaymentKind.UNTOLD)
    shop.qtbot.waitUntil(lambda: shop.checkout.tickets.head.text() == "小票 HD-1 · 医保")


def test_a_long_ticket_begins_at_its_top(shop):
    tell(shop, TicketLine(1, 1, item="A1"), TicketLine(2, 1, item="A2"))
    shop.qtbot.waitUntil(lambda: shop.checkout.lines.selected_line() is not None)
    assert shop.checkout.lines.selected_line().number == 1


def test_what_withholds_a_ticket_with_all_its_codes_is_told(shop):
    shop.whole.counter.change_settings(
        Settings({"till.mode": "ticket", "till.gate": "strict"}, practice=True)
    )
    tell(shop, TicketLine(1, 1, item="A4"), payment=PaymentKind.POOLED)
    shop.scan(RX_BOX)
    panel = shop.checkout.tickets
    shop.qtbot.waitUntil(lambda: panel.missing.text() == "!")
    assert panel.state.text() == "没有医保可以支付的商品。请在这里处理，或在收银系统改这张小票。"


def test_others_wait_and_f4_takes_the_next(shop):
    tell(shop)
    tell(shop, number="HD-2")
    panel = shop.checkout.tickets
    shop.qtbot.waitUntil(lambda: "1 张" in panel.queue.text())
    shop.answer_to(lambda: shop.key(Qt.Key.Key_F4))
    shop.qtbot.waitUntil(lambda: "HD-2" in panel.head.text())


@pytest.fixture
def front(shop):
    """The window behind the till's, as a till that has the focus leaves it."""
    shop.window.hide()
    return shop.whole.front


def test_the_window_comes_for_a_ticket_and_goes_when_it_is_complete(shop, front):
    tell(shop, TicketLine(1, 1, item="A1"))
    shop.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is shop.window.windowHandle())
    shop.scan(BOX)
    shop.qtbot.waitUntil(shop.window.isMinimized)


def test_a_window_that_came_stays_while_another_ticket_lacks_codes(shop, front):
    tell(shop, TicketLine(1, 1, item="A1"))
    tell(shop, TicketLine(1, 1, item="A1"), number="HD-2")
    shop.scan(BOX)
    shop.qtbot.waitUntil(lambda: shop.checkout.tickets.missing.text() == "✓ 已扫齐")
    shop.qtbot.wait(1500)
    assert not shop.window.isMinimized()


def test_whoever_works_at_another_screen_is_told_and_not_moved(shop, front):
    tell(shop, TicketLine(1, 1, item="A1"))
    shop.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is shop.window.windowHandle())
    button = next(
        one for one in shop.window.findChildren(QPushButton) if one.text().startswith("收银")
    )
    assert button.text() == "收银 (1)"
    shop.window.go("stock")
    desk = shop.whole.counter.tickets
    shop.wait_for(news.TicketChanged, lambda: desk.scan("HD-1", BOX))
    shop.qtbot.waitUntil(lambda: button.text() == "收银")
    shop.qtbot.wait(1500)
    assert not shop.window.isMinimized()
    assert shop.window.front is not shop.checkout
    tell(shop, number="HD-2")
    assert button.text() == "收银 (1)"
    assert shop.window.front is not shop.checkout


def test_a_ticket_leads_to_the_checkout_from_wherever_the_window_was_left(shop, front):
    shop.window.go("stock")
    tell(shop)
    assert shop.window.front is shop.checkout


def test_the_first_run_assistant_gives_way_to_a_ticket_and_comes_back(shop, front):
    assistant, again = Assistant(shop.whole.view, shop.window), []
    assistant.open()
    front.give_way(assistant, lambda: again.append(True))
    tell(shop)
    assert not assistant.isVisible()
    ended = shop.whole.counter.tickets.cancel
    shop.wait_for(news.TicketChanged, lambda: ended("HD-1", ""))
    shop.settle()
    assert assistant.isVisible()
    assert again == [True]
    assistant.reject()
    tell(shop, number="HD-2")
    ended("HD-2", "").result(timeout=9)
    shop.settle()
    assert again == [True]


def test_what_was_said_of_a_box_goes_with_its_ticket(shop):
    tell(shop, TicketLine(1, 1, item="A1"))
    shop.scan(BOX)
    assert shop.word != "请扫码"
    ended = shop.whole.counter.tickets.settle
    shop.wait_for(news.Paid, lambda: ended("HD-1", TicketEnd()))
    tell(shop, number="HD-2")
    assert shop.word == "请扫码"


def sold(shop, end, payment=PaymentKind.SELF):
    """HD-1 is captured and paid at the till: the number of its sale."""
    tell(shop, TicketLine(1, 1, item="A1", unit_price_fen=990), payment=payment)
    shop.scan(BOX)
    settle = shop.whole.counter.tickets.settle
    return shop.wait_for(news.Paid, lambda: settle("HD-1", end)).sale.number


def opened_receipt(shop):
    """The receipt page, opened by the till's number typed into the look-up."""
    shop.window.go("lookup")
    lookup = shop.window.front
    lookup.field.setText("HD-1")
    QTest.keyClick(lookup.field, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: lookup.receipt.opened is not None)
    return lookup.receipt


def test_a_sale_of_the_till_is_found_by_its_number_and_told_as_what_it_is(shop):
    number = sold(shop, TicketEnd(receipt="R-7"))
    page = opened_receipt(shop)
    assert page.opened.sale.number == number
    assert any("收银系统小票 HD-1" in one.text() for one in page.findChildren(QLabel))
    shop.window.go("lookup")
    sales = shop.window.front.sales
    shop.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    sales.text.setText("HD-1")
    shop.qtbot.waitUntil(lambda: sales.rows.rowCount() == 1)
    row = sales.rows.row(0)
    assert (row.origin, row.ticket, row.cells()[-1]) == (SaleOrigin.TILL, "HD-1", "HD-1")
    assert "收银系统 HD-1" in sales.rows.data(sales.rows.index(0, 2))


def test_an_insured_sale_of_the_till_is_cancelled_there_and_never_asked_of_the_insurance(shop):
    sold(shop, TicketEnd("SETL1", fund_fen=990), PaymentKind.POOLED)
    page = opened_receipt(shop)
    (whole,) = (one for one in page.findChildren(QPushButton) if "Ctrl+Z" in one.text())
    assert not whole.isVisible()
    page.tick(0)
    page.choose_reason(0)
    page.take_back()
    shop.qtbot.waitUntil(lambda: page.panel.verdict.said.word == "先撤销结算")
    assert "SETL1" in page.panel.verdict.said.evidence
    page.take_back()
    shop.qtbot.waitUntil(lambda: page.panel.verdict.said.word == "已退回")
    assert "收银系统" in page.panel.verdict.said.todo
    shop.qtbot.waitUntil(lambda: not page.opened.pieces[0].returnable)


def test_help_at_this_checkout_is_about_standing_beside_a_till(shop):
    shop.window.show_help()
    assert shop.window.help.index.currentItem().text() == "与收银系统配合"
    shop.window.help.reject()


def test_the_calls_are_served_while_the_window_is_open(shop):
    told = json.loads((shop.whole.counter.home.folder / "till-api.json").read_text("utf-8"))
    answer = requests.get(
        f"{told['url']}/v1/health", headers={"Authorization": f"Bearer {told['token']}"}, timeout=9
    )
    assert answer.json()["state"] == "ready"


def test_backspace_takes_boxes_back_and_no_line_of_the_tills(shop):
    tell(shop, TicketLine(1, 1, item="A1"))
    shop.scan(BOX)
    wishes = shop.whole.counter.wishes
    assert wishes.undo().result(timeout=9).what is SaleDid.UNDONE
    assert wishes.undo().result(timeout=9) == SaleAnswer(SaleDid.TICKET_FIXED)
    ticket = shop.whole.counter.tickets.look("HD-1").result(timeout=9).ticket
    assert (ticket.missing, ticket.unknown) == (1, ())


def test_what_the_till_prints_is_not_printed_here_after_a_restart(qapp, qtbot, filled):
    told = '[till]\nmode = "ticket"\nreceipt = "till"\n'
    (filled.folder / "practice.toml").write_text(told, "utf-8")
    with opened(filled, qtbot) as made:
        tell(made, TicketLine(1, 1, item="A1"))
        made.scan(BOX)
        settle = made.whole.counter.tickets.settle
        made.wait_for(news.Paid, lambda: settle("HD-1", TicketEnd()))
    with opened(filled, qtbot) as made:
        made.whole.counter.printer_lane.call(lambda: None)
    assert list(filled.receipts.iterdir()) == []
