"""A whole morning by the mouse alone and by a finger alone: no key is pressed in either."""

from dataclasses import replace
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QTableView

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.ports.settlement import Settled, Split
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, PersonAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.widgets.number_pad import NumberPad
from pharmacy_desk.wiring.look import dressed_application, make_application
from pharmacy_desk.wiring.options import Options
from tests.conftest import box
from tests.fakes.settlement import ToldDoor
from tests.gui.conftest import BOX, opened

HERB = "6900000000045"
PERSON = "11010519491231002X"
# Of ¥21.80, what one box costs.
PARTS = Settlement("", None, fund_fen=1000, account_fen=180, cash_fen=1000)
NOTE = """单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,单价
SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,2,12.00
"""


def _click(widget, at):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)


def _touch(device, widget, at):
    # A touch beyond the screen is none, and the screen of a test is smaller than the window.
    window = widget.window()
    window.move(QPoint(100, 100) - widget.mapTo(window, at))
    QApplication.processEvents()
    QTest.touchEvent(widget, device).press(0, at, widget).commit()
    QTest.touchEvent(widget, device).release(0, at, widget).commit()


class Hand:
    """Strikes the middle of what is in sight and can be struck."""

    def __init__(self, strike):
        self._strike = strike

    def on(self, widget, at=None):
        place = at or widget.rect().center()
        assert widget.isVisible()
        assert widget.isEnabled(), widget
        assert widget.window().rect().contains(widget.mapTo(widget.window(), place))
        self._strike(widget, place)
        QApplication.processEvents()

    def row(self, view, row):
        index = view.model().index(row, getattr(view, "modelColumn", lambda: 0)())
        self.on(view.viewport(), view.visualRect(index).center())


@pytest.fixture(params=["mouse", "finger"])
def hand(request, qapp):
    """The window that comes after it is dressed for fingers, as `ui.touch` says."""
    make_application("zh_CN", touch=True)
    if request.param == "mouse":
        yield Hand(_click)
    else:
        device = QTest.createTouchDevice()
        yield Hand(partial(_touch, device))
        shiboken6.delete(device)  # else every window after it would be one for fingers
    make_application("zh_CN")


@pytest.fixture
def desk(hand, qtbot, filled, monkeypatch):
    """A counter that settles by itself, at a door that splits a sale as `PARTS` says."""
    settled = Settled(replace(PARTS, setl_id="SETL1", mdtrt_id="M1"))
    door = ToldDoor(settled, whom=Patient("9", "02", PERSON, PERSON), split=Split(PARTS))
    options = Options(settlement_url="http://127.0.0.1:9", own_practice_platform=False)

    def stand_in(whole):
        monkeypatch.setattr(whole.counter.doors, "settlement", lambda _: door)

    with opened(filled, qtbot, options=options, before=stand_in) as made:
        yield made


def _pad(shop):
    (open_now,) = (pad for pad in shop.window.findChildren(NumberPad) if pad.isVisible())
    return open_now


def _digits(shop, hand, text):
    pad = _pad(shop)
    for digit in text:
        hand.on(pad.keys[digit])


def _button(part, words):
    """What bears these words, of what is in sight."""
    made = (one for one in part.findChildren(QPushButton) if one.isVisible())
    return next(one for one in made if words in f"{one.text()} {one.accessibleName()}")


def _found_by_search(shop, hand):
    """The herb by its barcode, struck on the screen; then three bags of it."""
    search = shop.checkout.search
    hand.on(search.field)
    _digits(shop, hand, HERB)
    shop.qtbot.waitUntil(lambda: search.found, timeout=10_000)
    shop.answer_to(lambda: hand.row(search.hits, 0))
    assert not search.pad.isVisible()
    lines = shop.checkout.lines
    hand.on(lines.viewport(), lines.visualRect(lines.lines.index(0)).center())
    for _ in range(2):
        shop.answer_to(lambda: hand.on(shop.checkout.line_bar.more))
    assert shop.checkout.sale.lines[0].quantity == 3


def _pay_in_cash(shop, hand, cash):
    pay = shop.checkout.pay_panel
    hand.on(pay.self_paid)
    _digits(shop, hand, cash + "7")
    hand.on(_pad(shop).keys["⌫"])
    assert pay.tendered.text() == cash
    shop.rest()  # the button waits a moment after a scan
    paid = shop.wait_for(news.Paid, lambda: hand.on(pay.pay))
    assert not pay.pad.isVisible()
    return paid.sale


def _pay_insured(shop, hand):
    """Whose card by the digits, the kind, herself, and the split with what she gives in cash."""
    questions = shop.checkout.questions
    hand.on(shop.checkout.keys.buttons["Ctrl+K"])
    _digits(shop, hand, PERSON)
    shop.answer_to(lambda: hand.on(_pad(shop).keys["⏎"]), PersonAnswer)
    shop.settle()
    assert not questions.is_open
    assert shop.checkout.sale.person.masked == "11********2X"
    hand.on(shop.checkout.pay_panel.insured)
    hand.on(questions.kind_page.buttons[PaymentKind.POOLED])
    hand.on(_button(questions, "本人"))
    page = questions.preview_page
    shop.qtbot.waitUntil(lambda: questions.currentWidget() is page and page.isVisible())
    hand.on(page.cash)
    _digits(shop, hand, "20")
    shop.rest()
    told = shop.answer_to(lambda: hand.on(page.first), PayAnswer)
    assert told.what is PayDid.PAID
    return told.sale


