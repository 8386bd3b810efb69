"""What a picture of a tray means: order, places, counts, and what may be shown of a code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.scanning.scan import Kind, Problem
from pharmacy_desk.core.scanning.test_card import CARD, Carrier, Proof, gs1_elements
from pharmacy_desk.core.scanning.tray import (
    Corners,
    Count,
    Symbol,
    Tray,
    entry,
    inside,
    overlap,
    reading_order,
)

TODAY = date(2026, 11, 22)
BOX = b"84362820442053402132"


def square(x: int, y: int, wide: int = 100, high: int = 40) -> Corners:
    return (x, y), (x + wide, y), (x + wide, y + high), (x, y + high)


def symbol(
    data: bytes, aim: str = "]C0", form: str = "Code128", at: Corners | None = None
) -> Symbol:
    return Symbol(form, aim, data, at or square(0, 0))


def test_order_is_rows_from_the_top_and_left_to_right_within_a_row() -> None:
    # Second row: the left one hangs a little lower than the right one.
    places = [square(300, 215), square(0, 230), square(300, 0), square(0, 8)]
    assert reading_order(places) == [3, 2, 1, 0]


@given(st.permutations([square(x * 200, y * 100 + x * 7) for y in range(3) for x in range(4)]))
def test_order_does_not_depend_on_who_was_found_first(places: list[Corners]) -> None:
    ordered = [places[i] for i in reading_order(places)]
    assert ordered == [square(x * 200, y * 100 + x * 7) for y in range(3) for x in range(4)]


def test_of_no_place_there_is_no_order() -> None:
    assert reading_order([]) == []


@pytest.mark.parametrize("turn", [1, -1])
def test_inside_takes_corners_either_way_round(turn: int) -> None:
    corners = square(10, 10)[::turn]
    assert inside((60, 30), corners)  # type: ignore[arg-type]
    assert inside((10, 10), corners)  # type: ignore[arg-type]
    assert not inside((60, 51), corners)  # type: ignore[arg-type]


def test_places_overlap_when_one_holds_the_middle_of_the_other() -> None:
    assert overlap(square(0, 0), square(40, 0))
    assert overlap(square(0, 0, 1000, 400), square(10, 10))
    assert not overlap(square(0, 0), square(101, 0))


def test_the_carrier_tells_gs1_from_plain_text() -> None:
    lot_first = b"10LOT1\x1d010690123456789221S1"
    gs1 = symbol(lot_first, "]d2", "DataMatrix").reading(TODAY)
    assert (gs1.kind, gs1.code) == (Kind.TRACE_GS1, "010690123456789221S1")
    assert symbol(lot_first, "]d1", "DataMatrix").scanned == b"]d1" + lot_first


def test_an_entry_has_the_keys_and_the_canonical_code_of_the_contract() -> None:
    told = entry(symbol(b"010690123456789221aB1\x1d10L1", "]d2", "DataMatrix"), TODAY)
    assert told["kind"] == "trace_gs1"
    assert told["code"] == "010690123456789221aB1"
    assert told["raw"] == "010690123456789221aB1\x1d10L1"
    assert told["format"] == "DataMatrix"
    assert told["corners"] == [[0, 0], [100, 0], [100, 40], [0, 40]]
    assert told["masked"] is False


def test_what_is_no_trace_code_is_told_as_it_is() -> None:
    told = entry(symbol(b"https://example.com/x", "]Q1", "QRCode"), TODAY)
    assert (told["kind"], told["code"]) == ("url", "https://example.com/x")
    damaged = entry(symbol(b"843628204420534021"), TODAY)
    assert (damaged["kind"], damaged["problem"]) == ("damaged", Problem.TRUNCATED.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11010519491231002X", "id_card"),
        ("134567890123456789", "wechat_pay"),
        ("281234567890123456", "alipay"),
        ("1234567890123456789012345678", "insurance_voucher"),
    ],
)
def test_a_personal_code_leaves_a_picture_masked_only(text: str, kind: str) -> None:
    one = symbol(text.encode(), "]Q1", "QRCode")
    told = entry(one, TODAY)
    assert (told["kind"], told["masked"]) == (kind, True)
    for shown in (told["code"], told["raw"], one.shown(TODAY)):
        assert isinstance(shown, str)
        assert len(shown.replace("*", "")) <= 4
        assert text[2:-2] not in shown


def test_only_codes_that_may_stand_for_a_box_are_counted() -> None:
    tray = Tray(
        (
            symbol(BOX),
            symbol(b"https://example.com", "]Q1"),
            symbol(b"54362820442053402132"),  # 20 digits that the map may know
            symbol(b"6924561884074"),
        ),
        (), 10, 10, 1.0,
    )  # fmt: skip
    assert tray.boxes(TODAY) == 2


@pytest.mark.parametrize(
    ("codes", "expected", "missing", "surplus"),
    [(6, 7, 1, 0), (7, 7, 0, 0), (8, 7, 0, 1), (3, None, 0, 0), (0, 2, 2, 0)],
)
def test_a_count_says_what_is_missing(
    codes: int, expected: int | None, missing: int, surplus: int
) -> None:
    count = Count(codes, 0, expected)
    assert (count.missing, count.surplus) == (missing, surplus)


def test_the_card_proves_each_thing_once_with_codes_that_differ() -> None:
    assert {line.proof for line in CARD} == set(Proof)
    assert len({line.payload for line in CARD}) == len(CARD)
    by = {line.proof: line for line in CARD}
    assert "0" * 18 in by[Proof.ZEROS].payload
    assert "\x1d" in by[Proof.SEPARATOR].payload
    assert any(ch.islower() for ch in by[Proof.CASE].payload)
    assert any(ch.isupper() for ch in by[Proof.CASE].payload)
    assert len(by[Proof.LONG].payload) >= 200


def test_the_card_s_gs1_line_is_written_field_by_field_and_is_a_trace_code() -> None:
    line = next(line for line in CARD if line.carrier is Carrier.GS1_DATA_MATRIX)
    assert gs1_elements(line.payload) == "(01)06900000000014(17)290131(10)LOT42(21)TEST0001"
    reading = symbol(line.payload.encode(), "]d2").reading(TODAY)
    assert (reading.kind, reading.lot, reading.serial) == (Kind.TRACE_GS1, "LOT42", "TEST0001")
