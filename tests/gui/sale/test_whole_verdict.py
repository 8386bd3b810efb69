"""An answer that is cut is shown whole by a tap or Alt+V, and left by whatever comes next."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from pharmacy_desk.gui.widgets.whole_verdict import WholeVerdict
from tests.gui import seen
from tests.gui.conftest import BOX
from tests.gui.sale.test_everything_fits import SAID

ALT = Qt.KeyboardModifier.AltModifier
CUT = SAID["endless"]


@pytest.fixture
def cut(shop):
    shop.window.resize(1280, 720)
    shop.scan(BOX)
    shop.rest()
    shop.checkout.verdict.show_answer(CUT)
    QApplication.processEvents()
    assert shop.checkout.verdict.shortened
    return shop


def whole(shop):
    """The whole answer, while it is in sight."""
    shown = [one for one in shop.window.findChildren(WholeVerdict) if one.isVisible()]
    return shown[0] if shown else None


def tap(part):
    QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))


def test_the_cut_answer_says_how_to_see_the_whole(cut):
    evidence, todo = cut.checkout.verdict.sentences
    assert todo == CUT.todo
    assert evidence.endswith("……（点这里或按 Alt+V 看全文）")


def test_a_tap_shows_the_whole_and_a_tap_leaves_it(cut):
    tap(cut.checkout.verdict)
    shown = whole(cut)
    assert {CUT.evidence, CUT.todo} <= set(seen.labels(shown))
    (scroll,) = shown.findChildren(QScrollArea)
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    assert not seen.label(shown, CUT.todo, whole=True).visibleRegion().isEmpty()
    tap(shown)
    assert whole(cut) is None
    assert cut.checkout.search.field.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_keys_leave_it_and_do_nothing_else(cut, key):
    cut.key(Qt.Key.Key_F3)
    cut.settle()
    cut.checkout.verdict.show_answer(CUT)
    QApplication.processEvents()
    before = QApplication.focusWidget()
    cut.key(Qt.Key.Key_V, ALT)
    assert whole(cut)
    assert not before.hasFocus()
    cut.key(key)
    cut.settle()
    assert whole(cut) is None
    assert cut.checkout.sale.code_count == 1  # neither paid nor voided nor undone
    assert cut.checkout.pay_panel.armed is not None
    assert before.hasFocus()


def test_the_same_key_leaves_it(cut):
    cut.key(Qt.Key.Key_V, ALT)
    assert whole(cut)
    cut.key(Qt.Key.Key_V, ALT)
    assert whole(cut) is None


def test_the_next_scan_leaves_it(cut):
    cut.key(Qt.Key.Key_V, ALT)
    cut.scan("84362820442053402149")
    assert whole(cut) is None
    assert cut.checkout.sale.code_count == 2


def test_another_key_leaves_it_and_does_what_it_does(cut):
    cut.key(Qt.Key.Key_V, ALT)
    cut.key(Qt.Key.Key_A)
    assert whole(cut) is None
    assert cut.checkout.search.field.text() == "a"
    cut.key(Qt.Key.Key_V, ALT)
    cut.key(Qt.Key.Key_F3)
    assert whole(cut) is None
    assert cut.checkout.pay_panel.armed is not None


def test_a_question_meanwhile_is_not_covered(cut):
    cut.key(Qt.Key.Key_V, ALT)
    cut.checkout.questions.ask_code()
    assert whole(cut) is None
    assert cut.checkout.questions.isAncestorOf(QApplication.focusWidget())


def test_an_answer_that_is_not_cut_stays_as_it_is(cut):
    cut.checkout.verdict.show_answer(SAID["short"])
    QApplication.processEvents()
    tap(cut.checkout.verdict)
    cut.key(Qt.Key.Key_V, ALT)
    assert whole(cut) is None
