"""The register: masked in the list, opened for paper by a manager alone, each opening an event."""

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests import plain
from tests.gui import seen
from tests.gui.conftest import COLD_BOX, sell_cold_tablets

WHO, NAME = "11010519491231002X", "欧阳示例"


@pytest.fixture
def tab(shop):
    """One sale in the register, and a clerk at the counter of a store that has a manager."""
    counter = shop.whole.counter

    def sell():
        actor = Actor(counter.clock.now(), "007")
        counter.ledger.people.put_operator(actor, Operator("001", "店", Role.MANAGER), "123456")
        counter.ledger.people.put_operator(actor, Operator("007", "员", Role.CLERK), "654321")

    sell_cold_tablets(counter)
    shop.scan(COLD_BOX)
    counter.wishes.customer.see(WHO, name=NAME).result(10)
    counter.wishes.pay(PayOrder(PaymentKind.SELF)).result(10)
    counter.desk_lane.call(sell)
    shop.window.go("stock")
    screen = shop.window.screens["stock"]
    seen.press(screen, "含麻专册")
    shop.qtbot.waitUntil(lambda: screen.register.rows.rowCount() == 1, timeout=10_000)
    return screen.register


def _opened(shop):
    return plain.rows(
        shop.whole.counter.ledger.path, "SELECT operator FROM events WHERE kind = 'sealed_opened'"
    )


def test_the_list_shows_it_masked(tab):
    model = tab.rows
    shown = " ".join(
        str(model.data(model.index(0, column))) for column in range(model.columnCount())
    )
    assert "欧**" in shown
    assert "11********2X" in shown
    assert WHO not in shown
    assert NAME not in shown


def test_a_manager_lets_it_be_printed_and_that_is_an_event(shop, tab, tmp_path):
    counter, path = shop.whole.counter, tmp_path / "r.csv"
    shop.wait_for(news.ApprovalWanted, lambda: tab.save_table(path))
    assert not path.exists()
    assert _opened(shop) == []
    counter.wishes.people.answer_approval("001", "123456", "检查").result(10)
    shop.qtbot.waitUntil(lambda: "r.csv" in tab.head.note.text(), timeout=10_000)
    text = path.read_text(encoding="utf-8-sig")
    assert WHO in text
    assert NAME in text
    assert [row[0] for row in _opened(shop)] == ["007"]
    pdf = tmp_path / "r.pdf"
    shop.wait_for(news.ApprovalWanted, lambda: tab.save_pdf(pdf))
    counter.wishes.people.answer_approval("001", "123456", "检查").result(10)
    shop.qtbot.waitUntil(pdf.exists, timeout=10_000)
    assert pdf.read_bytes()[:5] == b"%PDF-"


def test_without_a_yes_nothing_is_opened(shop, tab, tmp_path):
    shop.wait_for(news.ApprovalWanted, lambda: tab.save_pdf(tmp_path / "r.pdf"))
    shop.whole.counter.wishes.people.drop_approval()
    shop.qtbot.waitUntil(lambda: "✕" in tab.head.note.text(), timeout=10_000)
    assert not list(tmp_path.glob("r.pdf"))
    assert _opened(shop) == []
