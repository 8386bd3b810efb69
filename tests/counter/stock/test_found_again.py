"""A box that a stock-take booked as missing turns up: found by a document, then sold as any."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.judge import BoxFacts, BoxRecord, judge
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.custody import BoxState, Move, after
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter.answers import UnitsDid
from pharmacy_desk.counter.stock.movements import Movements
from tests.conftest import OTC, Shop, box
from tests.counter.stock.test_movements import receive


@pytest.fixture
def stock(shop: Shop) -> Movements:
    return Movements(
        sales=shop.ledger.sales,
        boxes=shop.ledger.boxes,
        catalogue=shop.ledger.catalogue,
        mappings=shop.ledger.map,
        events=shop.ledger.chain,
        who=shop.open_sale.who,
        open_sale=shop.open_sale,
        clock=shop.clock,
        settings=lambda: shop.settings,
        profile=shop.profile,
        wake_courier=lambda _: None,
    )


def lose(stock: Movements) -> str:
    """Boxes 1 and 2 came in, only 1 is on the shelf; the loss document's number."""
    receive(stock, 1, 2)
    assert stock.stock_take([box(1)]).number
    return box(2)


def loss_of(shop: Shop) -> tuple[str, str | None]:
    """The loss document, and the one that answers it."""
    with closing(Reader(shop.ledger.path)) as reader:
        (loss,) = [
            d for d in reader.documents.listed(None, None, 20) if d.kind is MovementKind.LOSS
        ]
        (row,) = reader.documents.codes(loss.number, None, 10)
        return loss.number, row.found_by


def test_a_missing_box_that_is_scanned_is_found_and_sold(shop: Shop, stock: Movements) -> None:
    code = lose(stock)
    assert loss_of(shop)[1] is None
    said = shop.scan(code)
    assert said.name is V.OK
    assert said.record
    assert said.record.state is BoxState.MISSING
    assert shop.ledger.boxes.state(code) is BoxState.ON_SHELF
    loss, found = loss_of(shop)
    assert found
    with closing(Reader(shop.ledger.path)) as reader:
        document = reader.documents.document(found)
        assert document
        assert (document.kind, document.reference) == (MovementKind.SURPLUS, loss)
        assert "缺失" in document.reason
        told = [queued.line.codes for queued in reader.outbox.lines_of(found)]
    assert told == [(code,)]
    assert check(shop.ledger.path).problems == ()
    shop.pay()
    assert shop.ledger.boxes.state(code) is BoxState.SOLD
    assert check(shop.ledger.path).problems == ()


def test_taken_out_of_the_sale_again_it_stays_found(shop: Shop, stock: Movements) -> None:
    code = lose(stock)
    shop.scan(code)
    shop.open_sale.ending.void()
    assert shop.ledger.boxes.state(code) is BoxState.ON_SHELF
    assert shop.scan(code).name is V.OK
    assert check(shop.ledger.path).problems == ()


def _split(shop: Shop, code: str) -> None:
    assert shop.desk.split(code, 1).what is UnitsDid.TAKEN


def _type(shop: Shop, code: str) -> None:
    assert shop.desk.type_code(code).verdict.accepted


@pytest.mark.parametrize("way", [_split, _type])
def test_every_way_into_a_sale_finds_it(
    shop: Shop, stock: Movements, way: Callable[[Shop, str], None]
) -> None:
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "007"), [replace(OTC, split_unit="粒", split_ratio=2)]
    )
    code = lose(stock)
    way(shop, code)
    assert loss_of(shop)[1]
    shop.pay()
    assert check(shop.ledger.path).problems == ()


def test_every_state_a_scan_says_ok_to_may_be_sold(shop: Shop, stock: Movements) -> None:
    """The judge and the table of custody agree: what is OK may be sold or opened.

    Of a sold box the claim on its code speaks, which the reservation runs into.
    """
    today = shop.clock.now().date()
    for state in set(BoxState) - {BoxState.SOLD}:
        record = BoxRecord(box(1), state, OTC.code, Batch(), "D", shop.clock.now(), "01", "007")
        facts = BoxFacts(None, (OTC,), None, record)
        said = judge(recognise_text(box(1), today), facts, shop.open_sale.second.bench(None, None))
        if not said.accepted:
            continue
        lived = after(state, Move.FIND) if state is BoxState.MISSING else state
        allowed = after(lived, Move.SELL) or after(lived, Move.SELL_UNITS)
        assert allowed, state
