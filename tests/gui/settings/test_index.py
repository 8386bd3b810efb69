"""The settings' index: what is sought is found by name or key, and a hidden field can be mended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from pharmacy_desk.gui.words.settings import setting_text
from tests.gui import seen


@pytest.fixture
def screen(shop):
    shop.window.resize(1280, 720)
    shop.window.go("settings")
    QApplication.processEvents()
    return shop.window.screens["settings"]


def _field(screen, key):
    """What a setting is changed with."""
    return seen.named(screen, setting_text(key))


def _scrolled(screen):
    """Where the groups stand below each other; a list of the index scrolls too."""
    (found,) = (one for one in screen.findChildren(QScrollArea) if one.widget())
    return found


def _card(screen, name):
    """The group under this head."""
    return seen.label(_scrolled(screen), name, whole=True).parentWidget()


def _groups(screen):
    rows = screen.index.list
    return [rows.item(row).text() for row in range(rows.count()) if not rows.isRowHidden(row)]


@pytest.mark.parametrize("words", ["波特", "scanner.baud", "SCANNER.BAUD"])
def test_a_setting_is_found_by_its_name_or_its_key(screen, words):
    screen.index.search.setText(words)
    assert _groups(screen) == ["扫码枪"]
    assert _field(screen, "scanner.baud").isVisibleTo(screen)
    assert not _field(screen, "scanner.parity").isVisibleTo(screen)
    screen.index.search.clear()
    assert _field(screen, "scanner.parity").isVisibleTo(screen)


def test_words_that_are_found_nowhere_say_so(screen):
    screen.index.search.setText("qqq")
    assert _groups(screen) == []
    assert screen.index.nothing.isVisibleTo(screen)


def test_a_group_comes_to_the_top_when_it_is_chosen(screen):
    names = _groups(screen)
    for name in ("扫码枪", "放行规则"):
        screen.index.list.setCurrentRow(names.index(name))
        QApplication.processEvents()
        card, scrolled = _card(screen, name), _scrolled(screen)
        top = card.mapTo(scrolled.viewport(), card.rect().topLeft()).y()
        assert 0 <= top < 40, name


def test_a_wrong_value_that_is_hidden_comes_back_into_sight(screen):
    number = _field(screen, "counter.number")
    number.setText("x")
    screen.index.search.setText("波特")
    screen.save()
    assert number.isVisibleTo(screen)
    assert number.hasFocus()


def test_nothing_of_the_policy_is_cut_beside_the_index(screen):
    policy, scrolled = _card(screen, "放行规则"), _scrolled(screen)
    assert policy.width() <= scrolled.viewport().width()
    assert scrolled.widget().width() == scrolled.viewport().width()


def test_a_person_types_into_the_search(screen):
    screen.index.search.setFocus()
    QTest.keyClicks(screen.index.search, "wedge.gs", delay=100)
    assert _groups(screen) == ["键盘式扫码枪"]
    QTest.keyClick(screen.index.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen.index.search, Qt.Key.Key_Delete)
    assert len(_groups(screen)) > 10
