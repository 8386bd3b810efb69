"""Alt+3 at the look-up: kept prescriptions, what is sealed opened by F8, saved by a right."""

import pytest

from pharmacy_desk.core.sale.prescription import RxOrder
from pharmacy_desk.counter.answers import RxAnswer
from tests import plain
from tests.conftest import RX
from tests.gui import seen


@pytest.fixture
def page(shop):
    """The page with one prescription in the list, its diagnosis sealed."""
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: counter.ledger.catalogue.put_items(counter.open_sale.who.actor(), [RX])
    )
    shop.scan("83857930000000000001")
    told = RxOrder(
        "P1", "示例医院", "440300", "张医师", counter.clock.now().date(), (("Y2", 2),),
        diagnosis="急性扁桃体炎",
    )  # fmt: skip
    assert isinstance(counter.wishes.rx.keep(told).result(10), RxAnswer)
    shop.window.go("lookup")
    screen = shop.window.screens["lookup"]
    screen.show_rx()
    shop.qtbot.waitUntil(lambda: screen.prescriptions.rows.rowCount() == 1, timeout=10_000)
    return screen.prescriptions


def opened(shop):
    ledger = shop.whole.counter.ledger.path
    return plain.rows(ledger, "SELECT operator FROM events WHERE kind = 'sealed_opened'")


def test_the_list_tells_it_and_f8_opens_what_is_sealed_with_an_event(shop, page):
    model = page.rows
    told = [str(model.data(model.index(0, n))) for n in range(model.columnCount())]
    assert "P1" in told
    assert "2" in told
    assert not any("扁桃体" in cell for cell in told)
    assert opened(shop) == []
    page.open_sealed()
    shop.qtbot.waitUntil(lambda: "急性扁桃体炎" in page.opened.text(), timeout=10_000)
    assert len(opened(shop)) == 1
    page.refresh()
    assert page.opened.text() == ""


def test_it_is_found_by_drug_number_and_prescriber_and_saved_without_what_is_sealed(
    shop, page, tmp_path
):
    for text, count in (("阿莫西林", 1), ("P1", 1), ("张医", 1), ("Y2", 1), ("%", 0)):
        page.text.setText(text)
        page.refresh()
        shop.qtbot.waitUntil(
            lambda wanted=count: any(t.startswith(str(wanted)) for t in seen.labels(page)),
            timeout=10_000,
        )
    page.text.setText("")
    path = tmp_path / "rx.csv"
    page.save(path)
    shop.qtbot.waitUntil(path.exists, timeout=10_000)
    shop.qtbot.waitUntil(lambda: "✓" in seen.told(page), timeout=10_000)
    held = path.read_text(encoding="utf-8-sig")
    assert "张医师" in held
    assert "扁桃体" not in held
