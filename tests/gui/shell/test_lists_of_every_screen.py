"""Every list of every screen, walked as a person does: sorted, filtered, copied, saved, printed.

A list that is too long to be sorted shows no arrow, and says why: `test_long_lists.py`.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QTreeView

from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.gui.widgets.list_tools import KeepsLists
from pharmacy_desk.gui.widgets.table import Rows, TableView
from tests.gui.conftest import BOX
from tests.gui.shell.test_screens_fit import TABS

CTRL = Qt.KeyboardModifier.ControlModifier
# What stands in the menu of a list, behind its filter.
MENU = ("Ctrl+F", "Ctrl+C", "存成表格", "打印", "PDF")


@pytest.fixture
def used(shop):
    """A shop that has sold something, so that lists have rows."""
    shop.scan(BOX)
    shop.wait_for(news.Paid, lambda: shop.whole.counter.wishes.pay(PayOrder(PaymentKind.SELF)))
    return shop


def _pages(shop):
    """Each page of each screen, in front, with its name."""
    for name, tabs in TABS.items():
        for tab in range(tabs):
            shop.window.go(name)
            if tabs > 1:
                shop.key(Qt.Key.Key_1 + tab, Qt.KeyboardModifier.AltModifier)
            shop.settle()
            shop.read()
            QApplication.processEvents()
            yield f"{name} {tab + 1}", shop.window.screens[name]


def _tables(screen):
    """What is in sight and looks like a table to a person."""
    views = [*screen.findChildren(QTableView), *screen.findChildren(QTreeView)]
    return [one for one in views if one.isVisible()]


def _texts(table, column):
    rows = table.model()
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def _head_clicked(table, column):
    heads = table.horizontalHeader()
    where = heads.viewport().rect().center()
    where.setX(heads.sectionViewportPosition(column) + 8)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=where)


def _faults(page, table):
    """What a list lacks of what the standard asks of each."""
    told = f"{page} {table.accessibleName()}"
    if not isinstance(table, TableView) or not isinstance(table.model(), Rows):
        return [f"{told}: no list of ours ({type(table).__name__})"]
    menu = " ".join(action.text() for action in table.tools.menu.actions())
    faults = [f"{told}: its menu lacks {word}" for word in MENU if word not in menu]
    if not table.empty_text:
        faults.append(f"{told}: says nothing while it is empty")
    around, keeper = table, None
    while around is not None and keeper is None:
        keeper = around if isinstance(around, KeepsLists) else None
        around = around.parentWidget()
    if keeper is None:
        faults.append(f"{told}: nobody saves or prints it")
    return faults + _sorting_faults(told, table) + _filter_faults(told, table)


def _sorting_faults(told, table):
    heads, faults = table.horizontalHeader(), []
    for column in range(table.model().columnCount()):
        before = sorted(map(str, _texts(table, column)))
        _head_clicked(table, column)
        if heads.sortIndicatorSection() != column:
            faults.append(f"{told}: no arrow at head {column}")
        up = _texts(table, column)
        _head_clicked(table, column)
        down = _texts(table, column)
        if sorted(map(str, up)) != before or len(down) != len(up):
            faults.append(f"{told}: rows changed by sorting {column}")
        if len(set(up)) > 1 and up == down:
            faults.append(f"{told}: head {column} sorts nothing")
    return faults


def _filter_faults(told, table):
    count, faults = table.model().rowCount(), []
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F, CTRL)
    if not table.tools.field.isVisible():
        return [f"{told}: Ctrl+F opens no filter"]
    QTest.keyClicks(table.tools.field, "no such words")
    if table.model().rowCount():
        faults.append(f"{told}: the filter leaves rows in sight")
    QTest.keyClick(table.tools.field, Qt.Key.Key_Escape)
    if table.model().rowCount() != count:
        faults.append(f"{told}: Esc does not bring all rows back")
    return faults


def _copied(table):
    """What Ctrl+C puts on the clipboard when the first row is chosen."""
    QGuiApplication.clipboard().setText("before")
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def test_every_list_sorts_filters_and_has_its_menu(used) -> None:
    faults, seen = [], set()
    for page, screen in _pages(used):
        for table in _tables(screen):
            seen.add(page)
            faults += _faults(page, table)
    assert not faults, "\n".join(faults)
    assert len(seen) >= 14, seen


def test_ctrl_c_copies_the_chosen_row_of_every_list_that_has_one(used) -> None:
    faults, copied = [], set()
    for page, screen in _pages(used):
        for table in _tables(screen):
            if not table.model().rowCount():
                continue
            columns = range(table.model().columnCount())
            row = "\t".join(table.model().index(0, column).data() for column in columns)
            copied.add(page)
            if _copied(table) != row:
                faults.append(page)
    assert not faults
    assert {"lookup 2", "catalogue 1"} <= copied


def test_no_screen_has_a_list_of_another_make(used) -> None:
    """A bare view would look like a list, and do nothing of what is asked of one."""
    bare = {
        page: [type(one).__name__ for one in screen.findChildren(QAbstractItemView)
               if isinstance(one, QTableView | QTreeView) and not isinstance(one, TableView)]
        for page, screen in _pages(used)
    }  # fmt: skip
    assert not {page: views for page, views in bare.items() if views}
