"""The ledger: what is on the disk, what may never be, and what the proof finds."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import schema
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch, Item, Mapping, MapState
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.sale.sale import PaymentKind, SaleState, Settlement
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.upload.message import sale_lines
from pharmacy_desk.core.upload.outbox import Became, LineState, QueuedLine
from pharmacy_desk.counter.answers import ReturnDid
from tests.conftest import NOON, RX

SETTLED = Settlement("SETL1", "MDTRT1", fund_fen=1000, account_fen=1180, cash_fen=0)


def box(number: int, item: str = "8436282") -> str:
    return f"{item}{number:013d}"


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return [tuple(row) for row in conn.execute(sql)]


def _tamper(path: Path, *statements: str) -> None:
    """What somebody with a database tool can do."""
    with closing(sqlite3.connect(path)) as conn, conn:
        for statement in statements:
            conn.execute(statement)


def _fails(fault: Fault, job: Callable[[], object]) -> WorldError:
    with pytest.raises(WorldError) as caught:
        job()
    assert caught.value.fault is fault
    return caught.value


# Opening


def test_a_fresh_ledger_has_its_schema_once_and_opens_again_as_it_was(
    tmp_path: Path, open_ledger: Any
) -> None:
    path = tmp_path / "ledger.db"
    bring_up_to_date(path)
    first = open_ledger(path)
    origin = first.chain.origin
    first.close()
    tables = _rows(path, "SELECT name, sql FROM sqlite_master ORDER BY name")
    again = open_ledger(path)
    assert again.chain.origin == origin
    again.close()
    assert _rows(path, "SELECT name, sql FROM sqlite_master ORDER BY name") == tables
    assert _rows(path, "SELECT kind, count(*) FROM events GROUP BY kind") == [("home_opened", 1)]
    applied = [(name,) for name in schema.SCHEMA_NAMES]
    assert _rows(path, "SELECT name FROM _sqlite_migrations") == applied
    assert check(path).problems == ()


def test_commits_are_on_the_disk_when_they_return(ledger: SqliteLedger) -> None:
    assert ledger.chain.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert ledger.chain.conn.execute("PRAGMA synchronous").fetchone()[0] == 2


@pytest.mark.dear_pins
def test_a_stored_pin_is_dear_to_guess(ledger: SqliteLedger) -> None:
    """RFC 9106's second recommended choice: 64 MiB, three passes, four lanes."""
    who = Operator("001", "王芳", "店长")
    ledger.people.put_operator(Actor(NOON, "001"), who, "427391")
    [(kept,)] = _rows(ledger.path, "SELECT pin_hash FROM operators")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_newer_ledger_is_refused_untouched(tmp_path: Path, open_ledger: Any) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(path).close()
    _tamper(
        path,
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at)"
        " VALUES ('pharmacy_desk', 'm999_future', '2030')",
    )
    before = path.read_bytes()
    error = _fails(Fault.LEDGER_NEWER, lambda: open_ledger(path))
    assert error.params["schema"] == "m999_future"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" * 200])
def test_a_file_that_is_no_ledger_is_refused(
    tmp_path: Path, open_ledger: Any, content: bytes
) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    _fails(Fault.LEDGER_DAMAGED, lambda: open_ledger(path))


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, open_ledger: Any) -> None:
    _fails(Fault.HOME_NOT_WRITABLE, lambda: open_ledger(tmp_path / "missing" / "ledger.db"))
    file = tmp_path / "file"
    file.write_bytes(b"")
    _fails(Fault.HOME_NOT_WRITABLE, lambda: Home(file / "home").make())
    if sys.platform == "linux":  # nobody, root included, makes folders there
        _fails(Fault.HOME_NOT_WRITABLE, lambda: Home(Path("/proc/pharmacy")).make())
        _fails(Fault.HOME_NOT_WRITABLE, lambda: open_ledger(Path("/proc/ledger.db")))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root writes to read-only folders"
)
def test_a_read_only_folder_is_said(tmp_path: Path, open_ledger: Any) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o500)
    _fails(Fault.HOME_NOT_WRITABLE, lambda: open_ledger(folder / "ledger.db"))
    _fails(Fault.HOME_NOT_WRITABLE, lambda: Home(folder).make())


