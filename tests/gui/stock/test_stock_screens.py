"""Boxes outside a sale as a person handles them: receiving, moves, stock-take, recalls, lists."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.listed import DocumentCode, DocumentRow, ShelfLot
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation
from pharmacy_desk.core.stock.scanned import Scanned, Work
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SignInAnswer, SignInDid, UnitsAnswer, UnitsDid
from pharmacy_desk.counter.stock.movements import Wanted, WhyNot
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.receiving.saving import save_record
from pharmacy_desk.gui.sale.sale_list import code_rows
from pharmacy_desk.gui.stock.documents import DocumentsTab
from pharmacy_desk.gui.stock.shelf import ShelfTab
from pharmacy_desk.gui.words import documents as documents_words
from pharmacy_desk.gui.words import steps as steps_words
from pharmacy_desk.gui.words import stock as stock_words
from tests import plain
from tests.conftest import NOON
from tests.fakes.reading import ToldDocuments, ToldReading, ToldShelf
from tests.gui import seen
from tests.gui.conftest import BOX

NOTE = """单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,单价
SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,2,12.00
SH-1,示例医药,A2,M1,2026-01-02,2028-01-01,1,15.00
"""
LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))


def a1(number):
    return f"8436282{number:013d}"


def a2(number):
    return f"8177322{number:013d}"


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.csv"
    path.write_text(NOTE, encoding="gb18030")
    return path


@pytest.fixture
def receiving(shop):
    shop.window.go("receiving")
    return shop.window.screens["receiving"]


def scan(shop, *codes):
    """Scan, and wait until the screen has shown the answer to the last one."""
    for code in codes:
        shop.scan(code)
    shop.read()
    shop.settle()


def press(shop, key):
    """Press a key, and wait for the answer to what it wished."""
    shop.key(key)
    shop.settle()


def word(screen):
    return screen.panel.verdict.said.word


def open_note(shop, receiving, path):
    receiving.read_file(path)
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)


def state(shop, code):
    counter = shop.whole.counter
    return counter.desk_lane.call(lambda: counter.ledger.boxes.state(code))


def move(shop, order):
    """Post a document as a file of codes does."""
    counter = shop.whole.counter
    return counter.desk_lane.wish(lambda: counter.moving.post_file([order], ()))


def deliver(shop, *codes, party="示例医药"):
    order = Order(
        MovementKind.DELIVERY, tuple(Wanted(code, "", LOT) for code in codes), party, "SH-0"
    )
    return shop.wait_for(news.Moved, lambda: move(shop, order)).documents[0]


# --- receiving ----------------------------------------------------------------------------


def test_a_delivery_is_received_against_its_note(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1), a1(2), a2(1))
    assert "✓" in seen.told(receiving.lists)
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert (moved.kind, moved.boxes) == (MovementKind.DELIVERY, 3)
    assert state(shop, a1(1)) is BoxState.ON_SHELF
    assert receiving.receiving.empty
    assert receiving.panel.verdict.said.tone is theme.YES


def test_what_differs_from_the_note_is_said_before_it_is_posted(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1))
    press(shop, Qt.Key.Key_F8)
    assert word(receiving) == "与单不符"
    scan(shop, a1(2))
    press(shop, Qt.Key.Key_F8)
    assert word(receiving) == "与单不符"  # a scan in between: it is told anew
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert moved.boxes == 2


def test_a_box_sold_here_is_not_taken(shop, note):
    shop.scan(BOX)
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
    shop.window.go("receiving")
    receiving = shop.window.screens["receiving"]
    open_note(shop, receiving, note)
    scan(shop, BOX)
    assert word(receiving) == "本店售出过"
    assert receiving.receiving.boxes == ()


def test_a_refused_box_gets_a_document_of_its_own(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1), a2(1), a1(2))
    shop.key(Qt.Key.Key_F6)
    press(shop, Qt.Key.Key_1)
    assert receiving.receiving.box(a1(2)).refused == "包装破损"
    heard = []
    shop.window.heard.connect(lambda n: isinstance(n, news.Moved) and heard.append(n))
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: len(heard) == 2)
    assert [(n.kind, n.boxes) for n in heard] == [
        (MovementKind.DELIVERY, 2), (MovementKind.REFUSAL, 1),
    ]  # fmt: skip
    assert state(shop, a1(2)) is BoxState.REFUSED
    assert len(receiving.documents) == 2


def test_the_record_of_a_receiving_is_saved(shop, receiving, note, tmp_path):
    open_note(shop, receiving, note)
    scan(shop, a1(1), a1(2), a2(1))
    shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    path = tmp_path / "record.xlsx"
    save_record(shop.whole.view, receiving.documents, path, receiving.panel.say)
    shop.qtbot.waitUntil(lambda: word(receiving) == "已导出", timeout=10_000)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert [(row[0], row[4], row[9], row[11], row[12]) for row in rows[1:]] == [
        ("布洛芬缓释胶囊", "L1", 2, 2, "合格"), ("复方丹参滴丸", "M1", 1, 1, "合格"),
    ]  # fmt: skip


def test_f8_while_the_lot_is_typed_keeps_what_is_typed(shop, receiving):
    scan(shop, BOX)
    press(shop, Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: receiving.questions.is_open)
    lot = receiving.questions.focusWidget()
    lot.setText("L9")
    press(shop, Qt.Key.Key_F8)
    assert lot.text() == "L9"
    assert receiving.questions.is_open


def test_ctrl_s_saves_the_goods_of_what_was_posted(shop, receiving, note, tmp_path, monkeypatch):
    path = tmp_path / "goods.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    shop.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "还没有" in receiving.panel.verdict.said.evidence
    open_note(shop, receiving, note)
    scan(shop, a1(1), a1(2), a2(1))
    shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    shop.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    shop.qtbot.waitUntil(path.exists)
    assert a2(1) in path.read_text("utf-8-sig")


def test_without_a_note_supplier_and_lot_are_asked(shop, receiving):
    scan(shop, a1(1))
    press(shop, Qt.Key.Key_F8)
    assert not receiving.questions.isHidden()
    for name, text in (("生产批号", "L9"), ("生产日期", "2026-01-02"), ("有效期至", "2028-01-01")):
        seen.field(receiving.questions, name).setText(text)
    seen.press(receiving.questions, "保存批号")
    press(shop, Qt.Key.Key_F8)
    assert receiving.form.fields["supplier"].hasFocus()
    receiving.form.fields["supplier"].setText("示例医药")
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert moved.boxes == 1
    counter = shop.whole.counter
    record = counter.desk_lane.call(lambda: counter.ledger.boxes.record(a1(1)))
    assert (record.batch.lot, record.party) == ("L9", "示例医药")


def test_cold_goods_need_their_temperature(shop, receiving, note):
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: plain.write(counter.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'A1'")
    )
    open_note(shop, receiving, note)
    scan(shop, a2(1), a1(1), a1(2))
    assert receiving.form.fields["celsius"].isVisible()
    shop.window.resize(1280, 720)
    receiving.table.setCurrentIndex(receiving.lists.rows.index(0, 0))
    receiving.ask_lot()
    QApplication.processEvents()
    assert shop.window.height() == 720  # the question takes room, the window does not grow
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_Escape)
    press(shop, Qt.Key.Key_F8)
    assert receiving.form.fields["celsius"].hasFocus()
    receiving.form.fields["celsius"].setText("4.5")
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    row = counter.desk_lane.call(
        lambda: plain.row(
            counter.ledger.path,
            "SELECT arrival_celsius FROM documents WHERE number = ?",
            moved.documents,
        )
    )
    assert row[0] == "4.5"


def test_an_unfinished_receiving_is_still_there_and_not_thrown_away(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1))
    shop.window.go("checkout")
    shop.scan(a1(5))  # sold, not received
    shop.window.go("receiving")
    assert [box.code for box in receiving.receiving.boxes] == [a1(1)]
    receiving.read_file(note)
    assert [box.code for box in receiving.receiving.boxes] == [a1(1)]
    shop.key(Qt.Key.Key_Escape)
    assert not receiving.receiving.empty
    press(shop, Qt.Key.Key_Return)
    assert receiving.receiving.empty


def test_a_carton_is_opened_and_backspace_takes_a_box_out(shop, receiving, note):
    counter = shop.whole.counter
    relations = [PackRelation(a1(1), a1(900), 1), PackRelation(a1(2), a1(900), 1)]
    now = counter.clock.now()
    counter.desk_lane.call(lambda: counter.ledger.boxes.put_packs(Actor(now, "007"), relations))
    open_note(shop, receiving, note)
    scan(shop, a1(900))
    assert [box.code for box in receiving.receiving.boxes] == [a1(1), a1(2)]
    press(shop, Qt.Key.Key_Backspace)
    assert [box.code for box in receiving.receiving.boxes] == [a1(1)]


def test_what_stays_behind_is_listed_with_its_sentence(shop, receiving, note):
    open_note(shop, receiving, note)
    scan(shop, a1(1), a1(2), a2(1))
    deliver(shop, a1(2))  # somebody else was quicker
    shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert [box.code for box in receiving.receiving.boxes] == [a1(2)]
    shown = receiving.lists.boxes.row(0)
    assert shown.words == "✕ " + stock_words.why_not(WhyNot.ALREADY_HERE.value)


def test_a_file_that_is_no_note_is_a_sentence(shop, receiving, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    receiving.read_file(path)
    shop.qtbot.waitUntil(lambda: word(receiving) == "未读入", timeout=10_000)
    assert "数量" in receiving.panel.verdict.said.evidence


# --- stock --------------------------------------------------------------------------------


@pytest.fixture
def stock(shop):
    shop.window.go("stock")
    return shop.window.screens["stock"]


def turn(shop, number):
    shop.key(Qt.Key.Key_0 + number, Qt.KeyboardModifier.AltModifier)


def test_boxes_are_transferred_to_another_store(shop, stock):
    deliver(shop, a1(1), a1(2))
    moves = stock.moves
    scan(shop, a1(1), a1(1), "6900000000014")
    assert [box.code for box in moves.view.moving.boxes] == [a1(1)]
    press(shop, Qt.Key.Key_F8)
    assert moves.party.hasFocus()
    moves.party.setText("二店")
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert (moved.kind, moved.boxes) == (MovementKind.TRANSFER_OUT, 1)
    assert state(shop, a1(1)) is BoxState.TRANSFERRED_OUT
    assert moves.view.moving.boxes == ()


def test_a_file_of_codes_is_posted_and_its_refusals_listed(shop, stock, tmp_path):
    deliver(shop, a1(1))
    path = tmp_path / "codes.csv"
    path.write_text(f"追溯码\n{a1(1)}\n8499999{1:013d}\n", encoding="utf-8")
    stock.moves.take_file(path)
    shop.qtbot.waitUntil(lambda: bool(stock.moves.view.behind), timeout=10_000)
    assert state(shop, a1(1)) is BoxState.TRANSFERRED_OUT
    assert stock.moves.view.behind[0].why == WhyNot.UNKNOWN_DRUG.value


def test_a_stock_take_posts_what_is_missing_and_too_much(shop, stock):
    deliver(shop, a1(1), a1(2), a2(1))
    turn(shop, 2)
    scan(shop, a1(1), a1(7), "6900000000021")
    wanted = [("A1", 1, 1), ("A2", 1, 0)]
    shop.qtbot.waitUntil(
        lambda: [(c.item.code, c.missing, c.surplus) for c in stock.count.view.counts] == wanted
    )
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: word(stock.count) == "过账吗？")
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert moved.boxes == 3
    assert [state(shop, c) for c in (a1(1), a1(2), a1(7), a2(1))] == [
        BoxState.ON_SHELF, BoxState.MISSING, BoxState.ON_SHELF, BoxState.MISSING,
    ]  # fmt: skip


def test_a_stock_take_that_agrees_posts_nothing(shop, stock):
    deliver(shop, a1(1))
    turn(shop, 2)
    scan(shop, a1(1))
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: word(stock.count) == "账实相符")


def _left_by_a_life_before(shop, work, *codes, movement=""):
    """Scans that lie on the disk and in nobody's hand."""
    kept = Scanned(codes, movement=movement)
    counter = shop.whole.counter
    counter.desk_lane.call(lambda: counter.keeper.keep_scans("x", work, kept))


