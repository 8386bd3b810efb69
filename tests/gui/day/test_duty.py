"""当班 and the staff register in the window: keys alone, and what is said."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.duty import EntryFlaw
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DutyAnswer, DutyDid
from pharmacy_desk.gui.words import duty as duty_words


def _staffed(shop):
    counter = shop.whole.counter
    for number, name, role in (("001", "王芳", "店长"), ("002", "张药师", "药师")):
        person = Operator(number, name, role)
        actor = Actor(counter.clock.now(), "001")
        counter.desk_lane.call(
            lambda who=person, by=actor: counter.ledger.people.put_operator(by, who, "246810")
        )
    counter.change_settings(Settings({"operator.id": "001"}, practice=False))
    return shop


def test_a_pharmacist_signs_on_and_off_by_the_keyboard_and_the_strip_says_so(shop):
    window = _staffed(shop).window
    duty = window.strip.parts["duty"]
    window.go("day")
    shop.settle()
    assert "药师不在岗" in duty.text()
    tab = window.screens["day"].duty
    assert tab.number.hasFocus()
    QTest.keyClicks(tab.number, "002")
    QTest.keyClick(tab.number, Qt.Key.Key_Return)
    QTest.keyClicks(tab.pin, "246810")
    shop.wait_for(news.DutyShown, lambda: QTest.keyClick(tab.pin, Qt.Key.Key_Return))
    assert "张药师" in tab.head.text()
    assert "张药师" in duty.text()
    assert tab.hint.text() == "✓ 张药师 已在岗。"
    assert tab.sign.text() == "离岗（Enter）"
    QTest.keyClicks(tab.pin, "246810")
    shop.wait_for(news.DutyShown, lambda: QTest.keyClick(tab.pin, Qt.Key.Key_Return))
    assert "药师不在岗" in duty.text()
    assert not tab.pin.text()


def test_the_register_is_kept_below_the_people_and_a_suspension_is_red(shop):
    window = _staffed(shop).window
    card = window.screens["settings"].register
    window.go("settings")
    card.number.setText("002")
    card.licence.setText("执2020")
    card.state.setCurrentIndex(1)
    card.until.setText("2026-13-01")
    card.keep()
    assert "✕" in card.hint.text()
    card.until.setText("2099-12-31")
    shop.wait_for(news.DutyShown, card.keep)
    (row,) = card.rows.table()[1:]
    assert row[:2] == ["002", "执2020"]
    assert row[2].startswith("✕ 暂停")
    card.day.setText("2026-01-05")
    card.points.setText("3")
    card.notice.setText("〔2026〕1号")
    shop.wait_for(news.DutyShown, card.enter)
    (row,) = card.rows.table()[1:]
    assert row[4:] == ["〔2026〕1号", "2026-01-05", "3", "3"]
    card.day.clear()
    card.enter()
    shop.settle()
    assert "日期不对" in card.hint.text()


def test_every_answer_has_its_words():
    for what in DutyDid:
        assert duty_words.answer(DutyAnswer(what, "002", "张"))
    assert {flaw.value for flaw in EntryFlaw} <= {did.value for did in DutyDid}


def test_training_says_who_may_sign_on(shop):
    """Nobody is told a number and a PIN elsewhere; a store is not told one at all."""
    shop.window.go("day")
    assert "123456" in shop.window.screens["day"].duty.hint.text()


def test_a_store_is_told_no_pin(shop):
    window = _staffed(shop).window
    window.go("day")
    assert window.screens["day"].duty.hint.text() == ""
