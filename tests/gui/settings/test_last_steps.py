"""The first run ends with the drug list and a test page, in the store's own home."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.settings.last_steps import LastSteps
from tests.gui.conftest import CATALOGUE, opened

STORE = {"store.code": "P44030000077", "store.name": "新店", "operator.id": "008"}


@pytest.fixture(params=["file", "none"])
def new_store(request, qapp, qtbot, tmp_path):
    """The window as it opens again behind the assistant: a real store, without drugs."""
    home = Home(tmp_path / "store")
    home.make()
    home.save_settings({**STORE, "printer.kind": request.param}, practice=False)
    with opened(home, qtbot, lock=False) as made:
        yield made


@pytest.fixture
def steps(new_store):
    made = LastSteps(new_store.whole.view, new_store.window)
    new_store.qtbot.addWidget(made)
    made.open()
    return made


def test_whoever_has_just_chosen_the_pin_need_not_type_it_again(new_store):
    assert not new_store.window.guard.locked


def test_the_drug_list_comes_in_and_the_next_step_is_offered(new_store, steps, tmp_path):
    assert steps.next.text() == "以后再导入"
    bad = tmp_path / "bad.csv"
    bad.write_text("无关,列\n1,2\n", encoding="utf-8")
    steps.import_file(bad)
    new_store.qtbot.waitUntil(lambda: steps.told.text().startswith("✕"), timeout=10_000)
    assert theme.NO.ink in steps.told.styleSheet()
    assert steps.next.text() == "以后再导入"
    table = tmp_path / "catalogue.csv"
    table.write_text(CATALOGUE, encoding="utf-8")
    steps.import_file(table)
    new_store.qtbot.waitUntil(lambda: steps.next.text() == "下一步", timeout=10_000)
    assert "4" in steps.told.text()
    assert theme.YES.ink in steps.told.styleSheet()
    assert steps.next.text() == "下一步"
    QTest.keyClick(steps, Qt.Key.Key_Return)
    assert steps.print.isVisible()


def test_a_test_page_is_printed_or_it_says_that_there_is_no_printer(new_store, steps):
    steps.next.click()
    for _ in range(2):  # the second one comes while the first page is on its way
        QTest.keyClick(steps, Qt.Key.Key_Return)
    assert steps.print.isVisible()
    new_store.qtbot.waitUntil(lambda: steps.told.text() != "正在打印…", timeout=10_000)
    home = new_store.whole.counter.home
    printed = sorted(home.receipts.glob("TEST-*")) if home.receipts.exists() else []
    if new_store.whole.counter.settings.text("printer.kind") == "none":
        assert steps.told.text().startswith("! 没有选打印机")
        assert not printed
    else:
        assert steps.told.text() == "✓ 打好了：TEST-000000.escpos"
        assert len(printed) == 1
        assert "打印测试".encode("gb18030") in printed[0].read_bytes()
    steps.next.click()
    assert not steps.isVisible()