def test_a_missing_ledger_is_not_made_by_reading(tmp_path: Path) -> None:
    _fails(Fault.FILE_MISSING, lambda: Reader(tmp_path / "ledger.db"))
    _fails(Fault.FILE_MISSING, lambda: check(tmp_path / "ledger.db"))
    assert not list(tmp_path.iterdir())


def test_two_writers_on_one_home_are_refused_and_the_first_can_hand_over(tmp_path: Path) -> None:
    first, second = Home(tmp_path), Home(tmp_path)
    first.make()
    first.acquire()
    try:
        _fails(Fault.HOME_IN_USE, second.acquire)
        script = (
            "import sys\nfrom pathlib import Path\nfrom pharmacy_desk.adapters.home import Home\n"
            "Home(Path(sys.argv[1])).acquire()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, timeout=30,
            check=False,
        )  # fmt: skip
        assert b"home_in_use" in done.stderr
    finally:
        first.release()
    second.acquire()
    second.release()


def test_a_program_that_gives_way_hears_of_another_and_is_waited_for(tmp_path: Path) -> None:
    first, second, third = Home(tmp_path), Home(tmp_path), Home(tmp_path)
    first.make()
    first.acquire_giving_way()
    assert not first.wanted()
    thread = threading.Thread(target=second.acquire)
    thread.start()
    until = time.monotonic() + 10
    while not first.wanted() and time.monotonic() < until:
        threading.Event().wait(0.01)
    assert first.wanted()
    first.release()
    thread.join(timeout=10)
    assert not thread.is_alive()
    _fails(Fault.HOME_IN_USE, third.acquire)
    _fails(Fault.HOME_IN_USE, third.acquire_giving_way)
    second.release()
    third.acquire_giving_way()
    assert not third.wanted()
    third.release()


# Reservations


def test_a_code_is_reserved_once_and_the_second_sale_is_told_by_whom(shop: Any) -> None:
    assert shop.scan(box(1)).accepted
    first = shop.open_sale.sale.number
    assert shop.open_sale.held.hold()
    verdict = shop.scan(box(1))
    assert verdict.name is VerdictName.HELD_ELSEWHERE
    assert (verdict.earlier.sale, verdict.earlier.operator) == (first, "007")
    assert verdict.earlier.held
    assert shop.open_sale.sale is None


def test_the_constraint_and_not_a_look_before_decides(shop: Any, clock: Any) -> None:
    """Two sales that both saw a free code: the second reserve is told who has it."""
    shop.scan(box(1))
    verdict = shop.news[-1].verdict
    shop.open_sale.held.hold()
    other = shop.open_sale.open()
    raw = RawScan(b"x", "test", clock.now())
    taken = shop.ledger.basket.reserve(Actor(clock.now(), "008"), other, verdict, raw)
    assert taken.state is ClaimState.LIVE
    assert taken.sale != other.number
    assert shop.ledger.sales.load_sale(other.number).lines == ()
    with pytest.raises(WorldError), shop.ledger.chain.transaction() as conn:
        conn.execute(
            "INSERT INTO claims(code, sale, entry, state, at, counter, operator)"
            " VALUES (?, ?, 9, 'final', '', '01', '007')",
            (box(1), other.number),
        )
    assert check(shop.ledger.path).problems == ()


def test_undo_takes_back_in_reverse_order_until_nothing_is_left(shop: Any, items: Any) -> None:
    shop.scan(box(1))
    shop.open_sale.lines.add_item(items["Y3"], 2)
    shop.scan(box(2))
    assert [shop.open_sale.lines.undo() for _ in range(4)] == [
        shop_undone(box(2), items["Y1"]), shop_undone(None, items["Y3"]),
        shop_undone(box(1), items["Y1"]), None,
    ]  # fmt: skip
    assert shop.open_sale.sale.lines == ()
    assert shop.scan(box(1)).accepted


def shop_undone(code: str | None, item: Item) -> object:
    from pharmacy_desk.core.ports.basket import Undone

    return Undone(code, item.name)


@pytest.fixture
def items(ledger: SqliteLedger) -> dict[str, Item]:
    found = {code: ledger.catalogue.find_item(code) for code in ("Y1", "Y2", "Y3", "Y4")}
    return {code: item for code, item in found.items() if item}