@pytest.mark.parametrize(("tab", "work"), [(1, Work.MOVING), (2, Work.COUNT)])
def test_what_is_unfinished_is_offered_and_f5_goes_on_with_it(shop, stock, tab, work):
    deliver(shop, a1(1), a1(2))
    _left_by_a_life_before(shop, work, a1(1), a1(2), movement="to_supplier")
    turn(shop, tab)
    front = {1: stock.moves, 2: stock.count}[tab]
    shop.qtbot.waitUntil(lambda: word(front) == "没做完")
    assert "2 盒" in front.panel.verdict.said.evidence
    shop.key(Qt.Key.Key_F5)
    shop.qtbot.waitUntil(lambda: "2 盒又在手上" in front.panel.verdict.said.evidence)
    if tab == 1:
        assert [box.code for box in front.view.moving.boxes] == [a1(1), a1(2)]
        assert front.kind.currentData() == "to_supplier"
        assert not front.reason.isHidden()
    else:
        assert front.view.scanned == {a1(1), a1(2)}
    shop.key(Qt.Key.Key_F5)
    shop.qtbot.waitUntil(lambda: "这里没有没做完的" in front.panel.verdict.said.evidence)


def test_a_recall_is_looked_at_opened_and_ended(shop, stock):
    deliver(shop, a1(1))
    turn(shop, 3)
    recalls = stock.recalls
    recalls.value.setText("L1")
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: word(recalls) == "要召回吗？")
    shop.qtbot.waitUntil(lambda: recalls.found.rowCount() == 1)
    shop.wait_for(news.RecallChanged, lambda: shop.key(Qt.Key.Key_F8))
    shop.qtbot.waitUntil(lambda: recalls.rows.rowCount() == 1)
    shop.window.go("checkout")
    shop.scan(a1(1))
    assert shop.checkout.verdict.said.tone is theme.NO
    shop.window.go("stock")
    shop.qtbot.waitUntil(lambda: recalls.rows.rowCount() == 1)
    recalls.table.setCurrentIndex(recalls.rows.index(0, 0))
    shop.key(Qt.Key.Key_F6)
    number = recalls.rows.row(0).recall.number
    heard = shop.wait_for(news.RecallChanged, lambda: shop.key(Qt.Key.Key_F6))
    assert heard.number == number
    assert word(recalls) == translate("Stock", "Ended")
    shop.qtbot.waitUntil(lambda: recalls.rows.rowCount() == 0)


