"""Keys pressed in the wrong place, held too long or in a hurry: nothing is lost or posted by them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.acceptance import Lack
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.words import steps as steps_words
from tests import plain
from tests.gui import seen
from tests.gui.conftest import BOX
from tests.gui.receiving.test_header_names import OWN, asked, press
from tests.gui.stock.test_stock_screens import a1, a2, open_note, scan

COLD = """单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,单价
SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,1,12.00
SH-1,示例医药,A2,M1,2026-01-02,2028-01-01,1,15.00
"""


@pytest.fixture
def receiving(shop):
    shop.window.go("receiving")
    return shop.window.screens["receiving"]


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.csv"
    path.write_text(COLD, encoding="gb18030")
    return path


def said(screen):
    return screen.panel.verdict.said


def test_another_answer_takes_back_the_question_about_the_whole_sale(shop):
    shop.scan(BOX)
    shop.checkout.escape()
    question = shop.checkout.verdict.said
    shop.wait_for(
        news.SaleChanged, lambda: shop.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    )
    assert shop.checkout.verdict.said is not question
    shop.checkout.enter()
    shop.scan("84362820442053402133")
    assert len(shop.checkout.sale.codes()) == 2


def test_paying_takes_the_question_about_the_whole_sale_off_the_screen(shop):
    shop.scan(BOX)
    shop.checkout.escape()
    question = shop.checkout.verdict.said
    shop.key(Qt.Key.Key_F3)
    assert shop.checkout.verdict.said is not question
    shop.checkout.escape()
    shop.checkout.escape()
    shop.wait_for(news.SaleChanged, shop.checkout.enter)
    assert shop.checkout.sale is None or not shop.checkout.sale.lines


def test_who_goes_on_after_esc_has_not_dropped_the_receiving(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1))
    shop.qtbot.waitUntil(lambda: said(receiving).tone is theme.YES)  # it is on the disk
    shop.key(Qt.Key.Key_Escape)
    assert said(receiving) == notes.drop_all(1)
    shop.key(Qt.Key.Key_Down)
    shop.key(Qt.Key.Key_Return)
    assert len(receiving.receiving.boxes) == 1
    assert not receiving.questions.isHidden()  # Enter has asked for the lot of the row
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_Escape)
    assert said(receiving) == notes.drop_all(1)
    shop.key(Qt.Key.Key_Escape)
    assert said(receiving) != notes.drop_all(1)
    shop.key(Qt.Key.Key_Escape)
    receiving.export()  # something else is said
    shop.key(Qt.Key.Key_Return)
    assert len(receiving.receiving.boxes) == 1
    shop.key(Qt.Key.Key_Escape)  # closes what Enter has asked
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_Return)
    shop.settle()
    assert receiving.receiving.empty


def test_who_goes_on_after_esc_has_not_dropped_the_stock_take(shop):
    shop.window.go("stock")
    stock = shop.window.screens["stock"]
    stock.turn(1)
    count = stock.count
    scan(shop, a1(1))
    shop.qtbot.waitUntil(lambda: count.rows.rowCount() == 1)
    count.table.setFocus()
    shop.key(Qt.Key.Key_Escape)
    question = said(count)
    assert question.tone is theme.ASK
    count.panel.note("x")
    shop.key(Qt.Key.Key_Return)
    assert count.rows.rowCount() == 1
    shop.key(Qt.Key.Key_Escape)
    assert said(count) == question
    shop.key(Qt.Key.Key_Return)
    shop.settle()
    assert count.rows.rowCount() == 0


def test_cold_goods_that_came_warm_are_asked_about(shop, receiving, note):
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: plain.write(counter.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'A1'")
    )
    open_note(shop, receiving, note)
    scan(shop, a1(1))
    shop.qtbot.waitUntil(lambda: said(receiving).tone is theme.YES)
    for wrong in ("abc", "nan"):
        receiving.form.fill(celsius=wrong)
        receiving.post()
        shop.settle()
        assert said(receiving) == notes.lacking(Lack.CELSIUS)
    receiving.form.fill(celsius="25")
    receiving.post()
    shop.settle()
    assert said(receiving) == notes.not_cold("25")
    receiving.post()
    shop.settle()
    assert said(receiving) == notes.differs(1, 0, 0)  # one warning does not swallow the other
    scan(shop, a2(1))
    shop.qtbot.waitUntil(lambda: said(receiving).tone is theme.YES)
    receiving.post()
    shop.settle()
    assert said(receiving) == notes.not_cold("25")  # something changed: asked again
    moved = shop.wait_for(news.Moved, receiving.post)
    assert moved.boxes == 2


def test_a_key_held_down_answers_no_second_question(shop):
    mine = Qt.FindChildOption.FindDirectChildrenOnly
    shortcuts = shop.window.findChildren(QShortcut, options=mine)
    assert shortcuts
    assert not any(shortcut.autoRepeat() for shortcut in shortcuts)


def test_columns_named_wrongly_are_not_learned_and_asked_again(shop, receiving, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="gb18030")
    question = asked(shop, receiving, own)
    for at, mark in enumerate("1279a"):  # each one place too early
        press(question.columns[at], mark)
    press(question.columns[5], "3")  # boxes of a code: "4" is none of ours
    press(question.columns[5], Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: receiving.files.question is None)
    counter = shop.whole.counter
    shop.qtbot.waitUntil(lambda: said(receiving).word == "没有内容", timeout=10_000)
    assert counter.desk_lane.call(counter.ledger.drafts.learned_headers) == {}
    names = dict(zip(("业务编号", "发货方", "我方货号", "批次", "到期", "件"),
                     ("number", "supplier", "code", "lot", "quantity", "expiry"), strict=True))  # fmt: skip
    counter.desk_lane.call(lambda: counter.keeper.learn_headers("示例医药", names))
    question = asked(shop, receiving, own)  # what was learned reads no line: asked again
    press(question.columns[4], "9")
    press(question.columns[5], "a")
    press(question.columns[5], Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)
    assert receiving.receiving.rows[0].quantity == 4


def wheel(widget):
    middle, down = QPointF(widget.rect().center()), QPoint(0, -120)
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            middle, widget.mapToGlobal(middle), down, down, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def test_the_wheel_changes_no_column_of_a_note(shop, receiving, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="gb18030")
    box = asked(shop, receiving, own).columns[0]
    before = box.currentIndex()
    wheel(box)
    assert box.currentIndex() == before


def test_the_wheel_changes_no_setting(shop):
    shop.window.go("settings")
    screen = shop.window.screens["settings"]
    fields = [f for f in screen.findChildren(QComboBox) if f.isEnabled() and f.count() > 1]
    numbers = [f for f in screen.findChildren(QSpinBox) if f.isEnabled()]
    assert len(fields) > 20  # the policy's table
    assert numbers
    before = [f.currentIndex() for f in fields], [f.value() for f in numbers]
    for field in (*fields, *numbers):
        wheel(field)
    assert ([f.currentIndex() for f in fields], [f.value() for f in numbers]) == before


def test_rows_that_were_not_read_are_told_with_their_whole_reason(shop, receiving, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(COLD + "SH-1,示例医药,A1,L1,,2028-01-01,abc,1\n", encoding="utf-8")
    open_note(shop, receiving, path)
    assert said(receiving).tone is theme.ASK
    assert said(receiving).evidence == notes.ready(receiving.receiving, 1).evidence
    model = receiving.lists.boxes
    assert "4" in model.index(0, 0).data()
    assert "#" not in model.index(0, 0).data()
    tip = model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 3).data() in tip
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) is None


def test_a_header_without_rows_and_a_file_that_is_no_text_say_so(shop, receiving, tmp_path):
    path = tmp_path / "head.csv"
    path.write_text(COLD.splitlines()[0], encoding="utf-8")
    receiving.read_file(path)
    shop.qtbot.waitUntil(lambda: said(receiving) == notes.no_lines(0), timeout=10_000)
    assert notes.no_lines(0) != notes.no_lines(1)


def test_a_long_supplier_is_read_from_its_beginning(receiving):
    receiving.form.fill(supplier="示例（北方）生物医药物流配送股份有限责任公司第二分公司")
    assert receiving.form.fields["supplier"].cursorPosition() == 0


def test_the_time_line_speaks_the_language_of_the_window(shop):
    shop.scan(BOX, port="wedge")
    shop.scan(BOX, port="wedge")
    shop.window.go("lookup")
    screen = shop.window.screens["lookup"]
    shop.scan(BOX)
    shop.qtbot.waitUntil(lambda: screen.rows.rowCount() >= 1)
    words = [screen.rows.index(row, 5).data() for row in range(screen.rows.rowCount())]
    assert steps_words.read_by("wedge") in words
    assert "wedge" not in words
    assert not {str(name) for name in VerdictName} & set(words)
    assert steps_words.not_taken("SOLD_HERE") != "SOLD_HERE"
    assert steps_words.not_taken("new_word") == "new_word"  # of a later version: as it is


def test_f6_again_and_again_returns_nothing_until_a_reason_is_chosen(shop):
    shop.scan(BOX)
    counter = shop.whole.counter
    shop.wait_for(news.Paid, lambda: counter.wishes.pay(PayOrder(PaymentKind.SELF)))
    shop.window.go("lookup")
    screen = shop.window.screens["lookup"]
    shop.wait_for(news.LookedUp, lambda: counter.wishes.scan(raw(shop, BOX)))
    shop.qtbot.waitUntil(lambda: seen.button(screen, "退货（F6）").isEnabled())
    shop.key(Qt.Key.Key_F6)
    shop.qtbot.waitUntil(lambda: screen.receipt.isVisible())
    for _ in range(3):
        shop.key(Qt.Key.Key_F6)
    shop.settle()
    assert counter.desk_lane.call(lambda: counter.ledger.boxes.state(BOX)) is not BoxState.RETURNED
    screen.receipt.choose_reason(2)
    returned = shop.wait_for(news.Returned, lambda: shop.key(Qt.Key.Key_F6))
    assert returned.number
    assert counter.desk_lane.call(lambda: counter.ledger.boxes.state(BOX)) is BoxState.RETURNED
    sale = counter.desk_lane.call(lambda: counter.ledger.sales.find_sale("last"))
    (back,) = counter.desk_lane.call(lambda: counter.ledger.returns.came_back(sale.number))
    assert (back.document, back.refund_fen) == (returned.number, sale.total_fen)


def raw(shop, code):
    return RawScan(code.encode(), "test", shop.whole.counter.clock.now())
