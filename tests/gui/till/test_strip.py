"""The guard's strip: each view in words, the keys it offers, and that it takes no keyboard."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.catalogue.drugs import NO_BATCH
from pharmacy_desk.core.ports.till import TicketAnswer, TicketDid
from pharmacy_desk.core.sale.gate.facts import Refusal, Words
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.guarding import NotTyped, TillEnd
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box, Line, Sale, SaleState
from pharmacy_desk.core.scanning.recognise import recognise_code
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.counter.guard_view import GuardDid, GuardView
from pharmacy_desk.gui.till.strip import GuardStrip
from tests.conftest import NOON, OTC, box

KINDS = [PaymentKind.POOLED, PaymentKind.ACCOUNT]
SALE = Sale(
    "01TEST-000001", SaleState.OPEN, "01", "007", NOON,
    lines=(Line(1, OTC, 1, 2180, boxes=(Box(1, box(1), NO_BATCH),)),),
)  # fmt: skip


def verdict(name, action=Action.BLOCK, code=None, **more):
    reading = recognise_code(code or box(1), date(2026, 11, 22))
    return Verdict(name, action, reading, item=OTC, **more)


GOOD = verdict(VerdictName.OK, Action.ALLOW)
BARCODE = verdict(VerdictName.ITEM, Action.ALLOW, "6900000000014")


@dataclass
class Pressed:
    """What the strip's keys came to."""

    done: list = field(default_factory=list)

    def __getattr__(self, name):
        return lambda *words: self.done.append((name, *words))


class Clock:
    at = 100.0

    def __call__(self):
        return self.at


@pytest.fixture
def pressed():
    return Pressed()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def strip(qapp, qtbot, pressed, clock):
    made = GuardStrip(pressed, lambda: KINDS, lambda: NOON, clock)
    qtbot.addWidget(made)
    made.put_on(QRect(0, 0, 1366, 768))
    made.show()
    return made


def keys(strip):
    """The words of the keys that can be pressed."""
    found = strip.findChildren(QPushButton)
    return {key.text() for key in found if key.isVisible() and key.isEnabled()}


def shown(strip, view, number=0):
    strip.hear(news.GuardShown(view, number))
    return strip.text.said


_VIEWS = {
    "ready": (GuardView(), "就绪", "录入框"),
    "typed": (GuardView(SALE, GuardDid.TYPED, GOOD), "已打入", "布洛芬"),
    "by the key": (GuardView(SALE, GuardDid.TYPED), "已打入", "现在已打入"),
    "passed": (GuardView(SALE, GuardDid.PASSED, BARCODE), "已转交", "商品条码"),
    "held": (GuardView(SALE, GuardDid.HELD, BARCODE), "没有打入", "设置"),
    "refused": (
        GuardView(SALE, GuardDid.REFUSED, verdict(VerdictName.IN_THIS_SALE)), "没有打入", "已在本单",
    ),
    "unknown": (GuardView(SALE, GuardDid.REFUSED, verdict(VerdictName.UNMAPPED, Action.ASK)), "没有打入", "还不认得"),
    "third": (
        GuardView(SALE, GuardDid.REFUSED, verdict(VerdictName.IN_THIS_SALE, repeats=3)), "没有打入", "反复扫",
    ),
    "perhaps": (GuardView(SALE, untyped=(box(1), box(2))), "请看一眼", "另外 1 盒"),
    "seen": (GuardView(SALE, GuardDid.SEEN_THERE), "已记下", "不会再打"),
    "receipt": (GuardView(SALE, GuardDid.ASK_PAYMENT, end=TillEnd("R77")), "怎么付的", "R77"),
    "kind": (GuardView(SALE, GuardDid.ASK_KIND), "哪一种", "医保"),
    "nothing": (GuardView(None, GuardDid.NOTHING_OPEN), "没有未结", "小票"),
    "undone": (GuardView(SALE, answer=SaleAnswer(SaleDid.UNDONE, OTC.name)), "已撤销", "布洛芬"),
    "on hold": (GuardView(None, answer=SaleAnswer(SaleDid.HELD)), "已挂单", "先留着"),
    "ended": (GuardView(None, answer=TicketAnswer(TicketDid.SETTLED)), "已结单", "记账"),
    "no number": (GuardView(SALE, answer=TicketAnswer(TicketDid.NO_SETTLEMENT)), "没结成", "结算号"),
}  # fmt: skip


@pytest.mark.parametrize("name", _VIEWS)
def test_each_view_says_in_one_line_what_became_of_it(strip, name):
    view, word, evidence = _VIEWS[name]
    said = shown(strip, view, 1)
    assert word in said.word
    assert evidence in said.evidence
    assert strip.text.toolTip().startswith(said.evidence)