def test_a_recall_that_somebody_has_ended_meanwhile_is_said_to_be_over(shop, stock):
    deliver(shop, a1(1))
    keeper = shop.whole.view.stock.keeper
    number = shop.wait_for(news.RecallChanged, lambda: keeper.recall("lot", "L1", "试")).number
    turn(shop, 3)
    recalls = stock.recalls
    shop.qtbot.waitUntil(lambda: recalls.rows.rowCount() == 1)
    recalls.table.setCurrentIndex(recalls.rows.index(0, 0))
    shop.key(Qt.Key.Key_F6)
    keeper.end_recall(number)  # before the list has heard of it
    shop.key(Qt.Key.Key_F6)
    shop.settle()
    assert number in recalls.panel.verdict.said.evidence
    assert recalls.panel.verdict.said.tone is theme.ASK


def test_documents_are_read_as_they_are_scrolled(part, qtbot):
    rows = [
        DocumentRow(f"D{n}", MovementKind.DELIVERY, NOON, "示例医药", "SH-1", "", "007", 1)
        for n in range(120)
    ]
    box = DocumentCode(1, 0, "A1", "布洛芬缓释胶囊", LOT, 1, a1(1))
    documents = part(DocumentsTab, ToldReading(documents=ToldDocuments(rows, [box])))
    qtbot.waitUntil(lambda: documents.rows.rowCount() == 100)
    documents.table.scrollToBottom()
    qtbot.waitUntil(lambda: documents.rows.rowCount() == 120)
    QTest.keyClick(documents.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: documents.codes.rowCount() == 1)
    assert documents.codes.row(0) is box