def test_a_line_taken_out_frees_its_codes_and_nothing_else(shop: Any) -> None:
    for code in (box(1), box(2), box(3, "8385793")):
        shop.scan(code)
    shop.open_sale.lines.remove_line(1)
    assert shop.open_sale.sale.codes() == (box(3, "8385793"),)
    assert shop.scan(box(1)).accepted
    assert shop.scan(box(3, "8385793")).name is VerdictName.IN_THIS_SALE


def test_void_frees_every_code_and_hold_frees_none(shop: Any) -> None:
    shop.scan(box(1))
    shop.open_sale.held.hold()
    shop.scan(box(2))
    voided = shop.open_sale.sale.number
    shop.open_sale.ending.void()
    assert shop.ledger.sales.load_sale(voided).state is SaleState.VOIDED
    assert shop.scan(box(2)).accepted
    assert shop.scan(box(1)).name is VerdictName.HELD_ELSEWHERE


def test_resuming_holds_what_is_open_and_brings_back_the_same_sale(shop: Any) -> None:
    shop.scan(box(1))
    held = shop.open_sale.refresh()
    shop.open_sale.held.hold()
    shop.scan(box(2))
    open_ = shop.open_sale.sale
    assert shop.open_sale.held.resume(1)
    assert replace(shop.open_sale.sale, held_at=None) == held
    assert [sale.number for sale in shop.open_sale.held.sales()] == [open_.number]
    assert not shop.open_sale.held.resume(2)
    assert not shop.open_sale.held.resume(0)


def test_a_hold_ends_by_itself_after_its_hours_and_frees_its_codes(shop: Any, clock: Any) -> None:
    shop.scan(box(1))
    shop.open_sale.held.hold()
    clock.advance(24 * 3600)
    assert shop.open_sale.held.expire() == 0
    clock.advance(1)
    assert shop.open_sale.held.expire() == 1
    assert shop.open_sale.held.sales() == ()
    assert shop.scan(box(1)).accepted


def test_an_open_sale_comes_back_exactly_after_a_close_and_after_a_kill(
    tmp_path: Path, open_ledger: Any, shop: Any
) -> None:
    shop.scan(box(1))
    shop.scan("]d2010690123456789217301231" + "10LOTX\x1d21A1")
    shop.open_sale.lines.add_item(shop.ledger.catalogue.find_item("Y3"), 3)
    before = shop.open_sale.sale
    # A kill: the files as they lie on the disk, log included, seen from the same place.
    killed = open_ledger(shop.ledger.path)
    assert killed.sales.current_sale() == before
    killed.chain.conn.close()
    shop.ledger.close()
    assert open_ledger(shop.ledger.path).sales.current_sale() == before


# Payment


def test_payment_writes_sale_codes_event_and_outbox_together(shop: Any) -> None:
    paid = shop.sell(box(1), box(2), box(1, "8385793"), payment=PaymentKind.POOLED)
    ledger = shop.ledger
    kept = ledger.sales.load_sale(paid.number)
    assert kept.state is SaleState.PAID
    assert (kept.payment, kept.total_fen) == (PaymentKind.POOLED, 2 * 2180 + 1250)
    assert kept.settlement == paid.settlement
    lines = _due(ledger, shop.clock.now())
    assert [line.line.codes for line in lines] == [(box(1), box(2)), (box(1, "8385793"),)]
    assert shop.scan(box(1)).name is VerdictName.SOLD_HERE
    assert check(ledger.path).problems == ()


def test_a_payment_that_fails_inside_changes_nothing_and_the_chain_goes_on(shop: Any) -> None:
    shop.sell(box(1))
    shop.scan(box(2))
    sale = shop.open_sale.refresh()
    path = shop.ledger.path
    tables = ("sales", "sale_entries", "claims", "events", "outbox", "home")
    before = {table: _rows(path, f"SELECT * FROM {table}") for table in tables}
    head = (shop.ledger.chain._seq, shop.ledger.chain._hash)
    paid = replace(sale, state=SaleState.PAID, paid_at=shop.clock.now(), payment=PaymentKind.SELF)
    twice = sale_lines(paid, shop.open_sale.who.sender(), shop.profile) * 2
    with pytest.raises(WorldError):
        shop.ledger.sales.pay(Actor(paid.paid_at, "007"), paid, twice)
    assert {table: _rows(path, f"SELECT * FROM {table}") for table in tables} == before
    assert (shop.ledger.chain._seq, shop.ledger.chain._hash) == head
    assert shop.ledger.sales.current_sale() == sale
    shop.pay()
    assert check(path).problems == ()


