"""Records of opened boxes, a box put back on the shelf, a thrice repeated one, the policy table."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.people.people import Operator, Subject
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import UnitsAnswer, UnitsDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.settings.policy_table import PolicyTable
from pharmacy_desk.gui.words.settings import setting_text
from tests import plain
from tests.gui import seen

MANAGER = ("001", "427391")


def a1(number):
    return f"8436282{number:013d}"


@pytest.fixture
def staffed(shop):
    """A shop with people, whose drug A1 is sold in capsules too."""
    counter = shop.whole.counter

    def set_up():
        now = counter.clock.now()
        for person, pin in (
            (Operator("007", "小李", "营业员"), "384756"), (Operator("001", "王店长", "店长"), MANAGER[1]),
        ):  # fmt: skip
            counter.ledger.people.put_operator(Actor(now, ""), person, pin)
        item = counter.ledger.catalogue.find_item("A1")
        counter.ledger.catalogue.put_items(
            Actor(now, ""), [replace(item, split_unit="粒", split_ratio=24)]
        )

    counter.desk_lane.call(set_up)
    return shop


def ctrl(shop, key):
    shop.key(key, Qt.KeyboardModifier.ControlModifier)


def pay(shop):
    return shop.wait_for(
        news.Paid, lambda: shop.whole.counter.wishes.pay(PayOrder(PaymentKind.SELF))
    )


def sell_units(shop, code, units, second=None):
    wishes = shop.whole.counter.wishes
    told = shop.answer_to(lambda: shop.checkout.follow(wishes.split(code, units, second)))
    if told.what is UnitsDid.TAKEN:
        pay(shop)
    return told


def settled(shop, condition):
    shop.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)


# --- the record of split sales


def test_the_units_of_a_box_are_asked_with_a_second_person(staffed):
    shop = staffed
    shop.scan(a1(1))
    ctrl(shop, Qt.Key.Key_U)
    settled(shop, lambda: not shop.checkout.questions.isHidden())
    page = shop.checkout.questions.currentWidget()
    page.first.setText("6")
    page.reviewer.setText("001")
    page.pin.setText(MANAGER[1])
    sold = shop.answer_to(lambda: seen.enter(page.pin), UnitsAnswer)
    assert (sold.what, sold.left) == (UnitsDid.TAKEN, 18)
    assert page.pin.text() == ""


def test_where_the_store_wants_a_second_person_enter_leads_to_the_number(staffed):
    shop = staffed
    shop.whole.view.save_settings({"sale.split_review": "required"}, True)
    shop.scan(a1(1))
    ctrl(shop, Qt.Key.Key_U)
    settled(shop, lambda: not shop.checkout.questions.isHidden())
    page = shop.checkout.questions.currentWidget()
    page.first.setText("6")
    shop.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.reviewer
    seen.press(page, "Enter")
    assert seen.refused(page)
    told = sell_units(shop, a1(2), 3)
    assert told.what is UnitsDid.REVIEWER_MISSING


def test_the_page_shows_the_days_asked_for_and_saves_them_as_pdf_and_table(staffed, tmp_path):
    shop = staffed
    sell_units(shop, a1(1), 6, MANAGER)
    sell_units(shop, a1(1), 4)
    shop.window.go("stock")
    screen = shop.window.screens["stock"]
    seen.press(screen, "拆零记录")
    tab = screen.split
    settled(shop, lambda: tab.rows.rowCount() == 2)
    assert [tab.rows.row(n).reviewer for n in (0, 1)] == ["王店长", ""]
    tab.save_pdf(tmp_path / "record")
    settled(shop, (tmp_path / "record.pdf").exists)
    tab.save_table(tmp_path / "record.csv")
    settled(shop, lambda: tab.head.note.text().endswith("record.csv"))
    text = (tmp_path / "record.csv").read_text(encoding="utf-8-sig").splitlines()
    assert text[0].startswith("起始日期,通用名,规格,批号,生产厂商,有效期,数量,日期,分拆人,复核人")
    assert len(text) == 3
    yesterday = shop.whole.counter.clock.now().date() - timedelta(days=1)
    tab.head.since.setText(yesterday.isoformat())
    tab.head.until.setText(yesterday.isoformat())
    tab.head.wanted.emit()
    settled(shop, lambda: tab.rows.rowCount() == 0)


def test_a_scan_on_the_page_shows_that_box_alone(staffed):
    shop = staffed
    sell_units(shop, a1(1), 6)
    sell_units(shop, a1(2), 4)
    shop.window.go("stock")
    screen = shop.window.screens["stock"]
    seen.press(screen, "拆零记录")
    shop.scan(a1(2))
    settled(shop, lambda: screen.split.rows.rowCount() == 1)
    assert screen.split.rows.row(0).code == a1(2)


def test_wrong_days_are_said_and_nothing_is_saved(staffed, tmp_path):
    shop = staffed
    shop.window.go("stock")
    tab = shop.window.screens["stock"].split
    tab.head.since.setText("2026-13-01")
    tab.head.wanted.emit()
    assert tab.head.note.text().startswith("✕")
    tab.save_pdf(tmp_path / "record.pdf")
    assert not (tmp_path / "record.pdf").exists()


def test_the_look_up_of_an_opened_box_shows_and_prints_its_record(staffed, tmp_path, monkeypatch):
    shop = staffed
    sell_units(shop, a1(1), 6)
    shop.window.go("lookup")
    shop.scan(a1(1))
    lookup = shop.window.screens["lookup"]
    settled(shop, lambda: lookup.life is not None and lookup.life.rows)
    ctrl(shop, Qt.Key.Key_E)
    settled(shop, lambda: lookup.table.model() is lookup.split)
    names = iter([str(tmp_path / "split.pdf"), str(tmp_path / "life.pdf")])
    monkeypatch.setattr(
        "pharmacy_desk.gui.lookup.records.QFileDialog.getSaveFileName",
        lambda *_: (next(names), ""),
    )
    ctrl(shop, Qt.Key.Key_L)
    assert (tmp_path / "split.pdf").read_bytes().startswith(b"%PDF")
    ctrl(shop, Qt.Key.Key_E)
    assert lookup.table.model() is lookup.rows
    ctrl(shop, Qt.Key.Key_L)
    assert (tmp_path / "life.pdf").read_bytes().startswith(b"%PDF")


def test_a_whole_box_offers_no_record_of_units(staffed):
    shop = staffed
    shop.scan(a1(1))
    pay(shop)
    shop.window.go("lookup")
    shop.scan(a1(1))
    lookup = shop.window.screens["lookup"]
    settled(shop, lambda: lookup.life is not None and lookup.life.rows)
    assert not seen.buttons(lookup, "拆零记录")
    ctrl(shop, Qt.Key.Key_E)
    assert lookup.table.model() is lookup.rows


# --- back on the shelf


def _sold_and_looked_up(shop):
    shop.scan(a1(1))
    pay(shop)
    shop.window.go("lookup")
    shop.scan(a1(1))
    lookup = shop.window.screens["lookup"]
    settled(shop, lambda: lookup.life and lookup.life.earlier)
    return lookup


def test_by_default_nothing_offers_to_put_a_sold_box_back(staffed):
    lookup = _sold_and_looked_up(staffed)
    assert lookup.restore.isHidden()
    assert not lookup.press("F8")


def test_the_managers_pin_puts_a_box_of_today_back_on_the_shelf(staffed):
    shop = staffed
    shop.whole.view.save_settings({"sale.same_day_restore": True}, True)
    lookup = _sold_and_looked_up(shop)
    wanted = shop.wait_for(news.ApprovalWanted, lambda: shop.key(Qt.Key.Key_F8))
    assert (wanted.request.subject, wanted.request.code) == (Subject.RESTORE, a1(1))
    wishes = shop.whole.counter.wishes
    told = shop.wait_for(
        news.Returned, lambda: wishes.people.answer_approval(*MANAGER, "未离开柜台")
    )
    assert told.number
    assert told.restored
    settled(shop, lambda: lookup.life.earlier is None)
    assert not lookup.restore.isEnabled()
    shop.window.go("checkout")
    shop.scan(a1(1))
    assert shop.checkout.sale.codes() == (a1(1),)


def test_a_box_of_yesterday_is_not_offered(staffed):
    shop = staffed
    shop.whole.view.save_settings({"sale.same_day_restore": True}, True)
    lookup = _sold_and_looked_up(shop)
    assert lookup.restore.isEnabled()
    assert lookup.life.earlier.state is ClaimState.FINAL
    yesterday = shop.whole.counter.clock.now() - timedelta(days=1)
    plain.write(
        shop.whole.counter.home.ledger, "UPDATE sales SET paid_at = ?", (yesterday.isoformat(),)
    )
    shop.scan(a1(1))
    settled(shop, lambda: lookup.life and lookup.life.earlier.at.date() == yesterday.date())
    assert not lookup.restore.isEnabled()


# --- a box scanned again and again


def test_the_third_repeat_is_said_gently_and_asks_the_manager(staffed):
    shop = staffed
    shop.whole.view.save_settings({"scanner.double_read_ms": 0}, True)
    for _ in range(3):
        shop.scan(a1(1))
    assert shop.word == "已在本单"
    with shop.qtbot.waitSignal(
        shop.window.heard, check_params_cb=lambda n: isinstance(n, news.ApprovalWanted)
    ):
        shop.scan(a1(1))
    assert shop.checkout.verdict.said.tone.sign == "!"
    shop.scan(a1(2))
    assert shop.checkout.sale.codes() == (a1(1),)
    wishes = shop.whole.counter.wishes
    shop.wait_for(
        news.ApprovalAnswered, lambda: wishes.people.answer_approval(*MANAGER, "数盒时重复扫")
    )
    assert shop.word == "请继续"
    shop.scan(a1(2))
    assert shop.checkout.sale.codes() == (a1(1), a1(2))


# --- the policy


def _table(shop):
    shop.window.go("settings")
    screen = shop.window.screens["settings"]
    return screen, screen.findChild(PolicyTable)


def _choose(table, key, value):
    widget = seen.named(table, setting_text(key))
    widget.setCurrentIndex(widget.findData(value))


def _shown(table, key):
    return seen.named(table, setting_text(key)).currentText()


def test_cells_left_open_say_what_they_mean_now(shop):
    _, table = _table(shop)
    before = _shown(table, "policy.chronic.NEAR_EXPIRY")
    _choose(table, "policy.insured.NEAR_EXPIRY", "block")
    assert _shown(table, "policy.chronic.NEAR_EXPIRY") != before
    assert _shown(table, "policy.chronic.NEAR_EXPIRY") == _shown(table, "policy.dual.MISSING_CODES")
    assert _shown(table, "policy.self.NEAR_EXPIRY") == before
    assert _shown(table, "policy.verdict.NEAR_EXPIRY") == before


def test_cells_are_saved_and_decide_the_next_sale(shop):
    screen, table = _table(shop)
    _choose(table, "policy.injury.NO_LOT", "warn")
    _choose(table, "policy.verdict.OK_UNRECEIVED", "block")
    _choose(table, "policy.self.OK_UNRECEIVED", "allow")
    seen.named(table, setting_text("policy.dual.served")).setChecked(False)
    screen.save()
    settled(shop, lambda: shop.whole.counter.settings.policy.verdicts)
    policy = shop.whole.counter.settings.policy
    assert policy.of_reason(REASONS["NO_LOT"], PaymentKind.INJURY) is Action.WARN
    assert policy.of_reason(REASONS["NO_LOT"], PaymentKind.POOLED) is Action.BLOCK
    assert PaymentKind.DUAL not in policy.served
    shop.window.go("checkout")
    shop.scan(a1(1))
    assert shop.checkout.sale.codes() == (a1(1),)
    assert policy.of_verdict(VerdictName.OK_UNRECEIVED, PaymentKind.POOLED) is Action.BLOCK
    shop.insured()
    settled(shop, lambda: shop.whole.counter.desk.gate.payment is PaymentKind.POOLED)
    shop.rest()
    settled(shop, lambda: not shop.checkout.pay_panel.pay.isEnabled())
    assert shop.checkout.pay_panel.pay.text() == "没有收货记录：布洛芬缓释胶囊"
    shop.scan(a1(2))
    assert shop.checkout.sale.codes() == (a1(1),)
