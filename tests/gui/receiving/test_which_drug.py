"""A drug that its supplier calls otherwise: offered by likeness, answered once, then known."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.adapters.store.check.run import check

HEAD = "单号,供货单位,品名,规格型号,批号,到期,数目\n"


@pytest.fixture
def receiving(shop):
    shop.window.go("receiving")
    return shop.window.screens["receiving"]


def read(shop, receiving, path, *rows):
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="gb18030")
    receiving.read_file(path)


def key(widget, which):
    QTest.keyClick(widget, which)


def test_the_likely_drug_is_chosen_by_its_digit_and_never_asked_again(shop, receiving, tmp_path):
    read(shop, receiving, tmp_path / "one.csv",
         "SH-1,示例医药,布洛芬胶囊,0.3克24粒/盒,L1,2028-01-01,2",
         "SH-1,示例医药,某新药片,10mg*7片,L2,2028-01-01,1")  # fmt: skip
    shop.qtbot.waitUntil(receiving.choices.isVisible, timeout=10_000)
    said = receiving.panel.verdict.said
    assert (said.word, "布洛芬胶囊 0.3克24粒/盒" in said.evidence) == ("哪个药？", True)
    words = [receiving.choices.list.item(at).text() for at in range(receiving.choices.list.count())]
    assert words == ["1  布洛芬缓释胶囊 0.3g×24粒 · 示例一厂", "2  都不是"]
    key(receiving.choices.list, Qt.Key.Key_1)
    shop.qtbot.waitUntil(lambda: receiving.receiving.rows[0].item is not None, timeout=10_000)
    assert receiving.receiving.rows[0].item.code == "A1"
    assert receiving.choices.isHidden()
    assert receiving.panel.verdict.said.word == "已记住"
    # Of the other nothing is like it: its row says so on Enter.
    receiving.table.selectRow(1)
    key(receiving.table, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: receiving.panel.verdict.said.word == "目录里没有")
    key(receiving.table, Qt.Key.Key_Escape)
    key(receiving.table, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: not receiving.receiving.rows)
    read(shop, receiving, tmp_path / "two.csv",
         "SH-2,示例医药,布洛芬胶囊,0.3克24粒/盒,L3,2028-01-01,5")  # fmt: skip
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)
    assert receiving.receiving.rows[0].item.code == "A1"
    assert receiving.choices.isHidden()
    assert check(shop.whole.counter.home.ledger).problems == ()


def test_esc_leaves_the_question_and_enter_on_the_row_asks_it_again(shop, receiving, tmp_path):
    read(shop, receiving, tmp_path / "one.csv",
         "SH-1,示例医药,布洛芬胶囊,0.3克24粒/盒,L1,2028-01-01,2")  # fmt: skip
    shop.qtbot.waitUntil(receiving.choices.isVisible, timeout=10_000)
    key(receiving.choices.list, Qt.Key.Key_Escape)
    assert receiving.choices.isHidden()
    assert receiving.receiving.rows[0].item is None
    receiving.table.selectRow(0)
    key(receiving.table, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(receiving.choices.isVisible, timeout=10_000)
    key(receiving.choices.list, Qt.Key.Key_2)
    shop.qtbot.waitUntil(lambda: receiving.choices.isHidden())
    assert receiving.receiving.rows[0].item is None
