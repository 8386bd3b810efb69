"""Who keeps drafts, packs, stock and the no-code library, over fakes: what the ledger is told."""

from datetime import date

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.stock.drafts import Unfinished
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason, NoCodeState
from pharmacy_desk.core.stock.receiving import Receiving
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from pharmacy_desk.counter.stock.no_code_wishes import CloseReason, NoCodeWishes
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from tests.conftest import LOT, NOON, OTC, box
from tests.fakes.lane import NowLane
from tests.fakes.ledger import KeptDrafts, KeptMappings
from tests.fakes.open_sale import KeptLedger

BY = Actor(NOON, "007")


@pytest.fixture
def kept():
    made = KeptLedger()
    made.catalogue.put_items(BY, [OTC])
    return made


@pytest.fixture
def open_sale(kept, clock, profile):
    return kept.open_sale(clock, profile)


@pytest.fixture
def approvals(kept, open_sale, clock):
    return Approvals(
        people=kept.people,
        events=kept.events,
        who=open_sale.who,
        clock=clock,
        settings=lambda: kept.settings,
        post=lambda _: None,
    )


@pytest.fixture
def drafts():
    return KeptDrafts()


@pytest.fixture
def keeper(kept, open_sale, clock, profile, approvals, drafts):
    movements = Movements(
        sales=kept.sales,
        boxes=kept.boxes,
        catalogue=kept.catalogue,
        mappings=KeptMappings(),
        events=kept.events,
        who=open_sale.who,
        open_sale=open_sale,
        clock=clock,
        settings=lambda: kept.settings,
        profile=profile,
        wake_courier=lambda _: None,
    )
    return StockWishes(
        lane=NowLane(),
        boxes=kept.boxes,
        drafts=drafts,
        movements=movements,
        approvals=approvals,
        actor=open_sale.who.actor,
        post=lambda _: None,
    )


def test_a_delivery_is_one_document_by_who_works_here(keeper, kept):
    keeper.post(Order(MovementKind.DELIVERY, (Wanted(box(1), OTC.code, LOT),), "示例医药"))
    ((document, draft),) = kept.boxes.posted
    assert (document.actor, document.party, draft) == (BY, "示例医药", None)
    assert [line.codes for line in document.lines] == [(box(1),)]


def test_a_draft_is_kept_until_it_is_dropped_and_what_headers_mean_for_good(keeper, drafts):
    keeper.keep_draft("d1", Unfinished(Receiving()))
    keeper.learn_headers("示例医药", {"批次": "lot"})
    assert list(drafts.bodies) == ["d1"]
    assert drafts.by == [BY, BY]
    keeper.drop_draft("d1")
    assert (drafts.bodies, drafts.headers) == ({}, {"示例医药": {"批次": "lot"}})


def test_packs_and_opening_stock_are_counted_as_they_are_new(keeper, kept):
    packs = [PackRelation(box(900), None, 2), PackRelation(box(1), box(900), 1)]
    assert (keeper.load_packs(packs), keeper.load_packs(packs)) == (2, 0)
    assert keeper.load_stock([StockLot(OTC.code, LOT, 5)], []).changed == 1
    assert kept.boxes.stock == [StockLot(OTC.code, LOT, 5)]


def test_an_entry_without_code_is_proposed_and_closed_by_who_works_here(
    kept, open_sale, clock, approvals
):
    told = []
    library = NoCodeWishes(
        lane=NowLane(),
        sales=kept.sales,
        no_code=kept.no_code,
        catalogue=kept.catalogue,
        open_sale=open_sale,
        approvals=approvals,
        clock=clock,
        shut=lambda: "",
        looked=lambda: None,
        post=told.append,
        wake_courier=lambda _: None,
    )
    draft = Draft(OTC.code, LOT, 5, NoCodeReason.MADE_BEFORE, date(2025, 6, 30), "发票 7")
    library.keep(draft)
    (entry,) = kept.no_code.entries.values()
    assert (entry.at, entry.operator, entry.state) == (NOON, "007", NoCodeState.PROPOSED)
    library.close(entry.number, next(iter(CloseReason)))
    assert kept.no_code.entries == {}
