"""Whatever key a page tells of, something on it can be clicked that does the same.

Walks every section and page of the window and every question at the checkout, gathers the keys
told there in words, and looks for a button (or a choice) in sight that bears the key.
"""

import re

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from pharmacy_desk.gui.widgets.leave_button import LeaveButton
from pharmacy_desk.gui.widgets.parts import TOUCH_PX
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.widgets.verdict_panel import VerdictPanel
from tests.gui.conftest import BOX
from tests.gui.sale.test_everything_fits import QUESTIONS, SIZES

KEY = re.compile(r"(?:Ctrl|Alt)\+\w|F\d{1,2}\b|Enter|Esc|Backspace|Delete|Del\b|空格|回车")
SAME = {"Del": "Delete", "回车": "Enter"}
# What another section means by its keys begins with the way there.
ELSEWHERE = re.compile(r"Ctrl\+\d.*|收银时按.*|收银台?.*Ctrl.*")

# A click on an answer is what Enter is to the marked one.
CHOSEN_BY_CLICK = {"held": {"Enter"}, "kind": {"Enter"}, "no code": {"Enter"}}
# States of the right side in which nothing is asked.
UNASKED = ("none", "tenders")

PAGES = {
    "checkout": lambda screen: [lambda: None],
    "receiving": lambda screen: [lambda: None],
    "stock": lambda screen: [lambda n=n: screen.turn(n) for n in range(8)],
    "lookup": lambda screen: [
        screen.show_box,
        screen.show_sales,
        screen.show_rx,
        screen.show_limits,
    ],
    "uploads": lambda screen: [lambda: None],
    "catalogue": lambda screen: [lambda: screen.turn(0), lambda: screen.turn(1)],
    "settings": lambda screen: [lambda: None],
    "day": lambda screen: [lambda: screen.turn(0), lambda: screen.turn(1)],
}


def _texts(root):
    """What can be read on a page, besides its buttons."""
    for one in root.findChildren(QWidget):
        if not one.isVisible() or one.visibleRegion().isEmpty():
            continue
        if isinstance(one, QLabel):
            yield one.text()
        elif isinstance(one, QLineEdit):
            yield one.placeholderText()
        elif isinstance(one, VerdictPanel):
            yield f"{one.said.evidence} {one.said.todo}"
        elif isinstance(one, TableView) and not one.model().rowCount():
            yield one.empty_text


def _told(root):
    found = set()
    for text in _texts(root):
        for key in KEY.findall(ELSEWHERE.sub("", text)):
            found.add(SAME.get(key, key))
    return found


def _clickable(window):
    """The words of every button and choice in sight, with the keys that stand in them."""
    words = []
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.visibleRegion().isEmpty():
            continue
        if isinstance(one, QAbstractButton):
            words.append(f"{one.text()} {one.accessibleName()} {one.toolTip()}")
        elif isinstance(one, QComboBox):
            words.append(one.currentText())
        elif isinstance(one, QLineEdit):
            words += re.findall(r"F\d+", one.placeholderText())  # a touch is the field's own key
    return " ".join(words)


def _lacking(window, page):
    buttons = _clickable(window)
    return {key for key in _told(page) if not re.search(rf"{re.escape(key)}(?![0-9])", buttons)}


@pytest.mark.parametrize("size", SIZES)
def test_every_key_told_on_a_page_has_a_button(shop, size):
    window, lacking, told = shop.window, {}, 0
    window.resize(*size)
    for name, pages in PAGES.items():
        window.go(name)
        for place, turn in enumerate(pages(window.screens[name])):
            turn()
            shop.settle()
            QApplication.processEvents()
            told += len(_told(window.front))
            missing = _lacking(window, window.front)
            if missing:
                lacking[f"{name} {place}"] = missing
    assert lacking == {}
    assert told >= 10


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name not in UNASKED])
def test_every_key_a_question_tells_has_a_button_and_it_can_be_left(shop, question):
    shop.scan(BOX)
    QUESTIONS[question](shop)
    QApplication.processEvents()
    questions = shop.checkout.questions
    assert _lacking(questions, questions) - CHOSEN_BY_CLICK.get(question, set()) == set()
    (leave,) = (one for one in questions.findChildren(LeaveButton) if one.isVisible())
    leave.click()
    shop.settle()
    assert not questions.is_open


DIALOGS = {
    "tray": lambda window: (window.checkout.keys.buttons["F7"].click(), window.tray)[1],
    "scanner": lambda window: (window.help_scanner(), window.assistant)[1],
}


@pytest.mark.parametrize("dialog", DIALOGS)
def test_every_key_told_in_a_dialog_has_a_button(shop, dialog):
    opened = DIALOGS[dialog](shop.window)
    QApplication.processEvents()
    assert opened.isVisible()
    assert _lacking(opened, opened) == set()
    opened.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_keys_of_every_side_panel_are_as_large_as_a_finger(shop, size):
    shop.window.resize(*size)
    seen = 0
    for name in ("receiving", "stock", "lookup"):
        shop.window.go(name)
        for turn in PAGES[name](shop.window.front):
            turn()
            QApplication.processEvents()
            for panel in shop.window.front.findChildren(SidePanel):
                if not panel.isVisible():
                    continue
                seen += 1
                for made in panel.keys.buttons.values():
                    assert isinstance(made, QPushButton)
                    assert made.isVisible()
                    assert made.isEnabled()
                    assert made.height() >= TOUCH_PX, made.text()
                    wide = made.fontMetrics().size(0, made.text()).width()
                    assert wide <= made.width() - 4, made.text()
    assert seen == 5
