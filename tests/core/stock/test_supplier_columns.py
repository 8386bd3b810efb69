"""The columns of a supplier's file as suppliers call them, and drugs that are told by name only."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.stock.files.delivery_file import DELIVERY, DeliveryRow, read_delivery
from pharmacy_desk.core.stock.files.headers import Header, read_header
from tests.conftest import NOON, OTC, Shop

HEAD = ("单号", "供货单位", "品名", "规格型号", "批号", "到期", "数目")
ROW = ("SH-1", "示例医药", "布洛芬缓释胶囊", "0.3g*24粒", "L9", "2028-01-01", "5")


def _delivery(*cells: str) -> DeliveryRow:
    header = read_header(DELIVERY, HEAD)
    assert isinstance(header, Header), header
    (row,) = read_delivery(header, iter([(2, list(cells))]), date(2026, 11, 22))
    assert isinstance(row, DeliveryRow), row
    return row


def test_the_heads_of_a_suppliers_file_are_guessed() -> None:
    header = read_header(DELIVERY, HEAD)
    assert isinstance(header, Header), header
    assert header.places == {
        "number": 0, "supplier": 1, "name": 2, "spec": 3, "lot": 4, "expiry": 5, "quantity": 6,
    }  # fmt: skip
    row = _delivery(*ROW)
    assert (row.name, row.lot, row.expiry, row.quantity) == (
        "布洛芬缓释胶囊", "L9", date(2028, 1, 1), 5,
    )  # fmt: skip


@pytest.mark.parametrize("spec", ["0.3g×24粒", "0.3g*24粒", "０．３ｇ×24 粒", "0.3G X 24粒"])
def test_name_and_spec_alone_name_the_stores_drug(shop: Shop, spec: str) -> None:
    with closing(Reader(shop.ledger.path)) as reader:
        (row,) = reader.boxes.expected([_delivery(*ROW[:3], spec, *ROW[4:])])
    assert row.item is not None
    assert row.item.code == OTC.code
    found = shop.ledger.catalogue.find_by_name(ROW[2], spec)
    assert found is not None
    assert found.code == OTC.code


def test_two_drugs_of_one_name_and_spec_are_none(shop: Shop) -> None:
    twin = replace(OTC, code="Y9", barcodes=(), identifications=(), maker="别家药业")
    shop.ledger.catalogue.put_items(Actor(NOON, "007"), [twin])
    with closing(Reader(shop.ledger.path)) as reader:
        (row,) = reader.boxes.expected([_delivery(*ROW)])
    assert row.item is None
    assert shop.ledger.catalogue.find_by_name("布洛芬缓释胶囊", "0.3g×24粒") is None


def test_a_drug_that_is_not_ours_keeps_its_name(shop: Shop) -> None:
    with closing(Reader(shop.ledger.path)) as reader:
        (row,) = reader.boxes.expected([_delivery(*ROW[:2], "某新药片", "10mg*7片", *ROW[4:])])
    assert row.item is None
    assert row.name == "某新药片 10mg*7片"
