"""The help opens on the screen in front, names keys that exist, and never takes a scan."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest

from pharmacy_desk.adapters import about, resources
from pharmacy_desk.gui.help.pages import page_of
from pharmacy_desk.gui.shell.main_window import section_text
from tests.gui.conftest import BOX

LANGUAGES = ("zh_CN", "en")
SCREENS = ("checkout", "receiving", "stock", "lookup", "uploads", "catalogue", "settings", "day")


def _pages(language):
    return [page_of(table) for table in resources.help_tables(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_its_page_with_a_purpose_and_remedies(language):
    pages = _pages(language)
    assert tuple(page.name for page in pages) == SCREENS
    for page in pages:
        assert all((page.purpose, page.keys, page.wrong)), page.name
        assert all(sees and does for sees, does in page.wrong), page.name


def test_both_languages_name_the_same_keys():
    ours, theirs = (
        [[keys for keys, _ in page.keys] for page in _pages(language)] for language in LANGUAGES
    )
    assert ours == theirs


def test_the_pages_are_called_as_their_screens_are(shop):
    titles = {page.name: page.title for page in _pages("zh_CN")}
    assert titles == {name: section_text(name) for name in SCREENS}


def test_every_key_that_is_named_is_a_key_of_the_window(shop):
    for name in SCREENS:
        shop.window.go(name)  # sections make their own shortcuts when they are first shown
    known = {one.key().toString() for one in shop.window.findChildren(QShortcut)}
    known |= {"Backspace", "Esc"}
    for page in _pages("zh_CN"):
        for keys, _ in page.keys:
            for key in re.split(r" / | … ", keys):
                assert QKeySequence(key).toString() in known, (page.name, key)


@pytest.mark.parametrize("typed", ["?", "？"])
def test_a_question_mark_alone_opens_the_page_of_the_checkout(shop, typed):
    shop.window.checkout.search.field.insert(typed)
    helped = shop.window.help
    assert helped.isVisible()
    assert helped.index.currentItem().text() == "收银"
    assert not shop.window.checkout.search.searching


def test_a_scan_behind_the_help_is_sold_and_esc_leads_back(shop):
    shop.window.go("stock")
    shop.window.show_help()
    assert shop.window.help.index.currentItem().text() == "库存"
    shop.window.go("checkout")
    shop.scan(BOX)
    assert shop.window.checkout.sale.box_count == 1
    QTest.keyClick(shop.window.help, Qt.Key.Key_Escape)
    assert not shop.window.help.isVisible()
    assert shop.window.checkout.sale.box_count == 1


def test_about_tells_a_licence_of_every_library():
    told = about.libraries()
    assert {name for name, _, _ in told} >= {"PySide6_Essentials", "requests", "openpyxl"}
    assert [name for name, _, licence in told if not licence] == []
