"""At 1280×720 with the practice column open, the code of a receipt's box is read to its end."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.gui.conftest import opened
from tests.practice import practice_home

BOX = "84362820442053402133"
# The style's padding of a cell, and a line between two rows.
PAD_PX, EDGE_PX = 16, 2


def test_the_code_of_a_box_is_not_cut(qapp, qtbot, tmp_path):
    with opened(practice_home(tmp_path / "home"), qtbot, play=True) as shop:
        shop.window.resize(1280, 720)
        shop.scan(BOX)
        wishes = shop.whole.counter.wishes
        paid = shop.wait_for(news.Paid, lambda: wishes.pay(PayOrder(PaymentKind.SELF)))
        shop.window.go("lookup")
        page = shop.window.screens["lookup"].receipt
        shop.window.screens["lookup"].open_receipt(paid.sale.number)
        shop.read()
        QApplication.processEvents()
        assert shop.whole.practice.isVisible()
        assert shop.window.width() == 1280
        text = page.rows.index(0, 3).data()
        assert text.replace(" ", "") == BOX
        cell = page.table.visualRect(page.rows.index(0, 3))
        room = QRect(0, 0, cell.width() - PAD_PX, 1000)
        letters = QFontMetrics(page.table.font())
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = letters.boundingRect(room, flags, text)
        assert needed.width() <= room.width()
        assert needed.height() <= cell.height() + EDGE_PX
