"""Kill -9 while one box of an insured sale comes back: at statements of every commit of the flow.

Each life is forked, and ends at its statement; the next one asks what is not known yet. After it
the settlements that stand are those of what the customer has, and the ledger proves.
"""

import os
import shutil
import sqlite3
from pathlib import Path

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.ports.settlement import Settled
from tests import plain
from tests.conftest import ITEMS, FixedClock, PlainSealer, Shop, box
from tests.fakes.settlement import ToldDoor
from tests.undo_kit import TWO, Desk

_KILLED = 9
_BEFORE = {"S3": "settled"}
_AFTER = {"S3": "cancelled", "S2": "settled"}


def kills(folder: Path, every: int) -> tuple[int, list[str]]:
    """Kill at each `every`-th statement until the flow ends by itself: how often, what was wrong."""
    sold, number = _sold(folder / "sold.db")
    lives, faults, ended = 0, list[str](), False
    while not ended:
        path = folder / f"life{lives}.db"
        shutil.copy(sold, path)
        ended = _lived(path, number, lives * every + 1)
        faults += [f"statement {lives * every + 1}: {one}" for one in _next_life(path)]
        lives += 1
    return lives, faults


def _open(path: Path) -> Shop:
    clock = FixedClock()
    ledger = SqliteLedger(Actor(clock.now(), "007"), path, "01", "here", PlainSealer())
    return Shop(ledger, clock, load_profile("generic"))


def _sold(path: Path) -> tuple[Path, str]:
    """A ledger with three boxes sold insured."""
    bring_up_to_date(path)
    shop = _open(path)
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), ITEMS)
    sale = Desk(shop, ToldDoor()).sell(box(1), box(2), box(3))
    shop.ledger.close()
    return path, sale.number


def _lived(path: Path, number: str, last: int) -> bool:
    """One box comes back in a life that ends at its `last` statement; True when it did not."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            shop = _open(path)
            at = Desk(shop, ToldDoor(answer=Settled(TWO)))
            sale = shop.ledger.sales.load_sale(number)
            assert sale is not None
            _die_at(shop.ledger.chain.conn, last)
            at.undo(sale, box(2))
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, _KILLED):
        raise AssertionError(f"the life failed by itself: {code}")
    return code == 0


def _die_at(conn: sqlite3.Connection, last: int) -> None:
    count = 0

    def step(_: str) -> None:
        nonlocal count
        count += 1
        if count == last:
            os._exit(_KILLED)

    conn.set_trace_callback(step)


def _next_life(path: Path) -> list[str]:
    """The same home again: what is not known is asked, and what is wrong then."""
    shop = _open(path)
    at = Desk(shop, ToldDoor(answer=Settled(TWO)))
    for _ in range(4):
        at.time += 100
        at.undoing.look()
        at.payments.look()
        at.run()
    left = [*shop.ledger.undoings.open_undos(), *shop.open_sale.aside]
    shop.ledger.close()
    found = plain.rows(path, "SELECT setl_id, state FROM settlements")
    states = {str(row[0]): str(row[1]) for row in found}
    faults = [f"still open: {one}" for one in left]
    if states not in (_BEFORE, _AFTER):
        faults.append(f"settlements: {states}")
    return faults + list(check(path).problems)
