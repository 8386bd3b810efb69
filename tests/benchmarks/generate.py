"""Build a ledger of any size: the real schema, filled in bulk, with a chain that proves.

Schema, first event, catalogue and outbox are written by the program itself; sales, boxes and
their events are inserted as `adapters/store/sales.py` writes them. Indexes of the filled tables
are dropped meanwhile and made again from their own SQL.
"""

import hashlib
import json
import multiprocessing
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TypeAlias

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.clock import SHANGHAI
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.secrets import RecordSealer, Secrets
from pharmacy_desk.adapters.store import rows
from pharmacy_desk.adapters.store.check import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.outbox import insert_lines
from pharmacy_desk.core.events import GENESIS, canonical, hash_fields
from pharmacy_desk.core.outbox import LineState
from pharmacy_desk.core.upload import Sender, sale_lines
from tests.benchmarks import goods

BOXES_PER_SALE = 10
BOXES_PER_LINE = 10
_BEGIN = datetime(2024, 1, 1, 8, tzinfo=SHANGHAI)
# Two sales a minute: a million of them are a year of a busy counter.
_EVERY = timedelta(seconds=30)
_BATCH_SALES = 1_000
# Making a batch takes a fraction of a second; longer silence means that its maker died.
_BATCH_S = 120
_ACCEPTED_SALES = 200
_SAMPLE_EVENTS = 20_000
_TABLES = ("events", "sales", "sale_lines", "sale_entries")
_INSERTS = {
    "events": "INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?)",
    "sales": "INSERT INTO sales VALUES (?,?,'paid',?,?,?,?,'self',?,?,NULL,NULL,NULL,NULL,NULL,?)",
    "sale_lines": "INSERT INTO sale_lines VALUES (?,?,?,?,?)",
    "sale_entries": "INSERT INTO sale_entries VALUES (?,?,?,?,0,'final',NULL,NULL,NULL,?)",
}

_Rows: TypeAlias = dict[str, list[tuple[object, ...]]]


class BuildError(Exception):
    """The generated ledger is not what the program would have written."""


@dataclass(slots=True)
class _Writer:
    """Makes rows sale by sale; knows the head of the chain."""

    counter: str
    epoch: str
    operator: str
    seq: int
    head: str
    snapshots: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    rows: _Rows = field(default_factory=lambda: {table: [] for table in _TABLES})

    def event(self, at: str, kind: str, code: str | None, document: str, payload: str) -> None:
        """Chain one event: the text that `core.events.hash_fields` hashes, put together faster."""
        self.seq += 1
        text = (
            f"{self.head}\n{self.counter}\n{self.epoch}\n{self.seq}\n{at}\n{kind}\n{code or '-'}\n"
            f"{document}\n{self.operator}\n{payload}"
        )
        digest = hashlib.sha256(text.encode()).digest()
        self.head = digest.hex()
        self.rows["events"].append(
            (self.counter, self.epoch, self.seq, at, kind, code, document, self.operator,
             payload, digest)
        )  # fmt: skip

    def sale(self, number: int) -> None:
        """One paid sale of ten boxes of one drug, with its twelve events."""
        moment = _BEGIN + _EVERY * number
        minute, second = moment.isoformat()[:17], moment.second
        stamps = [f"{minute}{second + after:02d}+08:00" for after in range(BOXES_PER_SALE + 2)]
        document = f"{self.counter}{self.epoch}-{number + 1:06d}"
        self.event(stamps[0], "sale_opened", None, document, "{}")
        codes, total = [], 0
        for place in range(BOXES_PER_SALE):
            drug, code = goods.sold_code(number * BOXES_PER_SALE + place)
            line = place // BOXES_PER_LINE + 1
            known = self.snapshots.get(drug) or self._snapshot(drug)
            if place % BOXES_PER_LINE == 0:
                self.rows["sale_lines"].append((document, line, *known))
            at = stamps[place + 1]
            payload = (
                f'{{"item":"{known[0]}","line":{line},"port":"wedge","raw":"{code.encode().hex()}"'
                f',"scanned_at":"{at}","verdict":"OK_UNRECEIVED"}}'
            )
            self.event(at, "box_reserved", code, document, payload)
            self.rows["sale_entries"].append((document, place + 1, line, code, at))
            codes.append(code)
            total += known[1]
        paid: dict[str, object] = {
            "payment": "self", "total_fen": total, "codes": codes, "boxes": len(codes),
            "setl_id": None,
        }  # fmt: skip
        end = stamps[-1]
        self.event(end, "sale_paid", None, document, canonical(paid))
        self.rows["sales"].append(
            (document, self.counter, self.operator, stamps[0], end, end, total, total,
             document.replace("-", ""))
        )  # fmt: skip

    def _snapshot(self, drug: int) -> tuple[str, int, str]:
        item = goods.item(drug)
        self.snapshots[drug] = (item.code, item.price_fen, rows.item_json(item))
        return self.snapshots[drug]

    def take(self) -> _Rows:
        """The rows made since the last time."""
        made, self.rows = self.rows, {table: [] for table in _TABLES}
        return made