def test_the_shelf_is_searched_and_shows_what_expires_soon(part, qtbot):
    far = NOON.date() + timedelta(days=2000)
    lots = [
        ShelfLot("A1", "布洛芬缓释胶囊", "0.3g×24粒", "L1", NOON.date(), 2, 0, 0),
        ShelfLot("A2", "复方丹参滴丸", "27mg", "L2", far, 1, 0, 0),
    ]
    shelf = part(ShelfTab, ToldReading(shelf=ToldShelf(lots)))
    names = lambda: [shelf.rows.row(n).item for n in range(shelf.rows.rowCount())]  # noqa: E731
    qtbot.waitUntil(lambda: names() == ["A1", "A2"])
    QTest.mouseClick(shelf.near, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names() == ["A1"])
    QTest.mouseClick(shelf.near, Qt.MouseButton.LeftButton)
    QTest.keyClicks(shelf.field, "L2")
    qtbot.waitUntil(lambda: names() == ["A2"])
    shelf.field.setText("没有的药")
    qtbot.waitUntil(lambda: not names())
    assert shelf.table.empty_text == "在库里没有符合的。清空输入框就能看到全部。"


def test_the_shelf_is_listed_by_lot_and_its_codes_on_enter(part, qtbot):
    lot = ShelfLot("A1", "布洛芬缓释胶囊", "0.3g×24粒", "L1", NOON.date(), 2, 0, 0)
    shelf = part(ShelfTab, ToldReading(shelf=ToldShelf([lot], [a1(1), a1(2)])))
    qtbot.waitUntil(lambda: shelf.rows.rowCount() == 1)
    assert shelf.rows.data(shelf.rows.index(0, 4)) == "2"
    assert shelf.rows.data(shelf.rows.index(0, 7)) == "! 近效期"
    QTest.keyClick(shelf.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shelf.codes.rowCount() == 2)


