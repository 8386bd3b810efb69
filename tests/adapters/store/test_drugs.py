"""Drugs by hand in the ledger: added, changed, overwritten by a list; told by events and proved."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.by_hand import added, edited
from pharmacy_desk.core.catalogue.drug_history import DrugStep
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from tests.conftest import ITEMS, LOT, OTC, FixedClock

TOLD = {"name": "阿司匹林肠溶片", "spec": "100mg×30片", "maker": "示例制药", "price": "12.5"}


@pytest.fixture
def actor(clock: FixedClock) -> Actor:
    return Actor(clock.now(), "007")


@pytest.fixture
def reader(ledger: SqliteLedger) -> Iterator[Reader]:
    with closing(Reader(ledger.path)) as made:
        yield made


def _add(ledger: SqliteLedger, actor: Actor) -> Item:
    told = added("NEW", TOLD)
    assert isinstance(told, Item)
    return ledger.catalogue.add_drug(actor, told, "001")


def _edit(ledger: SqliteLedger, actor: Actor, code: str, **cells: str) -> bool:
    known = ledger.catalogue.find_item(code)
    assert known is not None
    told = edited(known, cells)
    assert isinstance(told, Item)
    return ledger.catalogue.change_drug(actor, told)


def test_a_drug_added_by_hand_has_a_code_of_its_own_and_waits_to_be_completed(
    ledger: SqliteLedger, actor: Actor, reader: Reader
) -> None:
    one, other = _add(ledger, actor), _add(ledger, actor)
    assert one.code != other.code
    assert ledger.catalogue.find_item(one.code) == one
    found = reader.catalogue.items_behind("", 10, incomplete=True)
    assert {item.code for item in found} == {one.code, other.code}
    assert reader.catalogue.incomplete_count() == 2
    assert reader.catalogue.item_count() == len(ITEMS) + 2
    assert check(ledger.path).problems == ()


def test_its_history_tells_who_changed_what_and_when(
    ledger: SqliteLedger, clock: FixedClock, actor: Actor, reader: Reader
) -> None:
    drug = _add(ledger, actor)
    clock.advance(60)
    office = Actor(clock.now(), "001")
    assert _edit(ledger, office, drug.code, price="13.00", category="西药")
    newest, first = reader.catalogue.history(drug.code)
    assert (newest.step, newest.operator, newest.at) == (DrugStep.EDITED, "001", clock.now())
    assert newest.changes == {"price": ("12.50", "13.00"), "category": ("", "西药")}
    assert (first.step, first.operator) == (DrugStep.ADDED, "007")
    assert first.changes["name"] == (None, "阿司匹林肠溶片")
    assert check(ledger.path).problems == ()


def test_what_a_list_overwrites_is_told(
    ledger: SqliteLedger, clock: FixedClock, actor: Actor, reader: Reader
) -> None:
    assert _edit(ledger, actor, OTC.code, price="19.90")
    clock.advance(60)
    ledger.catalogue.put_items(Actor(clock.now(), "008"), ITEMS)
    newest, mine, listed = reader.catalogue.history(OTC.code)
    assert (newest.step, newest.operator) == (DrugStep.OVERWRITTEN, "008")
    assert newest.changes == {"price": ("19.90", "21.80")}
    assert mine.changes == {"price": ("21.80", "19.90")}
    assert (listed.step, listed.operator) == (DrugStep.LISTED, "007")
    assert check(ledger.path).problems == ()


def test_a_list_that_changes_nothing_is_no_step(
    ledger: SqliteLedger, actor: Actor, reader: Reader
) -> None:
    ledger.catalogue.put_items(actor, ITEMS)
    assert [moment.step for moment in reader.catalogue.history(OTC.code)] == [DrugStep.LISTED]


def test_a_lot_that_was_told_is_a_step_too(
    ledger: SqliteLedger, actor: Actor, reader: Reader
) -> None:
    drug = _add(ledger, actor)
    ledger.catalogue.set_batch(actor, drug.code, LOT)
    newest = reader.catalogue.history(drug.code)[0]
    assert newest.step is DrugStep.LOT_TOLD
    assert newest.changes["lot"] == (None, LOT.lot)
    ledger.catalogue.set_batch(actor, drug.code, Batch("L9"))
    assert check(ledger.path).problems == ()


def test_barcodes_are_put_in_and_taken_out(ledger: SqliteLedger, actor: Actor) -> None:
    assert _edit(ledger, actor, OTC.code, barcodes="6900000000038")
    kept = ledger.catalogue.find_item(OTC.code)
    assert kept is not None
    assert kept.barcodes == ("6900000000038",)
    assert ledger.catalogue.find_item("6900000000014") is None
    assert not _edit(ledger, actor, OTC.code, barcodes="6900000000038")
    assert check(ledger.path).problems == ()


def test_a_dry_run_writes_no_step(ledger: SqliteLedger, actor: Actor, reader: Reader) -> None:
    assert _edit(ledger, actor, OTC.code, price="19.90")
    ledger.catalogue.put_items(actor, ITEMS, dry_run=True)
    assert reader.catalogue.history(OTC.code)[0].step is DrugStep.EDITED


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE items SET price_fen = 1 WHERE incomplete",
        "UPDATE items SET incomplete = 0 WHERE incomplete",
        "UPDATE items SET incomplete = 1 WHERE code = 'Y2'",
        "DELETE FROM items WHERE incomplete",
        "INSERT INTO barcodes SELECT '6900000000038', code FROM items WHERE incomplete",
        "UPDATE items SET added_by = '008' WHERE code = 'Y2'",
    ],
)
def test_a_drug_that_is_not_what_its_events_tell_is_found(
    ledger: SqliteLedger, actor: Actor, spoil: str
) -> None:
    _add(ledger, actor)
    ledger.chain.conn.execute(spoil)
    ledger.chain.conn.commit()
    problems = check(ledger.path).problems
    assert any(problem.startswith("drug: ") for problem in problems), problems


def test_a_price_that_was_changed_beside_the_program_is_found(
    ledger: SqliteLedger, actor: Actor
) -> None:
    assert _edit(ledger, actor, OTC.code, price="19.90")
    ledger.chain.conn.execute("UPDATE items SET price_fen = 100 WHERE code = 'Y1'")
    ledger.chain.conn.commit()
    told: Any = check(ledger.path).problems
    assert told == ("drug: the price of Y1 is not what its last event tells",)
