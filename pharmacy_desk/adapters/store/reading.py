"""Reading the ledger for lists, searches and commands: read-only connections, never the writer."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.store.base import database, facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.catalogue.map_reading import MapReader
from pharmacy_desk.adapters.store.people.people import all_people
from pharmacy_desk.adapters.store.sale.split_reading import SplitReader
from pharmacy_desk.adapters.store.stock.draft_reading import DraftReader
from pharmacy_desk.adapters.store.stock.no_code_reading import NoCodeReader
from pharmacy_desk.adapters.store.stock.stock_reading import StockReader
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import Person
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord, Earlier
from pharmacy_desk.core.upload.outbox import LineState, QueuedLine, QueueSummary

# What needs a person comes first.
_QUEUE_ORDER = (
    LineState.REFUSED,
    LineState.UNKNOWN,
    LineState.SENDING,
    LineState.QUEUED,
    LineState.ACCEPTED,
)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One moment of a box's life."""

    at: datetime
    event: str
    document: str | None
    operator: str
    counter: str
    payload: dict[str, object]


@reads_rows
class Reader(StockReader, NoCodeReader, DraftReader, MapReader, SplitReader):
    """Questions on one read-only connection; belongs to one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn = database.open_reader(path)

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._path

    def close(self) -> None:
        """Close the connection."""
        self._conn.close()

    def search_items(self, text: str, limit: int = 50) -> list[Item]:
        """Items by name, pinyin initials, code or barcode."""
        with database.world_errors(self._path):
            return facts.search_items(self._conn, text, limit)

    def item_count(self) -> int:
        """Items in the catalogue."""
        return int(self._conn.execute("SELECT count(*) FROM items").fetchone()[0])

    def items_behind(self, code: str, limit: int) -> list[Item]:
        """A page of the catalogue in the order of item codes, those behind a code."""
        found = self._conn.execute(
            "SELECT code FROM items WHERE code > ? ORDER BY code LIMIT ?", (code, limit)
        ).fetchall()
        return facts.items_by_code(self._conn, [row["code"] for row in found])

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        return facts.find_item(self._conn, key)

    def sale(self, number: str) -> Sale | None:
        """A sale by its number."""
        return facts.load_sale(self._conn, number)

    def find_sale(self, text: str) -> str | None:
        """The number of a sale by whole number or by its last digits (the newest one)."""
        return facts.find_sale(self._conn, text)

    def sale_of_order(self, number: str) -> str | None:
        """The newest sale for an online order of this number, voided ones left out."""
        return facts.sale_of_order(self._conn, number)

    def paid_sales(self) -> list[str]:
        """Numbers of paid sales in order of payment."""
        found = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL ORDER BY paid_at, number"
        )
        return [row["number"] for row in found]

    def last_paid(self) -> str | None:
        """The number of the newest paid sale."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL"
            " ORDER BY paid_at DESC, number DESC LIMIT 1"
        ).fetchone()
        return row["number"] if row else None

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code."""
        return facts.earlier(self._conn, code)

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        return facts.box_state(self._conn, code)

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        return facts.box_record(self._conn, code)

    def drug_of(self, identification: str) -> Item | None:
        """The one drug an identification is known for."""
        items, _ = facts.items_by_identification(self._conn, identification)
        return items[0] if items else None

    def history(self, code: str) -> list[HistoryRow]:
        """A box's events: its own, and those of the documents it was in."""
        found = self._conn.execute(
            "SELECT counter, epoch, seq, at, kind, document, operator, payload FROM events"
            " WHERE code = ?",
            (code,),
        ).fetchall()
        documents = {row["document"] for row in found if row["document"]}
        for document in documents:
            found += self._conn.execute(
                "SELECT counter, epoch, seq, at, kind, document, operator, payload FROM events"
                " WHERE document = ? AND code IS NULL"
                " AND kind IN ('sale_paid', 'upload_settled', 'receipt_printed')",
                (document,),
            ).fetchall()
        found.sort(key=lambda row: (row["at"], row["counter"], row["epoch"], row["seq"]))
        return [
            HistoryRow(
                at=rows.moment(row["at"]),
                event=row["kind"],
                document=row["document"],
                operator=row["operator"],
                counter=row["counter"],
                payload=json.loads(row["payload"]),
            )
            for row in found
            if _concerns(row, code)
        ]

    def people(self) -> tuple[Person, ...]:
        """Everybody who is or was an operator here. Raises `WorldError` for an older schema."""
        with database.world_errors(self._path):
            return all_people(self._conn)

    def queue(self) -> QueueSummary:
        """How the outbox stands, in lines."""
        with database.world_errors(self._path):
            counts = {
                row["state"]: row["n"]
                for row in self._conn.execute(
                    "SELECT state, count(*) n FROM outbox WHERE state <> 'accepted' GROUP BY state"
                )
            }
            total = self._conn.execute("SELECT count(*) FROM outbox").fetchone()[0]
            row = self._conn.execute(
                "SELECT min(created_at) oldest, sum(waiting IS NOT NULL) waiting FROM outbox"
                " WHERE state <> 'accepted' AND state IN ('queued', 'unknown', 'sending')"
            ).fetchone()
        return QueueSummary(
            accepted=total - sum(counts.values()),
            queued=counts.get("queued", 0) + counts.get("sending", 0),
            refused=counts.get("refused", 0),
            unknown=counts.get("unknown", 0),
            waiting=row["waiting"] or 0,
            oldest=rows.moment(row["oldest"]) if row["oldest"] else None,
        )

    def outbox_lines(self, behind: QueuedLine | None = None, limit: int = 500) -> list[QueuedLine]:
        """Outbox lines: what needs a person first, then what waits, then the newest done.

        `behind` is the last one read. Open lines come by their next try, the latest first.
        """
        first = _QUEUE_ORDER.index(behind.state) if behind else 0
        found: list[QueuedLine] = []
        for state in _QUEUE_ORDER[first:]:
            last = behind if behind and behind.state is state else None
            found += self._outbox_run(state, last, limit - len(found))
            if len(found) == limit:
                break
        return found

    def _outbox_run(
        self, state: LineState, last: QueuedLine | None, limit: int
    ) -> list[QueuedLine]:
        """Lines of one state, read backwards along the index of that state."""
        done = state is LineState.ACCEPTED
        column = "changed_at" if done else "due_at"
        moment = (last.changed_at if done else last.due_at).isoformat() if last else "9"
        # The state of done lines stands in the question itself: their index is of these only.
        condition = "state = 'accepted'" if done else "state = ?4 AND state <> 'accepted'"
        found = self._conn.execute(
            f"SELECT * FROM outbox WHERE {condition} AND ({column}, key) < (?1, ?2)"
            f" ORDER BY {column} DESC, key DESC LIMIT ?3",
            (moment, last.line.key if last else "", limit, *(() if done else (state.value,))),
        )
        return [rows.outbox_of(row) for row in found]

    def refused_keys(self) -> list[str]:
        """Keys of all lines the platform refused."""
        found = self._conn.execute(
            "SELECT key FROM outbox WHERE state = 'refused' AND state <> 'accepted'"
        )
        return [row["key"] for row in found]

    def document_lines(self, document: str) -> list[QueuedLine]:
        """Outbox lines of one document."""
        found = self._conn.execute(
            "SELECT * FROM outbox WHERE document = ? ORDER BY line", (document,)
        ).fetchall()
        return [rows.outbox_of(row) for row in found]

    def stats(self) -> dict[str, object]:
        """Counts by state, document and day, and codes typed by operator, for `ledger stats`."""

        def grouped(sql: str) -> dict[str, int]:
            return {str(row[0]): int(row[1]) for row in self._conn.execute(sql)}

        return {
            "codes": grouped(
                "SELECT state, count(*) FROM sale_entries WHERE code IS NOT NULL GROUP BY state"
            ),
            "documents": grouped("SELECT state, count(*) FROM sales GROUP BY state"),
            "days": grouped(
                "SELECT substr(paid_at, 1, 10) d, count(*) FROM sales WHERE paid_at IS NOT NULL"
                " GROUP BY d ORDER BY d"
            ),
            # A self-inspection figure: whoever types much goes round the scanner.
            "typed": {
                str(row[0]): {"typed": int(row[1]), "codes": int(row[2])}
                for row in self._conn.execute(
                    "SELECT s.operator, sum(e.typed), count(*) FROM sale_entries e"
                    " JOIN sales s ON s.number = e.sale"
                    " WHERE e.code IS NOT NULL AND e.state IN ('final', 'units_sold')"
                    " GROUP BY s.operator ORDER BY s.operator"
                )
            },
            "outbox": grouped("SELECT state, count(*) FROM outbox GROUP BY state"),
            "items": self.item_count(),
            "events": int(self._conn.execute("SELECT count(*) FROM events").fetchone()[0]),
        }


def _concerns(row: sqlite3.Row, code: str) -> bool:
    """A paid sale concerns a code only while its payload lists it."""
    if row["kind"] != "sale_paid":
        return True
    return code in json.loads(row["payload"]).get("codes", [])
