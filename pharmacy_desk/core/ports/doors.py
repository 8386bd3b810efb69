"""The doors as the clerk sees them: one Protocol for each outside thing.

Every adapter implements one of these, every test fake is ten lines of one of these. What can
fail because of the world raises `WorldError`; what the trade refuses is returned as a value.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.catalogue.drug_list import ALL_COLUMNS
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.paper.receipt import Row
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.ports.after_sale import AfterSaleLedger
from pharmacy_desk.core.ports.drafts import DraftLedger
from pharmacy_desk.core.ports.marks import MapLedger, MarkLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.sale.judge import BoxFacts, Verdict
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scan import RawScan, Reading
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.drafts import DraftStep
from pharmacy_desk.core.stock.facts import BoxRecord, Earlier, PackFacts, Recall
from pharmacy_desk.core.stock.movement import Movement, PackRelation, StockLot
from pharmacy_desk.core.upload.outbox import Became, OutboxLine, QueuedLine


class Clock(Protocol):
    """Tells the time, aware, in Asia/Shanghai."""

    def now(self) -> datetime:
        """The moment."""
        ...


class Scanner(Protocol):
    """A source of scans with one blocking reader thread of its own."""

    name: str

    def start(self, deliver: Callable[[RawScan], None], state: Callable[[str, str], None]) -> None:
        """Begin to read; `deliver` and `state(word, detail)` are called on the reader thread."""
        ...

    def stop(self) -> None:
        """Stop and wait for the thread."""
        ...


@runtime_checkable
class CountingScanner(Protocol):
    """A scanner, or several behind one door, that counts what it did."""

    def counted(self) -> dict[str, ScannerCounts]:
        """The counts since the program started, by the scanner's name."""
        ...


class PortDiscovery(Protocol):
    """Tells which serial ports there are; asked again and again while a scanner is away."""

    def find(self) -> Sequence[FoundPort]:
        """The ports of this moment. Raises `OSError` when the system cannot be asked."""
        ...


class Printer(Protocol):
    """Prints a composed receipt. Raises `WorldError` when the printer fails."""

    def print_receipt(self, number: str, rows: Sequence[Row], mm: int) -> str:
        """Print; the answer says where it went (a file name or an address)."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from the platform: the body, or why there is none.

    `sent` is False when nothing can have reached the platform (no connection was made).
    """

    body: bytes | None
    sent: bool
    detail: str = ""


class Platform(Protocol):
    """The upload platform: one request, one reply; never raises for the line being down."""

    def send(self, infno: str, body: bytes) -> Reply:
        """Send a finished message body and wait for the answer within the profile's time."""
        ...


class Sealer(Protocol):
    """Seals bytes at rest under a key of their own."""

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """(wrapped key, sealed bytes). Destroying the wrapped key erases the record."""
        ...

    def open(self, wrapped_key: bytes, sealed: bytes) -> bytes:
        """The bytes again. Raises `WorldError` when the home's key is gone."""
        ...

    def fingerprint(self, data: bytes) -> str:
        """A keyed hash (hex): the same for the same bytes in this home, no use elsewhere."""
        ...