def test_a_sale_that_is_on_the_disk_is_paid_though_the_mark_beside_it_cannot_be_written(
    shop: Any,
) -> None:
    mark = shop.ledger.path.with_suffix(".head")
    mark.unlink(missing_ok=True)
    mark.mkdir()
    shop.scan(box(1))
    try:
        shop.pay()
    finally:
        mark.rmdir()
    assert shop.open_sale.sale is None


def test_a_sale_that_is_no_longer_open_cannot_be_paid_again(shop: Any, items: Any) -> None:
    shop.open_sale.lines.add_item(items["Y3"], 1)
    paid = shop.pay()
    with pytest.raises(WorldError):
        shop.ledger.sales.pay(Actor(paid.paid_at, "007"), paid, ())
    count = "SELECT count(*) FROM events WHERE kind = 'sale_paid'"
    assert _rows(shop.ledger.path, count) == [(1,)]


def _due(ledger: SqliteLedger, now: datetime) -> tuple[QueuedLine, ...]:
    return OutboxQueue(ledger.path).due_lines(now, True, None, 100)


def _outbox(shop: Any) -> list[Any]:
    """All lines, the sale's before the return's."""
    with closing(Reader(shop.ledger.path)) as reader:
        return sorted(reader.outbox.lines(), key=lambda line: line.line.infno)


def test_a_sold_box_is_taken_back_once_with_a_line_that_names_its_sale(shop: Any) -> None:
    paid = shop.sell(box(1), box(2))
    answer = shop.open_sale.returns.take_back(paid.number, box(1), "错发")
    assert answer.number
    assert shop.open_sale.returns.take_back(paid.number, box(1), "错发").what is ReturnDid.BEFORE
    assert (
        shop.open_sale.returns.take_back(paid.number, box(9), "错发").what
        is ReturnDid.NOT_ON_RECEIPT
    )
    nothing = shop.open_sale.returns.take_back("01XXXXXX-000001", box(1), "错发")
    assert nothing.what is ReturnDid.NO_SUCH_RECEIPT
    sale, back = _outbox(shop)
    assert (back.line.infno, back.line.codes) == ("3506A", (box(1),))
    assert back.line.words["original_key"] == sale.line.key
    assert back.line.words["memo"] == "错发"
    assert shop.scan(box(1)).name is VerdictName.RETURNED_HOLD
    assert shop.scan(box(2)).name is VerdictName.SOLD_HERE
    assert check(shop.ledger.path).problems == ()


def test_a_lot_told_later_completes_the_waiting_line(shop: Any, clock: Any) -> None:
    shop.sell(box(1, "8177322"))
    assert _due(shop.ledger, clock.now()) == ()
    batch = Batch("B9", clock.now().date(), clock.now().date() + timedelta(days=900))
    assert shop.open_sale.boxes.set_batch("Y4", batch) == 1
    (line,) = _due(shop.ledger, clock.now())
    assert (line.line.waiting, line.line.words["lot"]) == (None, "B9")
    assert shop.ledger.catalogue.find_item("Y4").batch == batch


def test_a_return_carries_the_lot_its_sale_line_was_uploaded_with(shop: Any, clock: Any) -> None:
    paid = shop.sell(box(1, "8177322"))
    today = clock.now().date()
    shop.open_sale.boxes.set_batch("Y4", Batch("B9", today, today + timedelta(days=900)))
    shop.open_sale.returns.take_back(paid.number, box(1, "8177322"), "错发")
    assert [line.line.words["lot"] for line in _outbox(shop)] == ["B9", "B9"]


# The log


