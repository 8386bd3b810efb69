"""+ and − on a line of the real ledger: what is asked for, undone, refused, killed and proved."""

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.sale.counting import CountRefusal
from tests.conftest import EXEMPT, OTC, Shop, box


def _counts(shop: Shop) -> list[tuple[int, int]]:
    """(sold, lacking) of each line, as the ledger holds it."""
    sale = shop.open_sale.refresh()
    return [(line.quantity, line.lacking) for line in sale.lines] if sale else []


def test_plus_asks_for_one_more_than_is_sold(shop: Shop) -> None:
    shop.scan(box(1))
    shop.scan(box(2))
    shop.open_sale.lines.count_line(
        1, 1
    )  # nothing was asked for: the two in hand are, and one more
    assert _counts(shop) == [(3, 1)]
    shop.scan(box(3))
    assert _counts(shop) == [(3, 0)]
    assert check(shop.ledger.path).problems == ()


def test_minus_stops_at_the_codes_in_hand(shop: Shop) -> None:
    shop.open_sale.lines.add_item(OTC, 4)
    shop.scan(box(1))
    shop.scan(box(2))
    for left in (3, 2):
        shop.open_sale.lines.count_line(1, -1)
        assert _counts(shop) == [(left, left - 2)]
    assert shop.open_sale.lines.count_line(1, -1) is CountRefusal.SCANNED
    assert _counts(shop) == [(2, 0)]
    assert check(shop.ledger.path).problems == ()


def test_goods_without_codes_stop_at_one(shop: Shop) -> None:
    shop.open_sale.lines.add_item(EXEMPT, 2)
    shop.open_sale.lines.count_line(1, -1)
    assert shop.open_sale.lines.count_line(1, -1) is CountRefusal.LAST
    assert _counts(shop) == [(1, 0)]
    shop.open_sale.lines.count_line(1, 1)
    assert shop.pay().total_fen == 2 * EXEMPT.price_fen
    assert check(shop.ledger.path).problems == ()


def test_undo_takes_the_last_plus_back(shop: Shop) -> None:
    shop.open_sale.lines.add_item(EXEMPT, 2)
    shop.open_sale.lines.count_line(1, 1)
    shop.open_sale.lines.undo()
    assert _counts(shop) == [(2, 0)]
    assert check(shop.ledger.path).problems == ()


def test_a_line_that_is_gone_is_not_counted(shop: Shop) -> None:
    assert shop.open_sale.lines.count_line(1, 1) is CountRefusal.NOTHING_THERE
    shop.open_sale.lines.add_item(EXEMPT, 2)
    assert shop.open_sale.lines.count_line(2, 1) is CountRefusal.NOTHING_THERE


@pytest.mark.parametrize("failing", ["UPDATE ON sale_entries", "INSERT ON events"])
def test_fewer_is_whole_or_not_at_all(shop: Shop, failing: str) -> None:
    """Wherever the disk fails: the number and its event are there together, or neither."""
    shop.open_sale.lines.add_item(EXEMPT, 3)
    sale = shop.open_sale.open().number
    conn = shop.ledger.chain.conn
    told = conn.execute("SELECT count(*) FROM events").fetchone()[0]
    conn.execute(
        f"CREATE TEMP TRIGGER fails BEFORE {failing} BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    with pytest.raises(WorldError):
        shop.ledger.basket.ask_less(Actor(shop.clock.now(), "007"), sale, 1, 1)
    conn.execute("DROP TRIGGER fails")
    assert _counts(shop) == [(3, 0)]
    assert conn.execute("SELECT count(*) FROM events").fetchone()[0] == told
    assert check(shop.ledger.path).problems == ()
