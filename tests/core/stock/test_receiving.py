"""Receiving: where a scanned box belongs, and what is left to post."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock import receiving as core
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.receiving import Match, Receiving, Row, SeenBox
from tests.conftest import EXEMPT, OTC, RX, box

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
A = Batch("A1", date(2026, 1, 2), date(2028, 1, 1))
B = Batch("B2", date(2026, 5, 2), date(2028, 5, 1))


def seen(number, item=OTC, **more):
    return SeenBox(recognise_text(box(number, item), TODAY), item, **more)


def note(*rows):
    return Receiving("示例医药", "SH-1", rows, (), listed=True)


def row(batch=A, quantity=2, item=OTC, codes=()):
    return Row(item, item.name, batch, quantity, 1000, frozenset(codes))


def scan(receiving, what, chosen=None):
    arrival = core.match(receiving, what, TODAY, 30, chosen)
    return arrival, core.take(receiving, arrival)


def test_a_promised_box_is_counted_and_the_one_too_many_is_extra():
    receiving = note(row())
    words = []
    for number in (1, 2, 3):
        arrival, receiving = scan(receiving, seen(number))
        words.append(arrival.match)
    assert words == [Match.IN_LIST, Match.IN_LIST, Match.EXTRA]
    assert [(t.scanned, t.missing, t.extra) for t in receiving.tallies()] == [(2, 0, 0), (1, 0, 1)]
    assert receiving.without_lot() == 1  # nobody has told the lot of the extra one


def test_a_box_is_not_counted_twice():
    _, receiving = scan(note(row()), seen(1))
    arrival, after = scan(receiving, seen(1))
    assert (arrival.match, after) == (Match.TWICE, receiving)


def test_a_drug_in_two_lots_waits_for_the_person_to_choose():
    receiving = note(row(A), row(B))
    arrival, after = scan(receiving, seen(1))
    assert (arrival.match, after) == (Match.WHICH_LOT, receiving)
    _, receiving = scan(receiving, seen(1), chosen=1)
    assert [part.batch for part in receiving.parts()] == [B]


def test_a_box_whose_code_tells_its_lot_finds_its_row():
    _, receiving = scan(note(row(A), row(B)), seen(1, batch=Batch("B2")))
    assert receiving.boxes[0].row == 1


def test_a_full_lot_does_not_make_the_other_one_certain():
    receiving = note(row(A, 1), row(B, 1))
    _, receiving = scan(receiving, seen(1), chosen=0)
    assert scan(receiving, seen(2), chosen=0)[0].match is Match.WHICH_LOT


def test_a_listed_code_finds_its_row_and_an_unlisted_one_is_extra():
    receiving = note(row(A, 1, codes=[box(1)]), row(B, 1, codes=[box(2)]))
    arrival, receiving = scan(receiving, seen(2))
    assert (arrival.match, arrival.row) == (Match.IN_LIST, 1)
    assert scan(receiving, seen(3))[0].match is Match.EXTRA


def test_a_code_listed_for_another_drug_is_the_wrong_drug():
    receiving = note(row(item=RX, codes=[box(1)]))
    arrival, after = scan(receiving, seen(1))
    assert (arrival.match, after) == (Match.WRONG_DRUG, receiving)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (BoxState.ON_SHELF, Match.ALREADY_HERE),
        (BoxState.SOLD, Match.SOLD_HERE),
        (BoxState.OPENED, Match.SOLD_HERE),
        (BoxState.USED_UP, Match.SOLD_HERE),
        (BoxState.DESTROYED, Match.GONE),
        (BoxState.RETURNED, Match.GONE),
        (BoxState.TRANSFERRED_OUT, Match.IN_LIST),
        (BoxState.TO_SUPPLIER, Match.IN_LIST),
        (None, Match.IN_LIST),
    ],
)
def test_a_box_with_a_past_is_taken_only_if_it_may_come_in(state, word):
    arrival, after = scan(note(row()), seen(1, state=state))
    assert arrival.match is word
    assert bool(after.boxes) is (word is Match.IN_LIST)


def test_a_box_in_an_open_sale_is_not_taken():
    claim = Earlier(ClaimState.LIVE, "01-000001", "01", "007", NOON)
    assert scan(note(row()), seen(1, earlier=claim))[0].match is Match.IN_SALE


def test_expired_boxes_are_refused_only_and_near_ones_warn():
    old, near = replace(A, expiry=TODAY - timedelta(1)), replace(A, expiry=TODAY + timedelta(29))
    arrival, after = scan(note(row(old)), seen(1))
    assert (arrival.match, after.boxes) == (Match.EXPIRED, ())
    refused = core.take(after, arrival, "已过期")
    assert [part.code for part in refused.parts("已过期")] == [box(1)]
    assert list(refused.parts()) == []
    assert scan(note(row(near)), seen(1))[0].match is Match.NEAR_EXPIRY
    last_day = replace(A, expiry=TODAY)
    assert scan(note(row(last_day)), seen(1))[0].match is Match.NEAR_EXPIRY


def test_a_drug_without_codes_is_counted_by_its_barcode_or_by_eye():
    receiving = note(row(item=EXEMPT, quantity=5))
    barcode = SeenBox(recognise_text(EXEMPT.barcodes[0], TODAY), EXEMPT)
    _, receiving = scan(receiving, barcode)
    assert receiving.rows[0].counted == 1
    receiving = core.count_all(receiving, 0)
    assert [(part.code, part.quantity) for part in receiving.parts()] == [(None, 5)]
    assert core.count_all(receiving, 0).rows[0].counted == 0


def test_the_commodity_barcode_of_a_drug_with_codes_counts_nothing():
    barcode = SeenBox(recognise_text(OTC.barcodes[0], TODAY), OTC)
    arrival, after = scan(note(row()), barcode)
    assert (arrival.match, after) == (Match.NEEDS_CODE, note(row()))


def test_without_a_note_every_drug_gets_a_row_whose_lot_is_asked():
    _, receiving = scan(Receiving("示例医药"), seen(1))
    _, receiving = scan(receiving, seen(2))
    assert [t.scanned for t in receiving.tallies()] == [2]
    assert receiving.without_lot() == 0
    receiving = core.set_batch(receiving, 0, A)
    assert receiving.without_lot() is None
    assert {part.batch for part in receiving.parts()} == {A}


def test_what_was_not_moved_stays_with_its_row():
    receiving = note(row(A), row(item=RX, batch=B))
    for one in (seen(1), seen(2), seen(7, RX)):
        _, receiving = scan(receiving, one)
    sent = frozenset({box(1), box(2), box(7, RX)})
    left = core.posted(receiving, sent, frozenset({box(7, RX)}))
    assert [b.code for b in left.boxes] == [box(7, RX)]
    assert left.rows[left.boxes[0].row].item == RX
    assert core.posted(receiving, sent, frozenset()).empty


def test_a_refused_box_is_neither_missing_nor_accepted():
    receiving = note(row())
    for number in (1, 2):
        _, receiving = scan(receiving, seen(number))
    receiving = core.refuse(receiving, box(2), "包装破损")
    tally = receiving.tallies()[0]
    assert (tally.scanned, tally.refused, tally.missing) == (1, 1, 0)
    assert receiving.refusals() == ("包装破损",)
    assert core.refuse(receiving, box(2), "").refusals() == ()
