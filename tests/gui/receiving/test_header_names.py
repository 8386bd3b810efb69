"""Name the columns of a supplier's file by keyboard, and never again for that supplier."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.stock.files.learned import HeaderQuestion, HeadersSaid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.receiving.header_names import HeaderNames

OWN = "业务编号,发货方,我方货号,批次,到期,件,备注\nOWN-1,示例医药,A1,L1,2028-01-01,4,<b>x</b>\n"
HEAD = ("业务编号", "发货方", "我方货号", "批次", "到期", "件")
# The marks that choose our columns: number, supplier, code, lot, expiry, quantity.
MARKS = "12379a"
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def receiving(shop):
    shop.window.go("receiving")
    return shop.window.screens["receiving"]


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="gb18030")
    return path


def asked(shop, receiving, path):
    receiving.read_file(path)
    shop.qtbot.waitUntil(lambda: receiving.files.question is not None, timeout=10_000)
    question = receiving.files.question
    shop.qtbot.waitUntil(question.isVisible)
    return question


def press(widget, *keys):
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


def test_columns_are_named_by_keys_and_remembered_for_the_supplier(shop, receiving, own):
    question = asked(shop, receiving, own)
    assert len(question.missing()) == 5
    for at, mark in enumerate(MARKS):
        press(question.columns[at], mark)
    assert question.missing() == ()
    press(question.columns[5], Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)
    (row,) = receiving.receiving.rows
    assert (row.item.code, row.batch.lot, row.quantity) == ("A1", "L1", 4)
    counter = shop.whole.counter
    kept = counter.desk_lane.call(counter.ledger.drafts.learned_headers)
    assert set(kept["示例医药"]) == set(HEAD)
    shop.window.activateWindow()
    shop.qtbot.waitUntil(shop.window.isActiveWindow)
    shop.key(Qt.Key.Key_F4)
    shop.qtbot.waitUntil(lambda: receiving.receiving.empty)
    receiving.read_file(own)  # the second time nothing is asked
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)
    assert receiving.files.question is None


def test_esc_reads_nothing_and_says_so(shop, receiving, own):
    question = asked(shop, receiving, own)
    press(question, Qt.Key.Key_Escape)
    shop.qtbot.waitUntil(lambda: receiving.files.question is None)
    assert receiving.panel.verdict.said.tone is theme.ASK
    assert receiving.receiving.empty
    counter = shop.whole.counter
    assert counter.desk_lane.call(counter.ledger.drafts.learned_headers) == {}


def test_what_no_column_tells_is_typed(shop, receiving, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("我方货号,批次,件\nA1,L1,4\n", encoding="utf-8")
    question = asked(shop, receiving, path)
    for at, mark in enumerate("37a"):
        press(question.columns[at], mark)
    assert question.missing() == ("单号", "供货单位")
    question.supplier.setText("示例医药")
    press(question.supplier, Qt.Key.Key_Return)  # something is missing: the next field
    assert question.isVisible()
    question.number.setText("SH-9")
    press(question.number, Qt.Key.Key_Return)
    shop.qtbot.waitUntil(lambda: receiving.receiving.listed, timeout=10_000)
    told = (receiving.receiving.supplier, receiving.receiving.reference)
    assert told == ("示例医药", "SH-9")


@pytest.fixture
def dialog(qapp, qtbot):
    def make(**changed):
        cells = ("编号", "件", "数量", "数量", ID_NUMBER)
        values = {
            "row": 1, "cells": cells, "shown": (*cells[:4], "11…2X"),
            "samples": ("1", "2", "3", "4", "5"), "places": {"quantity": 2}, "missing": ("单号",),
        }  # fmt: skip
        made = HeaderNames(HeaderQuestion(**values | changed), "note.csv")
        qtbot.addWidget(made)
        made.show()
        QApplication.processEvents()
        return made

    return make


def test_a_column_of_ours_stands_once_and_what_loses_it_is_kept_aside(dialog):
    made = dialog(told={"number": "N-1", "supplier": "示例医药"})
    press(made.columns[1], "a")
    assert made.columns[2].currentData() == ""
    for at, column in ((0, "code"), (4, "lot")):
        made.columns[at].setCurrentIndex(made.columns[at].findData(column))
    assert made.missing() == ()
    said = []
    made.said.connect(said.append)
    press(made, Qt.Key.Key_F8)
    names = {"编号": "code", "件": "quantity", "数量": "", ID_NUMBER: "lot"}
    assert said == [HeadersSaid(names, {"number": "N-1", "supplier": "示例医药"})]


def test_columns_alike_are_asked_once_and_a_person_is_masked(dialog):
    made = dialog()
    assert sorted(made.columns) == [0, 1, 2, 4]
    assert made.columns[4].accessibleName() == "11…2X"
    assert made.focusWidget() is made.columns[0]  # the first that is not known


def test_a_file_of_many_columns_is_scrolled_and_fits_the_screen(dialog):
    cells = tuple(f"列{n}" for n in range(40))
    made = dialog(cells=cells, shown=cells, samples=cells, places={})
    assert made.height() <= 700
    assert made.minimumSizeHint().height() <= 700
    assert len(made.columns) == 40