@pytest.mark.parametrize("section", ["receiving", "stock"])
def test_the_screens_fit_a_small_counter_screen(shop, section):
    shop.window.go(section)
    for tab in range(1, 6 if section == "stock" else 2):
        turn(shop, tab)
        QApplication.processEvents()
        assert shop.window.minimumSizeHint().height() <= 720, tab
        assert shop.window.minimumSizeHint().width() <= 1280, tab


def test_every_kind_state_and_reason_has_its_words():
    assert all(documents_words.movement(kind) for kind in MovementKind)
    assert all(stock_words.state(one) for one in BoxState)
    words = {stock_words.why_not(why.value) for why in WhyNot}
    assert len(words) == len(WhyNot)
    assert "quantity_bad" in stock_words.why_not("quantity_bad")


# --- the checkout's small questions -------------------------------------------------------


@pytest.fixture
def splittable(shop):
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: plain.write(
            counter.ledger.path,
            "UPDATE items SET split_ratio = 24, split_unit = '粒' WHERE code = 'A1'",
        )
    )
    return shop


def ctrl(shop, key):
    shop.key(key, Qt.KeyboardModifier.ControlModifier)


def ask_units(shop, units):
    ctrl(shop, Qt.Key.Key_U)
    shop.qtbot.waitUntil(lambda: not shop.checkout.questions.isHidden())
    page = shop.checkout.questions.currentWidget()
    page.first.setText(str(units))
    return shop.answer_to(lambda: seen.press(page, "Enter"), UnitsAnswer)


