"""交接班 and 日结 in the window: by F8 and F6, the sums of both side by side."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DayAnswer, DayDid
from pharmacy_desk.gui.paper.record_pages import closing_sheet
from pharmacy_desk.gui.words import day as day_words
from tests.gui.conftest import BOX


def test_a_shift_is_begun_and_handed_over_and_the_day_closed_by_keys(shop, tmp_path):
    window = shop.window
    window.go("day")
    screen = window.screens["day"]
    screen.turn(1)
    tab = screen.shift
    QTest.keyClicks(tab.cash, "200")
    shop.wait_for(news.DayShown, lambda: screen.press("F8"))
    assert tab.hint.text() == "✓ 已开班。"
    window.go("checkout")
    shop.scan(BOX)
    shop.answer_to(lambda: shop.checkout.self_paid())
    shop.rest()
    shop.answer_to(lambda: QTest.keyClick(shop.checkout.pay_panel.tendered, Qt.Key.Key_Return))
    shop.wait_for(news.DayShown, lambda: window.go("day"))
    sums = {row[0].strip(): row[1:] for row in tab.sums.table()[1:]}
    assert sums["现金"] == ["￥21.80", "￥21.80"]
    assert sums["自费"] == ["1  ￥21.80", "1  ￥21.80"]
    QTest.keyClicks(tab.cash, "220")
    shop.wait_for(news.DayShown, lambda: screen.press("F8"))
    assert tab.hint.text() == "! 已交班，现金少 ¥1.80。"
    shop.wait_for(news.DayShown, lambda: screen.press("F6"))
    kinds = {row[0] for row in tab.closed.table()[1:]}
    assert kinds == {"日结", "交接班"}
    shift = next(one for one in map(tab.closed.row, range(2)) if one.shift)
    file = tmp_path / "交接班"
    tab.save_paper(shift, file)
    assert tab.hint.text() == "✓ 已保存：交接班.pdf"
    assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    words = shop.whole.view.receipt_words
    sheet = closing_sheet(shift, words, "示例大药房", shop.whole.view.now())
    assert (sheet.pages, sheet.title) == (1, words["closing_shift"])
    told = {name.strip(): value for name, value in sheet.rows}
    assert told["现金"] == "￥21.80"
    assert told[words["closing_difference"]] == "￥-1.80"
    assert told[words["ledger"]] == shift.head
    tab.save_paper(shift, tmp_path / "no such folder" / "x.pdf")
    assert tab.hint.text().startswith("✕")


def test_every_answer_has_its_words():
    assert all(day_words.answer(DayAnswer(what)) for what in DayDid)