def test_events_cannot_be_changed_or_deleted(ledger: SqliteLedger) -> None:
    for statement in ("UPDATE events SET operator = 'x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            _tamper(ledger.path, statement)
        with pytest.raises(WorldError), ledger.chain.transaction() as conn:
            conn.execute(statement)
    assert check(ledger.path).problems == ()


def test_a_clock_set_back_is_noted_once(ledger: SqliteLedger, clock: Any) -> None:
    clock.advance(-3)
    ledger.chain.note(Event(EventKind.PRINT_FAILED, clock.now(), "007"))
    clock.advance(-3600)
    for _ in range(3):
        ledger.chain.note(Event(EventKind.PRINT_FAILED, clock.now(), "007"))
    count = "SELECT count(*) FROM events WHERE kind = 'clock_doubtful'"
    assert _rows(ledger.path, count) == [(1,)]
    assert check(ledger.path).problems == ()


def test_no_pin_and_no_message_lies_open_in_the_file(shop: Any, clock: Any) -> None:
    from pharmacy_desk.core.ports.outbox import StoredMessage

    ledger = shop.ledger
    ledger.people.put_operator(
        Actor(clock.now(), "007"), Operator("008", "李四", "药师"), "4711-geheim"
    )
    known = Operator("008", "李四", "药师")
    assert ledger.people.prove(Actor(clock.now(), "007"), "008", "4711-geheim") == known
    assert ledger.people.prove(Actor(clock.now(), "007"), "008", "4712") == "bad_pin"
    assert ledger.people.prove(Actor(clock.now(), "007"), "009", "4711-geheim") == "bad_pin"
    body = b"a message body that nobody reads"
    ledger.outbox.store_messages([StoredMessage("M1", "3505A", "D", (), body)], clock.now())
    assert ledger.outbox.message("M1").body == body
    assert ledger.outbox.message("M2") is None
    ledger.close()
    data = ledger.path.read_bytes()
    assert b"geheim" not in data
    assert body not in data


# Copies and restored files


def _keys(path: Path) -> tuple[set[str], set[str], set[str]]:
    documents = {r[0] for r in _rows(path, "SELECT number FROM sales UNION SELECT number"
                                           " FROM returns")}  # fmt: skip
    events = {"-".join(map(str, r)) for r in _rows(path, "SELECT counter, epoch, seq FROM events")}
    return documents, events, {r[0] for r in _rows(path, "SELECT key FROM outbox")}


def _day(shop: Any, first: int) -> None:
    paid = shop.sell(box(first), box(first + 1))
    shop.open_sale.returns.take_back(paid.number, box(first), "错发")
    shop.scan(box(first + 2))
    shop.open_sale.ending.void()


def _shop(ledger: SqliteLedger, shop: Any) -> Any:
    return type(shop)(ledger, shop.clock, shop.profile)


def test_a_copied_home_makes_no_number_of_the_one_it_was_copied_from(
    tmp_path: Path, open_ledger: Any, shop: Any
) -> None:
    _day(shop, 1)
    shop.ledger.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in tmp_path.glob("ledger.*"):
        shutil.copy2(file, copy)
    at_home = _shop(open_ledger(tmp_path / "ledger.db"), shop)
    abroad = _shop(open_ledger(copy / "ledger.db", place="there"), shop)
    shared = _keys(tmp_path / "ledger.db")
    assert at_home.ledger.chain.origin.epoch != abroad.ledger.chain.origin.epoch
    _day(at_home, 10)
    _day(abroad, 10)
    here, there = _keys(tmp_path / "ledger.db"), _keys(copy / "ledger.db")
    for old, one, other in zip(shared, here, there, strict=True):
        assert one - old
        assert not (one - old) & (other - old)
    assert check(copy / "ledger.db").problems == ()


def test_an_older_file_put_back_begins_a_new_epoch(
    tmp_path: Path, open_ledger: Any, shop: Any
) -> None:
    path = shop.ledger.path
    _day(shop, 1)
    shop.ledger.close()
    backup = path.read_bytes()
    again = _shop(open_ledger(path), shop)
    _day(again, 10)
    again.ledger.close()
    lost = _keys(path)
    path.write_bytes(backup)
    kept = _keys(path)
    restored = _shop(open_ledger(path), shop)
    assert restored.ledger.chain.origin.epoch != shop.ledger.chain.origin.epoch
    _day(restored, 20)
    for old, gone, new in zip(kept, lost, _keys(path), strict=True):
        assert not (new - old) & gone
    assert any("history" in problem for problem in check(path).problems)
    restored.ledger.chain.decide_missing(Actor(shop.clock.now(), "001"), "换了硬盘", proved=True)
    assert check(path).problems == ()


def test_an_older_file_put_back_after_a_kill_begins_a_new_epoch(
    open_ledger: Any, shop: Any
) -> None:
    path = shop.ledger.path
    paid = shop.sell(box(1), box(2))
    shop.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    backup = path.read_bytes()
    shop.open_sale.returns.take_back(paid.number, box(1), "错发")
    lost = _keys(path)
    shop.ledger.chain.conn.close()  # killed: nothing is remembered
    path.write_bytes(backup)
    kept = _keys(path)
    restored = _shop(open_ledger(path), shop)
    restored.open_sale.returns.take_back(paid.number, box(2), "错发")
    for old, gone, new in zip(kept, lost, _keys(path), strict=True):
        assert not (new - old) & gone


def test_a_mark_that_cannot_be_read_is_no_proof_of_being_whole(open_ledger: Any, shop: Any) -> None:
    path = shop.ledger.path
    shop.ledger.close()
    path.with_suffix(".head").write_text("{")
    assert open_ledger(path).chain.origin.epoch != shop.ledger.chain.origin.epoch


def test_a_sale_begun_before_a_move_and_paid_after_it_is_in_order(
    open_ledger: Any, shop: Any
) -> None:
    path = shop.ledger.path
    shop.scan(box(1))
    opened = shop.ledger.chain.origin.epoch
    for move in range(200):  # until the new epoch sorts before the one the sale began in
        ledger = open_ledger(path, place=f"place {move}")
        if ledger.chain.origin.epoch < opened:
            break
        ledger.chain.conn.close()
    _shop(ledger, shop).pay()
    assert check(path).problems == ()


# The proof


def _no_triggers() -> tuple[str, str]:
    return ("DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_deleted")


TAMPERINGS = {
    "an edited payload": (
        "UPDATE events SET payload = replace(payload, 'Y1', 'Y2') WHERE kind = 'box_reserved'",
        "chain",
    ),
    "an edited operator": ("UPDATE events SET operator = '009' WHERE seq = 3", "chain"),
    "a deleted event": ("DELETE FROM events WHERE seq = 4", "chain"),
    "the last event deleted": (
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)", "state"),
    "swapped rows": (
        "UPDATE events SET seq = CASE seq WHEN 3 THEN 1004 ELSE 1003 END WHERE seq IN (3, 4)",
        "chain",
    ),
    "a removed index": ("DROP INDEX claims_in_doubt", "schema"),
    "a claim without an event": (
        "INSERT INTO sale_entries(sale, entry, line, code, asked, state, at)"
        " SELECT sale, 99, line, '83857930000000000077', 0, state, at"
        " FROM sale_entries WHERE state = 'final' LIMIT 1",
        "state",
    ),
    "a claim taken away": ("DELETE FROM sale_entries WHERE state = 'final'", "state"),
    "a sold code set free": (
        "UPDATE sale_entries SET state = 'ended' WHERE state = 'final'", "state"),
    "a forged sale state": ("UPDATE sales SET state = 'voided' WHERE state = 'paid'", "state"),
    "an invented return": (
        "UPDATE sale_entries SET state = 'returned' WHERE state = 'final'", "state"),
    "another code in the claim": (
        "UPDATE sale_entries SET code = '83857930000000000077' WHERE state = 'final'"
        " AND entry = 1", "state"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_the_proof_finds(what: str, shop: Any) -> None:
    shop.sell(box(1), box(2))
    shop.scan(box(3))
    path = shop.ledger.path
    assert check(path).problems == ()
    statement, kind = TAMPERINGS[what]
    _tamper(path, *_no_triggers(), statement)
    if what == "swapped rows":
        _tamper(path, "UPDATE events SET seq = seq - 1000 WHERE seq > 1000")
    problems = check(path).problems
    assert problems
    assert any(problem.startswith(kind) for problem in problems), problems


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox",
        "UPDATE outbox SET state = 'accepted'",
        "UPDATE sales SET total_fen = 1 WHERE state = 'paid'",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
        "DROP TRIGGER events_are_never_changed",
    ],
)
def test_the_proof_also_finds(statement: str, shop: Any) -> None:
    shop.sell(box(1))
    shop.scan(box(1))  # refused: an event that no state hangs on
    path = shop.ledger.path
    shop.ledger.close()
    if statement.startswith("DELETE FROM events"):
        with closing(sqlite3.connect(path)) as conn, conn:
            (sql,) = conn.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'events_are_never_deleted'"
            ).fetchone()
            conn.execute("DROP TRIGGER events_are_never_deleted")
            conn.execute(statement)
            conn.execute(sql)
    else:
        _tamper(path, statement)
    assert check(path).problems


