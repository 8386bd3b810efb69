"""Doors that are made when they are first used: their libraries take long to load.

A counter is usable before its first receipt, message or sealed record; the wait for a library
then falls on the lane that needs it, not on the start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pharmacy_desk.core.paper.receipt import Row
from pharmacy_desk.core.ports.doors import Platform, Printer, Reply, Sealer
from pharmacy_desk.core.ports.electronic import (
    ElectronicRx,
    RxFound,
    RxNotFound,
    RxNotReached,
)
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    Refused,
    SettlementAnswer,
    SettlementDoor,
    Split,
    Unknown,
)
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.upload.message import Sender

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader
    from pharmacy_desk.core.catalogue.drugs import Item
    from pharmacy_desk.core.scanning.scan import Reading
    from pharmacy_desk.core.stock.drafts import Unfinished, Waiting
    from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
    from pharmacy_desk.core.stock.receiving import Row as NoteRow
    from pharmacy_desk.core.stock.receiving import SeenBox
    from pharmacy_desk.core.stock.scanned import Scanned, WaitingScans, Work
    from pharmacy_desk.core.stock.supplier_words import SupplierWords


class LatePrinter:
    """`Printer` that is made at the first receipt (0.3 s to load)."""

    def __init__(self, make: Callable[[], Printer]) -> None:
        self._make = make
        self._door: Printer | None = None

    def print_receipt(self, number: str, rows: Sequence[Row], mm: int) -> str:
        """Print on the real one."""
        self._door = self._door or self._make()
        return self._door.print_receipt(number, rows, mm)


class LatePlatform:
    """`Platform` that is made at the first message (0.1 s to load)."""

    def __init__(self, make: Callable[[], Platform]) -> None:
        self._make = make
        self._door: Platform | None = None

    def send(self, infno: str, body: bytes) -> Reply:
        """Send on the real one."""
        self._door = self._door or self._make()
        return self._door.send(infno, body)


class LateSettlement:
    """`SettlementDoor` that is made at the first insured sale (0.1 s to load)."""

    def __init__(self, make: Callable[[], SettlementDoor], *, wants_person: bool) -> None:
        self._make = make
        self._wants_person = wants_person
        self._door: SettlementDoor | None = None

    @property
    def wants_person(self) -> bool:
        """As the real one; told without making it."""
        return self._wants_person

    def identify(
        self, kind: str, text: str, sender: Sender, msgid: str
    ) -> Patient | Refused | Unknown:
        """Ask the real one who it is."""
        return self._real().identify(kind, text, sender, msgid)

    def preview(self, bill: Bill) -> Split | Refused | Unknown:
        """Ask the real one for the split."""
        return self._real().preview(bill)

    def settle(self, bill: Bill) -> SettlementAnswer:
        """Settle at the real one."""
        return self._real().settle(bill)

    def ask_again(self, bill: Bill) -> SettlementAnswer:
        """Ask the real one again."""
        return self._real().ask_again(bill)

    def cancel(self, bill: Bill, known: Settlement) -> Cancelled | Refused | Unknown:
        """Cancel at the real one."""
        return self._real().cancel(bill, known)

    def _real(self) -> SettlementDoor:
        self._door = self._door or self._make()
        return self._door


class LateElectronicRx:
    """`ElectronicRx` that is made at the first question (0.1 s to load)."""

    def __init__(self, make: Callable[[], ElectronicRx]) -> None:
        self._make = make
        self._door: ElectronicRx | None = None

    def look_up(
        self, token: str, sender: Sender, msgid: str
    ) -> RxFound | RxNotFound | RxNotReached:
        """Ask the real one."""
        self._door = self._door or self._make()
        return self._door.look_up(token, sender, msgid)


class LateSealer:
    """`Sealer` that is made at the first sealed record (0.1 s to load)."""

    def __init__(self, make: Callable[[], Sealer]) -> None:
        self._make = make
        self._door: Sealer | None = None

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Seal with the real one."""
        return self._real().seal(data)

    def open(self, wrapped_key: bytes, sealed: bytes) -> bytes:
        """Open with the real one."""
        return self._real().open(wrapped_key, sealed)

    def fingerprint(self, data: bytes) -> str:
        """Hash with the real one."""
        return self._real().fingerprint(data)

    def _real(self) -> Sealer:
        self._door = self._door or self._make()
        return self._door


class LateStockBook:
    """`StockBook` on a read-only connection of the desk lane, opened at its first question."""

    def __init__(self, make: Callable[[], Reader]) -> None:
        self._make = make
        self._reader: Reader | None = None

    def seen(self, reading: Reading) -> SeenBox:
        """Ask the real one."""
        return self._real().boxes.seen(reading)

    def expected(self, delivery: Sequence[DeliveryRow]) -> list[NoteRow]:
        """Ask the real one."""
        return self._real().boxes.expected(delivery)

    def likely(self, words: SupplierWords) -> list[Item]:
        """Drugs that a supplier's words may mean; pinyin is loaded for the first of them."""
        from pharmacy_desk.adapters.files.pinyin import initials

        return self._real().boxes.likely(words, initials(words.name))

    def drafts(self) -> list[Waiting]:
        """Ask the real one."""
        return self._real().drafts.waiting()

    def draft(self, number: str) -> Unfinished | None:
        """Ask the real one."""
        return self._real().drafts.unfinished(number)

    def waiting_scans(self, work: Work) -> list[WaitingScans]:
        """Ask the real one."""
        return self._real().drafts.waiting_scans(work)

    def scanned(self, number: str) -> Scanned | None:
        """Ask the real one."""
        return self._real().drafts.scanned(number)

    def item(self, code: str) -> Item | None:
        """Ask the real one."""
        return self._real().catalogue.find_item(code)

    def shelf_count(self, item: str) -> int:
        """Ask the real one."""
        return self._real().shelf.count(item)

    def close(self) -> None:
        """Close the connection, on the desk lane as everything here."""
        if self._reader:
            self._reader.close()
            self._reader = None

    def _real(self) -> Reader:
        self._reader = self._reader or self._make()
        return self._reader
