"""×5 at the search, and + and − on a chosen line, by key and by finger, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.counter.answers import SaleDid
from pharmacy_desk.gui.widgets.parts import TOUCH_PX
from tests.gui.conftest import BOX

HERB = "6900000000045"


def _search(shop, text):
    """Type at the search and press Enter, as a person who waits for what is shown."""
    search = shop.checkout.search
    shop.checkout.focus_search()
    search.field.setText(text)
    shop.qtbot.waitUntil(lambda: search.found, timeout=10_000)
    return shop.answer_to(lambda: QTest.keyClick(search.field, Qt.Key.Key_Return))


def _choose(shop, row=0):
    lines = shop.checkout.lines
    QTest.mouseClick(
        lines.viewport(),
        Qt.MouseButton.LeftButton,
        pos=lines.visualRect(lines.lines.index(row)).center(),
    )
    lines.setFocus()


@pytest.mark.parametrize("text", ["枸杞*5", "5*枸杞", "A3*5", f"5＊{HERB}"])
def test_a_number_at_the_search_adds_so_many(shop, text):
    _search(shop, text)
    assert shop.checkout.sale.lines[0].quantity == 5
    assert "×5" in shop.checkout.verdict.said.evidence
    assert shop.checkout.search.field.text() == ""


def test_what_needs_codes_says_how_many_lack(shop):
    _search(shop, "布洛芬*3")
    assert shop.checkout.sale.lines[0].lacking == 3
    shop.scan(BOX)
    _choose(shop)
    answer = shop.answer_to(lambda: shop.key(Qt.Key.Key_Plus))
    assert (answer.what, answer.lacking) == (SaleDid.COUNTED_LACKING, 3)
    assert "3" in shop.checkout.verdict.said.evidence
    for left in (2, 1, 0):
        answer = shop.answer_to(lambda: shop.key(Qt.Key.Key_Minus))
        assert answer.lacking == left
    answer = shop.answer_to(lambda: shop.key(Qt.Key.Key_Minus))
    assert answer.what is SaleDid.NO_COUNT_SCANNED
    assert shop.checkout.sale.lines[0].quantity == 1


def test_the_bar_stands_below_a_chosen_line_and_is_touched(shop):
    bar = shop.checkout.line_bar
    assert bar.isHidden()
    _search(shop, "枸杞*2")
    _choose(shop)
    assert bar.isVisible()
    for made in (bar.fewer, bar.more, bar.out):
        assert made.height() >= TOUCH_PX
        assert made.width() >= TOUCH_PX
    answer = shop.answer_to(lambda: bar.more.click())
    assert answer.what is SaleDid.COUNTED
    assert shop.checkout.sale.lines[0].quantity == 3
    for _ in range(2):
        shop.answer_to(lambda: bar.fewer.click())
    assert not bar.fewer.isEnabled()  # the last one goes with its line
    shop.answer_to(lambda: bar.out.click())
    assert bar.isHidden()
    assert not shop.checkout.sale.lines


def test_an_open_question_has_the_bar_too(shop):
    _search(shop, "枸杞*2")
    _choose(shop)
    shop.checkout.questions.ask_code()
    assert not shop.checkout.line_bar.isEnabled()
    shop.checkout.questions.close_question()
    assert shop.checkout.line_bar.isEnabled()
