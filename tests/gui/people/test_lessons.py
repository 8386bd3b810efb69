"""Six lessons beside the practice scanner: each ends by being done right, and is kept on paper."""

import re

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from pharmacy_desk.adapters import resources
from pharmacy_desk.core.people.lessons import STEPS, Deed, Lesson
from pharmacy_desk.counter import news
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.people.lesson_texts import lesson_texts
from tests.gui.conftest import opened

LANGUAGES = ("zh_CN", "en")
TEXTS = lesson_texts(resources.lesson_tables("zh_CN"))
SIZES = ((1366, 768), (1280, 720))


@pytest.fixture
def training(qapp, qtbot, filled):
    """The window as `--training` opens it, over a small catalogue."""
    with opened(filled, qtbot, play=True) as made:
        yield made


@pytest.fixture
def panel(training):
    made = training.whole.practice.lessons
    training.wait_for(news.LessonShown, lambda: _click(training.whole.practice.lessons_button))
    return made


def _click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _press(panel, words):
    _click(next(one for one in panel.buttons if words in one.text()))


def _begin(shop, panel, lesson):
    title = TEXTS[lesson].title
    shop.wait_for(news.LessonShown, lambda: _press(panel, title))


def _sample(shop, words):
    found = next(b for b in shop.whole.practice.samples if words in b.text())
    shop.wait_for(news.Judged, lambda: _click(found))


def _pay(shop):
    pay = shop.checkout.pay_panel
    _click(pay.self_paid)
    shop.rest()
    shop.qtbot.waitUntil(pay.pay.isEnabled, timeout=5_000)
    return shop.wait_for(news.Paid, lambda: _click(pay.pay)).sale


def _texts_of(panel):
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


# --- the shipped texts --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lesson_has_a_text_for_every_step(language):
    texts = lesson_texts(resources.lesson_tables(language))
    assert tuple(texts) == tuple(Lesson)
    for lesson, text in texts.items():
        assert len(text.steps) == len(STEPS[lesson]), lesson
        assert all((text.title, text.done)), lesson
        for deed, step in zip(STEPS[lesson], text.steps, strict=True):
            assert step.do
            assert bool(step.say) is (deed is Deed.CUSTOMER_TOLD)
            assert [why for _, why in step.say].count("") == bool(step.say)


def test_both_languages_ask_and_answer_alike():
    ours, theirs = (
        [
            (lesson, [(bool(s.hint), [bool(why) for _, why in s.say]) for s in text.steps])
            for lesson, text in lesson_texts(resources.lesson_tables(language)).items()
        ]
        for language in LANGUAGES
    )
    assert ours == theirs


def test_the_samples_that_the_lessons_name_are_there():
    for language, label in zip(LANGUAGES, ("label", "label_en"), strict=True):
        labels = {sample[label] for sample in resources.scan_samples()}
        for text in lesson_texts(resources.lesson_tables(language)).values():
            for step in text.steps:
                named = re.findall(r"(?:点|点一次|click )“(.+?)”", step.do)
                assert set(named) <= labels, (language, step.do)


# --- learning -----------------------------------------------------------------------------


def test_selling_a_box_right_passes_the_first_lesson_and_nothing_else_does(training, panel):
    _begin(training, panel, Lesson.SELL)
    assert "第 1 步，共 2 步" in _texts_of(panel)
    _sample(training, "少一位")
    assert panel.progress.done == 0
    _sample(training, "布洛芬缓释胶囊")
    training.settle()
    assert panel.progress.done == 1
    _pay(training)
    training.settle()
    assert panel.progress.passed
    assert "✓ 学会了" in _texts_of(panel)
    training.qtbot.waitUntil(lambda: any(one.passed_at for one in panel.records), timeout=5_000)
    (record,) = panel.records
    assert (record.lesson, record.tries) == (Lesson.SELL, 1)


def test_a_wrong_sentence_to_the_customer_is_told_why_and_the_right_one_goes_on(training, panel):
    _begin(training, panel, Lesson.DUPLICATE)
    _sample(training, "布洛芬缓释胶囊")
    _pay(training)
    _sample(training, "刚才那盒")
    training.settle()
    assert training.word == "重复"
    assert panel.progress.done == 3
    say = TEXTS[Lesson.DUPLICATE].steps[3].say
    for letter, (_, why) in zip("ABC", say, strict=True):
        if why:
            _press(panel, letter)
            assert panel.note.text() == "✕ " + why
            assert panel.progress.done == 3
    right = "ABC"[[why for _, why in say].index("")]
    training.wait_for(news.LessonShown, lambda: _press(panel, right))
    assert panel.progress.done == 4
    assert panel.note.text() == ""


