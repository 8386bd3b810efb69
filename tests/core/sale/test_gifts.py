"""Which goods may be given away, and which line the next box of a drug goes to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Category, Item, RxFlag
from pharmacy_desk.core.sale.gifts import GiftRefusal, gift_refusal
from pharmacy_desk.core.sale.online import order_number, platforms
from pharmacy_desk.core.sale.sale import Box, Line, Sale, SaleState
from tests.conftest import LOT, NOON

FREE = Item("G1", "维生素C片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT)


def _box(entry: int) -> Box:
    return Box(entry, f"8436282{entry:013d}", NO_BATCH)


def _sale(*lines: Line) -> Sale:
    return Sale("N", SaleState.OPEN, "01", "007", NOON - timedelta(hours=1), lines)


@pytest.mark.parametrize(
    ("rx", "category", "refused"),
    [
        (RxFlag.RX, Category.WESTERN, GiftRefusal.PRESCRIPTION),
        (RxFlag.RX, Category.DECOCTION_PIECE, GiftRefusal.PRESCRIPTION),
        (RxFlag.OTC_A, Category.PREPARED_CHINESE, GiftRefusal.OTC_A),
        (RxFlag.OTC, Category.WESTERN, GiftRefusal.CLASS_UNKNOWN),
        (RxFlag.NONE, Category.PREPARED_CHINESE, GiftRefusal.CLASS_UNKNOWN),
        (RxFlag.NONE, Category.FORMULA_GRANULE, GiftRefusal.CLASS_UNKNOWN),
        (RxFlag.OTC_B, Category.WESTERN, None),
        (RxFlag.NONE, Category.DAILY, None),
        (RxFlag.NONE, Category.DEVICE_I, None),
        (RxFlag.NONE, Category.DECOCTION_PIECE, None),
    ],
)
def test_only_goods_known_to_be_free_of_the_ban_are_given_away(
    rx: RxFlag, category: Category, refused: GiftRefusal | None
) -> None:
    assert gift_refusal(Item("X", "x", rx=rx, category=category)) is refused


def test_the_next_box_is_paid_for_until_a_person_says_otherwise() -> None:
    paid = Line(1, FREE, 2, 990, (_box(1),))
    gift = Line(2, FREE, 0, 0, (_box(2),), gift=True)
    assert _sale(paid, gift).line_for("G1") is paid
    full = replace(paid, boxes=(_box(1), _box(3)))
    assert _sale(full, gift).line_for("G1") is full
    assert _sale(full, gift).line_for("G1", chosen=2) is gift
    assert _sale(gift).line_for("G1") is None  # a paid line is opened
    assert _sale(gift).line_for("G1", chosen=2) is gift


def test_a_gift_that_was_asked_for_gets_the_box_once_the_paid_ones_are_there() -> None:
    lacking = Line(2, FREE, 1, 0, gift=True)
    assert _sale(Line(1, FREE, 1, 990), lacking).line_for("G1").number == 1  # type: ignore[union-attr]
    full = Line(1, FREE, 1, 990, (_box(1),))
    assert _sale(full, lacking).line_for("G1") is lacking


def test_special_drugs_are_told_by_their_codes() -> None:
    special = Box(1, "89" + "0" * 18, NO_BATCH)
    assert Line(1, FREE, 0, 1, (special,)).special
    assert not Line(1, FREE, 0, 1, (_box(1),)).special
    asked = replace(FREE, identifications=("8912345",))
    assert Line(1, asked, 1, 1).special
    gs1 = Box(1, "018912345678901221A1", NO_BATCH)
    assert not Line(1, FREE, 0, 1, (gs1,)).special


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 3301 5542 0192 ", "330155420192"),
        ("JD-20261122_7#1", "JD-20261122_7#1"),
        ("２０２６", "2026"),
        ("", None),
        ("-#.", None),
        ("=cmd|'/c calc'!A1", None),
        ("<b>1</b>", None),
        ("订单1", None),
        ("1" * 65, None),
    ],
)
def test_an_order_number_is_letters_digits_and_few_signs(text: str, number: str | None) -> None:
    assert order_number(text) == number


def test_platforms_are_told_apart_by_semicolons_and_stand_once() -> None:
    assert platforms("美团; 饿了么；京东;;美团") == ("美团", "饿了么", "京东")
