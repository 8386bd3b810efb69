"""Every list sorts, filters, copies, is saved and printed, or shows no arrow."""

import csv
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from pharmacy_desk.gui.shell.list_keeper import ListKeeper
from pharmacy_desk.gui.widgets.list_tools import KeepsLists
from pharmacy_desk.gui.widgets.paged import MOST_ARRANGED, PagedRows
from pharmacy_desk.gui.widgets.table import Rows, TableView

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
DRUGS = (
    ("S10", "枸杞子", "32.00"),
    ("S9", "阿莫西林胶囊", "9.50"),
    ("S100", "布洛芬缓释胶囊", "121.80"),
    ("S2", "", ""),
)


class Asked:
    """Answers questions of paged rows at once; how many rows there are is told."""

    def __init__(self, count):
        self.count = count

    def ask(self, question, receiver):
        receiver(question(self))

    def page(self, last, size):
        first = 0 if last is None else last + 1
        return range(first, min(first + size, self.count))


class Kept(QWidget):
    """A window around a list: what it was given to keep."""

    def __init__(self):
        super().__init__()
        self.saved, self.printed, self.pdf = [], [], []

    def save_list(self, table):
        self.saved.append(table)

    def print_list(self, table, widths):
        self.printed.append((table, widths))

    def save_list_as_pdf(self, table, widths):
        self.pdf.append((table, widths))


@pytest.fixture
def kept(qtbot):
    made = Kept()
    qtbot.addWidget(made)
    made.resize(800, 400)
    return made


def _listed(kept, rows, columns):
    table = TableView("nothing", 0, kept)
    table.show_model(rows, (120,) * columns)
    table.resize(700, 300)
    kept.show()
    QApplication.processEvents()
    return table


def _click_head(table, column):
    header = table.horizontalHeader()
    x = header.sectionViewportPosition(column) + 10
    where = header.viewport().rect().center()
    where.setX(x)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


def _column(rows, column):
    return [line[column] for line in rows.table()[1:]]


@pytest.fixture
def drugs(kept):
    rows = Rows(["Code", "Name", "Price"], lambda drug: drug)
    table = _listed(kept, rows, 3)
    rows.show(DRUGS)
    return rows, table


def test_heads_sort_numbers_by_size_and_names_by_sound(drugs) -> None:
    rows, table = drugs
    _click_head(table, 2)
    assert _column(rows, 2) == ["9.50", "32.00", "121.80", ""]
    _click_head(table, 2)
    assert _column(rows, 2) == ["", "121.80", "32.00", "9.50"]
    _click_head(table, 1)
    assert _column(rows, 1) == ["阿莫西林胶囊", "布洛芬缓释胶囊", "枸杞子", ""]
    _click_head(table, 0)
    assert _column(rows, 0) == ["S2", "S9", "S10", "S100"]
    assert rows.row(0) == DRUGS[3]


def test_the_chosen_order_stays_when_the_rows_come_again(drugs) -> None:
    rows, table = drugs
    _click_head(table, 2)
    rows.show(DRUGS)
    assert _column(rows, 2) == ["9.50", "32.00", "121.80", ""]


def test_a_list_of_pages_is_read_whole_before_it_is_sorted(kept) -> None:
    asked = Asked(730)
    rows = PagedRows(asked, ["n"], lambda number: (str((number * 7) % 730),))
    table = _listed(kept, rows, 1)
    rows.begin(lambda reader, last, size: reader.page(last, size))
    _click_head(table, 0)
    assert _column(rows, 0) == [str(n) for n in range(730)]
    rows.begin(lambda reader, last, size: reader.page(last, size))
    assert _column(rows, 0) == [str(n) for n in range(730)]