def test_a_lesson_given_up_is_a_try_and_not_passed(training, panel, tmp_path):
    _begin(training, panel, Lesson.RETURN)
    training.wait_for(news.LessonShown, lambda: _press(panel, "不学了"))
    assert panel.progress is None
    _begin(training, panel, Lesson.RETURN)
    training.qtbot.waitUntil(lambda: bool(panel.records) and panel.records[0].tries == 2)
    assert panel.records[0].passed_at is None
    panel.save_record(tmp_path / "record.pdf")
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    assert panel.note.text() == "✓ 已保存：record.pdf"


def test_looking_for_what_is_not_sent_and_at_a_box_passes_the_last_lesson(training, panel):
    _begin(training, panel, Lesson.CHECK)
    training.window.go("uploads")
    uploads = training.window.screens["uploads"]
    sought = uploads.which.findText("还没传到")
    uploads.which.setCurrentIndex(sought)
    training.settle()
    assert panel.progress.done == 0  # an empty list shows nothing
    uploads.which.setCurrentIndex(0)
    training.window.go("checkout")
    _sample(training, "布洛芬缓释胶囊")
    code = _pay(training).codes()[0]
    training.window.go("uploads")
    training.settle()
    assert panel.progress.done == 2  # looking at everything finds nothing
    training.wait_for(news.LessonShown, lambda: uploads.which.setCurrentIndex(sought))
    training.window.go("lookup")
    training.settle()
    training.wait_for(news.LessonShown, lambda: training.scan(code))
    assert panel.progress.passed


def test_the_help_leads_to_the_lessons(training):
    practice = training.whole.practice
    practice.fold(folded=True)
    training.window.show_help()
    training.wait_for(news.LessonShown, lambda: _click(training.window.help.lessons))
    assert not training.window.help.isVisible()
    assert not practice.folded
    assert practice.lessons.isVisible()


def test_a_counter_that_is_not_in_training_offers_no_lesson(shop):
    shop.window.show_help()
    assert not shop.window.help.lessons.isVisible()


# --- room ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lesson", [None, *Lesson])
def test_every_step_fits_beside_the_sale(training, panel, lesson, size):
    window, practice = training.window, training.whole.practice
    window.resize(*size)
    steps = len(STEPS[lesson]) + 1 if lesson else 1
    if lesson:
        _begin(training, panel, lesson)
    for done in range(steps):
        QApplication.processEvents()
        inside = QRect(QPoint(), window.size())
        assert (window.width(), window.height()) == size
        parts = [one for one in panel.findChildren(QLabel) if one.isVisible() and one.text()]
        for part in [*parts, *panel.buttons]:
            where = QRect(part.mapTo(window, QPoint()), part.size())
            assert inside.contains(where), (part.text(), where)
            side = QRect(practice.mapTo(window, QPoint()), practice.size())
            assert side.contains(where), (part.text(), where, side)
        for label in parts:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        boxes = practice.findChild(QScrollArea)
        assert boxes.height() >= 90, (done, boxes.height())
        if lesson and done < steps - 1:
            deed = STEPS[lesson][done]
            training.wait_for(
                news.LessonShown, lambda deed=deed: training.whole.counter.trainer.did(deed)
            )


def test_the_record_on_paper_shows_every_word(qapp, clock):
    from pharmacy_desk.core.people.lessons import LessonRecord
    from pharmacy_desk.gui.paper.record_pages import lessons_sheet

    titles = {
        lesson: text.title
        for lesson, text in lesson_texts(resources.lesson_tables("zh_CN")).items()
    }
    rows = [
        LessonRecord(f"{n:03}", "欧阳某某", lesson, 2, clock.now() if n % 2 else None)
        for n in range(1, 5)
        for lesson in Lesson
    ]
    sheet = lessons_sheet(rows, titles, "示例大药房", clock.now())
    assert sheet.pages == 2
    assert abs(sum(wide for _, wide in sheet.columns) - 186) < 0.1
    assert not a4.picture(sheet).isNull()