def _receive(shop, hand):
    """A delivery by its note, and what is wrong with it said before it is posted."""
    hand.on(_button(shop.window, "收货验收"))
    screen = shop.window.front
    keys = screen.panel.keys.buttons
    hand.on(keys["Ctrl+O"])
    shop.qtbot.waitUntil(lambda: screen.receiving.listed, timeout=10_000)
    shop.scan(box(7))
    shop.scan(box(8))
    shop.settle()
    hand.on(keys["Backspace"])
    shop.qtbot.waitUntil(lambda: len(screen.receiving.boxes) == 1)
    hand.on(keys["Esc"])
    hand.on(screen.confirm.no)
    hand.on(keys["F8"])
    shop.qtbot.waitUntil(lambda: screen.panel.verdict.said.word == "与单不符")
    moved = shop.wait_for(news.Moved, lambda: hand.on(keys["F8"]))
    assert moved.boxes == 1


def _bring_back(shop, hand, sold):
    """A box comes back: from the list of sales, its receipt, the tick, the reason."""
    hand.on(_button(shop.window, "查码"))
    lookup = shop.window.front
    hand.on(_button(lookup, "销售单"))
    sales = lookup.sales
    places = range(3)
    shop.qtbot.waitUntil(lambda: sales.rows.rowCount() == len(places), timeout=10_000)
    hand.row(sales.table, next(n for n in places if sales.rows.row(n).number == sold.number))
    hand.on(_button(sales, "F6"))
    page = lookup.receipt
    shop.qtbot.waitUntil(lambda: page.isVisible() and page.opened is not None, timeout=10_000)
    assert page.opened.sale.number == sold.number
    row = next(at for at in range(page.rows.rowCount()) if page.rows.row(at).code == BOX)
    hand.row(page.table, row)
    hand.on(page.reasons.buttons()[0])
    hand.on(_button(page, "F6"))
    shop.qtbot.waitUntil(lambda: page.rows.row(row).returnable == 0, timeout=10_000)


def test_a_morning_without_a_key(hand, desk, tmp_path, monkeypatch):
    shop, keys = desk, desk.checkout.keys.buttons
    note = tmp_path / "note.csv"
    note.write_text(NOTE, encoding="gb18030")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(note), ""))
    _found_by_search(shop, hand)
    shop.scan(BOX)
    hand.on(keys["F4"])
    shop.qtbot.waitUntil(lambda: not shop.checkout.sale or not shop.checkout.sale.lines)
    shop.scan(box(1))
    sold = _pay_in_cash(shop, hand, "50")
    assert (sold.tendered_fen, sold.change_fen) == (5000, 5000 - sold.total_fen)
    shop.scan(box(2))
    insured = _pay_insured(shop, hand)
    assert (insured.payment, insured.owed_fen) == (PaymentKind.POOLED, 1000)
    hand.on(keys["F5"])
    shop.qtbot.waitUntil(
        lambda: shop.checkout.sale is not None and shop.checkout.sale.box_count > 1
    )
    sold = _pay_in_cash(shop, hand, "200")
    _receive(shop, hand)
    _bring_back(shop, hand, sold)
    hand.on(_button(shop.window, "收银"))
    assert shop.window.front is shop.checkout
    ledger = shop.whole.counter.home.ledger
    assert check(ledger).problems == ()
    boxes = shop.whole.counter.ledger.boxes
    states = shop.whole.counter.desk_lane.call(lambda: [boxes.state(box(n)) for n in (1, 2, 7)])
    assert states == [BoxState.SOLD, BoxState.SOLD, BoxState.ON_SHELF]


def test_every_question_is_left_by_its_corner(hand, shop):
    shop.scan(BOX)
    for key in ("Ctrl+T", "Ctrl+K", "Ctrl+O", "F10"):
        hand.on(shop.checkout.keys.buttons[key])
        assert shop.checkout.questions.is_open, key
        hand.on(shop.checkout.questions.leave_button)
        shop.settle()
        assert not shop.checkout.questions.is_open, key


def test_the_pad_hides_nothing_of_what_is_asked(hand, shop):
    shop.window.resize(1280, 720)
    shop.scan(BOX)
    pay = shop.checkout.pay_panel
    hand.on(pay.self_paid)
    shop.settle()
    pad = _pad(shop)
    assert not pad.geometry().intersects(_place(shop.window, pay))
    assert not pad.geometry().intersects(_place(shop.window, shop.checkout.verdict))
    assert shop.window.rect().contains(pad.geometry())


def _place(window, part):
    return QRect(part.mapTo(window, QPoint()), part.size())


def test_rows_are_as_high_as_a_finger_only_where_it_is_wanted(hand, shop):
    for name in ("receiving", "lookup", "stock", "catalogue"):
        shop.window.go(name)
        for table in shop.window.screens[name].findChildren(QTableView):
            assert table.verticalHeader().defaultSectionSize() >= theme.TOUCH_ROW_PX
    choices = shop.window.screens["receiving"].choices
    shop.window.go("receiving")
    choices.ask("?", [("1", 1), ("2", 2)])
    assert choices.list.sizeHintForRow(0) >= theme.TOUCH_ROW_PX
    choices.close_question()


def test_without_fingers_there_is_no_pad_and_rows_are_closer(shop):
    assert shop.checkout.pay_panel.pad is None
    assert shop.checkout.search.pad is None
    shop.window.go("stock")
    tables = shop.window.screens["stock"].findChildren(QTableView)
    assert {table.verticalHeader().defaultSectionSize() for table in tables} <= {34, 42, 44}


def test_the_setting_or_a_touch_screen_dresses_the_window(qapp):
    plain = Settings({}, practice=True)
    dressed_application(Settings({"ui.touch": True}, practice=True))
    assert theme.touch()
    dressed_application(plain)
    assert not theme.touch()
    device = QTest.createTouchDevice()
    dressed_application(plain)
    assert theme.touch()
    shiboken6.delete(device)
    dressed_application(plain)
    assert not theme.touch()
