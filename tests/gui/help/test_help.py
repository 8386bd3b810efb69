"""The help opens on the screen in front, names keys that exist, and never takes a scan."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from pharmacy_desk.adapters import about, resources
from pharmacy_desk.gui.help.pages import all_keys, page_of
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import keys_sheet
from pharmacy_desk.gui.shell.main_window import section_text
from tests.conftest import NOON
from tests.gui.conftest import BOX

LANGUAGES = ("zh_CN", "en")
# Keys that the window hands on to the screen in front: each means something there only.
PASSED_ON = {"F8", "Ctrl+S"}
# Keys that a list or field takes as they are typed.
TYPED = {"Enter", "Esc", "Backspace", "Delete", "Space", "+", "−", "1", "2", "3", "4"}
TYPED |= {"Ctrl+A", "Ctrl+Z", "Ctrl+C", "Ctrl+F"}
# A page that is no screen's: the checkout beside another till.
BESIDE = {"till": "与收银系统配合"}
SCREENS = ("checkout", "receiving", "stock", "lookup", "uploads", "catalogue", "settings", "day")


def _pages(language):
    return [page_of(table) for table in resources.help_tables(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_its_page_with_a_purpose_and_remedies(language):
    pages = _pages(language)
    assert tuple(page.name for page in pages if page.name not in BESIDE) == SCREENS
    assert {page.name for page in pages} == {*SCREENS, *BESIDE}
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
    assert titles == {name: section_text(name) for name in SCREENS} | BESIDE


def _named(page):
    """Every single key of a page, those between the ends of a range too."""
    for keys, _ in page.keys:
        for part in re.split(r" / ", keys):
            ends = part.split(" … ")
            if len(ends) == 1:
                yield part
                continue
            (first, last), before = (int(end[-1]) for end in ends), ends[0][:-1]
            yield from (f"{before}{digit}" for digit in range(first, last + 1))


def _keys(part):
    """The keys of a part's shortcuts."""
    return {one.key().toString() for one in part.findChildren(QShortcut)}


def _window_keys(window):
    """The window's own, which count whatever screen is in front."""
    return {
        one.key().toString() for one in window.findChildren(QShortcut) if one.parent() is window
    }


def _bound(shop, name):
    """What the keys of a screen are bound to: its shortcuts, and its table on each of its pages."""
    shop.window.go(name)
    screen = shop.window.screens[name]
    bound = set(screen.meanings())
    for one in screen.findChildren(QShortcut):
        if re.fullmatch(r"Alt\+\d", one.key().toString()):
            one.activated.emit()
            bound |= set(screen.meanings())
    return bound | _keys(screen)


@pytest.mark.parametrize("name", SCREENS)
def test_the_help_names_the_keys_that_are_bound_and_no_others(shop, name):
    """Both ways, so that the printed sheet of all keys is the keys there are."""
    (page,) = (page for page in _pages("zh_CN") if page.name == name)
    named, bound = set(_named(page)), _bound(shop, name)
    window = _window_keys(shop.window)
    if name == "checkout":  # its page has the window's own keys too
        bound |= window - PASSED_ON | {"?", "Ctrl+6"}
    elif name == "receiving":  # it asks with the checkout's questions, never for money
        bound -= {"Alt+W", "Alt+Z", "Alt+K", "Alt+S"}
    assert named - bound <= TYPED
    assert bound - named == set()


def test_every_key_of_a_screens_table_arrives_there(shop):
    """Shortcuts are the window's: it must know every key that a screen has a meaning for."""
    window = _window_keys(shop.window)
    for name in SCREENS:
        bound = _bound(shop, name)
        assert bound <= window | _keys(shop.window.screens[name]), name


def test_the_sheet_of_all_keys_has_every_page_and_fits_its_paper(shop, tmp_path):
    pages = _pages("zh_CN")
    pairs = all_keys(pages)
    assert [key for key, says in pairs if not says] == [page.title for page in pages]
    assert [pair for pair in pairs if pair[1]] == [pair for page in pages for pair in page.keys]
    sheet = keys_sheet("全部按键", pairs, "示例大药房", NOON)
    told = [cell for row in sheet.rows for cell in row if cell]
    assert all(key in told and says in told for key, says in pairs if says)
    assert sheet.pages == 1
    assert not a4.picture(sheet).isNull()


def test_all_keys_are_saved_as_a_page(shop, tmp_path, monkeypatch):
    path = tmp_path / "keys.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    shop.window.show_help()
    helped = shop.window.help
    helped.index.setCurrentRow(len(SCREENS) + len(BESIDE))
    assert helped.index.currentItem().text() == "全部按键"
    QTest.mouseClick(helped.save_keys, Qt.MouseButton.LeftButton)
    assert path.read_bytes().startswith(b"%PDF")


def test_about_tells_the_programs_own_licence(shop):
    assert about.licence() == "MIT"
    shop.window.show_help()
    helped = shop.window.help
    helped.index.setCurrentRow(helped.index.count() - 1)
    said = [one.text() for one in helped.findChildren(QLabel) if one.isVisible()]
    assert any("MIT" in one and "本程序" in one for one in said)


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