def test_the_proof_names_the_newest_event_and_counts_them(shop: Any) -> None:
    shop.sell(box(1))
    found = check(shop.ledger.path)
    (count,) = _rows(shop.ledger.path, "SELECT count(*) FROM events")[0]
    assert found.events == count
    origin = shop.ledger.chain.origin
    head = f"{origin.counter}-{origin.epoch}-{shop.ledger.chain._seq}:{shop.ledger.chain._hash}"
    assert found.head == head


# Catalogue and map


def test_items_come_back_as_they_were_put_and_a_second_put_changes_nothing(
    ledger: SqliteLedger, clock: Any, items: dict[str, Item]
) -> None:
    assert ledger.catalogue.put_items(Actor(clock.now(), "007"), items.values()) == (0, 0)
    dearer = replace(items["Y1"], price_fen=9999)
    assert ledger.catalogue.put_items(Actor(clock.now(), "007"), [dearer], dry_run=True) == (0, 1)
    assert ledger.catalogue.find_item("Y1") == items["Y1"]
    assert ledger.catalogue.put_items(Actor(clock.now(), "007"), [dearer]) == (0, 1)
    assert ledger.catalogue.find_item("6900000000014") == dearer


def test_items_are_put_all_or_none(ledger: SqliteLedger, clock: Any, items: Any) -> None:
    bad = replace(items["Y2"], code="Z2", name=None)
    with pytest.raises(WorldError):
        ledger.catalogue.put_items(
            Actor(clock.now(), "007"), [replace(items["Y1"], code="Z1"), bad]
        )
    assert ledger.catalogue.find_item("Z1") is None
    assert check(ledger.path).problems == ()


