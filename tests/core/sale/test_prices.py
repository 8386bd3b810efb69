"""Another price: how it is typed, what is refused, by which right, and what money comes back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.people.people import Right, may_do
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.sale.prices import (
    DISCOUNT_LIMITS,
    PriceRefusal,
    price_refusal,
    right_for,
    typed_price,
)
from pharmacy_desk.core.sale.refund import CameBack, Wanted, return_plan
from pharmacy_desk.core.sale.sale import Box, Line, Repriced, Sale, SaleState
from pharmacy_desk.core.settings.settings import SETTINGS
from tests.conftest import EXEMPT, LOT, OTC, box

DAY = date(2026, 11, 22)
NOON = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("19.8", 1980), ("¥19.80", 1980), ("9折", 1962), ("9.5折", 2071), ("95 折", 2071),
        ("９折", 1962), ("90%", 1962), ("33.33%", 727), ("-2", 1980), ("−0.01", 2179),
        ("25", 2500), ("", None), ("0", None), ("-21.8", None), ("-30", None), ("abc", None),
        ("0折", None), ("0%", None), ("1.005", None), ("--2", None),
    ],
)  # fmt: skip
def test_a_price_is_typed_as_money_as_a_share_or_as_less(text, fen):
    assert typed_price(text, 2180) == fen


@given(st.text(max_size=12), st.integers(1, 10_000_000))
def test_whatever_is_typed_no_price_is_nothing_or_below(text, list_fen):
    fen = typed_price(text, list_fen)
    assert fen is None or fen > 0


def _line(**more):
    return Line(1, OTC, 2, OTC.price_fen, **more)


@pytest.mark.parametrize(
    ("line", "fen", "reason", "insured", "why"),
    [
        (None, 1, "近效期", False, PriceRefusal.NOTHING_THERE),
        (_line(gift=True), 1, "近效期", False, PriceRefusal.GIFT),
        (_line(), 0, "近效期", False, PriceRefusal.BAD_PRICE),
        (_line(), -5, "近效期", False, PriceRefusal.BAD_PRICE),
        (_line(), 2000, "近效期", True, PriceRefusal.INSURED),
        (_line(), 2000, "", False, PriceRefusal.NO_REASON),
        (_line(), 2000, "身份证 11010119900307803X", False, PriceRefusal.PERSONAL_REASON),
        (_line(), 2000, "近效期", False, None),
        (_line(), OTC.price_fen, "", True, None),
    ],
)
def test_what_may_not_be_says_why(line, fen, reason, insured, why):
    assert price_refusal(line, fen, reason, DAY, insured=insured) is why


@pytest.mark.parametrize(
    ("fen", "percent", "right"),
    [
        (1744, 20, None),  # a fifth of 21.80 is 4.36, to the fen
        (1743, 20, Right.PRICE_DOWN),
        (2179, 0, Right.PRICE_DOWN),
        (1, 100, None),
        (2181, 100, Right.PRICE_UP),
    ],
)
def test_up_to_a_limit_nobody_is_asked(fen, percent, right):
    assert right_for(_line(), fen, percent) is right


def test_every_limit_is_a_setting_and_no_manager_has_one():
    keys = {one.key: one for one in SETTINGS}
    assert {keys[key].low for key in DISCOUNT_LIMITS.values()} == {0}
    assert not any(may_do(role, Right.PRICE_DOWN) for role in DISCOUNT_LIMITS)


def test_down_above_the_limit_and_up_are_the_managers():
    assert right_for(_line(), 2000) is Right.PRICE_DOWN
    assert right_for(_line(), 2500) is Right.PRICE_UP
    assert right_for(_line(), OTC.price_fen) is None
    changed = _line(repriced=Repriced(2500, "x"))
    assert right_for(changed, 2400) is Right.PRICE_DOWN  # of the list, not of the price before
    told = {right: [role for role in Role if may_do(role.value, right)] for right in Right}
    assert told[Right.PRICE_DOWN] == [Role.MANAGER]
    assert told[Right.PRICE_UP] == [Role.MANAGER]


def _sale(*lines, **more):
    return Sale("S1", SaleState.PAID, "01", "007", NOON, lines, paid_at=NOON, **more)


@given(
    st.integers(1, 999_999), st.integers(1, 999_999), st.integers(1, 12), st.integers(0, 6),
    st.data(),
)  # fmt: skip
def test_box_by_box_exactly_what_was_paid_comes_back(list_fen, paid_fen, bare, coded, data):
    """However the pieces of a line come back, one by one or several: the refunds are the paid."""
    boxes = tuple(Box(n, box(n), LOT) for n in range(1, coded + 1))
    repriced = Repriced(list_fen, "近效期") if list_fen != paid_fen else None
    sale = _sale(Line(1, OTC, bare + coded, paid_fen, boxes, repriced=repriced))
    left: dict[int | None, int] = {None: bare} | dict.fromkeys(range(1, coded + 1), 1)
    before: list[CameBack] = []
    while left:
        entry = data.draw(st.sampled_from(sorted(left, key=str)))
        some = data.draw(st.integers(1, left[entry]))
        (line,) = return_plan(sale, before, [Wanted(1, entry, some)], "买错")
        before.append(CameBack("R", 1, entry, some, line.refund_fen, NOON, "007"))
        left[entry] -= some
        left = {there: count for there, count in left.items() if count}
    assert sum(one.refund_fen for one in before) == sale.total_fen
    assert sale.total_fen + sale.discount_fen == list_fen * (bare + coded)


@pytest.mark.parametrize("mm", [58, 80])
def test_the_receipt_has_both_prices_and_what_was_saved(mm):
    receipt_words = words("receipt.zh_CN")
    sale = _sale(
        Line(1, EXEMPT, 3, 2880, repriced=Repriced(3200, "近效期")),
        payment=PaymentKind.SELF,
    )
    text = "\n".join(row.text for row in compose(sale, Heading("店", "007"), mm, receipt_words))
    for told in ("￥28.80 × 3", "￥86.40", "原价 ￥32.00", "优惠 ￥9.60", "已优惠"):
        assert told in text
    dear = _sale(Line(1, EXEMPT, 1, 3300, repriced=Repriced(3200, "x")), payment=PaymentKind.SELF)
    text = "\n".join(row.text for row in compose(dear, Heading("店", "007"), mm, receipt_words))
    assert "原价 ￥32.00" in text
    assert "优惠" not in text