def test_units_of_the_last_box_are_sold_instead_of_the_whole(splittable):
    shop = splittable
    shop.scan(a1(1))
    sold = ask_units(shop, 6)
    assert (sold.units, sold.left, sold.what) == (6, 18, UnitsDid.TAKEN)
    line = shop.checkout.sale.lines[0]
    assert (line.split, line.quantity) == (True, 6)
    assert shop.word == "已拆零"


def test_more_units_than_the_box_holds_are_refused_in_the_field(splittable):
    shop = splittable
    shop.scan(a1(1))
    ctrl(shop, Qt.Key.Key_U)
    shop.qtbot.waitUntil(lambda: not shop.checkout.questions.isHidden())
    page = shop.checkout.questions.currentWidget()
    page.first.setText("25")
    seen.press(page, "Enter")
    assert "✕ 请输入1到24之间的数。" in seen.labels(page)
    assert [box.units for line in shop.checkout.sale.lines for box in line.boxes] == [None]


def test_more_units_of_an_opened_box(splittable):
    shop = splittable
    shop.scan(a1(1))
    ask_units(shop, 20)
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
    shop.scan(a1(1))  # one unit of the four that are left
    sold = ask_units(shop, 2)
    assert (sold.what, sold.left) == (UnitsDid.TAKEN, 1)
    assert sum(line.quantity for line in shop.checkout.sale.lines) == 3


def test_a_drug_that_is_not_split_says_so(shop):
    shop.scan(a1(1))
    ctrl(shop, Qt.Key.Key_U)
    shop.qtbot.waitUntil(lambda: shop.word == "不能拆零")
    assert shop.checkout.questions.isHidden()


def test_a_typed_code_is_asked_twice(shop):
    ctrl(shop, Qt.Key.Key_T)
    page = shop.checkout.questions.currentWidget()
    page.first.setText("8436282 0000 0000 00001")
    seen.enter(page.first)
    assert page.again.hasFocus()
    page.again.setText(a1(2))
    seen.enter(page.again)
    assert seen.refused(page)
    assert shop.checkout.sale is None
    page.again.setText(a1(1))
    shop.wait_for(news.Judged, lambda: seen.enter(page.again))
    assert shop.checkout.sale.lines[0].boxes[0].typed
    view = shop.checkout.lines
    shop.qtbot.waitUntil(lambda: view.lines.rowCount() == 1)
    assert code_rows(view.lines.line(0), 600) == [f"{spaced(a1(1))} （手工）"]


def test_another_person_signs_in(shop):
    counter = shop.whole.counter
    person = Operator("008", "李四", "药师")
    now = counter.clock.now()
    counter.desk_lane.call(
        lambda: counter.ledger.people.put_operator(Actor(now, "007"), person, "135790")
    )

    def sign_in(pin):
        shop.key(Qt.Key.Key_F10)
        page = shop.checkout.questions.currentWidget()
        page.first.setText("008")
        typed = seen.field(page, "密码")
        typed.setText(pin)
        return shop.answer_to(lambda: seen.enter(typed), SignInAnswer).what

    assert sign_in("000000") is SignInDid.BAD_PIN
    assert shop.checkout.verdict.said.tone is theme.NO
    assert shop.window.operator.text() != "李四"
    sign_in("135790")
    assert shop.window.operator.text() == "李四"
    for _ in range(5):
        sign_in("000000")
    assert sign_in("135790") is SignInDid.LOCKED_OUT
    assert shop.word == "已锁定"