def test_a_drugs_price_at_the_scan_is_the_price_of_the_sale(shop: Any, clock: Any) -> None:
    shop.scan(box(1))
    dearer = replace(shop.ledger.catalogue.find_item("Y1"), price_fen=9999)
    shop.ledger.catalogue.put_items(Actor(clock.now(), "007"), [dearer])
    assert shop.open_sale.refresh().total_fen == 2180


def test_a_proposed_mapping_opens_no_box(ledger: SqliteLedger, shop: Any, clock: Any) -> None:
    code = "8999999" + "0" * 13
    assert shop.scan(code).name is VerdictName.UNMAPPED
    ledger.map.put_mapping(Actor(clock.now(), "007"), Mapping("8999999", "Y1", MapState.PROPOSED))
    verdict = shop.scan(code)
    assert verdict.name is VerdictName.UNMAPPED
    assert verdict.proposed.code == "Y1"
    (entry,) = ledger.map.map_entries("8999999")
    assert (entry.mapping.state, entry.operator) == (MapState.PROPOSED, "007")
    ledger.map.put_mapping(Actor(clock.now(), "008"), Mapping("8999999", "Y1", MapState.CONFIRMED))
    assert shop.scan(code).accepted


def test_the_catalogue_is_read_in_pages_by_code(ledger: SqliteLedger) -> None:
    pages, behind = [], ""
    with closing(Reader(ledger.path)) as reader:
        while items := reader.catalogue.items_behind(behind, 3):
            pages.append([item.code for item in items])
            behind = items[-1].code
        count = reader.catalogue.item_count()
    codes = [code for page in pages for code in page]
    assert codes == sorted(set(codes))
    assert len(codes) == count > 3
    assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE items; --", "\\", '"', "a%b"])
