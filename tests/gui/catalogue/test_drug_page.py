"""商品: a drug is opened, changed and told of; those to be completed are found by a filter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.by_hand import EDITABLE, added
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter import news
from pharmacy_desk.gui.shell.main_window import MainWindow

TOLD = {
    "name": "阿司匹林肠溶片",
    "spec": "100mg×30片",
    "maker": "示例制药",
    "approval": "H20130339",
    "price": "12.5",
}


class Office:
    """A person at the catalogue's screen."""

    def __init__(self, shop):
        self.shop = shop
        self.counter = shop.whole.counter
        window: MainWindow = shop.window
        window.go("catalogue")
        self.screen = window.screens["catalogue"]
        self.page = self.screen.drug
        self.rest()

    def rest(self):
        for _ in range(4):
            self.shop.read()
            self.shop.settle()
            QApplication.processEvents()

    def add(self):
        """A drug as the counter adds one; its code."""
        actor = Actor(self.counter.clock.now(), "007")
        lane = self.counter.desk_lane
        drug = lane.call(lambda: self.counter.ledger.catalogue.add_drug(actor, added("NEW", TOLD)))
        self.screen.refresh()
        self.rest()
        return drug.code

    def find(self, text):
        """Type, and press Enter on the only hit."""
        self.screen.field.setText(text)
        self.screen.refresh()
        self.rest()
        self.key(Qt.Key.Key_Return, self.screen.field)

    def key(self, key, widget=None):
        QTest.keyClick(widget or QApplication.focusWidget(), key)
        self.rest()

    def keep(self):
        assert self.screen.press("F8")
        self.rest()

    def history(self):
        return [tuple(texts) for texts in self.page.history.table()[1:]]

    def item(self, code):
        catalogue = self.counter.ledger.catalogue
        return self.counter.desk_lane.call(lambda: catalogue.find_item(code))


@pytest.fixture
def office(shop):
    return Office(shop)


def test_a_drug_is_opened_changed_and_its_history_told(office):
    office.find("布洛芬")
    assert office.page.isVisible()
    assert office.page.code == "A1"
    assert [row[2] for row in office.history()] == ["目录导入"]
    office.page.fields["price"].setText("19.90")
    office.keep()
    assert office.item("A1").price_fen == 1990
    newest = office.history()[0]
    assert newest[1:] == ("007", "手工修改", "零售价 ¥ 21.80 → 19.90")
    office.key(Qt.Key.Key_Escape)
    assert not office.page.isVisible()
    assert office.screen.table.isVisible()


def test_the_filter_leaves_those_to_be_completed(office):
    code = office.add()
    assert "1" in office.screen.only.text()
    assert office.screen.press("F5")
    office.rest()
    assert office.screen.rows.rowCount() == 1
    office.screen.table.setCurrentIndex(office.screen.rows.index(0, 0))
    office.key(Qt.Key.Key_Return, office.screen.table)
    assert office.page.code == code
    assert office.page.fields["category"].hasFocus()
    assert office.page.fields["category"].currentData() == ""


def test_the_office_completes_it_and_is_told_what_is_left(office):
    code = office.add()
    office.find(code)
    fields = office.page.fields
    for column, value in (("category", "西药"), ("insurance_class", "自费")):
        fields[column].setCurrentIndex(fields[column].findData(value))
    office.keep()
    assert "处方标志" in office.page.note.text()
    assert office.item(code).incomplete
    fields["rx"].setCurrentIndex(fields["rx"].findData("OTC乙"))
    office.keep()
    assert not office.item(code).incomplete
    assert office.page.note.text().startswith("✓")
    assert [row[2] for row in office.history()] == ["手工修改", "手工修改", "手工新增"]


def test_a_cell_that_cannot_be_kept_is_said_at_its_field(office):
    office.find("布洛芬")
    office.page.fields["barcodes"].setText("123")
    office.keep()
    assert office.page.note.text().startswith("✕ 商品条码")
    assert office.page.fields["barcodes"].hasFocus()
    assert office.item("A1").barcodes == ("6900000000014",)


def test_what_was_typed_is_not_dropped_by_one_escape(office):
    office.find("布洛芬")
    office.page.fields["maker"].setText("别家")
    office.key(Qt.Key.Key_Escape)
    assert office.page.isVisible()
    office.key(Qt.Key.Key_Escape)
    assert not office.page.isVisible()
    assert office.item("A1").maker == "示例一厂"


def test_enter_goes_from_field_to_field(office):
    office.find("布洛芬")
    seen = []
    for _ in EDITABLE:
        focus = QApplication.focusWidget()
        seen += [column for column, field in office.page.fields.items() if field is focus]
        office.key(Qt.Key.Key_Return)
    assert tuple(seen) == EDITABLE
    assert office.page.changes() == {}


def test_a_clerk_needs_the_managers_yes_and_sees_what_came_of_it(office):
    shop, counter = office.shop, office.counter
    actor = Actor(counter.clock.now(), "001")
    for person in (Operator("001", "王店长", "店长"), Operator("007", "小李", "营业员")):
        pin = {"001": "427391", "007": "384756"}[person.id]
        counter.desk_lane.call(
            lambda p=person, n=pin: counter.ledger.people.put_operator(actor, p, n)
        )
    office.find("布洛芬")
    office.page.fields["price"].setText("19.90")
    shop.wait_for(news.ApprovalWanted, office.page.keep)
    office.rest()
    assert office.page.note.text().startswith("!")
    assert office.item("A1").price_fen == 2180
    dialog = shop.window.guard.dialog
    dialog.person.setText("001")
    dialog.pin.setText("427391")
    dialog.approve()
    office.rest()
    assert office.item("A1").price_fen == 1990
    assert office.page.note.text().startswith("✓")


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_the_form_fits_the_counters_screens(office, size):
    office.shop.window.resize(*size)
    office.find(office.add())
    QApplication.processEvents()
    window = office.shop.window
    assert (window.width(), window.height()) == size
    for field in office.page.fields.values():
        assert field.height() >= field.minimumSizeHint().height()
        assert field.mapTo(window, field.rect().bottomRight()).y() < size[1]
