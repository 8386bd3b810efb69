"""Rows of paid sales in bulk, as `adapters/store/sale/sales.py` writes them one by one."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.queues import Queue
from typing import TypeAlias

from pharmacy_desk.adapters.clock import SHANGHAI
from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.core.basics.events import canonical
from pharmacy_desk.core.basics.numbers import line_key
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale, SaleState
from tests.benchmarks import goods

BOXES_PER_SALE = 10
BATCH_SALES = 1_000
BEGIN = datetime(2024, 1, 1, 8, tzinfo=SHANGHAI)
# Two sales a minute: a million of them are a year of a busy counter.
_EVERY = timedelta(seconds=30)
TABLES = ("events", "sales", "sale_lines", "sale_entries")
# Columns by name: a column the schema gains has its own default in a generated sale.
INSERTS = {
    "events": "INSERT INTO events(counter, epoch, seq, at, kind, code, document, operator, payload,"
    " hash) VALUES (?,?,?,?,?,?,?,?,?,?)",
    "sales": "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at, paid_at,"
    " payment, total_fen, tendered_fen, upload_serial) VALUES (?,?,'paid',?,?,?,?,'self',?,?,?)",
    "sale_lines": "INSERT INTO sale_lines(sale, line, item, price_fen, snapshot)"
    " VALUES (?,?,?,?,?)",
    "sale_entries": "INSERT INTO sale_entries(sale, entry, line, code, asked, state, at)"
    " VALUES (?,?,?,?,0,'final',?)",
}

Rows: TypeAlias = dict[str, list[tuple[object, ...]]]


def moment(number: int) -> datetime:
    """When sale `number` was opened."""
    return BEGIN + _EVERY * number


def sale(epoch: str, number: int, counter: str = "01") -> Sale:
    """Sale `number` of a `Writer` as a value: ten boxes of one drug."""
    found = [goods.sold_code(number * BOXES_PER_SALE + place) for place in range(BOXES_PER_SALE)]
    item = goods.item(found[0][0])
    boxes = tuple(Box(place, code, item.batch) for place, (_, code) in enumerate(found, 1))
    document = f"{counter}{epoch}-{number + 1:06d}"
    return Sale(
        document, SaleState.PAID, counter, "007", moment(number),
        (Line(1, item, 0, item.price_fen, boxes),), paid_at=moment(number),
        payment=PaymentKind.SELF, upload_serial=document.replace("-", ""),
    )  # fmt: skip


@dataclass(slots=True)
class Writer:
    """Makes rows sale by sale; knows the head of the chain.

    From sale `told_from` on, each names the line it queued for the platform.
    """

    counter: str
    epoch: str
    operator: str
    seq: int
    head: str
    told_from: int = 0
    snapshots: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    rows: Rows = field(default_factory=lambda: {table: [] for table in TABLES})

    def event(self, at: str, kind: str, code: str | None, document: str, payload: str) -> None:
        """Chain one event: the text that `core.events.hash_fields` hashes, put together faster."""
        self.seq += 1
        told = f'"{code}"' if code else "null"
        inner = payload.replace('"', '\\"')
        text = (
            f'["{self.head}","{self.counter}","{self.epoch}",{self.seq},"{at}","{kind}",{told},'
            f'"{document}","{self.operator}","{inner}"]'
        )
        digest = hashlib.sha256(text.encode("ascii")).digest()
        self.head = digest.hex()
        self.rows["events"].append(
            (self.counter, self.epoch, self.seq, at, kind, code, document, self.operator,
             payload, digest)
        )  # fmt: skip

    def sale(self, number: int) -> None:
        """One paid sale of ten boxes of one drug, with its twelve events."""
        opened = moment(number)
        minute, second = opened.isoformat()[:17], opened.second
        stamps = [f"{minute}{second + after:02d}+08:00" for after in range(BOXES_PER_SALE + 2)]
        document = f"{self.counter}{self.epoch}-{number + 1:06d}"
        self.event(stamps[0], "sale_opened", None, document, "{}")
        codes, total = [], 0
        for place in range(BOXES_PER_SALE):
            drug, code = goods.sold_code(number * BOXES_PER_SALE + place)
            known = self.snapshots.get(drug) or self._snapshot(drug)
            if place == 0:
                self.rows["sale_lines"].append((document, 1, *known))
            at = stamps[place + 1]
            payload = (
                f'{{"item":"{known[0]}","line":1,"port":"wedge","raw":"{code.encode().hex()}"'
                f',"scanned_at":"{at}","verdict":"OK_UNRECEIVED"}}'
            )
            self.event(at, "box_reserved", code, document, payload)
            self.rows["sale_entries"].append((document, place + 1, 1, code, at))
            codes.append(code)
            total += known[1]
        paid: dict[str, object] = {
            "payment": "self", "total_fen": total, "codes": codes, "boxes": len(codes),
            "setl_id": None,
        }  # fmt: skip
        if number >= self.told_from:
            paid["uploads"] = [line_key(document, 1, "S")]
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

    def take(self) -> Rows:
        """The rows made since the last time."""
        made, self.rows = self.rows, {table: [] for table in TABLES}
        return made


def make(writer: Writer, sales: int, out: "Queue[tuple[Rows, int]]") -> None:
    """Make all sales in batches, each with the chain's length after it (a process of its own)."""
    for number in range(sales):
        writer.sale(number)
        if (number + 1) % BATCH_SALES == 0 or number + 1 == sales:
            out.put((writer.take(), writer.seq))
