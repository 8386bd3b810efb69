"""How many boxes: what is typed at the search, and what + and − make of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.sale.counting import (
    MOST_BOXES,
    Counted,
    CountRefusal,
    asked_after,
    typed,
)
from pharmacy_desk.core.sale.sale import Box, Line
from tests.conftest import EXEMPT, LOT, OTC, box


@pytest.mark.parametrize(
    ("text", "found", "boxes"),
    [
        ("枸杞子*5", "枸杞子", 5),
        ("枸杞子 ＊ 12", "枸杞子", 12),
        ("5*枸杞子", "枸杞子", 5),
        ("5×gqz", "gqz", 5),
        ("6900000000045*3", "6900000000045", 3),
        ("3*6900000000045", "6900000000045", 3),
        ("枸杞子*", "枸杞子", None),
        ("5*", "", 5),
        ("枸杞子", "枸杞子", None),
        ("枸杞子*0", "枸杞子*0", None),
        ("0*枸杞子", "0*枸杞子", None),
        ("枸杞子*1000", "枸杞子*1000", None),
        ("0.3gx24", "0.3gx24", None),
        ("*5", "*5", None),
        ("", "", None),
    ],
)
def test_a_star_parts_the_drug_from_its_number(text, found, boxes):
    assert typed(text) == Counted(found, boxes)


@given(st.text(max_size=30))
def test_whatever_is_typed_a_number_is_one_that_somebody_buys(text):
    counted = typed(text)
    assert counted.boxes is None or 1 <= counted.boxes <= MOST_BOXES
    assert counted.text == counted.text.strip()


def _line(asked=0, scanned=0, item=OTC, **more):
    boxes = tuple(Box(n, box(n), LOT) for n in range(1, scanned + 1))
    return Line(1, item, asked, item.price_fen, boxes, **more)


@given(st.integers(0, 40), st.integers(0, 40), st.lists(st.sampled_from([1, -1]), max_size=60))
def test_no_number_of_steps_goes_below_the_boxes_in_hand(asked, scanned, steps):
    for step in steps:
        line = _line(asked, scanned)
        after = asked_after(line, step)
        if isinstance(after, CountRefusal):
            assert after in (CountRefusal.SCANNED, CountRefusal.LAST)
            continue
        assert max(scanned, 1) <= after == line.quantity + step
        asked = after


@pytest.mark.parametrize(
    ("line", "step", "why"),
    [
        (_line(3, 3), -1, CountRefusal.SCANNED),
        (_line(0, 2), -1, CountRefusal.SCANNED),
        (_line(1, item=EXEMPT), -1, CountRefusal.LAST),
        (_line(MOST_BOXES), 1, CountRefusal.TOO_MANY),
        (_line(1, gift=True), 1, CountRefusal.GIFT),
        (_line(0, 1, split=True), 1, CountRefusal.UNITS),
    ],
)
def test_a_number_that_stays_says_why(line, step, why):
    assert asked_after(line, step) is why
