"""Damage of a ledger's file: found by the check, and one sentence at every reading door."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.errors import Fault, WorldError
from tests.conftest import box
from tests.drills import pages

# A cell that a flipped byte has made another thing: no SQLite error, and the decoder stumbles.
CELLS = {
    "a payment": "UPDATE sales SET payment = 'pooleD' WHERE state = 'paid'",
    "a day": "UPDATE sale_entries SET expiry = '2028-41-01'",
    "a drug": "UPDATE sale_lines SET snapshot = '{' WHERE snapshot IS NOT NULL",
    "codes": "UPDATE outbox SET codes = '['",
    "a moment": "UPDATE sales SET opened_at = '2026-11-22T12:0'",
    "a state": "UPDATE sales SET state = 'paie' WHERE state = 'paid'",
    "a class": "UPDATE items SET insurance_class = '?'",
    "bytes in a text": "UPDATE items SET name = CAST(x'e6ff' AS TEXT)",
}


@pytest.mark.parametrize("what", CELLS)
def test_a_damaged_cell_is_found_and_said(what: str, shop: Any, tmp_path: Path) -> None:
    shop.sell(box(1))
    shop.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "damaged.db"
    shutil.copy(shop.ledger.path, copy)
    conn = sqlite3.connect(copy)
    conn.execute(CELLS[what])
    conn.commit()
    conn.close()
    problems = check(copy).problems
    assert any(line.startswith(("row:", "damage:")) for line in problems), problems
    with closing(Reader(copy)) as reader, pytest.raises(WorldError) as caught:
        _read_all(reader)
    assert caught.value.fault is Fault.LEDGER_DAMAGED


def _read_all(reader: Reader) -> None:
    for number in reader.sales.paid_sales():
        reader.sales.sale(number)
    reader.outbox.lines()
    reader.catalogue.items_behind("", 50)


def test_a_cell_of_another_type_is_found(shop: Any) -> None:
    shop.ledger.chain.conn.execute("UPDATE items SET price_fen = 'x' WHERE code = 'Y1'")
    found = check(shop.ledger.path).problems
    assert any("1 rows of items hold" in line for line in found), found


def test_a_running_counter_says_it_and_goes_on(shop: Any) -> None:
    shop.sell(box(1))
    paid = shop.ledger.sales.find_sale("last").number
    shop.ledger.chain.conn.execute("UPDATE sales SET payment = 'x' WHERE state = 'paid'")
    with pytest.raises(WorldError) as caught:
        shop.ledger.sales.load_sale(paid)
    assert caught.value.fault is Fault.LEDGER_DAMAGED
    assert shop.sell(box(2)).codes() == (box(2),)


def test_any_damage_is_an_answer_or_a_sentence(tmp_path: Path) -> None:
    # The drill `pages` does hundreds; these few take some seconds.
    assert pages.drill(tmp_path, 12, 20261128) == []
