"""Attacks on a ledger's file by somebody who may write it: `ledger check` finds each of them."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.judge import Recall
from pharmacy_desk.core.stock.movement import StockLot
from tests.conftest import LOT, box

# A guard replaced under its own name by one that guards nothing, and other rewritten schemas.
REPLACED = {
    "the unique index": (
        "DROP INDEX one_final_sale_per_code",
        "CREATE UNIQUE INDEX one_final_sale_per_code ON sale_entries(code)"
        " WHERE code IS NOT NULL AND state IN ('live', 'final', 'returned', 'opened') AND 0",
    ),
    "a unique index that is not unique": (
        "DROP INDEX one_open_sale_per_counter",
        "CREATE INDEX one_open_sale_per_counter ON sales(counter) WHERE state = 'open'",
    ),
    "a trigger": (
        "DROP TRIGGER events_are_never_deleted",
        "CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events"
        " WHEN 0 BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    ),
    "a trigger of their own": (
        "CREATE TRIGGER helper AFTER INSERT ON sales BEGIN SELECT 1; END",
    ),
    "a rule of a table": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK(quantity > 0)', '')"
        " WHERE name = 'no_code'",
        "PRAGMA writable_schema = OFF",
    ),
}  # fmt: skip

# What was written, changed behind the events' back: (statement, word of the problem).
CHANGED = {
    "codes of an upload line": (
        "UPDATE outbox SET codes = replace(codes, '0000000000001', '0000000000099')", "outbox"),
    "words of an upload line": (
        "UPDATE outbox SET words = replace(words, 'L241230', 'L000000')", "outbox"),
    "the transaction of an upload line": ("UPDATE outbox SET infno = '3506A'", "outbox"),
    "the document of an upload line": ("UPDATE outbox SET document = 'X'", "outbox"),
    "an upload line put in": (
        "INSERT INTO outbox SELECT key || 'X', document, line, infno, item, words, codes, waiting,"
        " state, attempts, due_at, created_at, changed_at, msgid, platform_words FROM outbox",
        "outbox"),
    "a sold lot": ("UPDATE sale_entries SET lot = 'X' WHERE state = 'final'", "sale"),
    "a sold expiry": (
        "UPDATE sale_entries SET expiry = '2031-01-01' WHERE state = 'final'", "sale"),
    "a paid line's price": ("UPDATE sale_lines SET price_fen = price_fen - 100", "sale"),
    "a paid line's item": ("UPDATE sale_lines SET item = 'Y2' WHERE snapshot IS NOT NULL", "sale"),
    "a paid sale's drug": (
        "UPDATE sale_lines SET snapshot = replace(snapshot, '示例药业', '别的药业')", "sale"),
    "a paid quantity": ("UPDATE sale_entries SET asked = 7 WHERE state = 'final'", "sale"),
    "the payment": ("UPDATE sales SET payment = 'pooled' WHERE state = 'paid'", "sale"),
    "the settlement": ("UPDATE sales SET setl_id = 'S1', fund_fen = 9", "sale"),
    "the money given": ("UPDATE sales SET tendered_fen = 9 WHERE state = 'paid'", "sale"),
    "the time of a payment": (
        "UPDATE sales SET paid_at = '2026-01-01T00:00:00+08:00' WHERE state = 'paid'", "sale"),
    "who sold": ("UPDATE sales SET operator = '009' WHERE state = 'paid'", "sale"),
    "who opened a sale": ("UPDATE sales SET operator = '009' WHERE state = 'open'", "sale"),
    "a line's price before it is paid": (
        "UPDATE sale_lines SET price_fen = 1 WHERE snapshot IS NULL", "sale"),
    "a lot before it is paid": (
        "UPDATE sale_entries SET lot = 'X' WHERE state = 'live'", "sale"),
    "a reservation row deleted": ("DELETE FROM sale_entries WHERE state = 'live'", "state"),
    "a manager's PIN": ("UPDATE operators SET pin_hash = '$argon2id$x'", "people"),
    "a name": ("UPDATE operators SET name = '李四'", "people"),
    "a role": ("UPDATE operators SET role = 'clerk'", "people"),
    "an operator who left": ("UPDATE operators SET active = 0", "people"),
    "a recall closed": ("UPDATE recalls SET closed_at = '2026-11-22T13:00:00+08:00'", "recall"),
    "a recall's reason": ("UPDATE recalls SET reason = 'x'", "recall"),
    "who opened a recall": ("UPDATE recalls SET operator = '009'", "recall"),
    "stock": ("UPDATE stock SET quantity = quantity + 1", "stock"),
    "a lot of the stock": ("UPDATE stock SET expiry = '2031-01-01'", "stock"),
    "the reason of a return": ("UPDATE returns SET reason = 'x'", "return"),
    "the sale of a return": ("UPDATE returns SET sale = 'x'", "return"),
    "a return taken away": ("DELETE FROM returns", "return"),
    "a box's lot": ("UPDATE boxes SET lot = 'X'", "box"),
    "a box's item": ("UPDATE boxes SET item = 'Y3'", "box"),
    "a mapping's author": ("UPDATE identifications SET operator = '009'", "map"),
}  # fmt: skip


@pytest.fixture
def lived(shop: Any) -> Any:
    """A counter with a little of everything: sold, returned, open, people, recall, stock, map."""
    ledger, now = shop.ledger, shop.clock.now()
    ledger.put_operator(Operator("001", "张三", "manager"), "123456", now, "001")
    ledger.put_stock([StockLot("Y1", LOT, 5), StockLot("Y3", Batch(), 2)], now, "007")
    ledger.open_recall(Recall("R1", "lot", "X99", "trial"), now, "001")
    shop.sell(box(1))
    back = shop.sell(box(2))
    assert shop.till.take_back(back.number, box(2), "错发").startswith("ok:")
    confirmed = ledger.map_entries("8436282")[0].mapping
    ledger.put_mapping(confirmed, now, "001")
    shop.scan(box(3))
    assert check(ledger.path).problems == ()
    return shop


def _broken(shop: Any, tmp_path: Path, *statements: str) -> tuple[str, ...]:
    """What the check says of a copy on which somebody ran these statements."""
    shop.ledger._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "stolen.db"
    shutil.copy(shop.ledger.path, copy)
    conn = sqlite3.connect(copy, isolation_level=None)
    try:
        for statement in statements:
            assert conn.execute(statement).rowcount, statement
    finally:
        conn.close()
    return check(copy).problems


@pytest.mark.parametrize("what", REPLACED)
def test_a_schema_that_is_not_ours_is_found(what: str, lived: Any, tmp_path: Path) -> None:
    found = _broken(lived, tmp_path, *REPLACED[what])
    assert any(problem.startswith("schema") for problem in found), found


@pytest.mark.parametrize("what", CHANGED)
def test_a_row_changed_behind_its_event_is_found(what: str, lived: Any, tmp_path: Path) -> None:
    statement, word = CHANGED[what]
    found = _broken(lived, tmp_path, statement)
    assert any(word in problem for problem in found), found
