"""Attacks on a ledger's file by somebody who may write it: `ledger check` finds each of them."""

from __future__ import annotations

import hashlib
import hmac
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.store.base import heads
from pharmacy_desk.adapters.store.base.export import export
from pharmacy_desk.adapters.store.check.against import differs
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import GENESIS, Event, EventKind, hash_fields
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.judge import Recall
from pharmacy_desk.core.stock.movement import StockLot
from tests.conftest import LOT, box

# A guard replaced under its own name by one that guards nothing, and other rewritten schemas.
REPLACED = {
    "the key of the claims": (
        "CREATE TABLE loose AS SELECT * FROM claims",
        "DROP TABLE claims",
        "ALTER TABLE loose RENAME TO claims",
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
        " state, attempts, due_at, created_at, changed_at, msgid, platform_words, channel FROM outbox",
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
    "how it was paid": (
        "UPDATE sales SET taken = replace(taken, 'cash', 'card') WHERE state = 'paid'", "tenders"),
    "the change given": (
        "UPDATE sales SET taken = replace(taken, '\"change_fen\":0', '\"change_fen\":9')"
        " WHERE state = 'paid'", "tenders"),
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
    ledger.people.put_operator(Actor(now, "001"), Operator("001", "张三", "manager"), "123456")
    ledger.boxes.put_stock(Actor(now, "007"), [StockLot("Y1", LOT, 5), StockLot("Y3", Batch(), 2)])
    ledger.boxes.open_recall(Actor(now, "001"), Recall("R1", "lot", "X99", "trial"))
    shop.sell(box(1))
    back = shop.sell(box(2))
    assert shop.open_sale.returns.take_back(back.number, box(2), "错发").number
    confirmed = ledger.map.map_entries("8436282")[0].mapping
    ledger.map.put_mapping(Actor(now, "001"), confirmed)
    shop.scan(box(3))
    assert check(ledger.path).problems == ()
    return shop


def _broken(shop: Any, tmp_path: Path, *statements: str) -> tuple[str, ...]:
    """What the check says of a copy on which somebody ran these statements."""
    shop.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
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


# --- the signed head, and heads noted elsewhere ------------------------------------------------


class Keyring:
    """`HeadKey` over a key that stands outside the ledger."""

    def __init__(self) -> None:
        self.key: bytes | None = None

    def sign(self, data: bytes) -> str:
        self.key = self.key or b"k" * 32
        return hmac.new(self.key, data, hashlib.sha256).hexdigest()

    def verifies(self, data: bytes, signature: str) -> bool | None:
        return self.sign(data) == signature if self.key else None

    def known(self) -> bool:
        return self.key is not None


@pytest.fixture
def signed(lived: Any) -> tuple[Any, Keyring]:
    """The same counter, its head signed in a quiet moment."""
    keyring = Keyring()
    lived.ledger.chain.head_key = lambda: keyring
    lived.ledger.chain.tidy()
    assert check(lived.ledger.path, keyring).problems == ()
    return lived, keyring


def _copied(shop: Any, tmp_path: Path) -> tuple[Path, sqlite3.Connection]:
    shop.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "stolen.db"
    shutil.copy(shop.ledger.path, copy)
    return copy, sqlite3.connect(copy, isolation_level=None)


def _without_first_sale(conn: sqlite3.Connection) -> None:
    """Take the first paid sale out of every table, and chain the whole log anew."""
    number = conn.execute("SELECT min(number) FROM sales").fetchone()[0]
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute("DELETE FROM events WHERE document = ?", (number,))
    for table, column in (("sales", "number"), ("sale_lines", "sale"), ("sale_entries", "sale"), ("claims", "sale"),
                          ("outbox", "document")):  # fmt: skip
        assert conn.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,)).rowcount
    names = "counter, epoch, seq, at, kind, code, document, operator, payload"
    events = conn.execute(f"SELECT {names} FROM events ORDER BY counter, epoch, seq").fetchall()
    conn.execute("DELETE FROM events")
    previous = GENESIS
    for seq, event in enumerate(events, 1):
        moved = (*event[:2], seq, *event[3:])
        previous = hash_fields(previous, *moved)
        conn.execute(
            f"INSERT INTO events({names}, hash) VALUES ({', '.join('?' * 10)})",
            (*moved, bytes.fromhex(previous)),
        )
    for _, sql in triggers:
        conn.execute(sql)


