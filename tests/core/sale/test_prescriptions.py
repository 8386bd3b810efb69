"""What a sale takes of its prescription, and what of a told one can be kept."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.core.catalogue.drugs import Item, RxFlag
from pharmacy_desk.core.sale.dispensing import Dispensed, allot, needs_prescription, packs_of
from pharmacy_desk.core.sale.prescription import (
    Prescribed,
    Prescription,
    RxOrder,
    order_flaw,
)
from pharmacy_desk.core.sale.sale import Box, Line

TODAY = date(2026, 11, 22)
RX = Item("Y2", "阿莫西林", rx=RxFlag.RX, price_fen=1250, split_ratio=24)
ORDER = RxOrder("P1", "示例医院", "440300", "张医师", TODAY, (("Y2", 2),))


def prescribed(*drugs: Prescribed) -> Prescription:
    return Prescription("RX1", "P1", "示例医院", "440300", "张医师", TODAY, drugs)


def test_lines_take_in_their_order_and_never_more_than_is_left() -> None:
    known = prescribed(Prescribed(1, "Y2", "阿莫西林", 3, dispensed=1), Prescribed(2, "Z", "另", 1))
    lines = (Line(1, RX, 1, 1250), Line(2, RX, 5, 1250))
    assert allot(known, lines) == (Dispensed(1, 1, 1), Dispensed(2, 1, 1))


def test_one_drug_on_two_lines_of_the_prescription_is_taken_from_both() -> None:
    known = prescribed(Prescribed(1, "Y2", "阿莫西林", 1), Prescribed(2, "Y2", "阿莫西林", 2))
    assert allot(known, (Line(1, RX, 3, 1250),)) == (Dispensed(1, 1, 1), Dispensed(1, 2, 2))
    assert known.drug_for(RX) == known.drugs[0]


def test_units_of_an_opened_box_take_the_box() -> None:
    box = Box(1, "83857930000000000001", RX.batch, units=6)
    split = Line(1, RX, 0, 53, (box,), split=True)
    assert packs_of(split) == 1
    assert needs_prescription(split)


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        ({}, ""),
        ({"number": ""}, "number"),
        ({"number": "9" * 41}, "number"),
        ({"number": "P\n1"}, "number"),
        ({"institution": ""}, "institution"),
        ({"prescriber": ""}, "prescriber"),
        ({"area": ""}, ""),
        ({"area": "4403"}, "area"),
        ({"area": "44030x"}, "area"),
        ({"issued": None}, "issued"),
        ({"issued": date(2026, 11, 23)}, "issued"),
        ({"drugs": (("Y2", 0),)}, "drugs"),
    ],
)
def test_what_cannot_be_kept_is_named(wrong: dict[str, object], flaw: str) -> None:
    assert order_flaw(replace(ORDER, **wrong), TODAY) == flaw


def test_a_told_one_shows_nothing_of_the_patient() -> None:
    assert "糖尿病" not in repr(replace(ORDER, diagnosis="糖尿病"))
