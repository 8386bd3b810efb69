"""The search of a drug: what Enter takes is what is shown, and what is shown is what was typed."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.catalogue.drugs import Category, Item
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.widgets.item_hits import about
from pharmacy_desk.gui.widgets.item_search import ItemSearch

CAPSULE = Item(
    "A1", "布洛芬缓释胶囊", spec="0.3g×24粒", maker="示例一厂", identifications=("8436282",)
)
TABLET = Item("A2", "布洛芬片", spec="0.1g×100片", maker="示例二厂", price_fen=990)
HERB = Item("A3", "枸杞子", category=Category.DECOCTION_PIECE)
GLUCOSE = Item("A5", "5%葡萄糖注射液", spec="250ml")


class Told:
    """A ledger that finds these drugs, whatever is typed, and has no box of them."""

    def __init__(self, items):
        self.catalogue = SimpleNamespace(search_items=lambda text, limit: list(items))
        self.shelf = SimpleNamespace(in_custody=lambda codes: {})


class LateAsker:
    """Answers when the test says so, as a reader under load does."""

    def __init__(self):
        self.waiting = []

    def ask(self, question, receiver):
        self.waiting.append((question, receiver))

    def answer(self, *items):
        question, receiver = self.waiting.pop(0)
        receiver(question(Told(items)))


@pytest.fixture
def asker():
    return LateAsker()


@pytest.fixture
def search(qtbot, asker):
    made = ItemSearch(asker, "x")
    qtbot.addWidget(made)
    made.show()
    made.taken, made.waiting, made.qtbot = [], asker.waiting, qtbot
    made.chosen.connect(made.taken.append)
    return made


def typed(search, text):
    """Type, and wait for the pause in typing after which the ledger is asked."""
    before = len(search.waiting)
    search.field.setText(text)
    search.qtbot.waitUntil(lambda: len(search.waiting) > before)


def enter(search):
    QTest.keyClick(search.field, Qt.Key.Key_Return)


def test_enter_takes_no_hit_of_an_older_text(search, asker):
    typed(search, "布")
    asker.answer(TABLET, CAPSULE)
    typed(search, "布洛芬缓")
    enter(search)  # the hits shown are those of the shorter text
    assert search.taken == []
    asker.answer(CAPSULE)
    assert search.taken == [] or search.taken == [CAPSULE]
    while asker.waiting:
        asker.answer(CAPSULE)
    assert search.taken == [CAPSULE]


def test_an_answer_to_an_older_text_shows_nothing(search, asker):
    typed(search, "布")
    typed(search, "布洛芬缓")
    asker.answer(TABLET)
    assert not search.found
    asker.answer(CAPSULE)
    assert search.found
    enter(search)
    assert search.taken == [CAPSULE]


def test_an_arrow_moves_in_no_hits_of_an_older_text(search, asker):
    typed(search, "布")
    asker.answer(TABLET, CAPSULE)
    search.field.setText("布洛")
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    assert search.hits.chosen_item() is None


def test_enter_takes_of_several_only_what_was_seen(search, asker):
    search.field.setText("布洛芬")
    enter(search)
    asker.answer(TABLET, CAPSULE)
    assert search.taken == []
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    enter(search)
    assert search.taken == [CAPSULE]


@pytest.mark.parametrize("text", ["5", "12", "100"])
def test_a_number_alone_adds_nothing_and_says_what_to_do(search, asker, text):
    search.field.setText(text)
    enter(search)
    asker.answer(GLUCOSE)
    enter(search)
    assert search.taken == []
    assert text in search.hits.item(0).text()
    QTest.keyClick(search.field, Qt.Key.Key_Down)  # who means a drug chooses it
    enter(search)
    assert search.taken == [GLUCOSE]


def test_rows_tell_two_drugs_of_one_name_apart(search, asker):
    typed(search, "布")
    asker.answer(TABLET, CAPSULE)
    rows = [search.hits.item(row).text() for row in range(2)]
    for part in ("0.1g×100片", "示例二厂", "¥9.90"):
        assert part in rows[0]
    assert about(HERB)[2] != about(CAPSULE)[2]  # none needed, or scan its code
    assert search.hits.item(0).sizeHint().height() >= 40


def test_only_a_drug_that_has_codes_asks_for_them(shop):
    for key, asks in (("枸杞子", False), ("布洛芬", True)):
        shop.checkout.search.field.setText(key)
        shop.qtbot.waitUntil(lambda: shop.checkout.search.found)
        told = shop.answer_to(lambda: shop.key(Qt.Key.Key_Return))
        said = shop.checkout.verdict.said
        assert (said.tone is theme.ASK) is asks, told
        assert ("请扫" in said.todo or "扫描" in said.todo) is asks, said.todo
