"""A drug that a person tells: what is kept, what stays unknown, what is refused and why."""

import pytest

from pharmacy_desk.core.catalogue.by_hand import (
    EDITABLE,
    BadCell,
    added,
    cells_of,
    changes,
    edited,
)
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.sale.gifts import GiftRefusal, gift_refusal
from tests.conftest import OTC

TOLD = {
    "name": "阿司匹林肠溶片",
    "spec": "100mg×30片",
    "maker": "示例制药",
    "approval": "国药准字H20130339",
    "price": "12.5",
}


def _added(**cells: str) -> Item:
    made = added("N1", {**TOLD, **cells})
    assert isinstance(made, Item)
    return made


def test_what_nobody_told_stays_unknown() -> None:
    drug = _added()
    assert (drug.category, drug.insurance_class, drug.rx) == (
        Category.UNKNOWN, InsuranceClass.UNKNOWN, RxFlag.NONE,
    )  # fmt: skip
    assert drug.incomplete
    assert drug.lacking == ("category", "insurance_class")
    assert drug.price_fen == 1250


def test_a_drug_of_an_unknown_class_is_taken_for_the_strictest() -> None:
    drug = _added()
    assert drug.needs_code
    assert drug.needs_batch
    assert not drug.insurance_payable
    assert gift_refusal(drug) is GiftRefusal.CLASS_UNKNOWN


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"name": " "}, BadCell("name", "name_missing")),
        ({"price": ""}, BadCell("price", "bad_price")),
        ({"price": "0"}, BadCell("price", "bad_price")),
        ({"price": "12.505"}, BadCell("price", "bad_price")),
        ({"maker": "张三 13800138000"}, BadCell("maker", "personal_code")),
        ({"name": "\x00阿司匹林"}, BadCell("", "nul_character")),
    ],
)
def test_a_cell_that_cannot_be_kept_is_named(cells: dict[str, str], bad: BadCell) -> None:
    assert added("N1", TOLD | cells) == bad


def test_an_approval_number_is_taken_as_it_is_read_off_a_box() -> None:
    assert _added(approval="H20130339").approval == "国药准字H20130339"
    assert _added(approval="HJ20181234").approval == "国药准字HJ20181234"
    assert _added(approval="械注准20172").approval == "械注准20172"


def test_a_drug_is_complete_once_nothing_lacks() -> None:
    half = edited(_added(), {"category": "西药", "insurance_class": "乙"})
    assert isinstance(half, Item)
    assert half.incomplete
    assert half.lacking == ("rx",)
    whole = edited(half, {"rx": "OTC乙"})
    assert isinstance(whole, Item)
    assert not whole.incomplete
    assert changes(half, whole) == {"rx": ("", "OTC乙"), "incomplete": ("是", "否")}


def test_a_complete_drug_stays_complete_whatever_is_changed() -> None:
    changed = edited(OTC, {"maker": ""})
    assert isinstance(changed, Item)
    assert not changed.incomplete


def test_what_the_cells_do_not_name_stays_as_it_was() -> None:
    changed = edited(OTC, {"price": "19.90", "barcodes": ""})
    assert isinstance(changed, Item)
    assert changes(OTC, changed) == {
        "price": ("21.80", "19.90"),
        "barcodes": ("6900000000014", ""),
    }
    assert changed.identifications == OTC.identifications
    assert changed.batch == OTC.batch


def test_a_drug_told_again_by_its_own_cells_is_the_same() -> None:
    cells = {column: text for column, text in cells_of(OTC).items() if column in EDITABLE}
    assert edited(OTC, cells) == OTC


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"barcodes": "123"}, "barcodes"),
        ({"rx": "?"}, "rx"),
        ({"insurance_class": "丁"}, "insurance_class"),
        ({"split_ratio": "0"}, "split_ratio"),
    ],
)
def test_a_changed_cell_that_is_none_is_refused_by_its_column(
    cells: dict[str, str], column: str
) -> None:
    told = edited(OTC, cells)
    assert isinstance(told, BadCell)
    assert told.column == column