def test_a_list_too_long_to_sort_shows_no_arrow(kept) -> None:
    rows = PagedRows(Asked(10 * MOST_ARRANGED), ["n"], lambda number: (str(-number),))
    table = _listed(kept, rows, 1)
    rows.begin(lambda reader, last, size: reader.page(last, size))
    _click_head(table, 0)
    assert table.horizontalHeader().sortIndicatorSection() == -1
    assert _column(rows, 0)[:3] == ["0", "-1", "-2"]


def test_a_list_filters_as_one_types_and_esc_shows_all_again(drugs) -> None:
    rows, table = drugs
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert table.tools.field.isVisible()
    QTest.keyClicks(table.tools.field, "s1 121")
    assert _column(rows, 0) == ["S100"]
    assert rows.row(0) == DRUGS[2]
    QTest.keyClick(table.tools.field, Qt.Key.Key_Escape)
    assert len(_column(rows, 0)) == len(DRUGS)
    assert not table.tools.field.isVisible()


def test_a_list_of_pages_filters_what_was_not_read_yet(kept) -> None:
    rows = PagedRows(Asked(730), ["n"], lambda number: (f"row {number}",))
    table = _listed(kept, rows, 1)
    rows.begin(lambda reader, last, size: reader.page(last, size))
    table.tools.filtered.emit("row 729")
    assert _column(rows, 0) == ["row 729"]


def test_chosen_rows_are_copied_in_the_order_shown(drugs) -> None:
    _, table = drugs
    _click_head(table, 0)
    table.selectRow(1)
    table.copy()
    assert QGuiApplication.clipboard().text() == "S9\t阿莫西林胶囊\t9.50"


def test_the_menu_hands_the_whole_list_to_the_window(kept, drugs) -> None:
    rows, table = drugs
    _click_head(table, 0)
    actions = {action.text(): action for action in table.tools.menu.actions()}
    assert len(actions) == 5
    for action in list(actions.values())[2:]:
        action.trigger()
    assert isinstance(kept, KeepsLists)
    assert kept.saved == [rows.table()]
    assert kept.printed == kept.pdf == [(rows.table(), [table.columnWidth(n) for n in range(3)])]
    assert kept.saved[0][0] == ["Code", "Name", "Price"]


def test_every_table_of_the_window_can_do_it(shop) -> None:
    window = shop.window
    for name in ("receiving", "stock", "lookup", "uploads", "catalogue", "settings", "day"):
        window.go(name)
        shop.settle()
    tables = window.findChildren(TableView)
    assert len(tables) >= 8
    for table in tables:
        assert isinstance(table.model(), Rows)
        assert table.tools.button.isVisibleTo(table)
        if table.isVisible():  # at the right end of its heads, wherever they end
            right = table.tools.mapTo(table, table.tools.rect().topRight()).x()
            assert table.horizontalHeader().geometry().right() - right < 3


def test_the_drug_list_is_sorted_by_price_and_saved(shop, tmp_path, monkeypatch) -> None:
    window = shop.window
    window.go("catalogue")
    screen = window.screens["catalogue"]
    shop.qtbot.waitUntil(lambda: screen.rows.rowCount() == 4, timeout=5_000)
    screen.table.sortByColumn(8, UP)
    assert _column(screen.rows, 8) == ["9.90", "21.80", "27.60", "32.00"]
    file = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    save = next(a for a in screen.table.tools.menu.actions() if "存成表格" in a.text())
    save.trigger()
    shop.qtbot.waitUntil(file.exists, timeout=5_000)
    shop.settle()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        read = list(csv.reader(opened))
    assert [line[8] for line in read[1:]] == ["9.90", "21.80", "27.60", "32.00"]


def test_a_list_on_paper_has_its_columns_as_wide_as_shown(shop) -> None:
    keeper = ListKeeper(shop.whole.view, shop.window)
    sheet = keeper.sheet("商品", [["a", "b"], *[["1", "2"]] * 50], [100, 300])
    assert sheet.pages == 3
    assert [round(wide) for _, wide in sheet.columns] == [68, 205]
    assert isinstance(shop.whole.view.now(), datetime)
