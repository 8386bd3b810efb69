"""Each of the six lessons, done to its end at the window by the keys and boxes that it names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.people.lessons import Lesson
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.options import Options
from tests.gui.conftest import Shop, opened
from tests.practice import practice_home

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
IBUPROFEN, DANSHEN = "布洛芬缓释胶囊", "复方丹参滴丸"
# Longer than the gap by which the wedge tells a scanner from a person.
_BETWEEN_KEYS_MS = 120
AGAIN, UNRECEIVED = "刚才那盒再扫一次", "没有收货记录的布洛芬"


class Pupil(Shop):
    """Somebody who does what the lesson says: clicks its boxes, presses its keys."""

    @property
    def panel(self):
        return self.whole.practice.lessons

    def click(self, button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def begin(self, lesson):
        self.wait_for(news.LessonShown, lambda: self.click(self.whole.practice.lessons_button))
        place = list(Lesson).index(lesson) + 1
        self.wait_for(news.LessonShown, lambda: self.choose(f"{place} "))

    def choose(self, words):
        self.click(next(one for one in self.panel.buttons if one.text().startswith(words)))

    def scan_sample(self, label):
        """Click the sample so called; wait until the counter has answered the scan."""
        button = next(one for one in self.whole.practice.samples if one.text() == label)
        with self.qtbot.waitSignal(self.window.heard, timeout=10_000, check_params_cb=_of_a_scan):
            self.click(button)
        self.settle()

    def type(self, text):
        """Key by key, too slow for a scanner."""
        for letter in text:
            self.qtbot.wait(_BETWEEN_KEYS_MS)
            QTest.keyClick(self.window.windowHandle(), letter)

    def enter(self):
        self.key(KEY.Key_Return)

    def sell(self, label):
        """The box, F3, half a second, Enter: as every lesson says it."""
        self.scan_sample(label)
        self.key(KEY.Key_F3)
        self.rest()
        self.wait_for(news.Paid, self.enter)

    def at(self, done):
        """The lesson stands there now."""
        self.qtbot.waitUntil(
            lambda: self.panel.progress is not None and self.panel.progress.done == done,
            timeout=10_000,
        )

    def has_passed(self, lesson):
        self.qtbot.waitUntil(lambda: self.panel.progress.passed, timeout=10_000)
        assert self.panel.progress.lesson is lesson
        self.qtbot.waitUntil(
            lambda: (
                [(one.lesson, one.tries) for one in self.panel.records if one.passed_at]
                == [(lesson, 1)]
            ),
            timeout=10_000,
        )


def _of_a_scan(message):
    if isinstance(message, news.ReceivingShown):
        return message.scan_number > 0
    return isinstance(message, (news.Judged, news.LookedUp))


@pytest.fixture
def pupil(qapp, qtbot, tmp_path):
    with opened(practice_home(tmp_path / "home"), qtbot, options=Options(), play=True) as made:
        yield Pupil(made.whole, made.window, qtbot, made.steady)


def test_sell(pupil):
    pupil.begin(Lesson.SELL)
    pupil.sell(IBUPROFEN)
    pupil.has_passed(Lesson.SELL)


def test_duplicate_to_the_other_box_that_the_customer_takes_home(pupil):
    pupil.begin(Lesson.DUPLICATE)
    pupil.sell(IBUPROFEN)
    pupil.at(2)
    pupil.scan_sample(AGAIN)
    pupil.at(3)
    assert pupil.word == "重复"
    pupil.wait_for(news.LessonShown, lambda: pupil.choose("A"))
    pupil.at(4)
    pupil.sell(IBUPROFEN)
    pupil.has_passed(Lesson.DUPLICATE)


def test_insured(pupil):
    pupil.begin(Lesson.INSURED)
    pupil.scan_sample(DANSHEN)
    pupil.at(1)
    pupil.rest()
    pupil.insured()  # F2, Enter for the kind, Enter for the person herself
    pupil.at(2)
    questions = pupil.checkout.questions
    pupil.qtbot.waitUntil(questions.preview_page.first.hasFocus, timeout=10_000)
    assert pupil.wait_for(news.Paid, pupil.enter).sale.settlement.setl_id
    pupil.has_passed(Lesson.INSURED)


def test_return(pupil):
    pupil.begin(Lesson.RETURN)
    pupil.sell(IBUPROFEN)
    pupil.at(1)
    lookup = pupil.window.screens["lookup"]
    pupil.key(KEY.Key_F6)
    pupil.scan_sample(AGAIN)
    pupil.qtbot.waitUntil(lambda: lookup.life is not None)
    pupil.key(KEY.Key_F6)
    pupil.qtbot.waitUntil(lookup.receipt.isVisible)
    pupil.type("1")
    pupil.wait_for(news.Returned, lambda: pupil.key(KEY.Key_F6))
    pupil.has_passed(Lesson.RETURN)


def test_receive(pupil):
    pupil.begin(Lesson.RECEIVE)
    pupil.key(KEY.Key_2, CONTROL)
    pupil.scan_sample(UNRECEIVED)
    pupil.at(1)
    screen = pupil.window.screens["receiving"]
    pupil.key(KEY.Key_F8)  # what lacks is asked for: lot and dates first
    pupil.qtbot.waitUntil(lambda: screen.questions.is_open)
    for cell in ("L1", "2026-01-31", "2028-01-30"):
        pupil.type(cell)
        pupil.enter()
    pupil.qtbot.waitUntil(lambda: not screen.questions.is_open)
    pupil.settle()
    pupil.key(KEY.Key_F8)  # then the supplier: the cursor stops there
    pupil.qtbot.waitUntil(screen.form.fields["supplier"].hasFocus)
    pupil.type("shili")
    pupil.wait_for(news.Moved, lambda: pupil.key(KEY.Key_F8))
    pupil.has_passed(Lesson.RECEIVE)


def test_check(pupil):
    pupil.begin(Lesson.CHECK)
    pupil.sell(IBUPROFEN)
    pupil.at(2)
    pupil.key(KEY.Key_5, CONTROL)
    which = pupil.window.screens["uploads"].which
    which.setFocus()
    QTest.keyClick(which, KEY.Key_Down)
    assert which.currentText() == "还没传到"
    pupil.at(3)
    pupil.key(KEY.Key_4, CONTROL)
    pupil.scan_sample(IBUPROFEN)
    pupil.has_passed(Lesson.CHECK)
