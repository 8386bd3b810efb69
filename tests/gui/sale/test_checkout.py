"""The checkout as a person uses it: scans, keys, what is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.movement import PackRelation
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ApprovalDid, PayAnswer, PayDid
from pharmacy_desk.gui.base import theme
from tests.gui import seen
from tests.gui.conftest import BOX


def test_a_box_is_shown_with_its_drug_code_and_price(shop):
    shop.scan(BOX)
    assert shop.word == "已加入"
    assert shop.checkout.verdict.said.tone is theme.UNSURE
    line = shop.checkout.lines.lines.line(0)
    assert (line.item.name, line.quantity, line.lacking) == ("布洛芬缓释胶囊", 1, 0)


def test_a_repeat_says_so_and_adds_nothing(shop):
    shop.scan(BOX)
    shop.scan("84362820000000000017")
    shop.scan(BOX)
    assert shop.checkout.verdict.said.tone is theme.NO
    assert shop.checkout.lines.lines.line(0).quantity == 2


def test_a_double_read_stays_silent(shop):
    shop.scan(BOX)
    before = shop.checkout.verdict.said
    shop.scan(BOX)
    assert shop.checkout.verdict.said is before


def test_a_commodity_barcode_asks_for_the_trace_code(shop):
    shop.scan("6900000000014")
    assert shop.checkout.verdict.said.tone is theme.ASK
    assert shop.checkout.lines.lines.line(0).lacking == 1


def test_the_pay_button_says_why_it_cannot_be_pressed(shop):
    shop.scan("6900000000014")
    shop.wait_for(news.GateLooked, shop.insured)
    assert not shop.checkout.pay_panel.pay.isEnabled()
    assert "1" in shop.checkout.pay_panel.pay.text()


def test_enter_pays_only_when_armed_and_not_right_after_a_scan(shop):
    shop.steady.stand()
    shop.scan(BOX)
    shop.key(Qt.Key.Key_Return)
    assert shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale) is not None
    shop.key(Qt.Key.Key_F3)
    shop.key(Qt.Key.Key_Return)  # within 300 ms of the scan: a scanner's stray Enter
    assert shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale) is not None
    shop.rest()  # a second later
    paid = shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
    assert paid.sale.payment is PaymentKind.SELF
    assert shop.checkout.lines.lines.rowCount() == 0


def test_change_is_worked_out_from_the_cash_received(shop):
    shop.scan(BOX)
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    shop.checkout.pay_panel.tendered.setText("20")
    shop.key(Qt.Key.Key_Return)
    assert shop.checkout.lines.lines.rowCount() == 1  # too little: nothing is paid
    shop.checkout.pay_panel.tendered.setText("50")
    paid = shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
    assert paid.sale.change_fen == 5000 - 2180


def test_a_missing_lot_is_asked_beside_the_sale_and_then_known(shop):
    shop.scan("81773220000000000017")
    shop.wait_for(news.GateLooked, shop.insured)
    questions = shop.checkout.questions
    assert not questions.isHidden()
    for name, text in (("生产批号", "L1"), ("生产日期", "20260101"), ("有效期至", "2028-01-01")):
        seen.field(questions, name).setText(text)
    shop.wait_for(news.SaleChanged, lambda: seen.press(questions, "保存批号"))
    assert shop.checkout.lines.lines.line(0).item.batch.complete


def test_an_unknown_code_asks_once_and_the_box_goes_in(shop):
    shop.scan("84999990000000000017")
    assert not shop.checkout.questions.isHidden()
    search = shop.checkout.questions.drug_search
    search.field.setText("BLF")
    shop.qtbot.waitUntil(lambda: search.hits.count() > 0)
    shop.wait_for(news.Judged, lambda: seen.enter(search.field))
    assert shop.checkout.lines.lines.line(0).item.code == "A1"
    shop.scan("84999990000000000024")
    assert shop.word == "已加入"


def test_backspace_undoes_and_escape_asks_before_it_cancels(shop):
    shop.scan(BOX)
    shop.scan("84362820000000000017")
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Backspace))
    assert shop.checkout.lines.lines.line(0).quantity == 1
    shop.key(Qt.Key.Key_Escape)
    assert shop.checkout.lines.lines.rowCount() == 1
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Return))
    assert shop.checkout.lines.lines.rowCount() == 0


def test_hold_and_resume_bring_the_same_sale_back(shop):
    shop.scan(BOX)
    number = shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale.number)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    assert shop.checkout.lines.lines.rowCount() == 0
    resumed = shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F5))
    assert resumed.sale.number == number


def test_hostile_text_is_shown_as_it_is(shop):
    shop.scan("84000010000000000017")
    for text in ("<img src=x>", "'; DROP TABLE sales", "=cmd|'/c calc'!A1", "1" * 3000):
        shop.scan(text)
        assert shop.checkout.verdict.said.tone is theme.NO
    labels = shop.window.findChildren(QLabel)
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())
    assert shop.checkout.lines.lines.line(0).item.name == "<b>粗体</b>名"


def test_payment_codes_are_masked_on_screen(shop):
    shop.scan("134567890123456789")
    shown = shop.checkout.verdict.said.evidence
    assert "134567890123456789" not in shown
    assert "13" in shown
    assert "89" in shown


def test_f9_shows_the_history_of_the_last_scan(shop):
    shop.scan(BOX)
    shop.key(Qt.Key.Key_F9)
    lookup = shop.window.screens["lookup"]
    shop.qtbot.waitUntil(lambda: lookup.rows.rowCount() >= 1)
    assert BOX in lookup.field.text()


def test_a_second_person_may_approve_what_the_policy_says(shop):
    shop.view = shop.whole.view
    shop.view.save_settings({"policy.self.MISSING_CODES": "approve"}, True)
    shop.scan("6900000000014")
    shop.rest()
    staff = shop.whole.counter.wishes.staff
    person = Operator("002", "王芳", "店长")
    shop.wait_for(news.PeopleChanged, lambda: staff.keep(person, "246810"))
    shop.wait_for(news.GateLooked, lambda: shop.key(Qt.Key.Key_F3))
    shop.wait_for(news.ApprovalWanted, lambda: shop.key(Qt.Key.Key_Return))
    dialog = shop.window.guard.dialog
    shop.qtbot.waitUntil(lambda: dialog.person.text() == "002")  # the only one who may
    dialog.pin.setText("000000")
    with shop.qtbot.waitSignal(shop.window.guard.answered, timeout=10_000) as told:
        dialog.approve()
    assert told.args[0].what is ApprovalDid.BAD_PIN
    assert dialog.isVisible()
    assert seen.refused(dialog)
    dialog.pin.setText("246810")
    paid = shop.wait_for(news.Paid, dialog.approve)
    assert paid.sale.code_count == 0
    assert not dialog.isVisible()


def test_closing_the_window_stops_every_lane_and_the_sale_stays(shop, filled):
    shop.scan(BOX)
    shop.window.close()
    QApplication.processEvents()
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    again = Counter(filled, Options(own_practice_platform=False), lambda _: None)
    assert again.open_sale.sale.codes() == (BOX,)
    again.stop()


def test_a_resumed_box_that_is_an_outer_pack_by_now_is_named_with_its_reason(shop):
    shop.scan(BOX)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    counter = shop.whole.counter
    relation = PackRelation(BOX, None, 2)
    counter.desk_lane.call(
        lambda: counter.ledger.boxes.put_packs(Actor(counter.clock.now(), "007"), [relation])
    )
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F5))
    said = shop.checkout.verdict.said
    assert said.tone is theme.NO
    assert "8436282 0442053402132" in said.evidence
    assert "大包装" in said.evidence or "外包装" in said.evidence
    assert "取出" in said.todo
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    told = shop.answer_to(lambda: shop.key(Qt.Key.Key_Return), PayAnswer)
    assert told.what is PayDid.REFUSED
    assert "8436282 0442053402132" in shop.checkout.verdict.said.evidence