def test_all_boxes_of_an_outer_pack_are_taken_by_one_key(shop):
    counter = shop.whole.counter
    relations = [PackRelation(a1(n), a1(900), 1) for n in (1, 2, 3)]
    now = counter.clock.now()
    counter.desk_lane.call(lambda: counter.ledger.boxes.put_packs(Actor(now, "007"), relations))
    shop.scan(a1(900))
    assert shop.word == "外包装"
    shop.rest()
    ctrl(shop, Qt.Key.Key_J)
    shop.qtbot.waitUntil(lambda: bool(shop.checkout.sale) and shop.checkout.sale.box_count == 3)


# --- look-up ------------------------------------------------------------------------------


def test_the_life_of_a_received_and_moved_box_is_told(shop):
    deliver(shop, a1(1))
    shop.window.go("lookup")
    lookup = shop.window.screens["lookup"]
    scan(shop, a1(1))
    shop.qtbot.waitUntil(lambda: lookup.rows.rowCount() == 1)
    assert stock_words.state(BoxState.ON_SHELF) in seen.labels(lookup)
    assert "L1" in seen.told(lookup)
    assert "示例医药" in seen.told(lookup)
    assert lookup.rows.index(0, 1).data() == "收货入库"
    assert all(
        steps_words.event(f"box_{w}") != f"box_{w}" for w in ("missing", "found", "destroyed")
    )


class _Greedy(QLineEdit):
    """A field that wants every key, as fields on X11 want Ctrl+U."""

    def event(self, event):
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_a_text_field_does_not_keep_the_windows_keys(shop):
    field = _Greedy(shop.window)
    field.show()
    field.setFocus()

    def kept(key):
        control = Qt.KeyboardModifier.ControlModifier
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, control)
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not kept(Qt.Key.Key_U)
    assert not kept(Qt.Key.Key_E)
    assert kept(Qt.Key.Key_A)


@pytest.mark.parametrize("tab", [0, 1, 2, 3])
def test_a_persons_code_is_shown_masked_and_taken_nowhere(shop, tab):
    shop.window.go("stock" if tab else "receiving")
    screen = shop.window.screens["stock" if tab else "receiving"]
    if tab:
        turn(shop, tab)
        screen = (screen.moves, screen.count, screen.recalls)[tab - 1]
    scan(shop, "11010519491231002X")
    said = screen.panel.verdict.said
    assert said.tone is theme.NO
    assert "19491231" not in f"{said.word}{said.evidence}{said.todo}"
    assert "11" in said.evidence


def test_trouble_is_a_sentence_and_the_document_may_be_posted_again(shop, stock):
    scan(shop, a1(1))
    moves = stock.moves
    moves.party.setText("二店")
    # On its way when the disk fills up.
    moves.hear(news.MovingShown(replace(moves.view, posting=True), None))
    shop.wait_for(
        news.Trouble, lambda: shop.whole.bridge.post(news.Trouble(WorldError(Fault.DISK_FULL)))
    )
    assert moves.panel.verdict.said.tone is theme.NO
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert moved.boxes == 1


def test_every_bad_row_of_a_note_is_listed(shop, receiving, tmp_path):
    path = tmp_path / "note.csv"
    bad = "SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,x,1\n"
    path.write_text(NOTE + bad + bad, encoding="utf-8")
    open_note(shop, receiving, path)
    shown = [receiving.lists.boxes.row(n) for n in range(receiving.lists.boxes.rowCount())]
    assert [one.code for one in shown] == ["#4", "#5"]


def test_a_question_at_the_checkout_does_not_make_the_window_grow(splittable):
    shop = splittable
    shop.window.resize(1280, 720)
    for number in (1, 2):
        shop.scan(a1(number))
    for key in (Qt.Key.Key_U, Qt.Key.Key_T):
        ctrl(shop, key)
        shop.qtbot.waitUntil(lambda: not shop.checkout.questions.isHidden())
        shop.qtbot.wait(50)
        assert shop.window.height() == 720
        shop.key(Qt.Key.Key_Escape)
