"""Scans that were not read stay in sight under the sale; merged ones are taken only by a key."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.doubts import MOST_SHOWN
from tests.gui.conftest import BOX

CUT = BOX[:-1]
OTHER = "84362820000000000017"
STRANGE = "84999990000000000001"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def doubts(shop):
    return shop.checkout.unread.doubts


def rows(doubts):
    return [doubts.rows.item(row).text() for row in range(doubts.rows.count())]


def ctrl_j(shop):
    """The key, a second after the scan: never taken right behind one."""
    shop.rest()
    shop.key(Qt.Key.Key_J, CTRL)


def codes_in_sale(shop):
    sale = shop.checkout.sale
    return sale.codes() if sale else ()


def settle(shop):
    """Until the desk has worked off everything and the window has heard it."""
    shop.whole.counter.desk_lane.call(lambda: None)
    for _ in range(5):
        QApplication.processEvents()


def test_a_damaged_read_leaves_a_row_with_sign_reason_and_what_arrived(shop, doubts):
    assert doubts.isHidden()
    shop.scan(CUT)
    assert not doubts.isHidden()
    (row,) = rows(doubts)
    assert row.startswith(f"{theme.NO.sign} ")
    assert CUT in row
    assert "一部分" in row
    shop.scan(BOX)
    assert len(rows(doubts)) == 1  # the next verdict does not take it away


def test_what_was_read_or_refused_for_another_reason_leaves_none(shop, doubts):
    for text in (BOX, BOX, "6900000000014", "134567890123456789", "http://a.b/c"):
        shop.scan(text)
    assert doubts.isHidden()
    assert rows(doubts) == []


def test_control_characters_and_markup_are_plain_visible_text(shop, doubts):
    shop.scan("\x1b<b>" + BOX)
    (row,) = rows(doubts)
    assert "\x1b" not in row
    assert "\\x1B<b>" in row
    assert "<b>" not in doubts.rows.item(0).toolTip()


def test_newest_on_top_at_most_five_and_a_count(shop, doubts):
    for number in range(7):
        shop.scan(f"843628200000000000{number}")
    assert len(rows(doubts)) == MOST_SHOWN
    assert "8436282000000000006" in rows(doubts)[0]
    assert "7" in doubts.head


def test_ctrl_d_dismisses_the_newest_and_delete_the_focused_one(shop, doubts):
    for number in range(3):
        shop.scan(f"843628200000000000{number}")
    shop.key(Qt.Key.Key_D, CTRL)
    assert [row.count("8436282000000000001") for row in rows(doubts)] == [1, 0]
    doubts.rows.setFocus()
    doubts.rows.setCurrentRow(1)
    QTest.keyClick(doubts.rows, Qt.Key.Key_Delete)
    assert len(rows(doubts)) == 1
    assert "8436282000000000001" in rows(doubts)[0]
    QTest.keyClick(doubts.rows, Qt.Key.Key_Delete)
    assert doubts.isHidden()
    shop.key(Qt.Key.Key_D, CTRL)
    assert rows(doubts) == []


def test_a_mouse_sees_to_the_newest_and_takes_what_is_offered(shop, doubts):
    shop.scan(CUT)
    assert doubts.take.isHidden()
    QTest.mouseClick(doubts.see, Qt.MouseButton.LeftButton)
    assert doubts.isHidden()
    shop.scan(BOX + OTHER)
    assert doubts.take.isVisible()
    shop.rest()
    QTest.mouseClick(doubts.take, Qt.MouseButton.LeftButton)
    shop.qtbot.waitUntil(lambda: set(codes_in_sale(shop)) == {BOX, OTHER}, timeout=10_000)
    assert doubts.isHidden()
    shop.scan(BOX + OTHER)
    shop.checkout.say(notes.too_little())  # something else is said: nothing is offered any more
    assert doubts.take.isHidden()


def test_keys_of_the_checkout_work_while_a_row_has_the_focus(shop, doubts):
    shop.scan(BOX)
    shop.scan(CUT)
    doubts.rows.setFocus()
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Backspace))
    assert codes_in_sale(shop) == ()


def test_a_paid_sale_takes_its_rows_with_it(shop, doubts):
    shop.scan(BOX)
    shop.scan(CUT)
    shop.rest()
    shop.checkout.self_paid()
    shop.wait_for(news.Paid, shop.checkout.confirm_payment)
    assert doubts.isHidden()


def test_a_cancelled_sale_takes_its_rows_with_it(shop, doubts):
    shop.scan(BOX)
    shop.scan(CUT)
    shop.key(Qt.Key.Key_Escape)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Return))
    assert rows(doubts) == []


def test_rows_go_on_hold_with_their_sale_and_come_back(shop, doubts):
    shop.scan(BOX)
    shop.scan(CUT)
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F4))
    assert rows(doubts) == []
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_F5))
    assert CUT in rows(doubts)[0]


def test_the_rows_never_cover_the_sale_at_a_counters_screen(shop, doubts):
    shop.window.resize(1366, 768)
    shop.scan(BOX)
    for number in range(7):
        shop.scan(f"843628200000000000{number}")
    QApplication.processEvents()
    lines = shop.checkout.lines
    below = doubts.mapTo(shop.checkout, QPoint(0, 0)).y()
    bottom = lines.mapTo(shop.checkout, QPoint(0, lines.height())).y()
    assert below >= bottom
    assert lines.height() >= 300  # three cards of a sale
    last = doubts.rows.item(MOST_SHOWN - 1)
    assert doubts.rows.viewport().rect().contains(doubts.rows.visualItemRect(last))
    assert shop.window.minimumSizeHint().height() <= 720


# --- merged codes ---------------------------------------------------------------------------


def test_a_merged_read_offers_both_and_takes_nothing_by_itself(shop, doubts):
    shop.scan(BOX + OTHER)
    assert "Ctrl+J" in shop.checkout.verdict.said.todo
    settle(shop)
    assert codes_in_sale(shop) == ()
    assert len(rows(doubts)) == 1


def test_ctrl_j_takes_both_by_the_road_of_a_scan_and_its_row_goes(shop, doubts):
    shop.scan(BOX + OTHER, port="serial:x")
    heard = []
    shop.window.heard.connect(heard.append)
    ctrl_j(shop)
    shop.qtbot.waitUntil(lambda: len(codes_in_sale(shop)) == 2)
    assert set(codes_in_sale(shop)) == {BOX, OTHER}
    judged = [one for one in heard if isinstance(one, news.Judged)]
    assert [one.verdict.reading.code for one in judged] == [BOX, OTHER]
    assert {one.port for one in judged} == {"serial:x"}
    assert rows(doubts) == []
    ctrl_j(shop)
    settle(shop)
    assert sum(isinstance(one, news.Judged) for one in heard) == 2


def test_a_refused_first_code_stops_there_and_stays_on_the_screen(shop, doubts):
    shop.whole.view.save_settings({"scanner.double_read_ms": 0}, True)
    shop.scan(BOX)
    shop.scan(BOX + OTHER)
    ctrl_j(shop)
    shop.qtbot.waitUntil(lambda: "已在本单" in shop.checkout.verdict.said.evidence)
    settle(shop)
    assert codes_in_sale(shop) == (BOX,)
    assert shop.checkout.verdict.said.tone is theme.NO
    assert "另一盒" in shop.checkout.verdict.said.todo
    assert len(rows(doubts)) == 1  # the other box is still to scan


def test_a_first_code_scanned_a_moment_ago_does_not_stop_the_other(shop, doubts):
    shop.scan(BOX)
    shop.scan(BOX + OTHER)
    ctrl_j(shop)
    shop.qtbot.waitUntil(lambda: set(codes_in_sale(shop)) == {BOX, OTHER})
    assert rows(doubts) == []


def test_a_first_code_that_asks_stops_there(shop, doubts):
    shop.scan(STRANGE + BOX)
    ctrl_j(shop)
    shop.qtbot.waitUntil(lambda: not shop.checkout.questions.isHidden())
    settle(shop)
    assert codes_in_sale(shop) == ()
    assert "另一盒" in shop.checkout.verdict.said.todo
    assert len(rows(doubts)) == 1


def test_a_barcode_glued_to_a_code_offers_the_code(shop):
    shop.scan("6900000000014" + BOX)
    assert "Ctrl+J" in shop.checkout.verdict.said.todo
    ctrl_j(shop)
    shop.qtbot.waitUntil(lambda: codes_in_sale(shop) == (BOX,))


def test_what_can_be_cut_in_more_than_one_way_is_not_offered(shop):
    for text in (BOX + OTHER[:-1], BOX + "12", CUT):
        shop.scan(text)
        assert "Ctrl+J" not in shop.checkout.verdict.said.todo
        ctrl_j(shop)
        settle(shop)
    assert codes_in_sale(shop) == ()


@pytest.mark.parametrize("newer", [BOX, CUT, "6900000000021"])
def test_an_offer_ends_with_the_next_scan(shop, newer):
    shop.scan(BOX + OTHER)
    shop.scan(newer)
    ctrl_j(shop)
    settle(shop)
    assert OTHER not in codes_in_sale(shop)


def test_an_offer_ends_when_something_else_is_said(shop):
    shop.scan(OTHER)
    shop.scan(BOX + "84362820000000000024")
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Backspace))
    ctrl_j(shop)
    settle(shop)
    assert codes_in_sale(shop) == ()


def test_a_scanners_line_feed_right_behind_a_scan_takes_nothing(shop):
    """Scanners that type CR+LF with control keys send Ctrl+J behind Enter."""
    shop.scan(BOX + OTHER)
    shop.rest()
    # The next box: its Enter, then its Ctrl+J before the desk has answered.
    busy = threading.Event()
    shop.whole.counter.desk_lane.submit(busy.wait)
    shop.burst("84362820000000000024")
    shop.key(Qt.Key.Key_J, CTRL)
    busy.set()
    shop.qtbot.waitUntil(lambda: "84362820000000000024" in codes_in_sale(shop))
    settle(shop)
    assert codes_in_sale(shop) == ("84362820000000000024",)


def test_ctrl_j_in_the_middle_of_a_typed_scan_takes_nothing(shop):
    shop.scan(BOX + OTHER)
    shop.rest()
    shop.burst("84362820000000", end="")
    shop.key(Qt.Key.Key_J, CTRL)
    settle(shop)
    assert codes_in_sale(shop) == ()
    shop.qtbot.waitUntil(lambda: not shop.whole.wedge.receiving)


def test_another_scan_in_between_stops_the_rest(shop):
    shop.scan(BOX + OTHER)
    wishes, now = shop.whole.counter.wishes, shop.whole.counter.clock.now()
    busy = threading.Event()
    shop.whole.counter.desk_lane.submit(busy.wait)
    # It waits for the desk before the codes are taken: it is judged before the first of them.
    wishes.scan(RawScan(b"84362820000000000031", "test", now))
    ctrl_j(shop)
    busy.set()
    shop.qtbot.waitUntil(lambda: "84362820000000000031" in codes_in_sale(shop))
    settle(shop)
    settle(shop)
    assert OTHER not in codes_in_sale(shop)


def test_the_row_that_comes_up_hides_no_line_one_was_at(shop, doubts):
    for number in range(60):
        shop.scan(f"8436282{number:013d}")
    shop.scan("81773220000000000001")
    lines = shop.checkout.lines
    shop.qtbot.waitUntil(lambda: lines.lines.rowCount() == 2)
    shop.qtbot.waitUntil(lambda: lines.currentIndex().row() == 1)
    shop.scan(CUT)
    shop.qtbot.waitUntil(doubts.isVisible)

    def whole() -> bool:
        card = lines.visualRect(lines.lines.index(1))
        return card.isValid() and card.bottom() <= lines.viewport().height()

    shop.qtbot.waitUntil(whole)
