"""Ledgers of older schemas, saved as they were written, opened by today's program."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.base import schema
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.stock.custody import BoxState
from tests.conftest import Shop, box

OLD = Path(__file__).parents[2] / "data" / "ledgers"


def test_there_is_a_saved_ledger_of_every_schema_before_todays():
    saved = {path.stem for path in OLD.glob("*.db")}
    assert saved == set(schema.SCHEMA_NAMES[:-1])


@pytest.fixture
def old(tmp_path, open_ledger, clock, profile):
    """A day begun with the first schema: two paid sales, a return, a held and an open sale."""
    path = tmp_path / "ledger.db"
    shutil.copy(OLD / "m001_ledger.db", path)
    # In use since: the place is the one it remembers only by chance, so a new epoch begins.
    return Shop(open_ledger(path), clock, profile)


def test_an_old_ledger_is_brought_up_to_date_with_a_copy_and_in_order(old):
    path = old.ledger.path
    result = check(path)
    assert result.problems == ()
    # What its events could not carry yet is told in numbers.
    assert any(told.startswith("2 paid sales") for told in result.unproven)
    kept = path.with_suffix(".before-upgrade.db")
    assert kept.read_bytes()[:15] == b"SQLite format 3"
    assert check_is_old(kept)


@pytest.mark.parametrize("name", schema.SCHEMA_NAMES[:-1])
def test_an_old_ledger_is_proved_before_it_is_opened_and_not_changed(tmp_path, name):
    path = tmp_path / "ledger.db"
    shutil.copy(OLD / f"{name}.db", path)
    before = path.read_bytes()
    assert check(path).problems == ()
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} <= {
        "ledger.db",
        "ledger.db-shm",
        "ledger.db-wal",
    }


def check_is_old(path):
    conn = sqlite3.connect(path)
    try:
        return schema.applied(conn) == ("m001_ledger",)
    finally:
        conn.close()


def test_what_was_open_goes_on_where_it_stood(old):
    assert old.open_sale.sale.codes() == (box(5),)
    assert old.open_sale.sale.lines[0].quantity == 2  # one scanned, one asked for
    assert len(old.open_sale.held.sales()) == 1
    sale = old.pay()
    assert sale.total_fen == 2 * 2180
    old.open_sale.held.resume(1)
    assert old.open_sale.sale.codes() == (box(4),)
    old.pay()
    assert check(old.ledger.path).problems == ()


def test_what_was_sold_and_returned_is_still_known(old):
    assert old.scan(box(1)).name is VerdictName.SOLD_HERE
    assert old.scan(box(2)).name is VerdictName.RETURNED_HOLD
    assert old.ledger.boxes.state(box(2)) is BoxState.RETURNED
    assert old.scan(box(6)).name is VerdictName.OK_UNRECEIVED


def test_a_ledger_of_the_second_schema_keeps_its_queue_and_its_message_ids(
    tmp_path, open_ledger, clock
):
    path = tmp_path / "ledger.db"
    shutil.copy(OLD / "m002_custody.db", path)
    before = sqlite3.connect(path)
    ids = {row[0][12:28] for row in before.execute("SELECT msgid FROM messages")}
    before.close()
    ledger = open_ledger(path)
    assert check(path).problems == ()
    used = ledger.chain.conn.execute("SELECT second FROM message_ids WHERE used = 100").fetchall()
    assert {row["second"] for row in used} == ids
    fresh = ledger.outbox.take_msgids(clock.now(), "01", 150)
    assert not ids & {tail[:16] for tail in fresh}
    assert len(set(fresh)) == 150
    lines = OutboxQueue(path).due_lines(clock.now(), True, None, 100)
    assert [line.line.infno for line in lines] == ["3505A"] * 3  # the return waits for its sale


def test_a_ledger_of_the_fourth_schema_has_a_claim_for_every_code_it_holds(
    tmp_path, open_ledger, clock, profile
):
    """Sold, returned, let go, opened for units, held and open boxes, each as it stood."""
    path = tmp_path / "ledger.db"
    shutil.copy(OLD / "m007_settlements.db", path)
    ledger = open_ledger(path)
    assert check(path).problems == ()
    found = ledger.chain.conn.execute("SELECT code, state FROM claims ORDER BY code").fetchall()
    assert [tuple(row) for row in found] == [
        (box(1), "final"), (box(2), "returned"), (box(3), "live"), (box(4), "live"),
        (box(8), "final"),
    ]  # fmt: skip
    old = Shop(ledger, clock, profile)
    assert old.open_sale.sale.codes() == (box(8), box(4))
    assert old.scan(box(1)).name is VerdictName.SOLD_HERE
    assert old.scan(box(2)).name is VerdictName.RETURNED_HOLD
    assert old.scan(box(3)).name is VerdictName.HELD_ELSEWHERE
    old.pay()
    old.open_sale.held.resume(1)
    old.pay()
    assert check(path).problems == ()
