"""An unfinished receiving as JSON and back, and what its documents leave of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.drafts import (
    Unfinished,
    after_document,
    closed,
    from_body,
    to_body,
    waiting,
)
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Box, Match, Receiving, Row
from tests.conftest import EXEMPT, ITEMS, NOON, OTC, RX, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
KNOWN = {item.code: item for item in ITEMS}
_TEXT = st.text(max_size=12)
_DAYS = st.none() | st.dates()
_BATCH = st.builds(Batch, st.none() | _TEXT, _DAYS, _DAYS)
_ROW = st.builds(
    Row, st.none() | st.sampled_from(ITEMS), _TEXT, _BATCH, st.integers(0, 999),
    st.none() | st.integers(0, 10_000), st.frozensets(_TEXT, max_size=3), st.integers(0, 9),
)  # fmt: skip


@st.composite
def unfinished(draw: st.DrawFn) -> Unfinished:
    rows = tuple(draw(st.lists(_ROW, min_size=1, max_size=4)))
    place = st.integers(0, len(rows) - 1)
    boxes = st.builds(
        Box, _TEXT, st.sampled_from(ITEMS), place, _BATCH, st.sampled_from(Match), _TEXT
    )
    receiving = Receiving(
        draw(_TEXT),
        draw(_TEXT),
        rows,
        tuple(draw(st.lists(boxes, max_size=5))),
        draw(st.booleans()),
    )
    unread = draw(st.lists(st.tuples(_TEXT, _TEXT), max_size=2))
    return Unfinished(receiving, draw(_TEXT), draw(_TEXT), tuple(unread))


@settings(max_examples=150, deadline=None)
@given(unfinished())
def test_a_receiving_comes_back_as_it_was(one: Unfinished) -> None:
    body = to_body(one)
    assert from_body(body, KNOWN.get) == one
    line = waiting("n", NOON, "007", body)
    rows, boxes = one.receiving.rows, one.receiving.boxes
    assert line.expected == sum(row.quantity for row in rows)
    assert line.scanned == len(boxes) + sum(row.counted for row in rows)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(["{}", "[]", "null", '{"rows":[{}],"boxes":[]}']))
def test_a_damaged_body_is_none_and_still_a_line(body: str) -> None:
    assert from_body(body, KNOWN.get) is None
    assert waiting("n", NOON, "007", body).number == "n"


def test_a_drug_that_is_gone_makes_it_unreadable_instead_of_losing_its_boxes() -> None:
    body = to_body(delivery())
    assert from_body(body, lambda code: None if code == "Y2" else KNOWN[code]) is None


def delivery() -> Unfinished:
    rows = (
        Row(OTC, OTC.name, LOT, 3, 1000, frozenset({box(1), box(2)})),
        Row(RX, RX.name, LOT, 1),
        Row(EXEMPT, EXEMPT.name, LOT, 5, None, frozenset(), 5),
    )
    boxes = (
        Box(box(1), OTC, 0, LOT, Match.IN_LIST),
        Box(box(2), OTC, 0, LOT, Match.IN_LIST, "包装破损"),
        Box(box(7, RX), RX, 1, LOT, Match.IN_LIST),
    )
    return Unfinished(Receiving("示例医药", "SH-1", rows, boxes, listed=True), "4.5", "x")


def test_after_the_delivery_only_the_refused_are_left_and_nothing_is_missing_twice() -> None:
    moved = frozenset({box(1), box(7, RX)})
    left = after_document(delivery(), MovementKind.DELIVERY, moved, frozenset())
    assert [b.code for b in left.receiving.boxes] == [box(2)]
    assert [row.counted for row in left.receiving.rows] == [0, 0, 0]
    assert [t.missing for t in left.receiving.tallies()] == [1, 0, 0]
    assert (left.celsius, left.receiving.reference) == ("4.5", "SH-1")
    assert (
        closed(after_document(left, MovementKind.REFUSAL, frozenset({box(2)}), frozenset())) is None
    )


def test_what_did_not_move_stays_with_its_row() -> None:
    left = after_document(delivery(), MovementKind.DELIVERY, frozenset(), frozenset({"Y3"}))
    assert left.receiving.rows[2].counted == 5
    rest = closed(left)
    assert rest is not None
    assert [b.code for b in rest.receiving.boxes] == [box(1), box(2), box(7, RX)]
    assert {row.quantity for row in rest.receiving.rows} == {0}


def test_a_refusal_ends_no_counted_packs() -> None:
    left = after_document(delivery(), MovementKind.REFUSAL, frozenset({box(2)}), frozenset())
    assert left.receiving.rows[2].counted == 5


@pytest.mark.parametrize("row", [-1, 3])
def test_a_box_without_its_row_is_damage(row: int) -> None:
    one = delivery()
    boxes = (replace(one.receiving.boxes[0], row=row),)
    body = to_body(replace(one, receiving=replace(one.receiving, boxes=boxes)))
    assert from_body(body, KNOWN.get) is None


def test_a_moment_is_kept_with_its_zone() -> None:
    assert waiting("n", NOON, "007", to_body(delivery())).at.utcoffset() == timedelta(hours=8)
