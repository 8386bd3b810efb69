"""Who decides about mappings, over fakes: one person, two persons, and a contradiction."""

from dataclasses import replace

import pytest

from pharmacy_desk.core.catalogue.drugs import MapState
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter.answers import MapDid
from pharmacy_desk.counter.catalogue.map_book import MapBook
from tests.conftest import OTC, RX
from tests.fakes.ledger import KeptMappings
from tests.fakes.open_sale import KeptLedger

NEW = "8999999"


@pytest.fixture
def kept():
    return KeptLedger()


@pytest.fixture
def rows():
    return KeptMappings()


@pytest.fixture
def open_sale(kept, clock, profile):
    return kept.open_sale(clock, profile)


@pytest.fixture
def book(kept, rows, open_sale):
    kept.catalogue.put_items(open_sale.who.actor(), [OTC, RX])
    return MapBook(
        catalogue=kept.catalogue, mappings=rows, who=open_sale.who, settings=lambda: kept.settings
    )


def test_one_persons_word_counts_where_the_store_wants_no_second(book, rows):
    assert book.say(NEW, OTC, None).what is MapDid.CONFIRMED
    (entry,) = rows.map_entries(NEW)
    assert (entry.mapping.state, entry.operator) == (MapState.CONFIRMED, "007")


def test_the_first_persons_word_waits_for_somebody_elses(book, rows, kept, open_sale):
    kept.settings = replace(kept.settings, values={"map.second_person": True})
    assert book.say(NEW, OTC, None).what is MapDid.PROPOSED
    assert book.say(NEW, OTC, None).what is MapDid.PROPOSED  # the same person again
    open_sale.who.take_over(Operator("008", "李四", "药师"), "pin")
    assert book.say(NEW, OTC, None).what is MapDid.CONFIRMED
    (entry,) = rows.map_entries(NEW)
    assert (entry.mapping.state, entry.operator) == (MapState.CONFIRMED, "008")


def test_a_contradiction_is_named_before_it_is_written(book, rows):
    book.say(NEW, OTC, None)
    assert book.say(NEW, RX, None, anyway=False).what is MapDid.CONFLICT
    assert len(rows.map_entries(NEW)) == 1
    assert book.unmap(NEW, OTC.code, "写错")
    assert rows.map_entries(NEW) == ()
