"""Posted documents as files, from the documents page and right after a transfer."""

import csv

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.gui.base import theme
from tests.gui import seen
from tests.gui.stock.test_stock_screens import LOT, a1, deliver, move, scan, turn


@pytest.fixture
def stock(shop):
    shop.window.go("stock")
    return shop.window.screens["stock"]


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """What the system's own file dialog answers; the names it was offered."""
    offered = []
    answers = [tmp_path / "out.csv"]

    def ask(parent, title, name, kinds):
        offered.append(name)
        return str(answers[0]), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    offered.append(answers)
    return offered


def ctrl(shop, key):
    shop.key(key, Qt.KeyboardModifier.ControlModifier)


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def documents(shop, stock, count):
    turn(shop, 4)
    shop.qtbot.waitUntil(lambda: stock.documents.rows.rowCount() == count)
    return stock.documents


def test_a_transfer_is_offered_as_a_file_when_it_is_posted(shop, stock, answer):
    deliver(shop, a1(1))
    scan(shop, a1(1))
    stock.moves.party.setText("二店")
    moved = shop.wait_for(news.Moved, lambda: shop.key(Qt.Key.Key_F8))
    assert "Ctrl+S" in stock.moves.panel.verdict.said.todo
    ctrl(shop, Qt.Key.Key_S)
    path = answer[0][0]
    shop.qtbot.waitUntil(path.exists)
    assert moved.documents[0] in answer[1]
    head, row = table(path)
    told = dict(zip(head, row, strict=True))
    assert (told["追溯码"], told["生产批号"], told["收货单位"]) == (a1(1), "L1", "二店")
    assert (told["生产日期"], told["有效期至"]) == ("2026-01-02", "2028-01-01")
    shop.qtbot.waitUntil(lambda: stock.moves.panel.verdict.said.tone is theme.YES)


def test_ctrl_s_before_anything_was_posted_says_so(shop, stock, answer):
    ctrl(shop, Qt.Key.Key_S)
    assert stock.moves.panel.verdict.said.tone is theme.ASK
    assert len(answer) == 1


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ""])
def test_a_posted_receiving_is_saved_again_from_the_documents(shop, stock, answer, suffix):
    deliver(shop, a1(1), a1(2), party="@示例医药")
    page = documents(shop, stock, 1)
    answer[0][0] = answer[0][0].with_name(f"到货明细{suffix}")
    ctrl(shop, Qt.Key.Key_S)
    path = answer[0][0] if suffix else answer[0][0].with_name("到货明细.csv")
    shop.qtbot.waitUntil(path.exists)
    shop.qtbot.waitUntil(lambda: "✓" in seen.told(page))
    if suffix == ".xlsx":
        rows = list(load_workbook(path).active.iter_rows(values_only=True))
    else:
        rows = table(path)
    assert list(rows[0][:3]) == ["单号", "供货单位", "商品编码"]
    assert rows[1][1] == "'@示例医药"
    assert rows[1][11] == f"{a1(1)};{a1(2)}"


def test_the_record_of_a_refusal_holds_the_delivery_too(shop, stock, answer):
    deliver(shop, a1(1))
    order = Order(
        MovementKind.REFUSAL, (Wanted(a1(2), "", LOT),), "示例医药", "SH-0", reason="包装破损"
    )
    shop.wait_for(news.Moved, lambda: move(shop, order))
    documents(shop, stock, 2)
    ctrl(shop, Qt.Key.Key_E)
    shop.qtbot.waitUntil(answer[0][0].exists)
    head, row = table(answer[0][0])
    told = dict(zip(head, row, strict=True))
    assert (told["数量"], told["合格数量"], told["结果"]) == ("2", "1", "部分拒收：包装破损")


def test_a_file_that_cannot_be_written_is_a_sentence(shop, stock, answer, tmp_path):
    deliver(shop, a1(1))
    page = documents(shop, stock, 1)
    answer[0][0] = tmp_path / "no folder" / "out.csv"
    ctrl(shop, Qt.Key.Key_S)
    shop.qtbot.waitUntil(lambda: seen.refused(page))


def test_without_a_document_the_page_says_so(shop, stock, answer):
    page = documents(shop, stock, 0)
    for key in (Qt.Key.Key_S, Qt.Key.Key_E):
        ctrl(shop, key)
        assert seen.refused(page)


def test_a_file_of_two_numbers_becomes_two_documents_with_a_sentence(shop, stock, tmp_path):
    path = tmp_path / "codes.csv"
    lines = [f"DB-{n},二店,{a1(n)},A1" for n in (1, 2)]
    path.write_text("\n".join(["单号,供货单位,追溯码,商品编码", *lines]), encoding="utf-8")
    stock.moves.kind.setCurrentIndex(1)
    moved = shop.wait_for(news.Moved, lambda: stock.moves.take_file(path))
    assert (moved.boxes, len(moved.documents)) == (2, 2)
    said = stock.moves.panel.verdict.said
    assert moved.documents[0] in said.evidence
    assert moved.documents[1] in said.evidence
    page = documents(shop, stock, 2)
    assert {page.rows.row(n).reference for n in (0, 1)} == {"DB-1", "DB-2"}
