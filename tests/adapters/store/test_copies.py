"""Every way in which a home comes back older, or twice: no number, key or id is made again."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.outside_mark import OutsideMark, mark_file
from pharmacy_desk.adapters.store.base import database, past
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.history import Loss
from pharmacy_desk.core.basics.numbers import message_id
from pharmacy_desk.core.sale.cover import Cover
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import ITEMS, LOT, Shop, box

STORE = "P44030000001"


@dataclass
class Made:
    """Everything that must never be made twice, as one copy of a home made it."""

    receipts: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)

    def twice(self, other: "Made") -> list[str]:
        pairs = (
            (self.receipts, other.receipts),
            (self.events, other.events),
            (self.keys, other.keys),
            (self.messages, other.messages),
        )
        return sorted(name for mine, theirs in pairs for name in mine & theirs)


def read(path: Path, messages: set[str]) -> Made:
    def first(sql: str) -> set[str]:
        with closing(sqlite3.connect(path)) as conn:
            return {row[0] for row in conn.execute(sql)}

    return Made(
        first(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL UNION SELECT number FROM returns"
        ),
        first("SELECT counter || '-' || epoch || '-' || seq FROM events"),
        first("SELECT key FROM outbox"),
        set(messages),
    )


class Home:
    """One folder with a ledger, and what is done at its counter."""

    def __init__(self, folder: Path, open_ledger: Callable[..., SqliteLedger], shop: Shop) -> None:
        self.folder = folder
        self.path = folder / "ledger.db"
        self._open, self._like = open_ledger, shop
        self.messages: set[str] = set()

    def start(self) -> None:
        ledger = self._open(self.path, place=str(self.folder))
        self.shop = Shop(ledger, self._like.clock, self._like.profile)

    def decide(self) -> None:
        if self.shop.ledger.chain.missing:
            self.shop.ledger.chain.decide_missing(
                Actor(self.shop.clock.now(), "001"), "换了硬盘", True
            )

    def sell(self, first: int, sales: int = 3) -> None:
        for number in range(first, first + 2 * sales, 2):
            self.shop.clock.advance(1)
            self.shop.sell(box(number), box(number + 1))
            for _ in range(3):
                self.message()

    def message(self) -> None:
        ledger = self.shop.ledger
        (tail,) = ledger.outbox.take_msgids(self.shop.clock.now(), "01", 1)
        made = message_id(STORE, tail)
        assert made not in self.messages
        self.messages.add(made)

    def made(self) -> Made:
        return read(self.path, self.messages)


@pytest.fixture
def home(tmp_path: Path, open_ledger: Any, shop: Shop) -> Home:
    folder = tmp_path / "home"
    folder.mkdir()
    made = Home(folder, open_ledger, shop)
    made.start()
    made.shop.ledger.catalogue.put_items(Actor(made.shop.clock.now(), "007"), ITEMS)
    return made


def _cp(backup: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", f"{backup}/.", f"{home}/"], check=True)


def _tar(backup: Path, home: Path) -> None:
    tar = backup.with_suffix(".tar")
    subprocess.run(["tar", "cf", str(tar), "-C", str(backup), "."], check=True)
    subprocess.run(["tar", "xf", str(tar), "-C", str(home)], check=True)


def _cat(backup: Path, home: Path) -> None:
    for file in home.glob("ledger.db-*"):
        file.unlink()
    with (home / "ledger.db").open("r+b") as there:  # the same file, inode and all
        there.truncate()
        there.write((backup / "ledger.db").read_bytes())


def _without_head(backup: Path, home: Path) -> None:
    _cp(backup, home)
    (home / "ledger.head").unlink()


WAYS = {"cp": _cp, "tar": _tar, "cat": _cat, "no head": _without_head}


@pytest.mark.skipif(os.name == "nt", reason="the ways are those of a shell")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("killed", [False, True])
def test_a_backup_put_over_the_home_makes_nothing_twice(
    tmp_path: Path, home: Home, way: str, killed: bool
) -> None:
    home.sell(1)
    home.shop.scan(box(90))  # an open sale is in the backup, and is paid in both
    home.shop.ledger.close()
    backup = tmp_path / "backup"
    shutil.copytree(home.folder, backup)
    home.start()
    home.shop.pay()
    home.sell(20)
    before = read(backup / "ledger.db", home.messages)
    (home.shop.ledger.chain.conn if killed else home.shop.ledger).close()
    lost = home.made()
    for file in home.folder.glob("ledger.db-*"):
        file.unlink()
    WAYS[way](backup, home.folder)
    home.start()
    assert home.shop.ledger.chain.missing
    assert home.shop.ledger.chain.missing.loss is Loss.EVENTS
    home.decide()
    sold = set(home.messages)
    home.shop.scan(box(91))
    home.shop.pay()
    home.sell(40)
    again = home.made()
    again.messages -= sold
    old = Made(before.receipts, before.events, before.keys, set())
    fresh = Made(again.receipts - old.receipts, again.events - old.events, again.keys - old.keys,
                 again.messages)  # fmt: skip
    assert fresh.twice(lost) == []
    assert len(fresh.receipts) == 4
    assert check(home.path).problems == ()


def test_a_cloned_home_makes_nothing_that_the_other_makes(
    tmp_path: Path, home: Home, open_ledger: Any
) -> None:
    home.sell(1)
    home.shop.scan(box(90))
    home.shop.ledger.close()
    shutil.copytree(home.folder, tmp_path / "clone")
    clone = Home(tmp_path / "clone", open_ledger, home.shop)
    shared = home.made()
    for one, first in ((home, 20), (clone, 40)):
        one.start()
        assert one.shop.ledger.chain.missing is None
        one.messages.clear()
        one.shop.pay()
        one.sell(first)
    theirs, ours = clone.made(), home.made()
    ours = Made(ours.receipts - shared.receipts, ours.events - shared.events,
                ours.keys - shared.keys, ours.messages)  # fmt: skip
    assert ours.twice(theirs) == []
    assert check(clone.path).problems == ()


def _put_back(mark: Path, content: bytes, **changed: Any) -> None:
    mark.write_bytes(content)
    outside = OutsideMark(mark)
    told = outside.read()
    assert told
    outside.write(told._replace(**changed))
    outside.close()


@pytest.mark.parametrize(
    "changed", [{"boot": "the run before"}, {"offset_s": 1.0}], ids=["other boot", "clock jumped"]
)
def test_a_disk_put_back_with_its_mark_makes_nothing_twice(
    tmp_path: Path, home: Home, changed: dict[str, Any]
) -> None:
    home.sell(1)
    home.shop.scan(box(90))
    home.shop.ledger.close()
    mark = mark_file(str(home.folder), home.path)
    backup, kept = tmp_path / "backup", mark.read_bytes()
    shutil.copytree(home.folder, backup)
    shared = home.made()
    home.start()
    home.shop.pay()
    home.sell(20)
    lost = home.made()
    home.shop.ledger.close()
    shutil.rmtree(home.folder)
    shutil.copytree(backup, home.folder)
    _put_back(mark, kept, **changed)
    home.messages.clear()
    home.shop.clock.advance(10)
    home.start()
    home.shop.pay()
    home.sell(40)
    again = home.made()
    fresh = Made(again.receipts - shared.receipts, again.events - shared.events,
                 again.keys - shared.keys, again.messages)  # fmt: skip
    assert fresh.twice(lost) == []


def test_a_home_that_only_was_closed_goes_on_in_its_epoch(home: Home) -> None:
    home.sell(1)
    epoch = home.shop.ledger.chain.origin.epoch
    for _ in range(3):
        home.shop.ledger.close()
        home.start()
        assert home.shop.ledger.chain.origin.epoch == epoch
    home.shop.ledger.chain.conn.close()  # killed
    home.start()
    assert home.shop.ledger.chain.origin.epoch == epoch
    assert home.shop.ledger.chain.missing is None


def test_what_another_counter_wrote_last_is_found_without_walking_through_the_events(
    home: Home, open_ledger: Any
) -> None:
    home.sell(1)
    home.shop.ledger.close()
    mark = OutsideMark(mark_file(str(home.folder), home.path)).read()
    for counter in ("02", "00", "03"):
        other = open_ledger(home.path, place=str(home.folder), counter=counter)
        assert other.chain.missing is None
        other.close()
    assert mark is not None
    wrong = (mark._replace(seq=mark.seq + 1), mark._replace(epoch="ZZZZZZ"),
             mark._replace(hash="00" * 32))  # fmt: skip
    with closing(database.open_reader(home.path)) as conn:
        asked: list[str] = []
        conn.set_trace_callback(asked.append)
        assert past.lost(conn, home.path, mark) is None
        assert [past.lost(conn, home.path, one) for one in wrong] == [Loss.EVENTS] * 3
        conn.set_trace_callback(None)
        steps = [
            row["detail"] for sql in asked for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]
    assert any(step.startswith("SEARCH events") for step in steps)
    assert not [step for step in steps if step.startswith("SCAN events")]


@pytest.mark.parametrize("content", [b"", b"{", b"0" * 640, None])
def test_a_mark_that_is_torn_or_gone_proves_nothing(home: Home, content: bytes | None) -> None:
    home.sell(1)
    epoch = home.shop.ledger.chain.origin.epoch
    home.shop.ledger.close()
    mark = mark_file(str(home.folder), home.path)
    mark.unlink() if content is None else mark.write_bytes(content)
    home.start()
    assert home.shop.ledger.chain.origin.epoch != epoch
    assert home.shop.ledger.chain.missing is None


def test_unpaid_sales_are_carried_over_whole(home: Home, tmp_path: Path, open_ledger: Any) -> None:
    shop, at = home.shop, home.shop.clock.now()
    shop.scan(box(1))
    shop.scan(box(2))
    shop.open_sale.lines.turn_gift(1)
    shop.scan(box(3))
    shop.open_sale.lines.set_order(OnlineOrder("美团", "A1"))
    shop.open_sale.held.hold()
    shop.clock.advance(60)
    shop.open_sale.lines.add_item(ITEMS[0], 4)
    shop.scan(box(4))
    held, current = shop.ledger.sales.held_sales()[0], shop.ledger.sales.current_sale()
    shop.ledger.close()
    shutil.copytree(home.folder, tmp_path / "clone")
    clone = Home(tmp_path / "clone", open_ledger, shop)
    clone.start()
    there = clone.shop.ledger
    assert at < shop.clock.now()

    def told(sale: Any) -> Any:
        return [(ln.item.code, ln.gift, ln.asked, ln.price_fen, [b.code for b in ln.boxes])
                for ln in sale.lines], sale.order, sale.held_at  # fmt: skip

    assert told(there.sales.held_sales()[0]) == told(held)
    assert told(there.sales.current_sale()) == told(current)
    assert {s.number for s in (*there.sales.held_sales(), there.sales.current_sale())}.isdisjoint(
        {held.number, current.number}
    )
    assert check(clone.path).problems == ()


def test_a_ledger_that_was_emptied_or_removed_is_said_until_somebody_decides(
    home: Home, tmp_path: Path
) -> None:
    home.sell(1)
    home.shop.ledger.close()
    for file in home.folder.glob("ledger.db*"):
        file.unlink()
    for _ in range(3):
        home.start()
        assert home.shop.ledger.chain.missing
        assert home.shop.ledger.chain.missing.loss is Loss.LEDGER
        assert any("history" in problem for problem in check(home.path).problems)
        home.shop.ledger.close()
    home.start()
    home.decide()
    home.shop.ledger.close()
    home.start()
    assert home.shop.ledger.chain.missing is None
    assert check(home.path).problems == ()
    with closing(sqlite3.connect(home.path)) as conn:
        told = conn.execute(
            "SELECT operator, payload FROM events WHERE kind = 'history_accepted'"
        ).fetchall()
    assert len(told) == 1
    assert told[0][0] == "001"
    assert "换了硬盘" in told[0][1]


def test_a_lost_write_ahead_log_is_missing_history(home: Home) -> None:
    home.sell(1)
    home.shop.ledger.close()
    home.start()
    home.sell(20)
    home.shop.ledger.chain.conn.execute("PRAGMA wal_autocheckpoint=0")
    kept = home.path.read_bytes()
    home.shop.ledger.chain.conn.close()
    for file in home.folder.glob("ledger.db-*"):
        file.unlink()
    home.path.write_bytes(kept)
    for _ in range(2):
        home.start()
        assert home.shop.ledger.chain.missing
        assert home.shop.ledger.chain.missing.loss is Loss.EVENTS
        home.shop.ledger.close()


def test_a_jump_of_the_clock_while_selling_begins_an_epoch_with_the_next_sale(home: Home) -> None:
    home.sell(1)
    ledger = home.shop.ledger
    epoch = ledger.chain.origin.epoch
    ledger.chain._told = ledger.chain._told._replace(
        offset_s=ledger.chain._told.offset_s - timedelta(hours=1).seconds
    )
    home.sell(20)
    assert ledger.chain.origin.epoch != epoch
    last = ledger.chain.origin.epoch
    home.sell(40)
    assert ledger.chain.origin.epoch == last
    assert check(home.path).problems == ()


def test_units_and_boxes_without_code_are_carried_over_and_paid(home: Home) -> None:
    shop, now = home.shop, home.shop.clock.now()
    shop.ledger.catalogue.put_items(
        Actor(now, "007"), [replace(ITEMS[0], split_unit="粒", split_ratio=24)]
    )
    assert not shop.desk.split(box(1), 6).reason
    shop.pay()
    assert not shop.desk.split(box(1), 5).reason  # of an opened box
    assert not shop.desk.split(box(2), 4).reason  # of a whole one
    draft = Draft("Y1", LOT, 3, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7")
    number = shop.ledger.no_code.keep_no_code(Actor(now, "007"), draft).number
    assert shop.ledger.no_code.approve_no_code(Actor(now, "007"), number, "001")
    assert shop.open_sale.lines.add_item(ITEMS[0], 1)
    sale = shop.open_sale.refresh()
    assert sale
    line = next(line.number for line in sale.lines if not line.split)
    assert (
        shop.ledger.no_code_sales.take_no_code(
            Actor(now, "007"), sale.number, line, number, now.date()
        )
        is None
    )
    shop.ledger.close()
    mark_file(str(home.folder), home.path).unlink()
    home.start()
    carried = home.shop.open_sale.sale
    assert carried
    assert carried.number != sale.number
    assert check(home.path).problems == ()
    paid = home.shop.pay()
    assert sorted((ln.split, ln.quantity) for ln in paid.lines) == [(False, 1), (True, 9)]
    entry, opened = (
        home.shop.ledger.no_code.no_code_entry(number),
        home.shop.ledger.boxes.record(box(1)),
    )
    assert entry
    assert entry.used == 1
    assert opened
    assert opened.units_left == 13
    assert check(home.path).problems == ()


def test_who_pays_the_lines_is_carried_over_with_what_was_asked(home: Home) -> None:
    """A kill while the insurance is asked, and a mark that is gone: the check knows whose it is."""
    home.shop.scan(box(1))
    asked = home.shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    for _ in range(2):
        home.shop.ledger.close()
        mark_file(str(home.folder), home.path).unlink()
        home.start()
        carried = home.shop.open_sale.sale
        assert carried
        assert carried.number != asked.sale
        assert [line.cover for line in carried.lines] == [Cover.INSURED]
        assert check(home.path).problems == ()
    with closing(sqlite3.connect(home.path)) as conn, conn:
        conn.execute("UPDATE sale_lines SET cover = 'own' WHERE sale = ?", (carried.number,))
    wrong = f"cover: the lines of sale {carried.number} are not paid as its events say"
    assert wrong in check(home.path).problems