class HeadKey(Protocol):
    """Signs the head of a ledger's chain with a key that is not in the ledger."""

    def sign(self, data: bytes) -> str:
        """The signature (hex); the key is made at the first one. Raises `WorldError`."""
        ...

    def verifies(self, data: bytes, signature: str) -> bool | None:
        """Is the signature ours? None when this machine has no key."""
        ...

    def known(self) -> bool:
        """True once something was signed here."""
        ...


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it was first sent: id, transaction, document, lines, exact body."""

    msgid: str
    infno: str
    document: str
    keys: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """One box taken back from a customer: document number, sale, code, reason, drug and lot."""

    number: str
    sale: str
    code: str
    reason: str
    item: str = ""
    batch: Batch = NO_BATCH


@dataclass(frozen=True, slots=True)
class Undone:
    """What the last undo took back: a box by its code, boxes asked for of an item, or a gift."""

    code: str | None
    item_name: str
    gift: bool = False


class WaitingLines(Protocol):
    """What waits in the outbox, read beside the desk lane; a call from any thread."""

    def due_lines(
        self, now: datetime, everything: bool, behind: QueuedLine | None, most: int
    ) -> Sequence[QueuedLine]:
        """Lines to work on now: queued or unknown, due (or all), waiting for no person.

        In order, those behind the last one read; some `most` of them, a document's together.
        """
        ...


class Ledger(
    MarkLedger, MapLedger, PeopleLedger, DraftLedger, AfterSaleLedger, SettlementLedger, Protocol
):
    """The writing side of the store; every method is one transaction, called on the desk lane."""

    def open_sale(self, at: datetime, operator: str) -> Sale:
        """A new open sale with its document number."""
        ...

    def unprinted(self, since: datetime) -> tuple[str, ...]:
        """Paid sales since then whose receipt was neither printed nor failed to print."""
        ...

    def load_sale(self, number: str) -> Sale | None:
        """The sale as the ledger holds it."""
        ...

    def find_sale(self, text: str) -> Sale | None:
        """A sale by its number or its last digits, the newest of several."""
        ...

    def current_sale(self) -> Sale | None:
        """The open sale of this counter, also after a kill."""
        ...

    def held_sales(self) -> tuple[Sale, ...]:
        """Held sales, oldest first."""
        ...

    def facts(self, reading: Reading) -> BoxFacts:
        """What is known about a reading, but not who has or had its code."""
        ...

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code: a live reservation, a final sale, or a return."""
        ...

    def ask_item(self, sale: str, item: Item, boxes: int, at: datetime, operator: str) -> None:
        """Add `boxes` to what is asked for of `item`, on its line or a new one."""
        ...

    def reserve(
        self,
        sale: Sale,
        verdict: Verdict,
        raw: RawScan,
        at: datetime,
        operator: str,
        units: int | None = None,
        typed: bool = False,
        reviewer: str = "",
    ) -> Sale | Earlier:
        """Reserve the code by its unique row: the sale with the box in, or who has the code.

        `sale` is the open sale exactly as the ledger holds it; `units` opens the box, and
        `reviewer` is the second person who checked them (复核人). A verdict with `not_known`
        marks the box and its event with the keeper that was silent.
        """
        ...

    def undo_last(self, sale: str, at: datetime, operator: str) -> Undone | None:
        """Take back the last box or asked quantity; None when there is nothing left."""
        ...

    def remove_line(self, sale: str, line: int, at: datetime, operator: str) -> None:
        """Take a whole line out of an open sale."""
        ...

    def hold(self, sale: str, at: datetime, operator: str) -> None:
        """Put the sale aside; its codes stay reserved."""
        ...

    def resume(self, sale: str, at: datetime, operator: str) -> None:
        """Make a held sale the open one."""
        ...

    def void(self, sale: str, at: datetime, operator: str, expired: bool = False) -> None:
        """End the sale; its codes are free again."""
        ...

    def pay(
        self,
        sale: Sale,
        lines: Sequence[OutboxLine],
        operator: str,
        approval: Event | None = None,
    ) -> None:
        """Sale, final codes, events and outbox in one transaction (invariant 3).

        `approval` is what a second person allowed for this payment, kept with it.
        """
        ...

    def return_box(
        self, slip: ReturnSlip, line: OutboxLine | None, at: datetime, operator: str
    ) -> bool:
        """End a code's final row by a return document; False when it has none any more."""
        ...

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        ...

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        ...

    def drug_of_code(self, code: str) -> Item | None:
        """The one drug the three-code map knows a trace code's identification for."""
        ...

    def shelf(self, items: frozenset[str]) -> frozenset[str]:
        """Codes of the boxes of these items that are on the shelf."""
        ...

    def recalls(self) -> tuple[Recall, ...]:
        """Recalls and holds in force."""
        ...

    def post_movement(
        self, movement: Movement, uploads: Sequence[OutboxLine], draft: DraftStep | None = None
    ) -> None:
        """A document, its boxes' moves, events, outbox lines and draft in one transaction."""
        ...

    def put_packs(self, relations: Iterable[PackRelation], at: datetime, operator: str) -> int:
        """Take over pack relations; how many were new or changed."""
        ...

    def put_stock(self, stock: Iterable[StockLot], at: datetime, operator: str) -> int:
        """Opening stock by item and lot; how many lots were new or changed."""
        ...

    def open_recall(self, recall: Recall, at: datetime, operator: str) -> None:
        """From now on the boxes it names refuse to sell."""
        ...

    def close_recall(self, number: str, at: datetime, operator: str) -> bool:
        """The boxes may be sold again; False when no such recall is open."""
        ...

    def take_document(self) -> str:
        """The next document number of this counter."""
        ...

    def note(self, event: Event) -> None:
        """Append one event."""
        ...

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        ...

    def find_by_approval(self, approval: str, spec: str) -> Item | None:
        """The one item with this approval number and spec."""
        ...

    def pack(self, code: str) -> PackFacts | None:
        """Where a code stands among packs."""
        ...

    def put_items(
        self,
        items: Iterable[Item],
        at: datetime,
        operator: str,
        dry_run: bool = False,
        columns: frozenset[str] = ALL_COLUMNS,
    ) -> tuple[int, int]:
        """Insert or change items, all or none; (added, changed). A dry run writes nothing.

        Of an item that is known only the `columns` that the file has are changed.
        """
        ...

    def set_batch(self, item: str, batch: Batch, at: datetime, operator: str) -> int:
        """Set the item's current lot; fills open sales and waiting lines; how many lines."""
        ...

    def printed_before(self, document: str) -> bool:
        """True when this receipt was printed already: the next print is marked 补打."""
        ...

    def store_messages(self, messages: Sequence[StoredMessage], at: datetime) -> None:
        """Keep messages and mark their lines as being sent, before anything is sent."""
        ...

    def message(self, msgid: str) -> StoredMessage | None:
        """A stored message with its exact body."""
        ...

    def take_msgids(self, at: datetime, counter: str, count: int) -> tuple[str, ...]:
        """Tails of message ids that were never given out before and never will be again."""
        ...

    def settle_lines(self, became: Sequence[Became], at: datetime) -> None:
        """Write what became of lines, all in one transaction."""
        ...

    def requeue(self, keys: Sequence[str], at: datetime, operator: str) -> int:
        """Put refused lines back in the queue, as a person asked; how many."""
        ...

    def sold_line(self, document: str, code: str) -> OutboxLine | None:
        """The upload line a sold code went into, as it stands now."""
        ...

    def recover_sending(self, at: datetime) -> int:
        """After a start: lines that were being sent are unknown now; how many."""
        ...