def test_a_sale_removed_with_the_chain_hashed_anew_is_found(
    signed: tuple[Any, Keyring], tmp_path: Path
) -> None:
    shop, keyring = signed
    copy, conn = _copied(shop, tmp_path)
    _without_first_sale(conn)
    conn.close()
    assert check(copy).problems == ()  # the file alone is in order: it was rewritten whole
    found = check(copy, keyring).problems
    assert any(problem.startswith("head:") for problem in found), found


@pytest.mark.parametrize("statement", [
    "DELETE FROM home WHERE name LIKE 'signed.%'",
    "UPDATE home SET value = replace(value, '\"signature\": \"', '\"signature\": \"0')"
    " WHERE name LIKE 'signed.%'",
    "UPDATE home SET value = '{' WHERE name LIKE 'signed.%'",
])  # fmt: skip
def test_a_signature_that_is_gone_or_not_ours_is_found(
    signed: tuple[Any, Keyring], statement: str, tmp_path: Path
) -> None:
    shop, keyring = signed
    copy, conn = _copied(shop, tmp_path)
    assert conn.execute(statement).rowcount == 1
    conn.close()
    assert any(problem.startswith("head:") for problem in check(copy, keyring).problems)


def test_an_older_signature_put_back_does_not_cover_what_came_later(
    signed: tuple[Any, Keyring], tmp_path: Path
) -> None:
    shop, keyring = signed
    old = shop.ledger.chain.conn.execute(
        "SELECT value FROM home WHERE name = 'signed.01'"
    ).fetchone()[0]
    for _ in range(heads.SIGN_EVERY + 1):
        shop.ledger.chain.note(Event(EventKind.READ_DAMAGED, shop.clock.now(), "007"))
    assert check(shop.ledger.path, keyring).problems == ()  # signed on the way, without a rest
    copy, conn = _copied(shop, tmp_path)
    conn.execute("UPDATE home SET value = ? WHERE name = 'signed.01'", (old,))
    conn.close()
    assert any("never signed" in problem for problem in check(copy, keyring).problems)


def test_a_ledger_of_before_the_signature_says_so_and_is_in_order(lived: Any) -> None:
    result = check(lived.ledger.path, Keyring())
    assert result.problems == ()
    assert any("not signed yet" in told for told in result.unproven)


def test_a_key_that_cannot_be_had_stops_no_sale(lived: Any) -> None:
    def no_key() -> Any:
        raise WorldError(Fault.SECRET_UNAVAILABLE, path="keyring")

    lived.ledger.chain.head_key = no_key
    lived.ledger.chain.tidy()
    lived.pay()
    assert check(lived.ledger.path).problems == ()


def test_a_receipt_and_a_log_note_a_head_that_tells_a_rewritten_ledger(
    lived: Any, tmp_path: Path
) -> None:
    last = lived.ledger.sales.find_sale("last")
    printed = f"账 {last.head}"
    assert printed in [row.text for row in _receipt(last)]
    log = tmp_path / "log.jsonl"
    export(lived.ledger.path, log)
    noted = (printed, last.head, check(lived.ledger.path).head, str(log))
    assert [differs(lived.ledger.path, head) for head in noted] == [None] * 4
    copy, conn = _copied(lived, tmp_path)
    _without_first_sale(conn)
    conn.close()
    assert all(differs(copy, head) for head in noted)
    first = lived.ledger.chain.conn.execute(
        "SELECT min(seq) FROM events WHERE kind = 'sale_opened'"
    ).fetchone()[0]
    assert f"-{first} is another" in (differs(copy, str(log)) or "")


@pytest.mark.parametrize("noted", ["nonsense", "账 A-1", "/", "\x00"])
def test_what_notes_no_head_is_refused(lived: Any, noted: str) -> None:
    with pytest.raises(WorldError) as caught:
        differs(lived.ledger.path, noted)
    assert caught.value.fault in (Fault.FILE_UNREADABLE, Fault.FILE_MISSING, Fault.NOT_A_FILE)


def _receipt(sale: Any) -> Any:
    return compose(sale, Heading("店", "007"), 58, words("receipt.zh_CN"))
