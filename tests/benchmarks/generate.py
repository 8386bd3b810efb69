"""Build a ledger of any size: the real schema, filled in bulk, with a chain that proves.

Schema, first event, catalogue and outbox are written by the program itself; sales, boxes and
their events are inserted as `adapters/store/sale/sales.py` writes them. Indexes of the filled tables
are dropped meanwhile and made again from their own SQL.
"""

import json
import multiprocessing
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.queues import Queue
from pathlib import Path

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.secrets import RecordSealer, Secrets
from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import GENESIS, hash_fields
from pharmacy_desk.core.upload.message import Sender, sale_lines
from pharmacy_desk.core.upload.outbox import Became, LineState
from tests.benchmarks import bulk, goods

# Making a batch takes a fraction of a second; longer silence means that its maker died.
_BATCH_S = 120
_ACCEPTED_SALES = 200
_SAMPLE_EVENTS = 20_000
SENDER = Sender("P44030000001", "示例大药房（一店）", "440300", "007", "007", "", "")


class BuildError(Exception):
    """The generated ledger is not what the program would have written."""


def build(folder: Path, codes: int, items: int = goods.ITEMS, *, queued: bool = False) -> None:
    """Make a practice home in `folder` whose ledger holds `codes` sold codes.

    With `queued` every sale's upload line still waits; else the newest are told and settled.
    """
    home = Home(folder)
    home.make()
    ledger = _open(home)
    with_items = (goods.item(number) for number in range(items))
    ledger.catalogue.put_items(Actor(bulk.BEGIN, _operator(home)), with_items)
    ledger.close()
    sales = codes // bulk.BOXES_PER_SALE
    _fill(home, sales, 0 if queued else sales - _ACCEPTED_SALES)
    epoch = ledger.chain.origin.epoch
    ledger = _open(home)
    try:
        if ledger.chain.origin.epoch != epoch:
            raise BuildError("the program takes the generated ledger for another one")
        if queued:
            _queue_all(home, ledger, sales)
        else:
            _accept_newest(home, ledger)
    finally:
        ledger.close()
    _prove_sample(home.ledger)


def _operator(home: Home) -> str:
    return home.load_settings().text("operator.id")


def _open(home: Home) -> SqliteLedger:
    sealer = RecordSealer(Secrets(home.folder))
    bring_up_to_date(home.ledger)
    return SqliteLedger(Actor(bulk.BEGIN, _operator(home)), home.ledger, "01", home.place, sealer)


def _fill(home: Home, sales: int, told_from: int) -> None:
    conn = sqlite3.connect(home.ledger, isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE",
                       "cache_size=-1000000", "temp_store=MEMORY"):  # fmt: skip
            conn.execute(f"PRAGMA {pragma}").fetchall()
        before = _schema(conn)
        indexes = [row for row in before if row[0] == "index" and row[3] and row[2] in bulk.TABLES]
        for _, name, _, _ in indexes:
            conn.execute(f"DROP INDEX {name}")
        _insert(conn, home, sales, told_from)
        for _, _, _, sql in indexes:
            conn.execute(sql)
        if _schema(conn) != before:
            raise BuildError("the schema is not what the migrations made")
    finally:
        conn.close()


def _schema(conn: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    return conn.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()


def _insert(conn: sqlite3.Connection, home: Home, sales: int, told_from: int) -> None:
    counter, epoch, seq, head = conn.execute(
        "SELECT counter, epoch, seq, hash FROM events ORDER BY counter, epoch, seq DESC LIMIT 1"
    ).fetchone()
    writer = bulk.Writer(counter, epoch, _operator(home), seq, head.hex(), told_from)
    context = multiprocessing.get_context("spawn")
    made: Queue[tuple[bulk.Rows, int]] = context.Queue(8)
    maker = context.Process(target=bulk.make, args=(writer, sales, made), daemon=True)
    maker.start()
    conn.execute("BEGIN")
    for _ in range(0, sales, bulk.BATCH_SALES):
        batch, seq = made.get(timeout=_BATCH_S)
        for table, found in batch.items():
            conn.executemany(bulk.INSERTS[table], found)
    maker.join()
    conn.execute(
        "INSERT INTO claims(code, sale, entry, state, at, counter, operator)"
        " SELECT code, sale, entry, state, at, ?, ? FROM sale_entries WHERE code IS NOT NULL"
        " ORDER BY code",
        (counter, _operator(home)),
    )
    conn.execute(
        "INSERT OR REPLACE INTO home(name, value) VALUES (?, ?)",
        (f"documents.{counter}.{epoch}", str(sales)),
    )
    conn.execute("COMMIT")
    mark = {"epoch": epoch, "seq": seq}
    home.ledger.with_suffix(".head").write_text(json.dumps(mark), encoding="utf-8")


def _accept_newest(home: Home, ledger: SqliteLedger) -> None:
    """Outbox lines of the newest sales, told and settled as the courier would."""
    profile = resources.load_profile(home.load_settings().text("region.profile"))
    for number in _newest(home.ledger):
        sale = ledger.sales.load_sale(number)
        if sale is None or sale.paid_at is None:
            raise BuildError(f"sale {number} cannot be read")
        lines = sale_lines(sale, SENDER, profile)
        with ledger.chain.transaction() as conn:
            insert_lines(conn, lines, sale.paid_at)
        told = sale.paid_at + timedelta(days=1)
        became = [Became(line.key, LineState.ACCEPTED, "", told, None) for line in lines]
        ledger.outbox.settle_lines(became, told)


def _queue_all(home: Home, ledger: SqliteLedger, sales: int) -> None:
    """An outbox line for every sale, as its payment would have left it; no line was ever sent."""
    profile = resources.load_profile(home.load_settings().text("region.profile"))
    for start in range(0, sales, bulk.BATCH_SALES):
        with ledger.chain.transaction() as conn:
            for number in range(start, min(sales, start + bulk.BATCH_SALES)):
                sale = bulk.sale(ledger.chain.origin.epoch, number)
                insert_lines(conn, sale_lines(sale, SENDER, profile), bulk.moment(number))


def _newest(path: Path) -> Iterator[str]:
    conn = sqlite3.connect(path)
    found = conn.execute(
        "SELECT number FROM sales ORDER BY paid_at DESC LIMIT ?", (_ACCEPTED_SALES,)
    ).fetchall()
    conn.close()
    return (row[0] for row in reversed(found))


def _prove_sample(path: Path) -> None:
    """Both ends of the chain hash as the program hashes them."""
    conn = sqlite3.connect(path)
    fields = "counter, epoch, seq, at, kind, code, document, operator, payload, hash"
    top = conn.execute("SELECT max(seq) FROM events").fetchone()[0]
    for start in (1, max(1, top - _SAMPLE_EVENTS)):
        previous = GENESIS
        for row in conn.execute(
            f"SELECT {fields} FROM events WHERE seq BETWEEN ? AND ? ORDER BY counter, epoch, seq",
            (start, start + _SAMPLE_EVENTS),
        ):
            if (row[2] == 1 or row[2] > start) and hash_fields(previous, *row[:9]) != row[9].hex():
                raise BuildError(f"event {row[2]} does not match its hash")
            previous = row[9].hex()
    conn.close()


def prove(folder: Path, codes: int = 2_000) -> None:
    """Build a small ledger the same way and let the program's own check find nothing."""
    build(folder, codes, items=goods.SOLD_ITEMS)
    result = check(Home(folder).ledger)
    if result.problems:
        raise BuildError("; ".join(result.problems))