def _make(writer: _Writer, sales: int, out: "Queue[tuple[_Rows, int]]") -> None:
    """Make all sales in batches, each with the chain's length after it (a process of its own)."""
    for number in range(sales):
        writer.sale(number)
        if (number + 1) % _BATCH_SALES == 0 or number + 1 == sales:
            out.put((writer.take(), writer.seq))


def build(folder: Path, codes: int, items: int = goods.ITEMS) -> None:
    """Make a practice home in `folder` whose ledger holds `codes` sold codes."""
    home = Home(folder)
    home.make()
    ledger = _open(home)
    with_items = (goods.item(number) for number in range(items))
    ledger.put_items(with_items, _BEGIN, _operator(home))
    ledger.close()
    _fill(home, codes // BOXES_PER_SALE)
    epoch = ledger.origin.epoch
    ledger = _open(home)
    try:
        if ledger.origin.epoch != epoch:
            raise BuildError("the program takes the generated ledger for another one")
        _accept_newest(home, ledger)
    finally:
        ledger.close()
    _prove_sample(home.ledger)


def _operator(home: Home) -> str:
    return home.load_settings().text("operator.id")


def _open(home: Home) -> SqliteLedger:
    sealer = RecordSealer(Secrets(home.folder))
    return SqliteLedger(home.ledger, "01", home.place, sealer, _BEGIN, _operator(home))


def _fill(home: Home, sales: int) -> None:
    conn = sqlite3.connect(home.ledger, isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE",
                       "cache_size=-1000000", "temp_store=MEMORY"):  # fmt: skip
            conn.execute(f"PRAGMA {pragma}").fetchall()
        before = _schema(conn)
        indexes = [row for row in before if row[0] == "index" and row[3] and row[2] in _TABLES]
        for _, name, _, _ in indexes:
            conn.execute(f"DROP INDEX {name}")
        _insert(conn, home, sales)
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


def _insert(conn: sqlite3.Connection, home: Home, sales: int) -> None:
    counter, epoch, seq, head = conn.execute(
        "SELECT counter, epoch, seq, hash FROM events ORDER BY counter, epoch, seq DESC LIMIT 1"
    ).fetchone()
    writer = _Writer(counter, epoch, _operator(home), seq, head.hex())
    context = multiprocessing.get_context("spawn")
    made: Queue[tuple[_Rows, int]] = context.Queue(8)
    maker = context.Process(target=_make, args=(writer, sales, made), daemon=True)
    maker.start()
    conn.execute("BEGIN")
    for _ in range(0, sales, _BATCH_SALES):
        batch, seq = made.get(timeout=_BATCH_S)
        for table, found in batch.items():
            conn.executemany(_INSERTS[table], found)
    maker.join()
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
    sender = Sender("P44030000001", "示例大药房（一店）", "440300", "007", "007", "", "")
    for number in _newest(home.ledger):
        sale = ledger.load_sale(number)
        if sale is None or sale.paid_at is None:
            raise BuildError(f"sale {number} cannot be read")
        lines = sale_lines(sale, sender, profile)
        with ledger.transaction() as conn:
            insert_lines(conn, lines, sale.paid_at)
        states = {line.key: (LineState.ACCEPTED, "") for line in lines}
        ledger.settle_lines(states, None, sale.paid_at, sale.paid_at + timedelta(days=400))


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