@pytest.mark.parametrize("why", NotTyped)
def test_each_reason_for_not_typing_has_its_sentence_and_what_to_do(strip, why):
    said = shown(strip, GuardView(SALE, GuardDid.NOT_TYPED, GOOD, why, (box(1),)), 1)
    assert said.tone.sign == "!"
    assert said.evidence
    assert said.todo
    assert (said.word == "可能只打了一半") == why.partly
    # What is no box is kept nowhere: no key types it later.
    other = shown(strip, GuardView(SALE, GuardDid.NOT_TYPED, BARCODE, why), 1)
    assert "再扫一次" in other.todo


def test_a_gate_that_stops_the_end_is_said_with_its_reason(strip):
    words = Words("Codes are missing: %1", "Scan them.")
    refusal = Refusal(REASONS["MISSING_CODES"], Action.BLOCK, words, (1,))
    answer = TicketAnswer(TicketDid.NOT_PAYABLE, refusals=(refusal,))
    said = shown(strip, GuardView(SALE, answer=answer))
    assert "布洛芬" in said.evidence
    assert "打开" in said.todo


def test_keys_end_take_back_and_put_aside_only_what_is_there(strip, pressed):
    shown(strip, GuardView())
    assert keys(strip) == {"打开"}
    shown(strip, GuardView(SALE, GuardDid.TYPED, GOOD), 1)
    assert keys(strip) == {"自费结单", "医保结单", "撤回", "挂单", "打开"}
    for key in (strip.self_paid, strip.insured, strip.back, strip.aside):
        key.click()
    assert pressed.done == [
        ("end", PaymentKind.SELF), ("end_insured",), ("take_back",), ("hold",),
    ]  # fmt: skip


def test_while_a_box_may_not_stand_in_the_till_that_comes_first(strip, pressed):
    shown(strip, GuardView(SALE, GuardDid.NOT_TYPED, GOOD, NotTyped.OWN_WINDOW, (box(1),)), 1)
    assert keys(strip) == {"打入", "已在里面", "撤回", "打开"}
    strip.again.click()
    strip.there.click()
    assert pressed.done == [("type_again",), ("seen_there",)]
    shown(strip, GuardView(SALE, GuardDid.TYPED))
    assert "自费结单" in keys(strip)


def test_the_kinds_are_keys_and_a_scan_leaves_the_question(strip, pressed):
    shown(strip, GuardView(SALE, GuardDid.ASK_KIND))
    assert keys(strip) == {"门诊统筹", "个人账户", "返回", "打开"}
    strip.kind_keys[1].click()
    strip.kind_keys[-1].click()
    assert pressed.done == [("end", PaymentKind.ACCOUNT), ("show",)]
    shown(strip, GuardView(SALE, GuardDid.TYPED, GOOD), 1)
    assert "自费结单" in keys(strip)


def test_what_a_scan_came_to_stays_while_only_the_sale_is_told_anew(strip):
    shown(strip, GuardView(SALE, GuardDid.TYPED, GOOD), 1)
    assert "已打入" in shown(strip, GuardView(SALE)).word


def test_a_sale_nobody_ends_is_asked_about_and_nothing_is_dropped(strip, clock, pressed):
    shown(strip, GuardView(SALE, GuardDid.TYPED, GOOD), 1)
    clock.at += 170
    strip.look_at_age()
    assert "已打入" in strip.text.said.word
    clock.at += 20
    strip.look_at_age()
    assert (strip.text.said.word, pressed.done) == ("还没结单", [])
    assert "3 分钟" in strip.text.said.evidence


def test_a_locked_counter_and_a_lost_scan_are_said(strip):
    strip.hear(news.ScanFailed(1, WorldError(Fault.SCANNED_WHILE_ASKING)))
    assert strip.text.said.word == "没有打入"
    strip.hear(news.CounterLocked(locked=True))
    assert strip.text.said.word == "已锁"
    assert keys(strip) == {"打开"}
    strip.hear(news.SignedIn("007", "营业员 007"))
    assert strip.text.said.word == "就绪"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (911, 512), (1920, 1080)])
def test_it_fits_the_screen_and_its_keys_can_be_touched(strip, width, height):
    strip.put_on(QRect(0, 0, width, height))
    for view in (GuardView(SALE, GuardDid.TYPED, GOOD), GuardView(SALE, GuardDid.ASK_KIND)):
        shown(strip, view, 1)
        strip.put_on(QRect(0, 0, width, height))
        assert strip.geometry().right() <= width
        assert strip.height() <= height // 4
        for key in strip.findChildren(QPushButton):
            if key.isVisible():
                assert key.height() >= 44
                assert strip.rect().contains(key.geometry())


def test_it_never_takes_the_keyboard(strip):
    flags = strip.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert strip.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    shown(strip, GuardView(SALE, GuardDid.ASK_KIND))
    keyed = [key for key in strip.findChildren(QPushButton) if key.focusPolicy()]
    assert keyed == []
