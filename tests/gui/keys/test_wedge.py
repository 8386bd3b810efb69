"""The keyboard wedge in the window: bursts are scans, typing is typing, fields stay clean."""

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from pharmacy_desk.counter import news
from pharmacy_desk.gui.shell.remote import burst
from tests.gui.conftest import BOX


def pause(ms):
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < ms:
        QApplication.processEvents()


@pytest.mark.parametrize("end", ["\r", "\t", ""])
def test_a_burst_is_a_scan_and_leaves_the_field_as_it_was(shop, end):
    field = shop.checkout.search.field
    field.setFocus()
    field.setText("bl")
    heard = shop.wait_for(news.Judged, lambda: shop.burst(BOX, end))
    assert heard.verdict.reading.code == BOX
    assert field.text() == "bl"
    assert QApplication.focusWidget() is field


def test_a_persons_typing_stays_typing(shop):
    field = shop.checkout.search.field
    field.setFocus()
    for ch in "blf12345":
        QTest.keyClick(shop.window.windowHandle(), ch)
        pause(90)
    assert field.text() == "blf12345"
    assert shop.whole.counter.desk_lane.call(lambda: list(shop.whole.counter.desk.log.ring)) == []


def test_gs_arrives_as_ctrl_bracket(shop):
    text = "]d2010690123456789210LOT7A\x1d21SN0001"
    heard = shop.wait_for(news.Judged, lambda: shop.burst(text))
    assert heard.verdict.reading.code == "010690123456789221SN0001"
    assert heard.verdict.reading.lot == "LOT7A"


def test_two_scans_back_to_back_are_two(shop):
    codes = []
    shop.window.heard.connect(
        lambda n: codes.append(n.verdict.reading.code) if isinstance(n, news.Judged) else None
    )
    shop.burst(BOX)
    shop.burst("84362820000000000017")
    shop.qtbot.waitUntil(lambda: len(codes) == 2)
    assert codes == [BOX, "84362820000000000017"]


def test_a_scan_on_another_screen_goes_where_that_screen_wants_it(shop):
    shop.window.go("lookup")
    heard = shop.wait_for(news.LookedUp, lambda: shop.burst(BOX))
    assert heard.reading.code == BOX
    assert shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale) is None
    shop.window.go("settings")
    shop.wait_for(news.LookedUp, lambda: shop.burst(BOX))


def test_a_scan_over_a_message_box_is_not_lost_and_presses_nothing(shop):
    box = QMessageBox(shop.window)
    box.setText("?")
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    shop.qtbot.waitUntil(lambda: QApplication.focusWindow() is box.windowHandle())

    heard = shop.wait_for(news.Judged, lambda: burst(box.windowHandle(), BOX + "\r"))
    assert heard.verdict.reading.code == BOX
    assert box.isVisible()
    box.close()
