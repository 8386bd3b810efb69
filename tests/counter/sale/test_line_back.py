"""A removed line comes back as one step, each box by the road of a scan, and the chain tells both."""

import json
from datetime import date

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.counter.sale.line_back import LineBack
from tests.conftest import LOT, OTC, RX, Shop, box
from tests.counter.sale.test_gifts_and_orders import FREE, _lines, counter  # noqa: F401 - a fixture
from tests.counter.sale.test_gifts_and_orders import box as free


@pytest.fixture
def back(shop: Shop) -> LineBack:
    return LineBack(shop.open_sale, shop.desk)


def _events(shop: Shop) -> list[tuple[str, str | None, str | None]]:
    rows = shop.ledger.chain.conn.execute("SELECT kind, code, payload FROM events ORDER BY seq")
    return [(r["kind"], r["code"], json.loads(r["payload"]).get("port")) for r in rows]


def test_boxes_and_asked_ones_come_back_and_the_chain_tells_both(shop: Shop, back: LineBack):
    for number in (1, 2):
        shop.scan(box(number))
    shop.open_sale.lines.add_item(OTC, 1)
    assert _lines(shop) == [(False, 3, (box(1), box(2)))]
    back.remove(1)
    assert _lines(shop) == []
    restored = back.restore()
    assert restored is not None
    assert restored.out == ()
    assert _lines(shop) == [(False, 3, (box(1), box(2)))]
    kinds = [(kind, code) for kind, code, _ in _events(shop)]
    assert kinds.index(("line_removed", None)) > kinds.index(("box_released", box(1)))
    again = [code for kind, code, port in _events(shop) if port == "undo"]
    assert again == [box(1), box(2)]
    assert check(shop.ledger.path).problems == ()


def test_what_came_after_goes_out_first(shop: Shop, back: LineBack):
    shop.scan(box(1))
    back.remove(1)
    shop.scan(box(2, RX))
    assert not back.next()
    assert back.restore() is None
    shop.open_sale.lines.undo()
    assert back.next()
    assert back.restore() is not None
    assert _lines(shop) == [(False, 1, (box(1),))]


def test_two_lines_come_back_one_after_the_other(shop: Shop, back: LineBack):
    shop.scan(box(1))
    shop.scan(box(2, RX))
    for line in (1, 2):
        back.remove(line)
    assert back.restore() is not None
    assert back.restore() is not None
    assert {code for _, _, codes in _lines(shop) for code in codes} == {box(1), box(2, RX)}
    assert back.restore() is None


def test_a_gift_comes_back_as_a_gift(counter: Shop):  # noqa: F811 - the fixture
    back = LineBack(counter.open_sale, counter.desk)
    for number in (1, 2):
        counter.scan(free(number))
    gift = counter.open_sale.lines.turn_gift(None)
    assert isinstance(gift, Line)
    assert gift.item == FREE
    back.remove(gift.number)
    assert back.restore() is not None
    assert _lines(counter) == [(False, 1, (free(1),)), (True, 1, (free(2),))]
    assert check(counter.ledger.path).problems == ()


def test_a_line_of_another_sale_does_not_come_back(shop: Shop, back: LineBack):
    shop.scan(box(1))
    back.remove(1)
    shop.open_sale.ending.void()
    shop.scan(box(2))
    assert not back.next()


def test_units_come_back_as_units(shop: Shop, back: LineBack):
    shop.ledger.chain.conn.execute("UPDATE items SET split_ratio = 24, split_unit = '粒'")
    shop.desk.split(box(1), 5)
    sale = shop.open_sale.refresh()
    assert sale is not None
    back.remove(sale.lines[0].number)
    restored = back.restore()
    assert restored is not None
    sale = shop.open_sale.refresh()
    assert sale is not None
    assert [(line.split, line.quantity) for line in sale.lines] == [(True, 5)]
    assert check(shop.ledger.path).problems == ()


def test_boxes_without_a_code_stand_on_their_entries_again(shop: Shop, back: LineBack):
    """Two of the library and one that is scanned; an entry that was closed meanwhile gives none."""
    who, library = Actor(shop.clock.now(), "007"), shop.ledger.no_code
    draft = Draft(OTC.code, LOT, 1, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7")
    first, second = (library.keep_no_code(who, draft).number for _ in range(2))
    for number in (first, second):
        library.approve_no_code(who, number, "001")
    shop.open_sale.lines.add_item(OTC, 3)
    shop.scan(box(1))
    assert [shop.open_sale.boxes.take_no_code(1, number) for number in (first, second)] == [
        None,
        None,
    ]
    before = shop.open_sale.sale
    assert before is not None
    back.remove(1)
    assert back.restore() is not None
    line = shop.open_sale.sale.lines[0] if shop.open_sale.sale else None
    assert line is not None
    assert (line.quantity, line.lacking) == (3, 0)
    assert shop.open_sale.sale.no_code_numbers() == before.no_code_numbers()
    back.remove(line.number)
    library.close_no_code(who, second, "已盘清")
    assert back.restore() is not None
    line = shop.open_sale.sale.lines[0]
    assert ([one.number for one in line.no_code], line.lacking) == ([first], 1)
    assert check(shop.ledger.path).problems == ()
