"""Gifts on random walks: no box is lost, doubled or mispriced, and undo leads back to nothing."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Item, RxFlag
from pharmacy_desk.core.sale.sale import Sale
from tests.conftest import LOT, FixedClock, PlainSealer, Shop

FREE = Item(
    code="G1", name="维生素C片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT,
    barcodes=("6900000000052",), identifications=("8100001",),
)  # fmt: skip
_STEP = st.one_of(
    st.tuples(st.just("scan"), st.integers(1, 9)),
    st.tuples(st.just("ask"), st.just(0)),
    st.tuples(st.just("gift"), st.integers(0, 3)),
    st.tuples(st.just("choose"), st.integers(0, 3)),
    st.tuples(st.just("undo"), st.just(0)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("hold"), st.just(0)),
)


def _play(shop: Shop, step: str, number: int) -> None:
    lines = shop.open_sale.sale.lines if shop.open_sale.sale else ()
    line = lines[number % len(lines)].number if lines and number else None
    if step == "scan":
        shop.scan(f"8100001{number:013d}")
    elif step == "ask":
        shop.scan("6900000000052")
    elif step == "gift":
        shop.open_sale.lines.turn_gift(line)
    elif step == "choose":
        shop.open_sale.choose(line)
    elif step == "undo":
        shop.open_sale.lines.undo()
    elif step == "remove" and line:
        shop.open_sale.lines.remove_line(line)
    elif step == "hold" and shop.open_sale.held.hold():
        shop.open_sale.held.resume(1)


def _told(sale: Sale | None) -> Any:
    if sale is None:
        return None
    lines = [
        (line.number, line.gift, line.asked, line.price_fen, [box.code for box in line.boxes])
        for line in sale.lines
    ]
    return sale.number, sale.last_entry, lines


def _holds(shop: Shop) -> None:
    """What is in memory is in the ledger, gifts are free, and at most one line of each kind."""
    sale = shop.open_sale.sale
    assert _told(shop.ledger.sales.current_sale()) == _told(sale)
    if sale is None:
        return
    kinds = [line.gift for line in sale.lines]
    assert len(kinds) == len(set(kinds))
    assert all(line.price_fen == (0 if line.gift else 990) for line in sale.lines)
    assert all(line.asked >= 0 for line in sale.lines)


@pytest.fixture(scope="module")
def shop_type(profile: Any) -> Callable[[Path], Shop]:
    """Makes counters, each on a ledger file of its own."""

    def make(path: Path) -> Shop:
        clock = FixedClock()
        bring_up_to_date(path)
        return Shop(
            SqliteLedger(Actor(clock.now(), "007"), path, "01", "walk", PlainSealer()),
            clock,
            profile,
        )

    return make


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(_STEP, max_size=25))
# The only box asked for is given away, another is scanned: asked for is the line that has it.
@example(steps=[("ask", 0), ("scan", 2), ("gift", 0), ("scan", 1), ("ask", 0)])
def test_any_walk_keeps_boxes_prices_and_the_proof(shop_type: Any, steps: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_type(Path(folder) / "ledger.db")
        try:
            shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [FREE])
            for step, number in steps:
                before = set(shop.open_sale.sale.codes()) if shop.open_sale.sale else set()
                boxes = shop.open_sale.sale.box_count if shop.open_sale.sale else 0
                _play(shop, step, number)
                _holds(shop)
                if step == "gift" and shop.open_sale.sale:
                    assert set(shop.open_sale.sale.codes()) == before
                    assert shop.open_sale.sale.box_count <= boxes + 1
            while shop.open_sale.lines.undo():
                _holds(shop)
            assert shop.open_sale.sale is None or shop.open_sale.sale.lines == ()
            assert check(shop.ledger.path).problems == ()
        finally:
            shop.ledger.close()