def test_a_search_is_text_and_never_a_pattern_or_sql(ledger: SqliteLedger, text: str) -> None:
    with closing(Reader(ledger.path)) as reader:
        assert reader.catalogue.search_items(text) == []
        assert [item.code for item in reader.catalogue.search_items("blf")] == ["Y1"]
        assert {item.code for item in reader.catalogue.search_items("69000000000")} == {
            "Y1",
            "Y3",
            "Y4",
        }
        assert reader.catalogue.search_items("Y2")[0].code == "Y2"


def test_readers_cannot_write(ledger: SqliteLedger) -> None:
    with closing(Reader(ledger.path)) as reader, pytest.raises(sqlite3.OperationalError):
        reader._conn.execute("DELETE FROM items")


# Outbox


def test_settled_lines_stay_settled_and_refused_ones_wait_for_a_person(
    shop: Any, clock: Any
) -> None:
    shop.sell(box(1), box(1, "8385793"))
    ledger, now = shop.ledger, clock.now()
    first, second = (line.line.key for line in _due(ledger, now))
    ledger.outbox.settle_lines(
        [
            Became(first, LineState.ACCEPTED, "好", now, "M1"),
            Became(second, LineState.REFUSED, "批号不符", now, "M1"),
        ],
        now,
    )
    assert _due(ledger, now) == ()
    ledger.outbox.settle_lines([Became(first, LineState.UNKNOWN, "late", now, "M1")], now)
    assert _due(ledger, now) == ()
    assert ledger.outbox.requeue(Actor(now, "007"), [first, second, "none"]) == 1
    (line,) = _due(ledger, now)
    assert (line.line.key, line.message_id) == (second, None)
    with closing(Reader(ledger.path)) as reader:
        queue = reader.outbox.queue()
        assert (queue.accepted, queue.unknown, queue.open) == (1, 1, 1)
        history = [row.event for row in reader.boxes.history(box(1))]
    assert history == ["box_reserved", "sale_paid", "upload_settled"]


def test_after_a_move_a_line_without_lot_still_waits_for_it(open_ledger: Any, shop: Any) -> None:
    shop.sell(box(1, "8177322"), box(1))
    shop.ledger.close()
    moved = _shop(open_ledger(shop.ledger.path, place="elsewhere"), shop)
    with closing(Reader(moved.ledger.path)) as reader:
        states = {line.line.waiting: line.state for line in reader.outbox.lines()}
    assert states[None] is LineState.UNKNOWN
    today = shop.clock.now().date()
    assert (
        moved.open_sale.boxes.set_batch("Y4", Batch("B9", today, today + timedelta(days=900))) == 1
    )


# Walked from end to end and still short: settlements nothing is known of, what a keeper of
# reservations has not heard, and the people of one store with their points.
_SHORT = (
    "SCAN settlements USING INDEX one_undecided_settlement",
    "SCAN unheard",
    "SCAN operators",
    "SCAN staff_points",
    "SCAN staff_register",
    "SCAN duty",
)


def test_no_question_of_a_scan_reads_a_whole_table(shop: Any) -> None:
    """At ten million codes a scan of a table would take seconds."""
    asked: list[str] = []
    shop.ledger.chain.conn.set_trace_callback(asked.append)
    for text in (box(1), box(1), "8999999" + "1" * 13, "6900000000014", box(2, RX)):
        shop.scan(text)
    shop.pay()
    shop.ledger.chain.conn.set_trace_callback(None)
    questions = [sql for sql in asked if sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(questions) > 15
    for sql in questions:
        for row in shop.ledger.chain.conn.execute(f"EXPLAIN QUERY PLAN {sql}"):
            walks = row["detail"].startswith("SCAN") and "CONSTANT" not in row["detail"]
            assert not walks or row["detail"] in _SHORT, (sql, row["detail"])


def test_a_quiet_counter_folds_its_log_in(shop: Any, tmp_path: Path) -> None:
    for number in range(30):
        shop.scan(box(number))
    log = shop.ledger.path.with_name(shop.ledger.path.name + "-wal")
    shop.ledger.chain.tidy()
    alone = tmp_path / "alone.db"
    alone.write_bytes(shop.ledger.path.read_bytes())  # without its log
    assert log.stat().st_size
    assert _rows(alone, "SELECT count(*) FROM sale_entries") == [(30,)]
