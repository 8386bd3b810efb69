"""Delete on a line of several boxes asks once; Backspace brings a removed line back as one step."""

from PySide6.QtCore import Qt

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.gui.base import theme
from tests.gui.conftest import BOX

OTHER, HERB = "84362820000000000017", "6900000000045"


def delete(shop, row):
    """Delete on a line, by the keyboard on the list."""
    lines = shop.checkout.lines
    lines.setFocus()
    lines.setCurrentIndex(lines.lines.index(row))
    shop.settle()
    shop.rest()
    shop.key(Qt.Key.Key_Delete)
    shop.settle()


def two_boxes(shop):
    for code in (HERB, BOX, OTHER):
        shop.scan(code)


def test_a_line_of_two_boxes_asks_once_before_it_goes(shop):
    two_boxes(shop)
    delete(shop, 1)
    said = shop.checkout.verdict.said
    assert (said.word, said.tone) == ("删除整行？", theme.ASK)
    assert "2 盒" in said.evidence
    assert "Enter" in said.todo
    assert "Esc" in said.todo
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_Return)  # it was left: nothing is confirmed any more
    shop.settle()
    assert shop.checkout.sale.codes() == (BOX, OTHER)
    delete(shop, 1)
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Return))
    assert shop.checkout.sale.codes() == ()
    assert len(shop.checkout.sale.lines) == 1


def test_the_question_is_answered_by_mouse_too(shop):
    two_boxes(shop)
    checkout = shop.checkout
    lines = checkout.lines
    lines.setCurrentIndex(lines.lines.index(1))
    checkout.line_bar.out.click()
    assert checkout.confirm.keys.isVisible()
    checkout.confirm.no.click()
    assert not checkout.confirm.keys.isVisible()
    assert checkout.sale.codes() == (BOX, OTHER)
    checkout.line_bar.out.click()
    shop.answer_to(checkout.confirm.yes.click)
    assert checkout.sale.codes() == ()
    assert not checkout.confirm.keys.isVisible()
    checkout.keys.buttons["Esc"].click()
    shop.answer_to(checkout.confirm.yes.click)
    assert checkout.sale is None or not checkout.sale.lines


def test_a_scan_takes_the_question_away(shop):
    two_boxes(shop)
    delete(shop, 1)
    assert shop.checkout.confirm.keys.isVisible()
    shop.scan("84362820000000000018")
    assert not shop.checkout.confirm.keys.isVisible()


def test_a_line_of_one_box_goes_at_once(shop):
    two_boxes(shop)
    delete(shop, 0)
    assert [line.item.code for line in shop.checkout.sale.lines] == ["A1"]


def test_backspace_brings_a_removed_line_back_whole(shop):
    two_boxes(shop)
    delete(shop, 1)
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Return))
    assert "Backspace" in shop.checkout.verdict.said.todo
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Backspace))
    assert shop.checkout.sale.codes() == (BOX, OTHER)
    assert shop.word == "已取回"
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Backspace))  # from here on box by box
    assert shop.checkout.sale.codes() == (BOX,)


def test_a_box_somebody_has_by_now_stays_out_and_is_named(shop):
    two_boxes(shop)
    delete(shop, 1)
    shop.answer_to(lambda: shop.key(Qt.Key.Key_Return))
    wishes = shop.whole.counter.wishes
    shop.answer_to(lambda: shop.checkout.follow(wishes.held.hold()))
    shop.scan(BOX)  # the next customer's hand is quicker
    shop.answer_to(lambda: shop.checkout.follow(wishes.held.resume(1)))
    shop.settle()
    shop.checkout.undo()
    shop.qtbot.waitUntil(lambda: shop.word == "没取全", timeout=10_000)
    assert shop.checkout.sale.codes() == (OTHER,)
    said = shop.checkout.verdict.said
    assert (said.word, said.tone) == ("没取全", theme.ASK)
    assert spaced(BOX) in said.evidence
