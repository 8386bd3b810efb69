"""The practice scanner of training mode: part of the layout, foldable, a morning in ten clicks."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.scanning.practice import filled, stocked
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.practice_home import PRACTICE_MANAGER
from tests import plain
from tests.gui.conftest import opened

# 1366×768, and 1920×1080 as a screen at 150 % shows it.
SIZES = ((1366, 768), (1280, 720))


@pytest.fixture
def training(qapp, qtbot, filled):
    """The window as `--training` opens it, over a small catalogue."""
    with opened(filled, qtbot, play=True) as made:
        yield made


def _sample(shop, words):
    return next(b for b in shop.whole.practice.samples if words in b.text())


def _click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _scan(shop, words):
    shop.wait_for(news.Judged, lambda: _click(_sample(shop, words)))
    return shop.word


def test_the_first_box_a_newcomer_scans_may_be_sold(training) -> None:
    assert _scan(training, "布洛芬缓释胶囊") == "可以销售"
    assert training.checkout.verdict.said.tone.sign == "✓"


def test_a_window_opened_again_hands_out_another_box(qapp, qtbot, filled) -> None:
    for _ in range(2):
        with opened(filled, qtbot, play=True) as shop:
            assert _scan(shop, "布洛芬缓释胶囊") == "可以销售"


def test_a_whole_morning_in_ten_clicks(training) -> None:
    pay = training.checkout.pay_panel
    clicks = 0

    def click(button):
        nonlocal clicks
        clicks += 1
        _click(button)

    def scan(words):
        nonlocal clicks
        clicks += 1
        return _scan(training, words)

    def paid():
        click(pay.self_paid)
        # A payment right behind a scan pays nothing.
        training.rest()
        training.qtbot.waitUntil(pay.pay.isEnabled, timeout=5_000)
        return training.wait_for(news.Paid, lambda: click(pay.pay)).sale

    assert scan("布洛芬缓释胶囊") == "可以销售"
    assert scan("布洛芬缓释胶囊") == "可以销售"
    first = paid()
    assert scan("刚才那盒") == "重复"
    assert scan("少一位") == "请重扫"
    assert scan("微信付款码") == "不是追溯码"
    assert scan("布洛芬缓释胶囊") == "可以销售"
    second = paid()
    assert clicks == 10
    assert (first.box_count, second.box_count) == (2, 1)
    assert not set(first.codes()) & set(second.codes())


@pytest.mark.parametrize("size", SIZES)
def test_it_is_in_the_window_and_covers_nothing(training, size) -> None:
    window, panel = training.window, training.whole.practice
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    assert not window.findChildren(QDockWidget)
    inside = QRect(QPoint(), window.size())
    samples = panel.samples  # all in sight, none behind a scroll bar
    for part in (
        panel,
        panel.fold_button,
        *samples,
        training.checkout.pay_panel,
        training.checkout.keys,
    ):
        where = QRect(part.mapTo(window, QPoint()), part.size())
        assert inside.contains(where), f"{type(part).__name__} at {where} in {inside}"
    side = QRect(panel.mapTo(window, QPoint()), panel.size())
    checkout = training.checkout
    assert not side.intersects(QRect(checkout.mapTo(window, QPoint()), checkout.size()))


def test_it_folds_and_opens_again(training) -> None:
    panel = training.whole.practice
    wide = panel.width()
    _click(panel.fold_button)
    QApplication.processEvents()
    assert panel.folded
    assert panel.width() < wide / 4
    assert panel.fold_button.isVisible()
    _click(panel.fold_button)
    assert not panel.folded
    assert _scan(training, "布洛芬缓释胶囊") == "可以销售"


def test_it_takes_no_key_from_the_sale(training) -> None:
    _scan(training, "布洛芬缓释胶囊")
    before = training.window.focusWidget()
    _click(training.whole.practice.fold_button)
    _click(training.whole.practice.fold_button)
    assert training.window.focusWidget() is before
    assert training.checkout.isAncestorOf(before)


def test_f11_in_training_locks_and_unlocks_nothing(training) -> None:
    counter = training.whole.counter
    manager = Operator(PRACTICE_MANAGER[0], "店长 001", "店长")
    counter.desk_lane.call(
        lambda: counter.ledger.people.put_operator(
            Actor(counter.clock.now(), ""), manager, PRACTICE_MANAGER[1]
        )
    )
    training.wait_for(news.CounterLocked, lambda: training.key(Qt.Key.Key_F11))
    guard = training.window.guard
    assert guard.locked
    training.key(Qt.Key.Key_F11)
    training.settle()
    assert guard.locked
    page = guard.page
    covered = QRect(page.mapTo(training.window, QPoint()), page.size())
    assert covered.contains(training.window.rect())


def test_marks_of_samples() -> None:
    assert stocked("{stock:8436282}") == "8436282"
    assert stocked("{fresh:8436282}") is None
    first, second = filled("{fresh:8436282}"), filled("{stock:8436282}")
    assert first[:7] == second[:7] == "8436282"
    assert len(first) == len(second) == 20
    assert first != second
    assert filled("]d201{fresh}x") != filled("]d201{fresh}x")
    assert filled("6924561884074") == "6924561884074"


def test_the_shelf_is_received_with_lots_and_leaves_nothing_waiting(training) -> None:
    """A line without a lot would stand in the strip as unsent for as long as training lasts."""
    rows = plain.rows(
        training.whole.counter.ledger.path,
        "SELECT waiting FROM outbox WHERE item = 'A1'",  # the one whose lot the list tells
    )
    assert rows
    assert [row["waiting"] for row in rows] == [None] * len(rows)
