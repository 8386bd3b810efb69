"""Sums of the list of sales by day, clerk, drug and way of paying: they agree to the fen."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.sales_list import SalesFilter, SalesSum, SumBy, sum_columns
from tests.conftest import EXEMPT, OTC, RX, Shop, box

PIN = "471193"


@pytest.fixture
def sold(shop: Shop) -> Shop:
    """Two days, two clerks, two ways of paying, three drugs, one of them without codes."""
    for number in ("007", "008"):
        actor = Actor(shop.clock.now(), "007")
        shop.ledger.people.put_operator(actor, Operator(number, number, "营业员"), PIN)
    shop.scan(box(1))
    shop.open_sale.lines.add_item(EXEMPT, 3)
    shop.pay()
    shop.sell(box(2), payment=PaymentKind.ACCOUNT)
    shop.clock.advance(24 * 3600)
    shop.open_sale.who.sign_in("008", PIN)
    shop.sell(box(3), box(1, RX))
    return shop


def _sums(shop: Shop, by: SumBy, wanted: SalesFilter | None = None) -> list[SalesSum]:
    with closing(Reader(shop.ledger.path)) as reader:
        return reader.sales.sums(wanted or SalesFilter(), by)


def _money(found: list[SalesSum]) -> dict[str, tuple[int, int, int]]:
    return {one.key: (one.sales, one.boxes, one.total_fen) for one in found}


def test_sales_are_added_up_by_what_is_asked(sold: Shop) -> None:
    first = 2 * OTC.price_fen + 3 * EXEMPT.price_fen
    second = OTC.price_fen + RX.price_fen
    today = sold.clock.now().date()
    assert _sums(sold, SumBy.DAY)[0].key == today.isoformat()  # the newest first
    assert _money(_sums(sold, SumBy.DAY)) == {
        today.isoformat(): (1, 2, second),
        (today - timedelta(days=1)).isoformat(): (2, 5, first),
    }
    assert _money(_sums(sold, SumBy.CLERK)) == {"007": (2, 5, first), "008": (1, 2, second)}
    assert _money(_sums(sold, SumBy.PAYMENT)) == {
        "self": (2, 6, first + second - OTC.price_fen),
        "account": (1, 1, OTC.price_fen),
    }
    drugs = _sums(sold, SumBy.DRUG)
    assert _money(drugs) == {
        OTC.code: (3, 3, 3 * OTC.price_fen),
        EXEMPT.code: (1, 3, 3 * EXEMPT.price_fen),
        RX.code: (1, 1, RX.price_fen),
    }
    assert [one.total_fen for one in drugs] == sorted((d.total_fen for d in drugs), reverse=True)


@pytest.mark.parametrize(
    "wanted",
    [
        SalesFilter(),
        SalesFilter(text="007"),
        SalesFilter(text=OTC.name),
        SalesFilter(payment=PaymentKind.ACCOUNT),
        SalesFilter(text="none is called so"),
    ],
)
def test_every_sum_comes_to_what_the_list_comes_to(sold: Shop, wanted: SalesFilter) -> None:
    with closing(Reader(sold.ledger.path)) as reader:
        newest = reader.sales.last_paid()
        assert newest
        sold.open_sale.returns.take_back(newest, box(1, RX), "质量问题")
        _, total_fen, back_fen = reader.sales.listed_sum(wanted)
    for by in SumBy:
        found = _sums(sold, by, wanted)
        assert (sum(s.total_fen for s in found), sum(s.back_fen for s in found)) == (
            total_fen,
            back_fen,
        )


def test_what_came_back_is_told_with_what_it_was_sold_as(sold: Shop) -> None:
    with closing(Reader(sold.ledger.path)) as reader:
        newest = reader.sales.last_paid()
    assert newest
    assert sold.open_sale.returns.take_back(newest, box(1, RX), "质量问题").number
    assert {one.key: one.back_fen for one in _sums(sold, SumBy.DRUG)} == {
        OTC.code: 0, EXEMPT.code: 0, RX.code: RX.price_fen,
    }  # fmt: skip
    (day, _) = _sums(sold, SumBy.DAY)
    assert (day.back_fen, day.net_fen) == (RX.price_fen, OTC.price_fen)


def test_units_of_an_opened_box_are_counted_apart(shop: Shop) -> None:
    by_unit = replace(OTC, split_unit="粒", split_ratio=24)
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [by_unit])
    shop.scan(box(2))
    shop.desk.split(box(1), 6)
    shop.pay()
    (told,) = _sums(shop, SumBy.DRUG)
    # 21.80 / 24 a unit, rounded up to the fen.
    assert (told.sales, told.boxes, told.units, told.total_fen) == (1, 1, 6, 2180 + 6 * 91)


def test_the_rows_of_a_file_fit_its_columns(sold: Shop) -> None:
    told = {by: [one.cells(by) for one in _sums(sold, by)] for by in SumBy}
    for by, cells in told.items():
        assert {len(one) for one in cells} == {len(sum_columns(by))}
    assert told[SumBy.DRUG][0][:4] == (EXEMPT.code, EXEMPT.name, "1", "3")
    assert {one[0] for one in told[SumBy.PAYMENT]} == {"自费", "个人账户"}
