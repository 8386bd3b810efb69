"""A real counter with its real window on a home of its own, with a small catalogue."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.ports.settlement import Settled, Split
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base.bridge import Asker, Bridge
from pharmacy_desk.gui.shell.remote import burst
from pharmacy_desk.wiring import window as wiring_window
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.options import Options
from tests.conftest import NOON
from tests.fakes.settlement import ToldDoor

CATALOGUE = """商品编码,商品名称,规格,生产企业,医保编码,医保类别,商品条码,药品标识码,处方标志,类别,零售价,生产批号,生产日期,有效期至
A1,布洛芬缓释胶囊,0.3g×24粒,示例一厂,XM01AE,乙,6900000000014,8436282,OTC甲,西药,21.80,241230,2024-12-30,2027-12-29
A2,复方丹参滴丸,27mg×180丸,示例一厂,ZC01,甲,6900000000021,8177322,OTC甲,中成药,27.60,,,
A3,枸杞子（中药饮片）,250g,示例中药,,自费,6900000000045,,,中药饮片,32.00,,,
A4,<b>粗体</b>名,1片,'; DROP,,自费,,8400001,RX,西药,9.90,1,2025-01-01,2030-01-01
"""
# A counter without the practice platform beside it.
ALONE = Options(own_practice_platform=False)
BOX = "84362820442053402132"
SPLIT = Settlement("", None, fund_fen=1000, account_fen=180, cash_fen=1000)

COLD_BOX = "84000030000000000001"


def sell_cold_tablets(counter):
    """A drug with ephedrine is in the catalogue; its code is `COLD_BOX`."""
    item = Item(
        "C1", "伪麻片", "30mg×12片", maker="示例一厂", insurance_class=InsuranceClass.B, rx=RxFlag.OTC_A,
        price_fen=1590, batch=Batch("L1", date(2026, 1, 1), date(2029, 1, 1)),
        identifications=("8400003",), ephedrine=True,
    )  # fmt: skip
    actor = Actor(counter.clock.now(), "007")
    counter.desk_lane.call(lambda: counter.ledger.catalogue.put_items(actor, [item]))


@pytest.fixture(scope="session")
def qapp():
    """The program's own application, in Chinese, as it is at a counter."""
    return make_application("zh_CN")


@pytest.fixture
def home(tmp_path, empty_ledger):
    home = Home(tmp_path / "home")
    home.make()
    home.ledger.write_bytes(empty_ledger)
    return home


@pytest.fixture
def filled(home, tmp_path):
    table = tmp_path / "catalogue.csv"
    table.write_text(CATALOGUE, encoding="utf-8")
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    import_file(counter, table, counter.desk_lane.call)
    counter.stop()
    return home


@pytest.fixture
def shop(qapp, qtbot, filled):
    """The opened window; `shop.scan(text)` delivers a scan and waits for its verdict."""
    with opened(filled, qtbot) as made:
        yield made


@pytest.fixture
def door():
    """A settlement's line that splits and settles one box of A1."""
    settled = Settled(replace(SPLIT, setl_id="SETL1", mdtrt_id="M1"))
    return ToldDoor(settled, split=Split(SPLIT))


@pytest.fixture
def settling(qapp, qtbot, filled, door, monkeypatch):
    """The window of a counter that settles by itself, at this door; a box is in its sale."""
    options = Options(settlement_url="http://127.0.0.1:9", own_practice_platform=False)

    def stand_in(whole):
        monkeypatch.setattr(whole.counter.doors, "settlement", lambda _: door)

    with opened(filled, qtbot, options=options, before=stand_in) as made:
        made.scan(BOX)
        made.rest()
        yield made


@pytest.fixture
def part(qapp, qtbot):
    """Shows one part of the window over a read port that is told its rows: no store, no counter.

    What the part may not need has nothing here to be asked of.
    """
    askers = []

    def make(kind, told):
        bridge = Bridge()
        asker = Asker(lambda: told, bridge)
        askers.append(asker)
        desk = SimpleNamespace(
            asker=asker,
            bridge=bridge,
            now=lambda: NOON,
            settings=lambda: Settings({}, practice=True),
        )
        made = kind(desk)
        qtbot.addWidget(made)
        made.resize(1280, 720)
        with qtbot.waitExposed(made):
            made.show()
        made.shown()
        return made

    yield make
    for asker in askers:
        asker.stop()


