"""The doors as the counter sees them: one Protocol for each outside thing.

Every adapter implements one of these, every test fake is ten lines of one of these. What can
fail because of the world raises `WorldError`; what the trade refuses is returned as a value.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.paper.receipt import Row
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.ports.after_sale import ReturnsLedger, SoldThereLedger
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.drafts import DraftLedger
from pharmacy_desk.core.ports.duty import DutyLedger
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.limits import LimitLedger
from pharmacy_desk.core.ports.marks import MapLedger, MarkLedger
from pharmacy_desk.core.ports.no_code import NoCodeLedger, NoCodeSales
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.past import PastLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.persons import PersonLedger
from pharmacy_desk.core.ports.prescriptions import PrescriptionLedger
from pharmacy_desk.core.ports.reservations import DoubtLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.ports.shifts import ShiftLedger
from pharmacy_desk.core.ports.typist import TypedLedger
from pharmacy_desk.core.ports.undoing import UndoLedger
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts
from pharmacy_desk.core.upload.outbox import QueuedLine


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


class WaitingLines(Protocol):
    """What waits in the outbox, read beside the desk lane; a call from any thread."""

    def due_lines(
        self, now: datetime, everything: bool, behind: QueuedLine | None, most: int
    ) -> Sequence[QueuedLine]:
        """Lines to work on now: queued or unknown, due (or all), waiting for no person.

        In order, those behind the last one read; some `most` of them, a document's together.
        """
        ...


class Ledger(Protocol):
    """The writing side of the store: parts over one transaction, called on the desk lane."""

    @property
    def sales(self) -> SalesLedger:
        """Sales from their opening to their payment."""
        ...

    @property
    def basket(self) -> BasketLedger:
        """What lies in an open sale."""
        ...

    @property
    def gifts(self) -> MarkLedger:
        """Gifts and online orders."""
        ...

    @property
    def undoings(self) -> UndoLedger:
        """Insured sales that are cancelled or partly returned."""
        ...

    @property
    def settlements(self) -> SettlementLedger:
        """What was asked of the insurance."""
        ...

    @property
    def limits(self) -> LimitLedger:
        """Lists of limits, and what was said by them."""
        ...

    @property
    def past(self) -> PastLedger:
        """Sales of the old system."""
        ...

    @property
    def prescriptions(self) -> PrescriptionLedger:
        """Prescriptions, and what was dispensed on them."""
        ...

    @property
    def returns(self) -> ReturnsLedger:
        """Sold boxes that come back."""
        ...

    @property
    def claims(self) -> DoubtLedger:
        """Claims whose keeper was silent."""
        ...

    @property
    def boxes(self) -> BoxLedger:
        """Where boxes are."""
        ...

    @property
    def drafts(self) -> DraftLedger:
        """Unfinished receivings."""
        ...

    @property
    def no_code(self) -> NoCodeLedger:
        """The no-code library."""
        ...

    @property
    def no_code_sales(self) -> NoCodeSales:
        """Its boxes in sales."""
        ...

    @property
    def catalogue(self) -> CatalogueLedger:
        """Drugs."""
        ...

    @property
    def map(self) -> MapLedger:
        """The three-code map."""
        ...

    @property
    def shifts(self) -> ShiftLedger:
        """Shifts and closed days."""
        ...

    @property
    def duty(self) -> DutyLedger:
        """Who is on duty, and the staff register."""
        ...

    @property
    def people(self) -> PeopleLedger:
        """Who works here."""
        ...

    @property
    def persons(self) -> PersonLedger:
        """Whom sales are for."""
        ...

    @property
    def sealed(self) -> SealedRecords:
        """What names a person, under a key of its own."""
        ...

    @property
    def outbox(self) -> OutboxLedger:
        """What the platform must hear."""
        ...

    @property
    def sold_there(self) -> SoldThereLedger:
        """What it says was sold elsewhere."""
        ...

    @property
    def typed_on(self) -> TypedLedger:
        """What was typed on into another till."""
        ...

    @property
    def chain(self) -> EventLedger:
        """Events and document numbers."""
        ...
