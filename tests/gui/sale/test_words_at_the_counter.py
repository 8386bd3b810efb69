"""Words and first steps at the counter: what is said, how loud, and where the cursor stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.settings.assistant import Assistant
from tests.gui import seen
from tests.gui.conftest import BOX, opened

SECOND = "84362820000000000017"


def test_f5_without_a_held_sale_says_so(shop) -> None:
    shop.answer_to(lambda: shop.key(Qt.Key.Key_F5))
    assert shop.word == "没有挂单"


def test_held_sales_are_told_by_time_drug_boxes_and_sum(shop) -> None:
    for codes in ((BOX, "6900000000045"), (SECOND,)):
        for code in codes:
            shop.scan(code)
        shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    shop.key(Qt.Key.Key_F5)
    page = shop.checkout.held.page
    shop.qtbot.waitUntil(lambda: "布洛芬" in page.text_of(0), timeout=5_000)
    first, second = page.text_of(0), page.text_of(1)
    assert first.startswith("1　")
    for part in (":", "布洛芬缓释胶囊", "等 2 种", "2 盒", "¥53.80"):
        assert part in first
    assert "1 盒" in second
    assert "¥21.80" in second
    resumed = shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_2))
    assert resumed.sale.codes() == (SECOND,)


def test_a_settlement_number_is_asked_for_and_not_refused(shop) -> None:
    shop.scan(BOX)
    shop.insured()
    shop.qtbot.waitUntil(lambda: shop.word == "请输结算号", timeout=5_000)
    assert shop.checkout.verdict.said.tone is theme.ASK
    assert shop.checkout.questions.is_open


def test_the_change_is_the_loud_number(shop) -> None:
    shop.scan(BOX)
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    shop.checkout.pay_panel.tendered.setText("50")
    shop.qtbot.waitUntil(shop.checkout.pay_panel.pay.isEnabled, timeout=5_000)
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Return), PayAnswer)
    assert shop.word == "找零 ¥28.20"
    assert shop.checkout.verdict.said.todo == "实收 ¥50.00。"


def test_a_prescription_drug_says_so_in_the_drug_list(shop) -> None:
    shop.window.go("catalogue")
    rows = shop.window.screens["catalogue"].rows
    shop.qtbot.waitUntil(lambda: rows.rowCount() == 4, timeout=5_000)
    shown = [line[6] for line in rows.table()[1:]]
    assert "处方" in shown
    assert "RX" not in shown


def test_an_approval_begins_in_the_pin(shop) -> None:
    shop.view = shop.whole.view
    shop.view.save_settings({"policy.self.MISSING_CODES": "approve"}, True)
    shop.scan("6900000000014")
    shop.rest()
    staff = shop.whole.counter.wishes.staff
    for number in ("002", "003"):
        person = Operator(number, f"店长 {number}", "店长")
        shop.wait_for(news.PeopleChanged, lambda who=person: staff.keep(who, "246810"))
    shop.wait_for(news.GateLooked, lambda: shop.key(Qt.Key.Key_F3))
    shop.wait_for(news.ApprovalWanted, lambda: shop.key(Qt.Key.Key_Return))
    dialog = shop.window.guard.dialog
    shop.qtbot.waitUntil(dialog.pin.hasFocus, timeout=5_000)
    assert dialog.pin.echoMode() is QLineEdit.EchoMode.Password
    dialog.pin.setText("246810")
    dialog.approve()  # two could: who it is has to be told, and nothing typed is lost or shown
    assert seen.refused(dialog)
    assert dialog.pin.text() == "246810"
    assert dialog.focusWidget() is dialog.pin


def test_the_first_run_shows_no_pin(shop) -> None:
    assistant = Assistant(shop.whole.view, shop.window)
    pins = [assistant.pin, assistant.again]
    assert [pin.echoMode() for pin in pins] == [QLineEdit.EchoMode.Password] * 2
    assistant.deleteLater()


@pytest.fixture
def empty_shop(qapp, qtbot, tmp_path):
    """A store that has been set up and has no drug list yet."""
    home = Home(tmp_path / "store")
    home.make()
    home.save_settings(
        {"store.code": "P44030000077", "store.name": "新店", "operator.id": "008"}, practice=False
    )
    with opened(home, qtbot) as made:
        yield made


def test_an_empty_shop_is_told_to_import_first_with_the_button(empty_shop, monkeypatch) -> None:
    shop, first = empty_shop, empty_shop.checkout.import_first
    shop.qtbot.waitUntil(lambda: shop.word == "先导入商品目录", timeout=5_000)
    assert first.button.isVisible()
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: asked.append(True) or ("", ""))
    first.button.click()
    assert asked
    assert shop.window.front is shop.window.screens["catalogue"]


def test_a_shop_with_drugs_is_not_told_to_import(shop) -> None:
    shop.settle()
    assert shop.checkout.import_first.isHidden()