class Steady:
    """Counts the seconds as the machine does; some more go by when a test says so."""

    def __init__(self):
        self.passed = 0.0
        self._stopped_at = None

    def stand(self):
        """From now on only what the test says goes by, however slow the machine is."""
        self._stopped_at = time.monotonic()

    def __call__(self):
        return (self._stopped_at or time.monotonic()) + self.passed


@contextmanager
def opened(home, qtbot, *, options=ALONE, play=False, lock=True, before=lambda whole: None):
    """The window over a home, closed behind it; `before` has the counter while it is not open."""
    steady = Steady()
    whole = wiring_window.WindowedCounter(
        home, options, rehearsed=True, play=play, monotonic=steady
    )
    before(whole)
    window = whole.open(lock=lock)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield Shop(whole, window, qtbot, steady)
    window.close()
    QApplication.processEvents()


class Shop:
    """What a person at the counter does and sees."""

    def __init__(self, whole, window, qtbot, steady):
        self.whole = whole
        self.steady = steady
        self.window = window
        self.qtbot = qtbot
        self.checkout = window.checkout

    def scan(self, text, port="test"):
        """Deliver a scan; wait until the window has heard its answer."""
        with self.qtbot.waitSignal(self.window.heard, timeout=10_000, check_params_cb=_is_answer):
            now = self.whole.counter.clock.now()
            self.whole.counter.wishes.scan(RawScan(text.encode(), port, now))
        QApplication.processEvents()  # the lines follow the verdict

    def rest(self):
        """A second goes by: Enter is no scanner's last key any more."""
        self.steady.passed += 1

    def read(self):
        """Wait until the reader has answered everything asked so far, and it is shown."""
        done = []
        self.whole.asker.ask(lambda _: None, done.append)
        until(lambda: bool(done))

    def settle(self):
        """Wait until the desk has worked off what was wished, and the window has heard of it."""
        done = []
        self.whole.counter.desk_lane.submit(
            lambda: self.whole.bridge.answer(lambda _: done.append(True), None)
        )
        until(lambda: bool(done))

    def wait_for(self, kind, act):
        """Do something and wait for news of one kind; the news."""
        blocker = self.qtbot.waitSignal(
            self.window.heard, timeout=10_000, check_params_cb=lambda n: isinstance(n, kind)
        )
        with blocker:
            act()
        self.settle()  # the answer of a wish comes behind its news
        return blocker.args[0]

    def answer_to(self, act, kind=object):
        """Do what makes the checkout wish something; its answer of a kind, once it is said."""
        blocker = self.qtbot.waitSignal(
            self.checkout.answered, timeout=10_000, check_params_cb=lambda a: isinstance(a, kind)
        )
        with blocker:
            act()
        QApplication.processEvents()
        return blocker.args[0]

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press one key as the window system delivers it."""
        QTest.keyClick(self.window.windowHandle(), key, modifier)

    def insured(self):
        """F2 and twice Enter: by the kind that is offered first, the insured person herself."""
        self.key(Qt.Key.Key_F2)
        page = self.checkout.questions.kind_page
        self.qtbot.waitUntil(lambda: self.checkout.questions.currentWidget() is page)
        QTest.keyClick(page.first, Qt.Key.Key_Return)
        asked = self.checkout.questions.currentWidget()
        if self.checkout.questions.is_open and asked is not page:  # once a sale
            QTest.keyClick(asked.first, Qt.Key.Key_Return)
        self.settle()

    def burst(self, text, end="\r"):
        """Type as a scanner does."""
        burst(self.window.windowHandle(), text + end)

    @property
    def word(self):
        return self.checkout.verdict.said.word


def until(true, seconds=10):
    """Wait for what the other threads bring, and go on as soon as it is there."""
    late = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < late
        QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _is_answer(message):
    if isinstance(message, (news.ReceivingShown, news.CountShown, news.MovingShown)):
        return message.scan_number > 0
    return isinstance(message, (news.Judged, news.LookedUp, news.ScanFailed))
